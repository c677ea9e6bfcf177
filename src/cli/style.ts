import { colorsFor, type ColorChoice, type Colors } from './colors';
import type { Host } from './host';
import { programName } from './program-name';
import type { Stream } from './tell';

/** How text for people is to look. */
export interface Style {
  readonly colors: Colors;
  /** Width of the terminal; missing elsewhere. */
  readonly columns?: number;
  /** How the user runs this program. @default by its name */
  readonly program?: string;
}

/** The style of what is written to standard output or standard error. */
export function styleOf(host: Host, choice: ColorChoice, stream: Stream): Style {
  const columns = host.columns(stream);
  return {
    colors: colorsFor(host, choice, stream),
    program: programName(host),
    ...(columns === undefined ? {} : { columns }),
  };
}
