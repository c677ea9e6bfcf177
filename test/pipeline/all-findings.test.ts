import { json } from '../../src/cli/reporters/json';
import { pretty } from '../../src/cli/reporters/pretty';
import pico from 'picocolors';
import { checkFiles } from '../../src/pipeline/check-files';
import { validateFiles } from '../../src/pipeline/validate-files';
import { inputOf, type Files } from '../support/input-of';
import { NEWEST_EXAMPLE } from '../../src/releases/pachyderm';

/** Places and codes of what is found in the first of these files, or in those named. */
function found(files: Files, names = [Object.keys(files)[0] ?? '']): string[] {
  return checkFiles(names, inputOf(files)).diagnostics.map(
    ({ code, location: { file, range } }) => `${file}:${range?.line} ${code}`,
  );
}

/** With three findings of rules and one of a connector, apart from what stands in the place of the marks. */
const document = (top = '', auth = '', release = '2.12.0-rc.3'): string =>
  [
    'apiVersion: pachkit/v1',
    `release: ${release}`,
    'storage: { local: { hostPath: /var/pachyderm/ } }',
    'access: { via: proxy, host: pach.acme.com, tls: { secretName: t } }',
    `auth: { roleBindings: { 'user:alice@acme.com': [clusterAdmn] }${auth} }`,
    'identity:',
    '  connectors:',
    '    - type: oidc',
    '      id: a',
    '      name: A',
    '      config:',
    '        issuer: https://a.auth0.com',
    '        clientID: a',
    '        clientsecret: { env: SECRET }',
    '        redirectURI: https://other.acme.com/dex/callback',
    top,
    '',
  ].join('\n');

const OTHERS = found({ 'a.yaml': document() });

/** What is found only because of a slip, and that nothing else is missing. */
function additional(text: string): string[] {
  const all = found({ 'a.yaml': text });
  expect(all).toEqual(expect.arrayContaining(OTHERS));
  return all.filter((finding) => !OTHERS.includes(finding));
}

describe('an error of form hides no other finding', () => {
  test('and there are some', () =>
    expect(OTHERS).toEqual(expect.arrayContaining(['a.yaml:12 DEX003', 'a.yaml:15 DEX001'])));

  test('and a mapping that has lost its only entry to one is not called empty', () => {
    const all = found({ 'a.yaml': document().replace('[clusterAdmn]', 'clusterAdmin') });
    expect(all).toContain('a.yaml:5 SCH003');
    expect(all).not.toContain('a.yaml:5 AUT010');
    expect(all).toContain('a.yaml:12 DEX003');
  });

  test.each([
    ['a value of the wrong form', document('', ', sessionDuration: 30 days'), ['a.yaml:5 SCH005']],
    ['a value of the wrong type', document('', ', sessionDuration: []'), ['a.yaml:5 SCH003']],
    ['an unknown key', document('', ', foo: 1'), ['a.yaml:5 SCH001']],
    ['an unknown section', document('foo: { a: 1 }'), ['a.yaml:16 SCH001']],
    ['a value that is none of those allowed', document('profile: prodd'), ['a.yaml:16 SCH004']],
    ['a key that is missing inside', document('database: { external: { host: x } }'), ['a.yaml:16 STO019']],
    [
      'several',
      document('profile: prodd\nfoo: 1\netcd: 5', ', foo: 1'),
      ['a.yaml:5 SCH001', 'a.yaml:16 SCH004', 'a.yaml:17 SCH001', 'a.yaml:18 SCH003'],
    ],
    [
      'an item of a list, before the one with other findings',
      document()
        .replace('  connectors:\n', '  connectors:\n    - { type: ldap, id: [] }\n')
        .replaceAll('\r', ''),
      [],
    ],
  ])('%s', (_name, text, expected) => {
    if (expected.length > 0) expect(additional(text)).toEqual(expected);
    else {
      const { diagnostics } = checkFiles(['a.yaml'], inputOf({ 'a.yaml': text }));
      expect(diagnostics.find(({ code }) => code === 'DEX001')).toMatchObject({
        location: { range: { line: 16 } },
        path: '/identity/connectors/1/config/redirectURI',
      });
    }
  });

  test('a release that is missing, of the wrong form or not known', () => {
    for (const release of ['2.11', 'v2.11.6', 'latest', '3.0.0', '2.99.0', '[]']) {
      const codes = found({ 'a.yaml': document('', '', release) });
      expect(codes).toEqual(expect.arrayContaining(['a.yaml:12 DEX003', 'a.yaml:15 DEX001']));
      expect(codes.filter((finding) => /:2 (SCH|REL)/.test(finding))).toHaveLength(1);
    }
  });

  test.each([
    ['wrong', '  domain: https://acme.eu.auth0.com/\n', 'SCH005'],
    ['missing', '', 'SCH002'],
  ])('a key that a section must have and that is %s', (_, domain, code) => {
    const section = (line: string): string =>
      document(`auth0:\n${line}  connections: [google-workspace]\n  users: [{ email: ada@acme.com }]`);
    const whole = found({ 'a.yaml': section('  domain: acme.eu.auth0.com\n') });
    expect(whole).toEqual(expect.arrayContaining(['a.yaml:18 TFM020', 'a.yaml:19 TFM008']));
    const codesOf = (findings: readonly string[]): string[] =>
      findings.map((finding) => finding.replace(/^\S+ /, '')).sort();
    expect(codesOf(found({ 'a.yaml': section(domain) }))).toEqual(codesOf([...whole, `a.yaml:17 ${code}`]));
  });

  test('a release that is not known, and what no release has', () => {
    const roleOf = (release: string): string | undefined =>
      checkFiles(['a.yaml'], inputOf({ 'a.yaml': document('', '', release) })).diagnostics.find(
        ({ code }) => code === 'AUT001',
      )?.message;
    const message = (release: string): string =>
      `Release ${release} has no role clusterAdmn, and pachd does not start: \`unknown role "clusterAdmn"\``;
    expect(roleOf('2.11')).toBe(message('2.11'));
    expect(roleOf('v2.11.6')).toBe(message('2.11.6'));
    expect(roleOf('latest')).toBe(message(NEWEST_EXAMPLE));
  });

  test('but what depends on it is not asked', () => {
    const withHost = (host: string): string => document().replace('host: pach.acme.com', `host: ${host}`);
    expect(found({ 'a.yaml': withHost('https://pach.acme.com') })).toEqual(
      expect.not.arrayContaining(['a.yaml:15 DEX001']),
    );
    expect(found({ 'a.yaml': document('profil: dev').replace(/storage.*/, '') })).toEqual(
      expect.not.arrayContaining([expect.stringContaining(' STO')]),
    );
  });

  test('a key that is a duplicate', () =>
    expect(additional(document('etcd: {}\netcd: {}'))).toEqual(['a.yaml:17 DOC004']));

  test.each(['foo: [', 'a: b: c', '\tx: 1', 'x: "'])(
    'a document beside it that is not YAML: %s',
    (broken) => {
      const reading = found({ 'a.yaml': `${document()}---\n${broken}\n` });
      expect(reading).toEqual(expect.arrayContaining(OTHERS));
      expect(reading.filter((finding) => / DOC00[23]$/.test(finding))).not.toHaveLength(0);
      const shifted = found({ 'a.yaml': `${broken}\n---\n${document()}` });
      expect(shifted).toEqual(expect.arrayContaining(['a.yaml:14 DEX003', 'a.yaml:17 DEX001']));
    },
  );

  test('a base that cannot be had: what stands here is checked, and what may stand there is not missed', () => {
    expect(
      found({ 'a.yaml': 'extends: b.yaml\nauth: { foo: 1 }\nidentity: { connectors: [{ type: ldap }] }\n' }),
    ).toEqual(['a.yaml:1 DOC001', 'a.yaml:2 SCH001']);
  });

  test('a base with a slip that hides nothing of it', () =>
    expect(
      found({
        'a.yaml': 'extends: b.yaml\nauth: { foo: 1 }\n',
        'b.yaml': `${document('etcd: {}\netcd: {}')}`,
      }),
    ).toEqual(expect.arrayContaining(['a.yaml:2 SCH001', 'b.yaml:17 DOC004', 'b.yaml:15 DEX001'])));

  test('a document of a product beside one that is not YAML', () => {
    const manifest = (value: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dex }\ndata:\n  config.yaml: |\n    issuer: ${value}\n    storage: { type: memory }\n    web: { http: 0.0.0.0:5556 }\n    foo: 1\n`;
    const { diagnostics } = validateFiles(
      ['a.yaml'],
      inputOf({ 'a.yaml': `${manifest('https://a.b/dex')}---\na: [\n` }),
    );
    expect(diagnostics.map(({ code }) => code)).toEqual(expect.arrayContaining(['DOC002']));
    expect(diagnostics.some(({ code }) => code.startsWith('DEX'))).toBe(true);
  });
});

test('what stands in for a value that is wrong or missing is not said', () => {
  const files = {
    'a.yaml': `apiVersion: pachkit/v1
release: 2.11.6
storage: { minio: { endpoint: 'https://minio:9000', bucket: pach, credentials: { id: { env: A }, secret: { env: B } } } }
secrets: { output: sealedSecret, sealedSecret: { certificate: ./sealed.pem } }
gitops: { repoURL: https://github.com/acme/infra }
identity: { connectors: [{ provider: adfs, url: https://adfs.acme.com }] }
`,
  };
  const { diagnostics } = checkFiles(['a.yaml'], inputOf(files));
  const codes = diagnostics.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['SCH001', 'SCH005', 'STO025']));
  expect(codes).not.toContain('SEC020');
  expect(codes).not.toContain('IDN010');
  expect(JSON.stringify(diagnostics.map(({ message, hint }) => [message, hint]))).not.toMatch(
    /stand-in|filled-in/,
  );
});

test('what only follows from values of the wrong form is not found, whatever else is wrong', () => {
  const text = [
    'apiVersion: pachkit/v1',
    'release: 2.12.0-rc.3',
    'storage: { local: { hostPath: /var/pachyderm/ } }',
    'access: { via: ingres, host: https://pach.acme.com/, tls: { secretname: t } }',
    'auth: { roleBindings: { user:alice@acme.com: clusterAdmin } }',
    'identity: { connectors: [{ type: github, id: a, name: A, config: { clientID: a, clientSecret: { env: A } } }] }',
  ];
  const errors = found({ 'a.yaml': text.join('\n') }).filter((finding) => /SCH|ACC/.test(finding));
  expect(errors).toEqual(['a.yaml:4 SCH004', 'a.yaml:4 SCH005', 'a.yaml:4 SCH001', 'a.yaml:5 SCH003']);
});

describe('a finding in a base of several clusters', () => {
  const files = {
    'a.yaml': 'extends: base.yaml\nname: a\n',
    'b.yaml': 'extends: base.yaml\nname: b\n',
    'c.yaml': 'extends: base.yaml\nfoo: 1\n',
    'base.yaml': document('bar: 1'),
  };
  const { diagnostics } = checkFiles(['a.yaml', 'b.yaml', 'c.yaml'], inputOf(files));

  test('is there once, with the names of the clusters', () => {
    const unknown = diagnostics.filter(({ code }) => code === 'SCH001');
    expect(unknown.map(({ location, clusters }) => [location.file, clusters])).toEqual([
      ['base.yaml', ['a', 'b', 'c']],
      ['c.yaml', undefined],
    ]);
  });

  test('is printed so', () => {
    expect(pretty(diagnostics, { colors: pico.createColors(false) })).toContain(
      '  at base.yaml:16:1\n  in 3 clusters: a, b, c\n',
    );
    const printed = JSON.parse(json(diagnostics)) as { diagnostics: { clusters?: string[] }[] };
    expect(printed.diagnostics.find(({ clusters }) => clusters)).toMatchObject({ clusters: ['a', 'b', 'c'] });
  });

  test('is there once also when the base cannot be read', () => {
    const broken = checkFiles(['a.yaml', 'b.yaml'], inputOf({ ...files, 'base.yaml': 'a: [' }));
    expect(broken.diagnostics).toEqual([expect.objectContaining({ code: 'DOC002', clusters: ['a', 'b'] })]);
  });

  test('names some clusters of many', () => {
    const many = Array.from({ length: 12 }, (_, index) => `${index + 10}.yaml`);
    const all = Object.fromEntries(many.map((name) => [name, 'extends: base.yaml\n']));
    const of = checkFiles(many, inputOf({ ...all, 'base.yaml': document('bar: 1') }));
    expect(pretty(of.diagnostics, { colors: pico.createColors(false) })).toContain(
      'in 12 clusters: 10, 11, 12, 13, 14 and 7 more\n',
    );
  });
});
