import { printable } from '../diagnostics/code-frame';
import { ExitCode } from './exit-code';
import type { Host } from './host';
import { asTyped, programName } from './program-name';

/** Says in one line why a command does not begin, such as a command line that is wrong; returns its exit code. */
export type Refuse = (host: Host, problem: string, code?: ExitCode) => ExitCode;

/** How a command refuses to begin. */
export function refusing(command: string): Refuse {
  return (host, problem, code = ExitCode.usage) => {
    host.writeError(`pachkit ${command}: ${asTyped(printable(problem), programName(host))}\n`);
    return code;
  };
}
