import type { Diagnostic } from '../diagnostics/diagnostic';
import { ExitCode, exitCodeOf } from './exit-code';
import type { Host } from './host';
import { pretty } from './reporters/pretty';
import { styleOf } from './style';
import { write } from './tell';

/** Prints what an application of cdk8s or cdktf found in its document, and returns whether there is something to write. */
export function reportFindings(host: Host, diagnostics: readonly Diagnostic[]): boolean {
  write(host, 'stderr', pretty(diagnostics, styleOf(host, 'auto', 'stderr')));
  const code = exitCodeOf(diagnostics);
  process.exitCode = code;
  return code === ExitCode.fine;
}
