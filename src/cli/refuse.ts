import { printable } from '../diagnostics/code-frame';
import { ExitCode } from './exit-code';
import type { Host } from './host';
import { tell } from './tell';

/** Says in one line why a command does not begin, such as a command line that is wrong; returns its exit code. */
export type Refuse = (host: Host, problem: string, code?: ExitCode) => ExitCode;

/** How a command refuses to begin. */
export function refusing(command: string): Refuse {
  return (host, problem, code = ExitCode.usage) => {
    tell(host, 'stderr', `pachkit ${command}: ${printable(problem)}\n`);
    return code;
  };
}
