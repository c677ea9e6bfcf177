import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { CommandOptions } from './command';
import { eventLines } from './event-text';
import { exitCodeOf, type ExitCode } from './exit-code';
import type { Host } from './host';
import { examinationJson } from './examination-json';
import { report } from './reporters';
import type { RunEvent } from './run-event';
import { styleOf } from './style';
import type { JsonLine } from './report-types';

/** Where a command that goes on for a while writes what it does. */
export interface EventWriter {
  readonly emit: (event: RunEvent) => void;
  /**
   * Writes findings; returns the exit code that they call for.
   *
   * @param said findings that events have told people already
   */
  finish(diagnostics: readonly Diagnostic[], said?: readonly Diagnostic[]): Promise<ExitCode>;
}

/** A writer of lines of JSON, of plain lines, or of lines that are kept up to date on a terminal. */
export async function eventWriter(host: Host, options: CommandOptions): Promise<EventWriter> {
  if (options['format'] === 'json') return jsonWriter(host);
  const style = styleOf(host, options.color, 'stdout');
  const live = style.columns === undefined || options.quiet ? undefined : await liveLines();
  return {
    emit(event) {
      if (options.quiet) return;
      if (live) live.show(event, style);
      else host.writeOut(`${eventLines(event, style).join('\n')}\n`);
    },
    finish(diagnostics, said = []) {
      live?.end();
      const all = [...diagnostics, ...said];
      return report(
        host,
        { ...options, format: 'pretty' },
        { diagnostics: all, unsaid: options.quiet ? all : diagnostics },
        { findings: 'stderr', result: 'stdout' },
      );
    },
  };
}

async function liveLines() {
  const { LiveLines } = await import('./live-lines');
  return new LiveLines(process.stdout);
}

function jsonWriter(host: Host): EventWriter {
  const write = (value: JsonLine): void => host.writeOut(`${JSON.stringify(value)}\n`);
  return {
    emit: (event) =>
      write(event.type === 'checks' ? { type: event.type, ...examinationJson(event.examination) } : event),
    async finish(diagnostics, said = []) {
      const all = [...diagnostics, ...said];
      const shown = all.map(({ code, severity, message, hint, path, location: { file } }) => ({
        ...{ code, severity, message, path, file },
        ...(hint === undefined ? {} : { hint }),
      }));
      write({ type: 'result', succeeded: !hasErrors(all), diagnostics: shown });
      return exitCodeOf(all);
    },
  };
}
