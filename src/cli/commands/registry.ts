import type { CommandEntry } from '../command';
import { devCommands } from './rows/dev';
import { documentCommands } from './rows/documents';
import { answerCommands } from './rows/answers';
import { helmCommands } from './rows/helm';
import { referenceCommands } from './rows/reference';
import { runningClusterCommands } from './rows/running-cluster';

/** Every command, in the order of `pachkit --help`. */
export function allCommands(): readonly CommandEntry[] {
  return [
    ...documentCommands,
    ...answerCommands,
    ...runningClusterCommands,
    ...devCommands,
    ...helmCommands,
    ...referenceCommands,
  ];
}
