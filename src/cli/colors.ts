import pico from 'picocolors';
import type { Host } from './host';

/** When output is coloured: `auto` is on a terminal or with FORCE_COLOR, unless NO_COLOR is set. */
export type ColorChoice = 'auto' | 'always' | 'never';

export type Colors = ReturnType<typeof pico.createColors>;

/** The colours for standard output or standard error. */
export function colorsFor(host: Host, choice: ColorChoice, stream: 'stdout' | 'stderr'): Colors {
  const isTerminal = stream === 'stdout' ? host.stdoutHasColors : host.stderrHasColors;
  if (choice !== 'auto') return pico.createColors(choice === 'always');
  const noColor = (host.environment['NO_COLOR'] ?? '') !== '';
  const forced = host.environment['FORCE_COLOR'];
  const wantsColor = forced === undefined ? isTerminal : !['0', 'false'].includes(forced);
  return pico.createColors(wantsColor && !noColor);
}
