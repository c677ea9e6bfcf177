import { checkFiles } from '../../src/pipeline/check-files';
import { runRules } from '../../src/rules/run';
import { unmark } from '../support/check-document';

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
