import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import { didYouMean } from '../diagnostics/suggest';
import { placeAt } from '../document/source-node';
import type { CheckedDocument } from '../pipeline/check-document';
import { namedEntries, readEntries, type SecretEntry } from '../plan/secret-entries';
import { STORE_TOOLS } from '../plan/store-tools';
import type { CommandOptions } from './command';
import { secretInput, type Host } from './host';
import { programName } from './program-name';
import type { DataOf } from './report-types';

type Checked = CheckedDocument & Required<Pick<CheckedDocument, 'cluster'>>;

/** What came of it: what is to be printed, or what is wrong with the command line. */
export type Entries =
  | {
      readonly diagnostics: readonly Diagnostic[];
      readonly text?: string;
      readonly data?: DataOf<'secret'>;
    }
  | { readonly problem: string };

const PREFIX = ['secrets', 'externalSecret', 'prefix'] as const;

/** The commands that put what ExternalSecrets fetch into their store. No secret is read for them unless it is to be shown. */
export function storeCommands(host: Host, file: string, checked: Checked, options: CommandOptions): Entries {
  const form = checked.cluster.secretForm;
  if (form.kind !== 'externalSecret') return { problem: NO_STORE };
  const tool = STORE_TOOLS.find(({ name }) => name === options['with']);
  if (!tool) return { problem: `store needs --with ${STORE_TOOLS.map(({ name }) => name).join('|')}` };
  const place = (options['in'] as string | undefined) ?? tool.place?.default;
  if (tool.place && place === undefined)
    return { problem: `--with ${tool.name} needs --in, ${tool.place.what}` };
  if (!tool.place && place !== undefined) return { problem: `--in means nothing to ${tool.name}` };
  const isShown = options['show'] === true;
  const { entries, diagnostics } = isShown
    ? readEntries(checked, form, secretInput(host))
    : { entries: namedEntries(checked, form), diagnostics: [] };
  const wrong = entries.filter(({ name }) => !tool.names.test(name));
  const all = [...diagnostics, ...(wrong.length > 0 ? [unfitting(checked, wrong, tool.name)] : [])];
  if (hasErrors(all)) return { diagnostics: all };
  const commands = entries.map(({ secret, name, json }) => ({
    secret,
    entry: name,
    command: `${
      isShown
        ? `printf %s ${shellWord(json)}`
        : `${programName(host)} secret entry ${shellWord(file)} ${shellWord(secret)}`
    } | ${tool.command(name, place ?? '')}`,
  }));
  return {
    diagnostics: all,
    data: { entries: commands },
    text: commands.map(({ command }) => `${command}\n`).join(''),
  };
}

/** The entry of one Secret as JSON and nothing else, for a pipe. */
export function oneEntry(host: Host, checked: Checked, secret: string): Entries {
  const form = checked.cluster.secretForm;
  if (form.kind !== 'externalSecret') return { problem: NO_STORE };
  const names = namedEntries(checked, form).map((each) => each.secret);
  if (!names.includes(secret))
    return {
      problem: `no ExternalSecret makes a Secret "${secret}"; ${didYouMean(secret, names) ?? `there are ${names.join(', ')}`}`,
    };
  const { entries, diagnostics } = readEntries(checked, form, secretInput(host));
  if (hasErrors(diagnostics)) return { diagnostics };
  return { diagnostics: [], text: `${entries.find((each) => each.secret === secret)?.json ?? ''}\n` };
}

const NO_STORE =
  'the document has no store: write secrets.output: externalSecret and secrets.externalSecret: { store: NAME }';

function unfitting({ document }: Checked, entries: readonly SecretEntry[], tool: string): Diagnostic {
  return {
    code: 'SEC031',
    severity: 'error',
    message: `The store of ${tool} takes no entries of such names: ${entries.map(({ name }) => name).join(', ')}`,
    ...placeAt(document.root, PREFIX),
    hint: 'write another secrets.externalSecret.prefix, such as prod-',
  };
}
