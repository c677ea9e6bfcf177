import { checkFiles } from '../../src/pipeline/check-files';
import { runRules } from '../../src/rules/run';
import { unmark } from '../support/check-document';
import { inputOf } from '../support/input-of';

/** Findings of the rules about several clusters in these files, which are checked in one run; a `▸` stands before each place. */
function inOneRun(files: Readonly<Record<string, string>>) {
  const texts = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, unmark(text)]));
  const { diagnostics } = checkFiles(Object.keys(files), {
    directory: '/documents',
    readFile: (name) => Buffer.from(texts[name.replace('/documents/', '')]?.text ?? ''),
    readStandardInput: () => Buffer.from(''),
  });
  const codes = runRules.map(({ code }) => code);
  const found = diagnostics.filter(({ code }) => codes.includes(code));
  const expected = Object.entries(texts).flatMap(([name, { places }]) =>
    places.map(([line, column]) => [name, line, column]),
  );
  expect(found.map(({ location: { file, range } }) => [file, range?.line, range?.column])).toEqual(expected);
  return found;
}

const document = (name: string, auth0: string, more = ''): string => `apiVersion: pachkit/v1
name: ${name}
release: 2.12.0-rc.3
profile: dev
access: { via: proxy, host: ${name}.acme.com, tls: { secretName: tls } }
${more}
auth0:
  domain: acme.eu.auth0.com
  allow: { emailDomains: [acme.com] }
  ${auth0}
`;

describe('DOC012', () => {
  test('two clusters of one name', () => {
    const [finding] = inOneRun({
      'a.yaml': document('prod', ''),
      'b.yaml': document('prod', '').replace('name: prod', 'name: ▸prod'),
    });
    expect(finding).toMatchObject({ code: 'DOC012', severity: 'error' });
    expect(finding?.message).toContain('taken by the cluster in a.yaml');
  });
});

describe('TFM002 between clusters with one tenant', () => {
  const groups = 'groups: { claim: https://acme.com/groups }';
  const bindings = (mark: string, ...names: string[]): string =>
    `auth: { roleBindings: { ${names.map((name) => `${name === mark ? '▸' : ''}"group:${name}": [clusterAdmin]`).join(', ')} } }`;

  test('roles that follow from the same groups, in one finding', () => {
    const [finding] = inOneRun({
      'two.yaml': `${document('eu', groups, bindings('', 'data', 'infra'))}---\n${document('us', groups, bindings('data', 'data', 'infra', 'us-only'))}`,
    });
    expect(finding).toMatchObject({ code: 'TFM002', severity: 'error' });
    expect(finding?.message).toContain(
      'creates the roles "data", "infra" in the tenant acme.eu.auth0.com, and so does the cluster eu in two.yaml',
    );
    expect(finding?.hint).toContain('roles: [] in all documents of the tenant but one');
  });

  test('a role that one lists and the other implies', () => {
    const found = inOneRun({
      'eu.yaml': document('eu', groups, bindings('', 'data')),
      'us.yaml': document('us', 'roles: [{ name: other }, { name: ▸data }]'),
    });
    expect(found[0]?.message).toContain('The role "data" is created');
  });

  test.each([
    ['database', 'database: { name: people }', 'database: { name: ▸people }'],
    [
      'organization',
      'organizations: { usage: allow, create: [{ name: acme }] }',
      'organizations: { usage: allow, create: [{ name: ▸acme }] }',
    ],
    [
      'user',
      'users: [{ email: ada@acme.com, password: { env: A }, connection: people }]',
      'users: [{ email: ▸ADA@acme.com, password: { env: A }, connection: people }]',
    ],
  ])('a %s', (kind, one, other) => {
    const [finding] = inOneRun({ 'eu.yaml': document('eu', one), 'us.yaml': document('us', other) });
    expect(finding).toMatchObject({ code: 'TFM002', severity: 'error' });
    expect(finding?.message).toContain(`The ${kind} "`);
    expect(finding?.message).toContain('409 Conflict');
  });

  test.each([
    ['no roles in the second', `${groups}\n  roles: []`, document('us', `${groups}\n  roles: []`)],
    [
      'another tenant',
      'database: { name: people }',
      document('us', 'database: { name: people }').replace('acme.eu', 'acme.us'),
    ],
    [
      'users of two connections',
      'users: [{ email: ada@acme.com, password: { env: A }, connection: people }]',
      document('us', 'users: [{ email: ada@acme.com, password: { env: A }, connection: others }]'),
    ],
  ])('%s is fine', (_shows, eu, us) => {
    inOneRun({ 'eu.yaml': document('eu', eu, bindings('', 'data')), 'us.yaml': us });
  });

  test('a custom domain is the tenant that it belongs to', () => {
    const custom = (mark: string): string =>
      document(
        'us',
        `database: { name: ${mark}people }\n  terraform: { tenantDomain: ACME.eu.auth0.com }`,
      ).replace('domain: acme.eu.auth0.com', 'domain: login.acme.com');
    inOneRun({ 'eu.yaml': document('eu', 'database: { name: people }'), 'us.yaml': custom('▸') });
  });

  test('the same file twice is two clusters of one name, and nothing more', () => {
    const text = document('eu', 'database: { name: people }');
    inOneRun({ 'a.yaml': text, 'b.yaml': text.replace('name: eu', 'name: ▸eu') });
  });
});

describe('TFM024 for one application of several clusters', () => {
  const application = (text: string): string => `application: { clientSecret: { env: X }, ${text} }`;

  test('that each of them makes', () => {
    const [finding] = inOneRun({
      'eu.yaml': document('eu', application('clientID: abc')),
      'us.yaml': document('us', application('clientID: ▸abc')),
    });
    expect(finding).toMatchObject({ code: 'TFM024', severity: 'error' });
    expect(finding?.message).toContain('Terraform makes an application for each of them');
  });

  const shared = application('clientID: abc, provision: none');
  const withoutAllow = (text: string): string => text.replace(/  allow: .*\n/, '');

  test('that does not know the callback URL of the other', () => {
    const [finding] = inOneRun({
      'us.yaml': withoutAllow(document('us', shared.replace('abc', '▸abc'))),
      'eu.yaml': document('eu', application('clientID: abc')),
    });
    expect(finding?.message).toContain('do not have https://us.acme.com/dex/callback');
    expect(finding?.hint).toContain('additionalCallbackURLs of eu');
  });

  test.each([
    [
      'one makes it, with the callback URL of the other',
      application('clientID: abc, additionalCallbackURLs: [https://us.acme.com/dex/callback]'),
    ],
    ['another one', application('clientID: xyz')],
    ['no one in this run makes it', shared],
  ])('%s is fine', (_shows, eu) => {
    inOneRun({ 'eu.yaml': document('eu', eu), 'us.yaml': document('us', shared) });
  });
});

describe('an error of form in one document hides nothing between the documents', () => {
  const groups = 'groups: { claim: https://acme.com/groups }';
  const databaseOf = (cluster: string, more: string): string =>
    document(cluster, 'database: { name: staff }', more);
  const found = (...documents: readonly string[]): readonly string[] =>
    checkFiles(
      documents.map((_, index) => `${index}.yaml`),
      inputOf(Object.fromEntries(documents.map((text, index) => [`${index}.yaml`, text]))),
    )
      .diagnostics.filter(({ code }) => runRules.some((rule) => rule.code === code))
      .map(({ code, path, location: { file } }) => `${file} ${code} ${path}`);

  test.each([
    ['an unknown key', 'profil: dev'],
    ['a value of the wrong form', 'auth: { sessionDuration: 30 days }'],
    ['a value of the wrong type', 'etcd: 5'],
    ['a string for a number', 'pachd: { replicas: x }'],
  ])('%s', (_, slip) => {
    const whole = [databaseOf('eu', ''), databaseOf('us', '')] as const;
    const expected = ['1.yaml TFM002 /auth0/database/name'];
    expect(found(...whole)).toEqual(expected);
    expect(found(databaseOf('eu', slip), whole[1])).toEqual(expected);
    expect(found(whole[0], databaseOf('us', slip))).toEqual(expected);
    expect(found(databaseOf('eu', slip), databaseOf('us', slip))).toEqual(expected);
  });

  test.each(['2.11', 'latest', '2.99.0'])('the release %s', (release) => {
    const documents = [databaseOf('eu', ''), databaseOf('us', '')].map((text) =>
      text.replace('2.12.0-rc.3', release),
    );
    expect(found(...documents)).toEqual(['1.yaml TFM002 /auth0/database/name']);
  });

  test('in the section itself, and a slip of the keyboard in one of the documents', () => {
    const bindings = 'auth: { roleBindings: { "group:data": [clusterAdmin] } }';
    const [whole, another] = [document('eu', groups, bindings), document('us', groups, bindings)];
    const expected = ['1.yaml TFM002 /auth/roleBindings/group:data'];
    expect(found(whole, another)).toEqual(expected);
    expect(found(whole, another.replace('  groups:', '  colour: red\n  groups:'))).toEqual(expected);
    expect(found(whole.replace('  groups:', '  users: 1\n  groups:'), another)).toEqual(expected);
  });

  test('one name, and one application', () => {
    const one = document('eu', 'application: { clientID: abc }', 'etcd: 5');
    expect(found(one, one)).toEqual(['1.yaml DOC012 /name']);
    expect(found(one, document('us', 'application: { clientID: abc }', 'etcd: 5'))).toEqual([
      '1.yaml TFM024 /auth0/application/clientID',
    ]);
  });

  test('with its place where items before it are left out', () => {
    const usersOf = (name: string, first = ''): string =>
      document(name, `database: { name: ${name} }\n  organizations: { create: [${first}{ name: ab }] }`);
    expect(found(usersOf('eu'), usersOf('us', '{ nam: cd }, '))).toEqual([
      '1.yaml TFM002 /auth0/organizations/create/1/name',
    ]);
  });

  test('but what depends on the error is not asked', () => {
    const tenant = (name: string, domain: string): string =>
      databaseOf(name, '').replace('acme.eu.auth0.com', domain);
    expect(found(tenant('eu', '[]'), tenant('us', '[]'))).toEqual([]);
    expect(found(tenant('eu', 'https://acme.eu.auth0.com'), tenant('us', 'acme.eu.auth0.com'))).toEqual([]);
    const another = databaseOf('us', '');
    expect(found(another, another.replace('name: us', 'name: [us]'))).toEqual([
      '1.yaml TFM002 /auth0/database/name',
    ]);
  });
});
