import fs from 'node:fs';
import path from 'node:path';
import { readDocuments } from '../../src/document/read-documents';
import { locate, nodeAt, type PathStep } from '../../src/document/source-node';
import { documentOf, FOLDER, inputOf, inShort, problemsOf, read } from '../support/input-of';

const fixtures = path.join(__dirname, '..', 'fixtures', 'documents', 'extends');

function fixture(fileName: string): ReturnType<typeof documentOf> {
  const { documents, diagnostics } = readDocuments(fileName, {
    directory: fixtures,
    readFile: (name) => fs.readFileSync(name),
    readStandardInput: () => Buffer.alloc(0),
  });
  expect(diagnostics).toEqual([]);
  const [document] = documents;
  if (!document) throw new Error('no document');
  return document;
}

describe('a document laid over two others', () => {
  const prod = fixture('clusters/prod.yaml');

  test('merges mappings, and lists of things with an id by id; null takes away', () => {
    expect(prod.value).toEqual({
      extends: ['../common/base.yaml', './small.yaml'],
      apiVersion: 'pachkit/v1',
      release: '2.11.6',
      access: {
        via: 'ingress',
        host: 'pachyderm.acme.com',
        tls: { secretName: 'pachyderm-tls' },
        ingress: { className: 'nginx', annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' } },
      },
      auth: { rootToken: { file: 'root-token.txt' } },
      enterprise: { licenseKey: { file: 'license.txt' } },
      identity: {
        connectors: [
          {
            type: 'ldap',
            id: 'corp',
            name: 'Corporate LDAP',
            config: {
              host: 'ldap.eu.acme.com:636',
              userSearch: {
                baseDN: 'ou=people,dc=acme,dc=com',
                username: 'uid',
                idAttr: 'uid',
                emailAttr: 'mail',
              },
            },
          },
          {
            type: 'github',
            id: 'github',
            config: { clientID: 'acme', clientSecret: { env: 'GITHUB_CLIENT_SECRET' } },
          },
          { type: 'saml', id: 'saml', config: {} },
        ],
      },
      storage: { s3: { bucket: 'acme-pachyderm' } },
      pachd: { resources: { requests: { cpu: '500m', memory: '1Gi' } } },
      etcd: { size: '50Gi' },
    });
  });

  test.each<[PathStep[], string, number, number]>([
    [['release'], 'common/base.yaml', 4, 10],
    [['access', 'host'], 'clusters/prod.yaml', 3, 9],
    [['access', 'ingress', 'className'], 'common/base.yaml', 9, 16],
    [['identity', 'connectors', 0, 'config', 'host'], 'clusters/prod.yaml', 11, 15],
    [['identity', 'connectors', 0, 'config', 'userSearch', 'username'], 'common/base.yaml', 24, 21],
    [['pachd', 'resources', 'requests', 'cpu'], 'clusters/small.yaml', 4, 22],
    [['etcd', 'size'], 'clusters/prod.yaml', 19, 9],
  ])('%j is where it was written: %s:%d:%d', (steps, file, line, column) => {
    expect(locate(prod.root, steps)).toMatchObject({ file, range: { line, column } });
  });

  test('a relative path belongs to the folder of the file it is written in', () => {
    const folderOf = (...steps: PathStep[]): string | undefined => nodeAt(prod.root, steps)?.source.directory;
    expect(folderOf('enterprise', 'licenseKey', 'file')).toBe(path.join(fixtures, 'common'));
    expect(folderOf('auth', 'rootToken', 'file')).toBe(path.join(fixtures, 'clusters'));
  });

  test('has its own name, not that of a base', () => {
    expect(prod).toMatchObject({ defaultName: 'prod', file: 'clusters/prod.yaml' });
    expect(prod.value).not.toHaveProperty('name');
  });
});

describe('merging', () => {
  const merged = (over: string, base: string): unknown =>
    documentOf({ 'over.yaml': `extends: base.yaml\n${over}`, 'base.yaml': base }).value;

  test.each([
    ['a scalar replaces a mapping', 'a: 1', 'a: { b: 2 }', { a: 1 }],
    ['a mapping replaces a scalar', 'a: { b: 2 }', 'a: 1', { a: { b: 2 } }],
    ['a list without ids replaces', 'a: [1]', 'a: [2, 3]', { a: [1] }],
    ['an empty list replaces', 'a: []', 'a: [{ id: x }]', { a: [] }],
    ['an empty mapping changes nothing', 'a: {}', 'a: { b: 1 }', { a: { b: 1 } }],
    [
      'a list in which one has no id replaces',
      'a: [{ id: x }, { b: 1 }]',
      'a: [{ id: y }]',
      { a: [{ id: 'x' }, { b: 1 }] },
    ],
    ['ids that are numbers are none', 'a: [{ id: 1 }]', 'a: [{ id: 1, b: 2 }]', { a: [{ id: 1 }] }],
    ['null takes away a key', 'a: { b: null }', 'a: { b: 1, c: 2 }', { a: { c: 2 } }],
    ['null for what is not there stays', 'a: null', 'b: 1', { a: null, b: 1 }],
    [
      'null in a list item takes away',
      'a: [{ id: x, b: null }]',
      'a: [{ id: x, b: 1 }]',
      { a: [{ id: 'x' }] },
    ],
    [
      'a key that objects have by themselves',
      '__proto__: { b: 1 }',
      '__proto__: { c: 2 }',
      JSON.parse('{"__proto__":{"b":1,"c":2}}'),
    ],
  ])('%s', (_name, over, base, expected) =>
    expect(merged(over, base)).toEqual({ ...(expected as object), extends: 'base.yaml' }),
  );

  test('a base may extend another', () =>
    expect(
      documentOf({
        'a.yaml': 'extends: b.yaml\na: 1',
        'b.yaml': 'extends: c.yaml\na: 2\nb: 2',
        'c.yaml': 'a: 3\nb: 3\nc: 3',
      }).value,
    ).toEqual({ extends: 'b.yaml', a: 1, b: 2, c: 3 }));

  test('one base may be reached in two ways', () =>
    expect(
      documentOf({
        'a.yaml': 'extends: [b.yaml, c.yaml]',
        'b.yaml': 'extends: d.yaml\nb: 1',
        'c.yaml': 'extends: d.yaml\nc: 1',
        'd.yaml': 'd: 1',
      }).value,
    ).toEqual({ extends: ['b.yaml', 'c.yaml'], b: 1, c: 1, d: 1 }));

  test('JSON extends YAML, and standard input extends files of the folder', () => {
    expect(documentOf({ 'a.json': '{ "extends": "b.yaml" }', 'b.yaml': 'b: 1' }).value).toMatchObject({
      b: 1,
    });
    expect(documentOf({ '-': 'extends: b.yaml', 'b.yaml': 'b: 1' })).toMatchObject({
      file: '<stdin>',
      defaultName: 'stdin',
      value: { b: 1 },
    });
  });

  test('several documents of one file each extend their own base', () =>
    expect(
      read({
        'a.yaml': 'extends: b.yaml\n---\nextends: c.yaml',
        'b.yaml': 'b: 1',
        'c.yaml': 'c: 1',
      }).documents.map(({ value }) => value),
    ).toEqual([
      { extends: 'b.yaml', b: 1 },
      { extends: 'c.yaml', c: 1 },
    ]));

  test('a document that is no mapping extends nothing', () =>
    expect(documentOf('[extends]').value).toEqual(['extends']));

  test('an empty list of bases is left to the schema', () =>
    expect(documentOf('extends: []\na: 1').value).toEqual({ extends: [], a: 1 }));
});

describe('extends that leads nowhere', () => {
  test('a base that is not there, at the place that names it', () =>
    expect(problemsOf({ 'x/a.yaml': 'a: 1\nextends: ../base/b.yaml' })).toEqual([
      'x/a.yaml:2:10 DOC001 base/b.yaml: there is no such file',
    ]));

  test('an absolute path is shown as it is written', () =>
    expect(problemsOf({ 'x/a.yaml': 'extends: /nowhere/b.yaml' })).toEqual([
      'x/a.yaml:1:10 DOC001 /nowhere/b.yaml: there is no such file',
    ]));

  test('every base that is missing is named', () =>
    expect(problemsOf({ 'a.yaml': 'extends:\n  - b.yaml\n  - c.yaml\n' })).toEqual([
      'a.yaml:2:5 DOC001 b.yaml: there is no such file',
      'a.yaml:3:5 DOC001 c.yaml: there is no such file',
    ]));

  test('a circle', () => {
    expect(problemsOf({ 'a.yaml': 'extends: a.yaml' })).toEqual([
      'a.yaml:1:10 DOC011 The document extends itself: a.yaml → a.yaml',
    ]);
    expect(
      problemsOf({ 'a.yaml': 'extends: b.yaml', 'b.yaml': 'extends: c.yaml', 'c.yaml': 'extends: ./a.yaml' }),
    ).toEqual(['c.yaml:1:10 DOC011 The document extends itself: a.yaml → b.yaml → c.yaml → a.yaml']);
  });

  test('a chain that is too long is no circle', () => {
    const chain = (levels: number): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: levels }, (_, level) => [
          `${level}.yaml`,
          level + 1 < levels ? `extends: ${level + 1}.yaml` : 'a: 1',
        ]),
      );
    expect(problemsOf(chain(21))).toEqual([]);
    expect(problemsOf(chain(22))).toEqual([
      expect.stringMatching(
        /^20\.yaml:1:10 DOC011 The document extends more than 20 levels of bases: 0\.yaml → .* → 21\.yaml$/,
      ),
    ]);
    // Also when its end is reached in a shorter way first.
    expect(problemsOf({ 'top.yaml': 'extends: [15.yaml, 0.yaml]', ...chain(21) })).toEqual([
      expect.stringMatching(/ DOC011 The document extends more than 20 levels of bases: /),
    ]);
  });

  test.each([
    ['text', 'auth requireVerifiedEmail true', 'a string'],
    ['a string of several lines', 'root:x:0:0\nbin:x:1:1', 'a string'],
    ['a number', '42', 'a number'],
    ['a list', '- a\n- b', 'a list'],
    ['true', 'true', 'true or false'],
    ['null', '~', 'empty'],
  ])('a base that holds no mapping but %s', (_name, base, kind) =>
    expect(problemsOf({ 'a.yaml': 'extends: b.yaml\na: 1', 'b.yaml': base })).toEqual([
      `b.yaml:1:1 SCH003 The document must be a mapping, not ${kind}`,
    ]),
  );

  test('a base of a base that holds no mapping', () =>
    expect(
      problemsOf({ 'a.yaml': 'extends: [c.yaml, b.yaml]', 'b.yaml': 'extends: c.yaml', 'c.yaml': '5' }),
    ).toEqual(['c.yaml:1:1 SCH003 The document must be a mapping, not a number']));

  test.each(['js', 'ts', 'mjs', 'cjs', 'mts', 'cts', 'JS'])(
    'a document that is data runs no program: .%s',
    (extension) => {
      const name = `b.${extension}`;
      const files = { 'c.yaml': `extends: ${name}`, [name]: 'throw new Error("it runs");' };
      for (const document of ['a.yaml', 'a.json', '-'])
        for (const base of ['c.yaml', name, `${FOLDER}/${name}`])
          expect(problemsOf({ [document]: `{ "extends": "${base}" }`, ...files })).toEqual([
            expect.stringMatching(/ DOC013 .* is a program, and a document in YAML or JSON runs none/),
          ]);
    },
  );

  test('a program may extend a program, and no program through data', () => {
    const base = 'export default { b: 1 };';
    expect(documentOf({ 'a.ts': "export default { extends: './b.js' };", 'b.js': base }).value).toMatchObject(
      { b: 1 },
    );
    expect(
      problemsOf({
        'a.ts': "export default { extends: './c.yaml' };",
        'c.yaml': 'extends: b.js',
        'b.js': base,
      }),
    ).toEqual([expect.stringContaining('c.yaml:1:10 DOC013 b.js is a program')]);
  });

  test('many ways to few files are not all walked', () => {
    const files: Record<string, string> = { '20.yaml': 'a: 1' };
    for (let level = 19; level >= 0; level--) {
      const next = `${level + 1}.yaml`;
      files[`${level}.yaml`] = `extends: [${next}, ./${next}, ${next}]`;
    }
    expect(documentOf({ '0.yaml': '', ...files }).value).toMatchObject({ a: 1 });
    expect(problemsOf({ '0.yaml': '', ...files, '20.yaml': '[]' })).toEqual([
      '20.yaml:1:1 SCH003 The document must be a mapping, not a list',
    ]);
  });

  test('files with endless names are not all read', () => {
    const input = {
      ...inputOf({ 'a.yaml': 'extends: [l/a.yaml, m/a.yaml]' }),
      readFile: () => Buffer.from('extends: [l/a.yaml, m/a.yaml]'),
    };
    expect(readDocuments('a.yaml', input).diagnostics.map(inShort)).toContainEqual(
      expect.stringContaining('DOC011 The document extends more than 1000 files'),
    );
  });

  test.each(['5', '{ file: b.yaml }', 'true', '', '[b.yaml, 5]'])('extends: %s', (value) =>
    expect(problemsOf({ 'a.yaml': `extends: ${value}`, 'b.yaml': 'b: 1' })).toEqual([
      expect.stringMatching(
        /^a\.yaml:1:\d+ DOC011 extends takes the path of a document, or a list of paths$/,
      ),
    ]),
  );

  test('a base with several documents', () =>
    expect(problemsOf({ 'a.yaml': 'extends: b.yaml', 'b.yaml': 'a: 1\n---\nb: 1' })).toEqual([
      'a.yaml:1:10 DOC011 b.yaml holds 2 documents; only a file with one can be extended',
    ]));

  test('what is wrong in a base is found in the base', () =>
    expect(problemsOf({ 'a.yaml': 'extends: b/c.yaml', 'b/c.yaml': 'a: 1\na: 2' })).toEqual([
      'b/c.yaml:2:1 DOC004 Duplicate key "a"; the first one is on line 1',
    ]));
});

describe('the name of a cluster without one', () => {
  test.each([
    ['prod.yaml', 'prod'],
    ['clusters/My Cluster_2.yml', 'my-cluster-2'],
    ['clusters/prod/pachyderm.yaml', 'prod'],
    ['clusters/prod/cluster.json', 'prod'],
    ['clusters/prod.v2.yaml', 'prod-v2'],
    ['---.yaml', 'pachyderm'],
    [`${'x'.repeat(100)}.yaml`, 'x'.repeat(63)],
    ['-', 'stdin'],
  ])('%s is %s', (file, name) => expect(documentOf({ [file]: 'a: 1' }).defaultName).toBe(name));
});

test.each<[item: string, lost: readonly string[] | undefined]>([
  ['{ type: ldap }', ['okta', 'corp']],
  ['{ id: corp }, { type: ldap }', ['okta']],
  ['{ id: corp }, { provider: okta }, { type: ldap }', undefined],
  ['{ id: corp }, { id: other }', undefined],
  ['', undefined],
])('a list with [%s] has lost %j', (items, lost) => {
  const { root } = documentOf({
    'pachyderm.yaml': `extends: base.yaml\nidentity: { connectors: [${items}] }\n`,
    'base.yaml': 'identity: { connectors: [{ provider: okta }, { id: corp, type: ldap }] }\n',
  });
  expect(nodeAt(root, ['identity', 'connectors'])?.replaces).toEqual(lost);
});

test('clients of products merge by the name of the preset, which is their id', () => {
  const { value } = documentOf({
    'pachyderm.yaml':
      'extends: base.yaml\nidentity: { clients: [{ id: own }, { preset: grafana, url: https://c.acme.com }] }\n',
    'base.yaml':
      'identity: { clients: [{ preset: grafana, url: https://a.acme.com, secret: { env: A } }, { preset: mlflow, url: https://b.acme.com }] }\n',
  });
  expect(value).toMatchObject({
    identity: {
      clients: [
        { preset: 'grafana', url: 'https://c.acme.com', secret: { env: 'A' } },
        { preset: 'mlflow', url: 'https://b.acme.com' },
        { id: 'own' },
      ],
    },
  });
});
