import fs from 'node:fs';
import { GITHUB_CONNECTOR, LDAP_CONNECTOR, OKTA_CONNECTOR } from '../support/connector-entries';
import { pachkit, temporaryFolder, type Run } from '../support/pachkit';

const DOCUMENT = `apiVersion: pachkit/v1
release: 2.11.6
access: { host: pach.acme.com, tls: { secretName: cert } }
enterprise: { licenseKey: { env: LICENSE } }
auth:
  roleBindings:
    user:ada@acme.com: [clusterAdmin]
    group:acme:data: [projectCreator]
    group:acme: [repoReader]
    group:Staff: [repoReader]
    allClusterUsers: [projectCreator]
    robot:wallie: [repoReader]
identity:
  connectors:
${GITHUB_CONNECTOR}${OKTA_CONNECTOR}${LDAP_CONNECTOR}        groupSearch:
          baseDN: "ou=groups,dc=acme,dc=com"
          userMatchers: [{ userAttr: DN, groupAttr: member }]
          nameAttr: cn
storage: { s3: { bucket: acme, region: eu-central-1 } }
`;

let folder: string;
beforeEach(() => (folder = temporaryFolder({ 'pachyderm.yaml': DOCUMENT })));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const run = (args: string, more: Omit<Run, 'folder'> = {}) =>
  pachkit(['who', 'pachyderm.yaml', ...args.split(' ').filter((arg) => arg !== '')], { folder, ...more });

/** What is said about one person. */
function said(claims: object | string, connector?: string): string {
  const text = typeof claims === 'string' ? claims : JSON.stringify(claims);
  const { stdout, stderr } = run(`--claims -${connector === undefined ? '' : ` --connector ${connector}`}`, {
    standardInput: text,
  });
  return stdout + stderr;
}

const token = (claims: object): string =>
  ['{"alg":"RS256"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

interface Bound {
  readonly subject: string;
  readonly through: readonly string[];
  readonly note?: string;
  readonly matchesNoOne?: true;
}

function clustersOf(json: string): readonly { readonly bindings: readonly Bound[] }[] {
  return (JSON.parse(json) as { clusters: { bindings: Bound[] }[] }).clusters;
}

describe('without a person', () => {
  test('each connector has its own form of groups', () => {
    const { exitCode, stdout } = run('');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/github \(github\)\n\s+who\s+members of the GitHub organizations acme/);
    expect(stdout).toContain('group:acme:<team>');
    expect(stdout).toContain('user:<mail>: the attribute mail of the entry');
    expect(stdout).toContain('group:<cn>');
  });

  test('each binding has the connectors that can send it, or the reason why none can', () => {
    const [{ bindings } = { bindings: [] }] = clustersOf(run('--format json').stdout);
    const through = Object.fromEntries(bindings.map((each) => [each.subject, each.through]));
    expect(through).toMatchObject({
      'user:ada@acme.com': ['github', 'okta', 'corp'],
      // Okta leaves groups out of the ID token of a code.
      'group:acme:data': ['github', 'corp'],
      'group:Staff': ['corp'],
      allClusterUsers: [],
    });
    expect(bindings.find(({ subject }) => subject === 'robot:wallie')?.note).toContain('token');
  });

  test('a subject that no one can be is marked', () => {
    fs.writeFileSync(`${folder}/pachyderm.yaml`, DOCUMENT.replace(/ {4}- type: oidc[\s\S]*(?=storage:)/, ''));
    expect(run('').stdout).toMatch(
      /! group:acme: repoReader; no one is ever it: github with orgs sends ORG:TEAM/,
    );
    const [{ bindings } = { bindings: [] }] = clustersOf(run('--format json').stdout);
    expect(bindings.filter(({ matchesNoOne }) => matchesNoOne).map(({ subject }) => subject)).toEqual([
      'group:Staff',
      'group:acme',
    ]);
  });
});

describe('a person', () => {
  test('is who the claims of the ID token say, with roles by subject and group', () => {
    const text = said({
      iss: 'https://acme.okta.com',
      name: 'Ada',
      email: 'ada@acme.com',
      groups: ['Staff', 'x'],
    });
    expect(text).toMatch(/through okta/);
    expect(text).toMatch(/subject\s+user:ada@acme.com/);
    expect(text).toMatch(/clusterAdmin \(user:ada@acme.com\)/);
  });

  test('whose address differs in case is told so', () =>
    expect(said({ iss: 'https://acme.okta.com', name: 'Ada', email: 'Ada@acme.com' })).toContain(
      "'user:ada@acme.com' is bound, and this is 'user:Ada@acme.com'",
    ));

  test('of a token is read from it, and the token is not printed', () => {
    const pasted = token({ iss: 'https://acme.okta.com', name: 'Ada', email: 'ada@acme.com' });
    const text = said(pasted);
    expect(text).toMatch(/subject\s+user:ada@acme.com/);
    expect(text).not.toContain(pasted.split('.')[1]);
  });

  test('of the token of Dex is read whatever the connector', () =>
    expect(said({ iss: 'https://pach.acme.com/dex', email: 'ada@acme.com', groups: ['acme:data'] })).toMatch(
      /through Dex\n[\s\S]*projectCreator \(group:acme:data\)/,
    ));

  test('of a directory is who the entry says, in groups of the other entries', () =>
    expect(
      said(
        'dn: uid=ada,ou=people,dc=acme,dc=com\nuid: ada\nmail: ada@acme.com\n\ndn: cn=Staff,ou=groups,dc=acme,dc=com\ncn: Staff\nmember: uid=ada,ou=people,dc=acme,\n dc=com\n',
      ),
    ).toMatch(/through corp\n[\s\S]*groups\s+group:Staff\n/));

  test('whom Dex refuses is refused in its words, with exit code 1', () => {
    const { exitCode, stdout } = run('--claims - --connector okta', {
      standardInput: JSON.stringify({ email: 'ada@acme.com' }),
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('`missing "name" claim`');
  });
});

describe('what cannot be answered', () => {
  test.each([
    ['', 'the file is empty'],
    ['[1]', 'it is a list: give the claims of one person, as one JSON object'],
    ['aaaa.bbbb.cccc', 'not JSON in base64'],
  ])('%j: %s', (text, problem) => expect(said(text)).toContain(problem));

  test('claims that name no connector', () =>
    expect(said({ email: 'a@b.c' })).toContain('name the connector with --connector: github, okta, corp'));

  test('a connector that is not there', () =>
    expect(said({ email: 'a@b.c' }, 'oktaa')).toContain('there is no connector oktaa; there are github'));

  test('a provider of which nothing is known', () =>
    expect(said({ login: 'ada' }, 'github')).toContain('pachkit doctor --login github'));

  test.each([
    ['--claims nowhere.json', 'pachkit who: --claims nowhere.json: there is no such file'],
    ['--connector okta', 'give them with --claims'],
  ])('%s', (args, problem) => {
    const { exitCode, stderr } = run(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(problem);
  });
});

test('what limits groups is said in the fields of the provider, and what many groups do to programs', () => {
  const text = DOCUMENT.replace(
    /identity:\n[^]*(?=storage:)/,
    `identity:
  connectors:
    - { provider: entra, tenant: 72f988bf-86f1-41af-91ab-2d7cd011db47, clientID: a, clientSecret: { env: A } }
    - { provider: okta, domain: login.acme.com, clientID: a, clientSecret: { env: A }, groups: false }
  clients: [{ id: mlflow, name: MLflow, secret: { env: B }, redirectURIs: [https://mlflow.acme.com/cb] }]
`,
  );
  fs.writeFileSync(`${folder}/pachyderm.yaml`, text);
  const { stdout } = run('');
  expect(stdout).toMatch(/limit +people in more than 1000 groups cannot log in: .*groupNames: ids/);
  expect(stdout).toContain('Dex reads them with groups: true alone');
  expect(stdout).toMatch(/notes\n +ID tokens for MLflow have all groups of a person.*4096 bytes/);
});

test('a user without an address comes through a connector that takes something else for it, and through no other', () => {
  const bound = (document: string): readonly Bound[] => {
    fs.writeFileSync(`${folder}/pachyderm.yaml`, document);
    return clustersOf(run('--format json').stdout)[0]?.bindings ?? [];
  };
  const named = DOCUMENT.replace('user:ada@acme.com', 'user:ada');
  expect(bound(named)).toContainEqual(
    expect.objectContaining({ subject: 'user:ada', through: [], matchesNoOne: true }),
  );
  expect(bound(named.replace(/emailAttr: \w+/, 'emailAttr: uid'))).toContainEqual(
    expect.objectContaining({ subject: 'user:ada', through: ['corp'] }),
  );
});
