import type { Diagnostic } from '../diagnostics/diagnostic';
import { colorsFor } from './colors';
import { ExitCode, exitCodeOf } from './exit-code';
import type { Host } from './host';
import { programName } from './program-name';
import { pretty } from './reporters/pretty';

/** Prints what an application of cdk8s or cdktf found in its document, and returns whether there is something to write. */
export function reportFindings(host: Host, diagnostics: readonly Diagnostic[]): boolean {
  host.writeError(
    pretty(diagnostics, { colors: colorsFor(host, 'auto', 'stderr'), program: programName(host) }),
  );
  const code = exitCodeOf(diagnostics);
  process.exitCode = code;
  return code === ExitCode.fine;
}
