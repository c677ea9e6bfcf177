import { AndFilter, EqualityFilter, FilterParser, type Client } from 'ldapts';
import { configText } from '../config-text';
import { connectDirectory } from '../connect-directory';
import { ok, skipped, warning, type Hop } from '../hop';
import { askDirectory, refusalIn } from '../network/directory';
import { shown } from '../shown';
import type { DirectorySubject } from '../subjects';

/** The most subjects that are looked for. */
const LIMIT = 50;

/** A subject of the role bindings, and where the directory would have it. */
interface Sought {
  /** `group:data-science` */
  readonly subject: string;
  /** What the directory has to send, letter for letter. */
  readonly value: string;
  readonly section: 'userSearch' | 'groupSearch';
  readonly attribute: string;
}

/** The subjects of auth.roleBindings are looked for in the directory: pachd compares what it sends as strings. */
export const directoryBindingsHop: Hop<DirectorySubject> = {
  name: 'bindings',
  needs: ['bind', 'users'],
  appliesTo: (subject) => soughtBy(subject).length > 0,
  plan: (subject) =>
    `the directory has ${soughtBy(subject)
      .map(({ subject: each }) => each)
      .join(', ')}`,
  async check(subject, signal) {
    const { connector, cluster, address } = subject;
    const missing: string[] = [];
    const client = await connectDirectory(subject, signal);
    try {
      const { bindDN, bindPW } = subject.settings;
      await askDirectory(client.bind(bindDN, bindPW?.reveal() ?? ''), signal);
      for (const sought of soughtBy(subject)) {
        const found = await valuesOf(client, subject, sought, signal);
        if (found.includes(sought.value)) continue;
        const other = found.find((each) => each.toLowerCase() === sought.value.toLowerCase());
        if (other === undefined) {
          missing.push(sought.subject);
          continue;
        }
        const written = sought.subject.replace(/:[^]*/, `:${other}`);
        return warning(`the directory has ${shown(written)}`, {
          code: 'HOP035',
          effect: `${address} sends \`${shown(written)}\`, and auth.roleBindings has \`${sought.subject}\`: pachd compares them as strings, and the roles are never given`,
          hint: `write '${shown(written)}'`,
          path: ['auth', 'roleBindings', sought.subject],
        });
      }
    } catch (error) {
      if (refusalIn(error) === undefined) throw error;
      return skipped('the directory refuses the search');
    } finally {
      await client.unbind().catch(() => undefined);
    }
    const [first] = missing;
    if (first === undefined) return ok('the directory has every subject of auth.roleBindings');
    const names = missing.map(shown).join(', ');
    const others = cluster.identity.connectors.length + (cluster.dex?.staticPasswords.length ?? 0) - 1;
    if (others > 0) return ok(`${names}: not in this directory; other connectors may have them`);
    return warning(`not in the directory: ${names}`, {
      code: 'HOP035',
      effect: `The directory of ${connector.id} does not have ${names}, as far as the bind DN sees, and there is no other connector: the roles are given to no one`,
      hint: 'write the subject as the directory has it, or remove the binding',
      path: ['auth', 'roleBindings', first],
    });
  },
};

function soughtBy({ cluster: { auth }, settings: { userSearch, groupSearch } }: DirectorySubject): Sought[] {
  const suffix = configText(userSearch, 'emailSuffix');
  const groupName = configText(groupSearch, 'baseDN') === '' ? '' : configText(groupSearch, 'nameAttr');
  return Object.keys(auth?.roleBindings ?? {})
    .flatMap((subject): Sought[] => {
      const [, kind, value = ''] = /^(user|group):([^]+)$/.exec(subject) ?? [];
      // With a suffix Dex makes the address itself, of what people type in.
      if (kind === 'user' && suffix === '')
        return [
          { subject, value, section: 'userSearch', attribute: configText(userSearch, 'emailAttr', 'mail') },
        ];
      return kind === 'group' && groupName !== ''
        ? [{ subject, value, section: 'groupSearch', attribute: groupName }]
        : [];
    })
    .slice(0, LIMIT);
}

/** Values of the attribute on entries whose value is this one, as the directory compares it. */
async function valuesOf(
  client: Client,
  { settings }: DirectorySubject,
  { section, attribute, value }: Sought,
  signal: AbortSignal,
): Promise<string[]> {
  const search = settings[section];
  const own = configText(search, 'filter');
  const equal = new EqualityFilter({ attribute, value });
  const { searchEntries } = await askDirectory(
    client.search(configText(search, 'baseDN'), {
      scope: search['scope'] === 'one' ? 'one' : 'sub',
      filter: own === '' ? equal : new AndFilter({ filters: [FilterParser.parseString(own), equal] }),
      attributes: [attribute],
      sizeLimit: 5,
    }),
    signal,
  );
  return searchEntries.flatMap((entry) => entry[attribute] ?? []).map((each) => each.toString());
}
