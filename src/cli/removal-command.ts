import path from 'node:path';
import { shellWord } from '../diagnostics/shell-word';
import { readOwnText } from '../files/read-file';
import { CONFIGURATION_FILE } from '../terraform/configuration-file';

/** Where the application at Auth0 of a cluster is known. */
interface Removal {
  /** The folder that Terraform works in, as the user would name it. */
  readonly directory: string;
  /** Absolute folder that `directory` starts from. */
  readonly workingDirectory: string;
  /** The program, as the user would start it. */
  readonly terraform: string;
  /** The file that keeps the client id, as the user would name it. */
  readonly kept: string;
}

/**
 * The command with which Terraform removes what its last configuration made, when the document has no section for it any more.
 * Undefined where the configuration is gone.
 */
export function removalCommand({
  directory,
  workingDirectory,
  terraform,
  kept,
}: Removal): string | undefined {
  try {
    const file = path.resolve(workingDirectory, directory, CONFIGURATION_FILE);
    const { variable = {} } = JSON.parse(readOwnText(file)) as {
      readonly variable?: Readonly<Record<string, { readonly default?: unknown }>>;
    };
    // Terraform asks for secrets before it removes anything, although nothing needs them then.
    const secrets = Object.entries(variable)
      .filter(([, { default: given }]) => given === undefined)
      .map(([name]) => ` -var ${shellWord(name)}="$(openssl rand -hex 32)"`);
    const destroy = `${shellWord(terraform)} ${shellWord(`-chdir=${directory}`)} destroy${secrets.join('')}`;
    return `${destroy} && rm -f ${shellWord(kept)}`;
  } catch {
    return undefined;
  }
}
