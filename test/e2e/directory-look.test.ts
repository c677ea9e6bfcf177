import { execFileSync } from 'node:child_process';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { directorySetup } from '../../src/identity-providers/setup/directory';
import { parseTarget } from '../../src/releases/target';
import { documentConnectors } from '../../src/subjects/document-connectors';
import { personOf, type Person } from '../../src/who/person';
import { readClaims, type Given } from '../../src/who/read-claims';
import { describeWithTools, slapdTools, startSlapd, type SlapdServer } from './harness';
import { DIRECTORIES, DIRECTORY } from './who/directories';

const parsed = parseTarget('dex@2.41');
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

describeWithTools('the commands of a setup page', slapdTools, () => {
  let directory: SlapdServer;
  beforeAll(async () => {
    directory = await startSlapd({ suffix: 'dc=acme,dc=com', ldif: DIRECTORY });
  });
  afterAll(() => directory.stop());

  test.each(DIRECTORIES.map((setUp) => [setUp.id, setUp] as const))(
    'of %s show what Dex would see, so that who says the same of it',
    (id, { config, login }) => {
      const settings = { host: directory.host, insecureNoSSL: true, bindDN: directory.bindDN, ...config };
      const document = { identity: { connectors: [{ id, type: 'ldap', config: settings }] } };
      const [connector] = documentConnectors(document as unknown as ClusterDocument);
      if (!connector) throw new Error('no connector');
      const look = directorySetup.look?.({
        connector,
        cluster: 'prod',
        callback: '',
        loginPage: '',
        hasGroups: connector.text('groupSearch', 'baseDN') !== undefined,
      });
      // It would ask on the terminal.
      const script = (look?.lines ?? [])
        .join('\n')
        .replaceAll(' -W', ' -w "$PASSWORD"')
        .replace('LOGIN=ada', '');
      const printed = execFileSync('sh', ['-euc', script], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'], LOGIN: login, PASSWORD: directory.bindPW },
      });
      expect(sorted(personOf(connector, readClaims(printed) as Given, target))).toEqual(
        sorted(personOf(connector, written(login), target)),
      );
    },
  );
});
