import { shellWord } from '../diagnostics/shell-word';

/** A program that puts an entry into a store. It reads the properties from standard input, so that no argument is a secret. */
export interface StoreTool {
  /** Name on the command line. */
  readonly name: string;
  /** Names of entries that the store takes. */
  readonly names: RegExp;
  /** What `--in` means to it, and what is taken without it; missing where it means nothing. */
  readonly place?: { readonly what: string; readonly default?: string };
  /** The command of a shell that makes the entry, or gives it another value. */
  readonly command: (entry: string, place: string) => string;
}

/**
 * The programs of the stores that External Secrets reads. Where making an entry and changing it are two commands, the second is run
 * when the first says that the entry is there; what was piped in is kept for it in a variable of a shell of its own.
 */
export const STORE_TOOLS: readonly StoreTool[] = [
  {
    name: 'vault',
    names: /^(?!-)[\w.+=@-]+(\/[\w.+=@-]+)*$/,
    place: { what: 'the mount of the KV engine', default: 'secret' },
    command: (entry, mount) => `vault kv put -mount=${shellWord(mount)} ${shellWord(entry)} -`,
  },
  {
    name: 'aws',
    names: /^(?!-)[\w/+=.@-]{1,512}$/,
    command: (entry) =>
      eitherOf(
        `aws secretsmanager put-secret-value --secret-id ${shellWord(entry)} --secret-string file:///dev/stdin`,
        `aws secretsmanager create-secret --name ${shellWord(entry)} --secret-string file:///dev/stdin`,
      ),
  },
  {
    name: 'gcloud',
    names: /^(?!-)[\w-]{1,255}$/,
    command: (entry) =>
      eitherOf(
        `gcloud secrets versions add ${shellWord(entry)} --data-file=-`,
        `gcloud secrets create ${shellWord(entry)} --data-file=-`,
      ),
  },
  {
    name: 'az',
    names: /^(?!-)[A-Za-z0-9-]{1,127}$/,
    place: { what: 'the name of the key vault' },
    command: (entry, vault) =>
      eitherOf(
        `az keyvault secret set --vault-name ${shellWord(vault)} --name ${shellWord(entry)} --encoding utf-8 --file /dev/stdin --output none`,
      ),
  },
];

/** The first command that succeeds with what comes on standard input; none is run with nothing, which would be stored as the secret. */
function eitherOf(...commands: readonly string[]): string {
  const tried = commands.map((command) => `printf %s "$json" | ${command}`).join(' || ');
  return `(json=$(cat); [ -n "$json" ] && { ${tried}; })`;
}
