import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import type { JsonValue } from '../../src/document/source-node';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { directorySetup } from '../../src/identity-providers/setup/directory';
import { parseTarget } from '../../src/releases/target';
import { documentConnectors, type DocumentConnector } from '../../src/subjects/document-connectors';
import { personOf, type Person } from '../../src/who/person';
import { readClaims, type Given } from '../../src/who/read-claims';
import { describeWithTools, slapdTools, startSlapd, toolPath, type SlapdServer } from './harness';
import { temporaryDirectory } from './harness/temporary-directory';
import { derivedConfig } from './who/derived';
import { DIRECTORY_KINDS } from './who/directory-kinds';
import { DIRECTORIES, DIRECTORY } from './who/directories';

const parsed = parseTarget('dex@2.45');
if (!parsed.ok) throw new Error('an unknown Dex');
const { target } = parsed;

/** The person's own entry, and those of all groups. */
function written(login: string): Given {
  const blocks = DIRECTORY.split('\n\n');
  const own = blocks.filter((block) => block.includes(`uid: ${login}\n`));
  return readClaims([...own, ...blocks.filter((block) => block.includes('ou=groups'))].join('\n\n')) as Given;
}

/** A directory answers in an order of its own. */
function sorted(person: Person | undefined): Person | undefined {
  return person && 'groups' in person ? { ...person, groups: [...person.groups].sort() } : person;
}

function connectorFor(
  { host, bindDN }: SlapdServer,
  id: string,
  config: Readonly<Record<string, JsonValue>>,
): DocumentConnector {
  const settings = { ...config, host, insecureNoSSL: true, bindDN };
  const document = { identity: { connectors: [{ id, type: 'ldap', config: settings }] } };
  const [connector] = documentConnectors(document as unknown as ClusterDocument);
  if (!connector) throw new Error('no connector');
  return connector;
}

/** What the commands of the page print for a login, run in a folder of their own. */
async function look(
  { bindPW }: SlapdServer,
  connector: DocumentConnector,
  login: string,
  folder = '/',
): Promise<string> {
  const page = directorySetup.look?.({
    connector,
    cluster: 'prod',
    callback: '',
    loginPage: '',
    hasGroups: connector.text('groupSearch', 'baseDN') !== undefined,
  });
  // It would ask on the terminal.
  const script = (page?.lines ?? []).join('\n').replaceAll(' -W', ' -w "$PASSWORD"').replace('LOGIN=ada', '');
  // The server's log has to be read meanwhile, or it waits.
  const { stdout } = await promisify(execFile)('sh', ['-euc', script], {
    cwd: folder,
    env: { PATH: process.env['PATH'], LOGIN: login, PASSWORD: bindPW },
  });
  return stdout;
}

describe.each(DIRECTORY_KINDS.map((kind) => [kind.name, kind] as const))('for %s', (_, kind) => {
  describeWithTools('the commands of a setup page', slapdTools, () => {
    let directory: SlapdServer;
    beforeAll(async () => {
      directory = await startSlapd(kind.directory);
    });
    afterAll(() => directory.stop());

    test.each(kind.setUps.map((setUp) => [setUp.id, setUp] as const))(
      'of %s show all that matters of the directory',
      async (id, { login, person, config }) => {
        const { url, bindDN, bindPW } = directory;
        const found = async (filter: string): Promise<string> => {
          const { stdout } = await promisify(execFile)(toolPath('ldapsearch'), [
            ...['-x', '-LLL', '-o', 'ldif-wrap=no', '-H', url, '-D', bindDN, '-w', bindPW],
            ...['-b', kind.directory.suffix, filter, '*', '+'],
          ]);
          return stdout;
        };
        const connector = connectorFor(directory, id, config);
        const everything = readClaims(`${await found(person)}\n${await found(`(!${person})`)}`) as Given;
        const said = personOf(connector, everything, target);
        const printed = await look(directory, connector, login);
        if (said && 'refused' in said && said.refused.startsWith('no results'))
          expect(printed.trim()).toBe('');
        else expect(sorted(personOf(connector, readClaims(printed) as Given, target))).toEqual(sorted(said));
      },
    );
  });
});

/** Names that mean something to a shell, to a filter or to a DN, and of other alphabets. */
const HOSTILE = [
  ...[
    'a*b',
    '*',
    'a(b)c',
    '(|(uid=*))',
    'a\\b',
    'a\\2ab',
    "O'Brien; touch PWNED",
    '$(touch PWNED)',
    '`touch PWNED`',
  ],
  ...['Zoë Müller', '名前', 'a,b+c=d', '#1', '"quoted"', 'a&b/c', 'x:: y', '-n', '%s%n', 'a|b'],
];

const escapedDN = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
const base64 = (name: string, text: string): string => `${name}:: ${Buffer.from(text).toString('base64')}`;

const personOfName = (name: string): string => `uid=${escapedDN(name)},ou=people,dc=acme,dc=com`;

describeWithTools(
  'the commands of a setup page, for names that a shell or a filter could misread,',
  slapdTools,
  () => {
    let directory: SlapdServer;
    const entries = [
      'dn: dc=acme,dc=com\nobjectClass: domain\ndc: acme',
      ...['people', 'groups', 'posix'].map(
        (ou) => `dn: ou=${ou},dc=acme,dc=com\nobjectClass: organizationalUnit\nou: ${ou}`,
      ),
      ...HOSTILE.map(
        (name) =>
          `${base64('dn', personOfName(name))}\nobjectClass: inetOrgPerson\n${base64('uid', name)}\n${base64('cn', name)}\nsn: x\nmail: x@acme.com`,
      ),
      ...HOSTILE.flatMap((name, index) => [
        `dn: cn=g${index},ou=groups,dc=acme,dc=com\nobjectClass: groupOfNames\ncn: g${index}\n${base64('member', personOfName(name))}`,
        `dn: cn=p${index},ou=posix,dc=acme,dc=com\nobjectClass: posixGroup\ncn: p${index}\ngidNumber: ${index}\n${base64('memberUid', name)}`,
      ]),
    ];
    beforeAll(async () => {
      directory = await startSlapd({
        suffix: 'dc=acme,dc=com',
        schemas: ['nis'],
        ldif: `${entries.join('\n\n')}\n`,
      });
    });
    afterAll(() => directory.stop());

    test.each(HOSTILE.map((name, index) => [name, index] as const))(
      '%s finds that person and no other',
      async (name, index) => {
        const folder = temporaryDirectory('look');
        const printed = async (groupClass: string, base: string): Promise<Given> => {
          const config = derivedConfig(
            `provider: openldap, domain: acme.com, server: localhost, bindDN: cn=x, bindPassword: x, groupClass: ${groupClass}, groupsDN: "ou=${base},dc=acme,dc=com"`,
          );
          return readClaims(
            await look(directory, connectorFor(directory, 'ldap', config), name, folder.path),
          ) as Given;
        };
        const groupsIn = (given: Given): readonly string[] =>
          given.kind === 'entries'
            ? given.entries.slice(1).flatMap(({ attributes }) => attributes.get('cn') ?? [])
            : [];
        const groups = await printed('groupOfNames', 'groups');
        expect(groups.kind === 'entries' && groups.entries[0]?.attributes.get('uid')).toEqual([name]);
        expect(groupsIn(groups)).toEqual([`g${index}`]);
        // memberUid holds ASCII alone (RFC 2307), so that no group is found by another name.
        expect(groupsIn(await printed('posixGroup', 'posix'))).toEqual(
          /^[ -~]+$/.test(name) ? [`p${index}`] : [],
        );
        expect(readdirSync(folder.path)).toEqual([]);
        folder.remove();
      },
    );
  },
);

describeWithTools('the commands of a setup page', slapdTools, () => {
  let directory: SlapdServer;
  beforeAll(async () => {
    directory = await startSlapd({ suffix: 'dc=acme,dc=com', ldif: DIRECTORY });
  });
  afterAll(() => directory.stop());

  test.each(DIRECTORIES.map((setUp) => [setUp.id, setUp] as const))(
    'of %s show what Dex would see, so that who says the same of it',
    async (id, { config, login }) => {
      const connector = connectorFor(directory, id, config);
      const printed = await look(directory, connector, login);
      expect(sorted(personOf(connector, readClaims(printed) as Given, target))).toEqual(
        sorted(personOf(connector, written(login), target)),
      );
    },
  );
});
