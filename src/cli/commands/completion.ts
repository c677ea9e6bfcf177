import { unknownOf } from '../../diagnostics/suggest';
import type { CommandOptions } from '../command';
import { completionScripts } from '../completion/scripts';
import { SHELLS } from '../completion/shells';
import { completionTable } from '../completion/table';
import { ExitCode } from '../exit-code';
import type { Host } from '../host';
import { refusing } from '../refuse';
import { allCommands } from './registry';

/** `pachkit completion SHELL`; the build asks for `table`, which is what the scripts read. */
export async function completion(
  host: Host,
  [given = '']: readonly string[],
  _options: CommandOptions,
): Promise<ExitCode> {
  if (given === 'table') {
    host.writeOut(JSON.stringify(completionTable(allCommands())));
    return ExitCode.fine;
  }
  const shell = SHELLS.find((each) => each === given);
  if (shell !== undefined) {
    host.writeOut(completionScripts[shell]);
    return ExitCode.fine;
  }
  return refusing('completion')(host, unknownOf('shell', given, SHELLS));
}
