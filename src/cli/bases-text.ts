import { printable } from '../diagnostics/code-frame';
import type { BaseOfRun } from '../pipeline/bases-of-run';
import type { Colors } from './colors';

/** A line for each document that is only the base of others, since it was named and no cluster came of it. */
export function basesText(bases: readonly BaseOfRun[], colors: Colors): string {
  return bases
    .map(
      ({ file, of }) =>
        `${colors.dim('base:')} ${printable(file)}, of ${of.map(printable).join(', ')}; by itself it is no cluster\n`,
    )
    .join('');
}
