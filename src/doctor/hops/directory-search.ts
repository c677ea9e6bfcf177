import { FilterParser, type Client, type Entry } from 'ldapts';
import type { ConfigMapping } from '../../model/cluster';
import { configText } from '../config-text';
import { connectDirectory } from '../connect-directory';
import { failed, ok, warning, type Hop, type Sighting } from '../hop';
import { askDirectory, refusalIn } from '../network/directory';
import type { DirectorySubject } from '../subjects';

/** How many entries are looked at: none of their values is shown. */
const LOOKED_AT = 5;

/** One search as Dex makes it, for anyone instead of one person. */
interface Search {
  /** The section of the settings: `userSearch`. */
  readonly section: 'userSearch' | 'groupSearch';
  readonly what: string;
  /** The filter with the attribute that Dex compares. */
  readonly filter: string;
  /** Attributes that Dex needs of every entry, by the key that names each. */
  readonly attributes: Readonly<Record<string, string>>;
  /** What happens when nothing is found. */
  readonly effect: string;
}

/** People are found below userSearch.baseDN, with the attributes that Dex wants of them. */
export const directoryUsersHop: Hop<DirectorySubject> = {
  name: 'users',
  needs: ['bind'],
  appliesTo: () => true,
  plan: ({ settings: { userSearch } }) => `users are found below ${configText(userSearch, 'baseDN')}`,
  check: (subject, signal) => search(subject, usersOf(subject), signal),
};

/** Groups are found below groupSearch.baseDN. */
export const directoryGroupsHop: Hop<DirectorySubject> = {
  name: 'groups',
  needs: ['bind'],
  appliesTo: ({ settings: { groupSearch } }) => configText(groupSearch, 'baseDN') !== '',
  plan: ({ settings: { groupSearch } }) => `groups are found below ${configText(groupSearch, 'baseDN')}`,
  check: (subject, signal) => search(subject, groupsOf(subject), signal),
};

function usersOf({ settings: { userSearch }, connector: { id } }: DirectorySubject): Search {
  const username = configText(userSearch, 'username');
  const attributes = Object.fromEntries(
    ['idAttr', 'emailAttr', 'nameAttr', 'preferredUsernameAttr']
      .map((key) => [key, configText(userSearch, key)] as const)
      // An address made of the name and a suffix takes no attribute.
      .filter(
        ([key, name]) =>
          name !== '' && !(key === 'emailAttr' && configText(userSearch, 'emailSuffix') !== ''),
      ),
  );
  return {
    section: 'userSearch',
    what: 'user',
    filter: `(&${configText(userSearch, 'filter')}(${username}=*))`,
    attributes,
    effect: `no one can log in with ${id} (\`Invalid Username and password.\`)`,
  };
}

function groupsOf({ settings: { groupSearch }, connector: { id } }: DirectorySubject): Search {
  const matchers = groupSearch['userMatchers'];
  const [first] = Array.isArray(matchers) ? (matchers as readonly ConfigMapping[]) : [];
  const member = first ? configText(first, 'groupAttr') : configText(groupSearch, 'groupAttr');
  const nameAttr = configText(groupSearch, 'nameAttr');
  return {
    section: 'groupSearch',
    what: 'group',
    filter: `(&${configText(groupSearch, 'filter')}(${member === '' ? 'objectClass' : member}=*))`,
    attributes: nameAttr === '' ? {} : { nameAttr },
    effect: `users of ${id} have no groups`,
  };
}

async function search(subject: DirectorySubject, wanted: Search, signal: AbortSignal): Promise<Sighting> {
  const { settings, at, address } = subject;
  const { section, what, effect } = wanted;
  const baseDN = configText(settings[section], 'baseDN');
  const path = (key: string): (string | number)[] => [...at(section), key];
  const unreadable = filterProblem(wanted.filter);
  if (unreadable !== undefined)
    return failed(`\`${unreadable}\``, {
      code: 'HOP022',
      effect: `the filter \`${wanted.filter}\` cannot be read (\`LDAP Result Code 201 "Filter Compile Error"\`): ${effect}`,
      hint: `fix ${section}.filter: every bracket is closed, as in (objectClass=person)`,
      path: path('filter'),
    });
  let entries: readonly Entry[];
  const client = await connectDirectory(subject, signal);
  try {
    const { bindDN, bindPW } = settings;
    await askDirectory(client.bind(bindDN, bindPW?.reveal() ?? ''), signal);
    entries = await entriesOf(client, settings[section], wanted, signal);
  } catch (error) {
    const refusal = refusalIn(error);
    if (!refusal) throw error;
    const isMissing = refusal.code === 32 || refusal.code === 34;
    return failed(`\`${refusal.quote}\``, {
      code: 'HOP022',
      effect: `${address} answers \`${refusal.quote}\` to the search below \`${baseDN}\`${refusal.code === 32 ? ', which does not exist or may not be seen' : ''}: ${effect}`,
      hint: isMissing
        ? `write the ${section}.baseDN that the ${what}s are below, or let the bind DN read it`
        : 'let the bind DN search, and check the filter',
      path: path(isMissing ? 'baseDN' : 'filter'),
    });
  } finally {
    await client.unbind().catch(() => undefined);
  }
  if (entries.length === 0)
    return warning(`nothing matches ${wanted.filter}`, {
      code: 'HOP023',
      effect: `the search below \`${baseDN}\` with \`${wanted.filter}\` finds no ${what}: ${effect}`,
      hint: `check ${section}.filter and the attribute, and whether the bind DN may read the entries`,
      path: path('baseDN'),
    });
  return judged(entries, wanted, path);
}

async function entriesOf(
  client: Client,
  section: ConfigMapping,
  { filter, attributes }: Search,
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const { searchEntries } = await askDirectory(
    client.search(configText(section, 'baseDN'), {
      scope: section['scope'] === 'one' ? 'one' : 'sub',
      filter,
      attributes: Object.values(attributes).filter((name) => name !== 'DN'),
      sizeLimit: LOOKED_AT,
    }),
    signal,
  );
  return searchEntries;
}

/** Every attribute has to be on some entry, in the case in which Dex compares its name. */
function judged(
  entries: readonly Entry[],
  { section, what, attributes }: Search,
  path: (key: string) => (string | number)[],
): Sighting {
  for (const [key, name] of Object.entries(attributes)) {
    if (name === 'DN' || entries.some((entry) => hasValue(entry[name]))) continue;
    const other = entries
      .flatMap((entry) => Object.keys(entry).filter((each) => hasValue(entry[each])))
      .find((each) => each.toLowerCase() === name.toLowerCase());
    return warning(`no ${what} that was looked at has ${name}`, {
      code: 'HOP023',
      effect: `none of the ${what}s that were looked at has the attribute ${name}${other === undefined ? '' : `; the directory writes it ${other}, and Dex compares case`}: \`ldap: entry "…" missing following required attribute(s): ["${name}"]\``,
      hint:
        other === undefined
          ? `name an attribute that every ${what} has in ${section}.${key}`
          : `write ${key}: ${other}`,
      path: path(key),
    });
  }
  const names = Object.values(attributes);
  return ok(`${what}s are found${names.length === 0 ? '' : `, with ${names.join(', ')}`}`);
}

function hasValue(value: Entry[string] | undefined): boolean {
  return value !== undefined && value.length > 0;
}

/** What is wrong with a filter; undefined when it can be read. */
function filterProblem(filter: string): string | undefined {
  try {
    FilterParser.parseString(filter);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
