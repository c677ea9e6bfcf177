import pico from 'picocolors';
import type { Host } from './host';

/** When output is coloured: `auto` is on a terminal, unless NO_COLOR is set. */
export type ColorChoice = 'auto' | 'always' | 'never';

export type Colors = ReturnType<typeof pico.createColors>;

/** The colours for standard output or standard error. */
export function colorsFor(host: Host, choice: ColorChoice, stream: 'stdout' | 'stderr'): Colors {
  const isTerminal = stream === 'stdout' ? host.stdoutHasColors : host.stderrHasColors;
  const noColor = (host.environment['NO_COLOR'] ?? '') !== '';
  return pico.createColors(choice === 'always' || (choice === 'auto' && isTerminal && !noColor));
}
