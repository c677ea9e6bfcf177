import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { DeployEvent } from '../cluster/live';
import { colorsFor } from './colors';
import type { CommandOptions } from './command';
import { eventLines } from './event-text';
import { exitCodeOf, type ExitCode } from './exit-code';
import type { Host } from './host';
import { report } from './reporters';

/** Where a command that goes on for a while writes what it does. */
export interface EventWriter {
  readonly emit: (event: DeployEvent) => void;
  /** Writes findings; returns the exit code that they call for. */
  finish(diagnostics: readonly Diagnostic[]): Promise<ExitCode>;
}

/** A writer of lines of JSON, of plain lines, or of lines that are kept up to date on a terminal. */
export async function eventWriter(host: Host, options: CommandOptions): Promise<EventWriter> {
  if (options['format'] === 'json') return jsonWriter(host);
  const colors = colorsFor(host, options.color, 'stdout');
  const width = host.columns('stdout');
  const live = width === undefined || options.quiet ? undefined : await liveLines();
  return {
    emit(event) {
      if (options.quiet) return;
      if (live) live.show(event, colors, width);
      else host.writeOut(`${eventLines(event, colors, width).join('\n')}\n`);
    },
    finish(diagnostics) {
      live?.end();
      return report(
        host,
        { ...options, format: 'pretty' },
        { diagnostics },
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
  const write = (value: object): void => host.writeOut(`${JSON.stringify(value)}\n`);
  return {
    emit: write,
    async finish(diagnostics) {
      const shown = diagnostics.map(({ code, severity, message, hint, path, location: { file } }) => ({
        ...{ code, severity, message, path, file },
        ...(hint === undefined ? {} : { hint }),
      }));
      write({ type: 'result', succeeded: !hasErrors(diagnostics), diagnostics: shown });
      return exitCodeOf(diagnostics);
    },
  };
}
