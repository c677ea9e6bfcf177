import { printable } from '../diagnostics/code-frame';
import { ExitCode } from './exit-code';
import type { Host } from './host';
import { tell } from './tell';

/** Says in one line why a command does not begin, such as a command line that is wrong; returns its exit code. */
export type Refuse = (host: Host, problem: string, code?: ExitCode) => ExitCode;

/** A problem with what to do about it, in the line of a refusal. */
export function withHint({ message, hint }: { readonly message: string; readonly hint: string }): string {
  return `${message}; ${hint}`;
}

/** How a command refuses to begin. */
export function refusing(command: string): Refuse {
  return (host, problem, code = ExitCode.usage) => {
    tell(host, 'stderr', `pachkit ${command}: ${printable(problem)}\n`);
    return code;
  };
}
