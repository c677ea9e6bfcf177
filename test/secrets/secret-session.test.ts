import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Cluster } from '../../src/model/cluster';
import type { SecretReference } from '../../src/model/secret';
import { checkFiles } from '../../src/pipeline/check-files';
import { loadClusters } from '../../src/library';
import { readCluster } from '../../src/pipeline/read-cluster';
import { readClusters } from '../../src/pipeline/read-clusters';
import type { SecretInput } from '../../src/secrets/secret-session';
import { asOrdinaryUser } from '../support/as-ordinary-user';
import { inputOf, inShort } from '../support/input-of';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const HEAD = 'apiVersion: pachkit/v1\nname: prod\nrelease: 2.12.0-rc.3\nstorage: { local: {} }\n';
const LOGIN = 'identity: { connectorsFrom: { existing: { name: connectors } } }\n';

interface Given extends Partial<SecretInput> {
  readonly environment?: Readonly<Record<string, string>>;
  /** Further files beside the document. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
}

/** Reads the secrets of a document as `synth` does. */
function readSecrets(text: string, given: Given = {}): { cluster?: Cluster; problems: string[] } {
  for (const [name, content] of Object.entries({ ...given.files, 'prod.yaml': text })) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  const readFile = (name: string): Buffer => fs.readFileSync(name);
  const checked = checkFiles(['prod.yaml'], {
    directory: folder,
    readFile,
    readStandardInput: () => Buffer.alloc(0),
  });
  const errors = checked.diagnostics.filter(({ severity }) => severity === 'error');
  const [document] = checked.documents;
  if (!document || errors.length > 0) throw new Error(errors.map(inShort).join('; '));
  const { value, diagnostics } = readCluster(document, {
    variable: (name) => given.environment?.[name],
    readFile,
    frozen: given.frozen ?? false,
  });
  return { ...(value ? { cluster: value } : {}), problems: diagnostics.map(inShort) };
}

test('a variable that stands in for a field with an error of its own is not asked for', () => {
  const files = {
    'a.yaml': `${HEAD}identity: { connectors: [{ provider: okta, domain: acme.okta.com, clientID: a, clientSecret: { environment: X } }] }\n`,
  };
  const { diagnostics } = readClusters(['a.yaml'], inputOf(files), {
    variable: () => undefined,
    readFile: () => Buffer.alloc(0),
    frozen: false,
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
    'SCH001',
  ]);
});

const textOf = (reference: SecretReference | undefined): string | undefined =>
  reference?.kind === 'literal' ? reference.value.reveal() : undefined;

const rootTokenOf = (text: string, given?: Given): string | undefined =>
  textOf(readSecrets(text, given).cluster?.auth?.rootToken);

const withRootToken = (value: string): string => `${HEAD}${LOGIN}auth:\n  rootToken: ${value}\n`;
const stored = (): { secrets: Record<string, string> } =>
  JSON.parse(fs.readFileSync(path.join(folder, '.pachkit', 'prod.secrets.json'), 'utf8')) as never;

describe('{ env: NAME }', () => {
  test('is the value of the variable, as it is', () =>
    expect(rootTokenOf(withRootToken('{ env: TOKEN }'), { environment: { TOKEN: ' a=b ' } })).toBe(' a=b '));

  test('a line break at its end is no part of it', () =>
    expect(rootTokenOf(withRootToken('{ env: TOKEN }'), { environment: { TOKEN: 'text\r\n' } })).toBe(
      'text',
    ));

  test.each([
    ['is not set', {}],
    ['is empty', { TOKEN: '' }],
    ['is empty', { TOKEN: '\n' }],
    ['holds nothing but white space', { TOKEN: ' \n\n' }],
  ])('that %s, is found at the line that names it', (state, environment) => {
    const { cluster, problems } = readSecrets(withRootToken('{ env: TOKEN }'), { environment });
    expect(cluster).toBeUndefined();
    expect(problems).toEqual([
      `prod.yaml:7:21 SEC001 The environment variable TOKEN ${state}; auth.rootToken is read from it`,
    ]);
  });

  test('whose name looks like the secret itself is not named', () => {
    for (const form of ['env', 'file']) {
      const { problems } = readSecrets(withRootToken(`{ ${form}: hunter2Xw }`));
      expect(problems).toEqual([
        expect.stringMatching(/SEC00[12] The (variable|environment variable|file) of auth\.rootToken/),
      ]);
      expect(problems.join()).not.toContain('hunter2');
    }
  });

  test('every variable that is missing is found in one run, and then nothing is generated', () => {
    const text = `${HEAD}${LOGIN}auth: { rootToken: { env: A }, clientSecret: { env: B } }\n`;
    expect(readSecrets(text).problems.map((line) => line.slice(0, 24))).toEqual([
      'prod.yaml:6:27 SEC001 Th',
      'prod.yaml:6:53 SEC001 Th',
    ]);
    expect(fs.readdirSync(folder)).toEqual(['prod.yaml']);
  });
});

describe('{ file: PATH }', () => {
  test.each([
    ['text', 'text'],
    ['text\n', 'text'],
    ['text\r\n', 'text'],
    ['text  \n', 'text  '],
    ['\ufefftext\n', 'text'],
  ])('%j is %j', (content, expected) =>
    expect(
      rootTokenOf(withRootToken('{ file: secrets/token }'), { files: { 'secrets/token': content } }),
    ).toBe(expected),
  );

  test('holds text of any language', () => {
    const text = `${HEAD}${LOGIN}auth: { clientSecret: { file: token } }\n`;
    const { cluster } = readSecrets(text, { files: { token: 'ä€😀' } });
    const secret = cluster?.auth?.clientSecret;
    expect(secret?.kind === 'literal' && secret.value.reveal()).toBe('ä€😀');
  });

  test.each<[string, Record<string, string | Buffer>, string]>([
    ['that is not there', {}, 'there is no such file'],
    ['that is empty', { token: '' }, 'the file is empty'],
    ['with an empty line', { token: '\n' }, 'the file is empty'],
    ['with empty lines', { token: '\n\r\n\t\n' }, 'the file holds nothing but white space'],
    ['that is a folder', { 'token/x': '' }, 'this is a directory, not a file'],
    [
      'in UTF-16, as PowerShell writes it',
      { token: Buffer.from('\ufefftext', 'utf16le') },
      'the file is not text in UTF-8',
    ],
    ['with binary data', { token: 'a\0b' }, 'the file holds binary data'],
    [
      'that is large',
      { token: 'x'.repeat(300_000) },
      'the file has more than 262144 bytes, too many for a secret',
    ],
  ])('%s', (_name, files, reason) =>
    expect(readSecrets(withRootToken('{ file: token }'), { files }).problems).toEqual([
      `prod.yaml:7:22 SEC002 token: ${reason}; auth.rootToken is read from it`,
    ]),
  );

  test.each(['two\nlines\n', 'text\n\n', 'text\r\nmore'])('%j has several lines', (content) =>
    expect(readSecrets(withRootToken('{ file: token }'), { files: { token: content } }).problems).toEqual([
      'prod.yaml:7:14 SEC008 The text of auth.rootToken has several lines',
    ]),
  );

  test('in a base, is relative to the base', () =>
    expect(
      rootTokenOf(`extends: ../${'base'}/base.yaml\nname: prod\n`.replace('../', './'), {
        files: {
          'base/base.yaml': withRootToken('{ file: token }'),
          'base/token': 'of base',
          token: 'of prod',
        },
      }),
    ).toBe('of base'));

  test('a secret of a connector has one line too', () => {
    const connectors =
      'identity:\n  connectors:\n    - { type: github, id: a, config: { clientID: a, clientSecret: { file: token } } }\naccess: { host: pachyderm.acme.com, tls: { secretName: tls } }\n';
    expect(readSecrets(`${HEAD}${connectors}`, { files: { token: 'a\nb' } }).problems).toEqual([
      'prod.yaml:7:67 SEC008 The text of identity.connectors[0].config.clientSecret has several lines',
    ]);
  });
});

describe('{ existing: … }', () => {
  test('is a reference, and nothing is read', () =>
    expect(readSecrets(withRootToken('{ existing: { name: a, key: b } }')).cluster?.auth?.rootToken).toEqual({
      kind: 'existing',
      name: 'a',
      key: 'b',
    }));
});

describe('{ generate: … }', () => {
  test('is made once and kept', () => {
    const first = rootTokenOf(withRootToken('{ generate: { length: 40 } }'));
    expect(first).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(rootTokenOf(withRootToken('{ generate: { length: 40 } }'))).toBe(first);
    expect(stored().secrets['/auth/rootToken']).toBe(first);
  });

  test('is what a secret is that the document does not name', () => {
    const text = rootTokenOf(`${HEAD}${LOGIN}`);
    expect(text).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(rootTokenOf(withRootToken('{ generate: {} }'))).toBe(text);
  });

  test('another length changes nothing that is kept', () => {
    const first = rootTokenOf(withRootToken('{ generate: { length: 16 } }'));
    expect(rootTokenOf(withRootToken('{ generate: { length: 64 } }'))).toBe(first);
  });

  test('new fields are added to what is kept', () => {
    const first = rootTokenOf(withRootToken('{ generate: {} }'));
    const before = Object.keys(stored().secrets);
    readSecrets(
      `${HEAD}identity:\n  connectorsFrom: { existing: { name: c } }\n  clients: [{ id: app, redirectURIs: ['https://a/cb'], secret: { generate: {} } }]\n`,
    );
    expect(stored().secrets['/auth/rootToken']).toBe(first);
    expect(Object.keys(stored().secrets)).toEqual([...before, '/identity/clients/app/secret'].sort());
  });

  test('items of lists are known by their id, whatever their order', () => {
    const client = (id: string): string =>
      `{ id: ${id}, redirectURIs: ['https://${id}/cb'], secret: { generate: {} } }`;
    const secretsOf = (...ids: string[]): (string | undefined)[] => {
      const { cluster } = readSecrets(
        `${HEAD}identity:\n  connectorsFrom: { existing: { name: c } }\n  clients: [${ids.map(client).join(', ')}]\n`,
      );
      return ids.map((id) => textOf(cluster?.identity.clients.find((each) => each.id === id)?.secret));
    };
    const [a, b] = secretsOf('a', 'b');
    expect(secretsOf('c', 'b', 'a').slice(1)).toEqual([b, a]);
  });

  test('with --frozen only what is kept is used', () => {
    expect(readSecrets(withRootToken('{ generate: {} }'), { frozen: true }).problems[0]).toBe(
      'prod.yaml:7:14 SEC004 auth.rootToken has no value: .pachkit/prod.secrets.json does not hold it, and nothing is generated where CI is set or with --frozen',
    );
    expect(fs.readdirSync(folder)).toEqual(['prod.yaml']);
    const text = rootTokenOf(withRootToken('{ generate: {} }'));
    expect(rootTokenOf(withRootToken('{ generate: {} }'), { frozen: true })).toBe(text);
  });

  test('a store that cannot be read is an error, and stays', () => {
    readSecrets(withRootToken('{ generate: {} }'));
    const file = path.join(folder, '.pachkit', 'prod.secrets.json');
    fs.writeFileSync(file, 'damaged');
    const { cluster, problems } = readSecrets(withRootToken('{ generate: {} }'));
    expect(cluster).toBeUndefined();
    expect(problems).toEqual([
      'prod.yaml SEC003 The store of generated secrets, .pachkit/prod.secrets.json, is unusable: it is not JSON',
    ]);
    expect(fs.readFileSync(file, 'utf8')).toBe('damaged');
  });

  test('a store that others can read is a warning', () => {
    readSecrets(withRootToken('{ generate: {} }'));
    fs.chmodSync(path.join(folder, '.pachkit', 'prod.secrets.json'), 0o644);
    const { cluster, problems } = readSecrets(withRootToken('{ generate: {} }'));
    expect(cluster).toBeDefined();
    expect(problems).toEqual(['prod.yaml SEC006 .pachkit/prod.secrets.json may be read by others than you']);
  });

  test('a store that cannot be written is an error', () => {
    fs.writeFileSync(path.join(folder, 'prod.yaml'), '');
    fs.chmodSync(path.join(folder, 'prod.yaml'), 0o666);
    fs.chmodSync(folder, 0o555);
    const { cluster, problems } = asOrdinaryUser(() => readSecrets(withRootToken('{ generate: {} }')));
    expect(cluster).toBeUndefined();
    expect(problems).toEqual([
      'prod.yaml SEC005 Generated secrets cannot be kept in .pachkit/prod.secrets.json: it cannot be written (permission denied, EACCES)',
    ]);
  });
});

describe('secrets.seed', () => {
  const seeded = (seed: string, more = ''): string =>
    `${HEAD}profile: dev\nsecrets: { seed: ${seed} }\n${LOGIN}${more}`;

  test('gives the same secrets on every machine, and nothing is stored', () => {
    expect(rootTokenOf(seeded('quickstart'))).toBe('V56rovUhHnHAQb3SEVFfvDFFzMa1e2XR');
    expect(fs.readdirSync(folder)).toEqual(['prod.yaml']);
  });

  test('works with --frozen', () =>
    expect(rootTokenOf(seeded('quickstart'), { frozen: true })).toBe('V56rovUhHnHAQb3SEVFfvDFFzMa1e2XR'));

  test('gives every field and every seed a secret of its own', () => {
    const { cluster } = readSecrets(seeded('a'));
    const other = readSecrets(seeded('b')).cluster;
    const texts = [cluster, other].flatMap((each) => [
      textOf(each?.auth?.rootToken),
      textOf(each?.auth?.clientSecret),
      textOf(each?.console.clientSecret),
      textOf(each?.database.internal?.password),
    ]);
    expect(new Set(texts).size).toBe(8);
  });

  test('leaves secrets alone that the document gives', () =>
    expect(rootTokenOf(seeded('a', 'auth: { rootToken: plain }\n'))).toBe('plain'));
});

test('release 2.2 takes a string that begins with $ for the name of a variable', () => {
  const text = `${HEAD.replace('2.12.0-rc.3', '2.2.8')}${LOGIN}auth: { rootToken: { env: TOKEN } }\nenterprise: { licenseKey: { env: LICENSE } }\n`;
  const problems = readSecrets(text, { environment: { TOKEN: '$HOME', LICENSE: 'l' } }).problems;
  expect(problems).toEqual([
    expect.stringMatching(
      /^prod\.yaml:6:20 SEC007 The text of auth\.rootToken begins with \$; the bootstrap job/,
    ),
  ]);
  expect(problems.join()).not.toContain('HOME');
});

describe('beside errors in documents', () => {
  const found = (texts: Readonly<Record<string, string>>): string[] => {
    for (const [name, text] of Object.entries(texts)) fs.writeFileSync(path.join(folder, name), text);
    const { clusters, diagnostics } = loadClusters(Object.keys(texts), { directory: folder });
    expect(clusters).toEqual([]);
    return diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ code, location: { file } }) => `${file} ${code}`);
  };
  const documentOf = (name: string, token: string, more = ''): string =>
    withRootToken(token).replace('name: prod', `name: ${name}\n${more}`);

  test('missing secrets of other documents, and of the same one, are found too', () => {
    const one = documentOf('eu', '{ env: TOKEN }', 'etcd: 5');
    expect(found({ 'a.yaml': one, 'b.yaml': documentOf('us', '{ file: token }') })).toEqual([
      'a.yaml SCH003',
      'a.yaml SEC001',
      'b.yaml SEC002',
    ]);
  });

  test('but none of a secret that is itself wrong, and nothing is stored', () => {
    const texts = {
      'a.yaml': documentOf('eu', '5'),
      'b.yaml': documentOf('us', '{ generate: {} }'),
      'c.yaml': documentOf('ap', '{ generate: {} }', 'profil: dev'),
    };
    expect(found(texts)).toEqual(['a.yaml SCH003', 'c.yaml SCH001']);
    expect(fs.existsSync(path.join(folder, '.pachkit'))).toBe(false);
  });
});
