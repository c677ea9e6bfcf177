import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { readFolder } from './support/golden-folder';
import { pachkit, temporaryFolder, type Run } from './support/pachkit';

const examples = path.resolve(__dirname, '../examples');
const SECRETS = {
  TF_VAR_auth0_client_secret: 'auth0',
  AUTH0_APPLICATION_SECRET: 'auth0',
  PACHYDERM_LICENSE: 'license',
};

const everySecret = path.resolve(__dirname, 'fixtures/documents/every-secret.yaml');

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

/** The files that are synthesized for a document in a folder of its own, with their modes. */
function synthesized(
  text: string,
  run: Partial<Run> = {},
  where = '.',
  umask?: number,
): Record<string, string> {
  const folder = temporaryFolder({ [path.join(where, 'pachyderm.yaml')]: text });
  folders.push(folder);
  const before = umask === undefined ? undefined : process.umask(umask);
  const { exitCode, stderr } = pachkit(
    ['synth', path.join(folder, where, 'pachyderm.yaml'), '--out', path.join(folder, 'out')],
    {
      folder,
      ...run,
      environment: { ...SECRETS, ...run.environment },
    },
  );
  if (before !== undefined) process.umask(before);
  if (exitCode !== 0) throw new Error(stderr);
  return readFolder(path.join(folder, 'out'));
}

/** The same document with the keys of every mapping the other way round, in another style. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, child]) => [key, shuffled(child)]),
  );
}

describe.each(['quickstart', 'minikube-auth0', 'production-auth0', 'legacy-2.2', 'every secret'])(
  '%s',
  (name) => {
    const file = name === 'every secret' ? everySecret : path.join(examples, name, 'pachyderm.yaml');
    const text = fs.readFileSync(file, 'utf8');
    let expected: Record<string, string>;
    beforeAll(() => (expected = synthesized(text)));

    test.each<[string, Run['environment']]>([
      ['another time zone', { TZ: 'Asia/Kathmandu' }],
      ['another locale', { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', LC_COLLATE: 'sv_SE.UTF-8' }],
      ['no locale', { LANG: 'C', LC_ALL: 'C' }],
      [
        'variables that cdk8s reads',
        {
          CDK8S_DISABLE_SORT: '1',
          CDK8S_OUTDIR: 'elsewhere',
          CDK8S_OUTPUT_FILE: 'x.yaml',
          CDK8S_CHECK_UPGRADE: '1',
        },
      ],
      [
        'variables that cdktf reads',
        {
          CDKTF_CONTEXT_JSON: '{"excludeStackIdFromLogicalIds":"true"}',
          CDKTF_OUTDIR: 'elsewhere',
          CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS: '1',
          CDKTF_ALLOW_SENSITIVE_BACKENDS: '1',
        },
      ],
      [
        'a home and a user of another name',
        { HOME: '/nowhere', USER: 'someone', LOGNAME: 'someone', HOSTNAME: 'elsewhere' },
      ],
      ['options of Node and colours', { NODE_ENV: 'production', FORCE_COLOR: '3', DEBUG: '*' }],
    ])('%s: the same bytes', (_title, environment) =>
      expect(synthesized(text, { environment: environment ?? {} })).toEqual(expected),
    );

    test('another working directory: the same bytes', () =>
      expect(synthesized(text, { folder: '/' })).toEqual(expected));

    test('another user: the same bytes', () =>
      expect(synthesized(text, { asOrdinaryUser: true })).toEqual(expected));

    test.each([0o000, 0o077])('umask %o: the same bytes', (umask) =>
      expect(synthesized(text, {}, '.', umask)).toEqual(expected),
    );

    test('a deeper folder: the same bytes', () => expect(synthesized(text, {}, 'a/b/c')).toEqual(expected));

    test('another order of keys, as YAML in another style and as JSON: the same bytes', () => {
      const value = shuffled(parse(text));
      expect(synthesized(stringify(value, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 40 }))).toEqual(
        expected,
      );
      expect(synthesized(JSON.stringify(value))).toEqual(expected);
    });

    test('no file holds a path of this machine, its name, or a date', () => {
      const content = JSON.stringify(expected);
      const ofThisMachine = [
        path.join(os.tmpdir(), 'pachkit-'),
        path.resolve(__dirname, '..'),
        `${os.homedir()}/`,
        os.hostname(),
      ];
      const found = [
        ...ofThisMachine.filter((word) => word.length > 5 && content.includes(word)),
        // Dates, seconds and milliseconds since 1970, and where modules of Node are.
        ...(/\b20\d\d-\d\d-\d\d[T ]\d\d:|\b1[67]\d{8}(\d{3})?\b|node_modules/.exec(content) ?? []),
      ];
      expect(found).toEqual([]);
    });

    test('files with secrets can be read by their owner only', () => {
      const folder = temporaryFolder({ 'pachyderm.yaml': text });
      folders.push(folder);
      pachkit(['synth', 'pachyderm.yaml'], { folder, environment: SECRETS });
      const out = path.join(folder, 'dist/pachkit');
      const open = Object.keys(readFolder(out)).filter(
        (file) => (fs.statSync(path.join(out, file)).mode & 0o077) !== 0,
      );
      const closed = Object.keys(readFolder(out)).filter((file) => !open.includes(file));
      expect(closed.some((file) => file.endsWith('manifests/01-secrets.yaml'))).toBe(true);
      expect(open.filter((file) => /connectors\/|secrets/.test(file))).toEqual([]);
      for (const file of open)
        expect(fs.readFileSync(path.join(out, file), 'utf8')).not.toMatch(/kind: Secret\n/);
    });
  },
);

test('two syntheses of a document with generated secrets are the same', () => {
  const text =
    'apiVersion: pachkit/v1\nname: prod\nrelease: 2.12.0-rc.3\naccess: { host: a.example.com, tls: { secretName: tls } }\nidentity: { connectorsFrom: { existing: { name: connectors } } }\nstorage: { gcs: { bucket: acme } }\n';
  const folder = temporaryFolder({ 'pachyderm.yaml': text });
  folders.push(folder);
  const run = (): Record<string, string> => {
    expect(pachkit(['synth', 'pachyderm.yaml'], { folder })).toMatchObject({ exitCode: 0 });
    return readFolder(path.join(folder, 'dist/pachkit'));
  };
  const first = run();
  expect(run()).toEqual(first);
  // Another folder has other secrets: nothing else tells the two apart.
  expect(synthesized(text)).not.toEqual(first);
});
