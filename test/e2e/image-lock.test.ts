import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { load, loadAll } from 'js-yaml';
import { imagesOf } from '../../src/images/images-of';
import { pachkit, type Outcome } from '../support/pachkit';
import { describeWithTools, temporaryDirectory, toolPath } from './harness';
import { registryTools, startRegistry, writeImage, type Registry } from './images/registry';

const DOCUMENT = fs.readFileSync(
  path.resolve(__dirname, '../../examples/production-auth0/pachyderm.yaml'),
  'utf8',
);
const DEV = `apiVersion: pachkit/v1
name: two
release: 2.11.6
profile: dev
enterprise: { licenseKey: { env: PACHYDERM_LICENSE } }
identity: { connectors: [{ type: mockPassword, id: test, config: { username: admin, password: password } }] }
`;
/** What `helm test` runs. */
const BUSYBOX = 'docker.io/library/busybox:1.37.0';

describeWithTools('pachkit lock', [...registryTools, 'htpasswd'], () => {
  const folder = temporaryDirectory('image-lock');
  afterAll(() => folder.remove());
  let registry: Registry;
  let images: readonly string[];

  const variables = { AUTH0_CLIENT_SECRET: 'a', PACHYDERM_LICENSE: 'l', TF_VAR_auth0_client_secret: 'a' };
  const run = (args: readonly string[], environment: Readonly<Record<string, string>> = {}): Outcome =>
    pachkit(args, { folder: folder.path, environment: { ...variables, ...environment } });
  const lock = (...more: readonly string[]): Outcome =>
    run(['lock', 'pachyderm.yaml', '--mirror', `docker.io=${registry.host}`, ...more]);
  const lockFile = (): { images: Record<string, string> } =>
    JSON.parse(fs.readFileSync(folder.join('pachkit.lock'), 'utf8')) as { images: Record<string, string> };
  const written = (): string[] => {
    const place = folder.join('out/production-auth0/manifests');
    return imagesOf(
      fs
        .readdirSync(place)
        .flatMap(
          (file) => loadAll(fs.readFileSync(path.join(place, file), 'utf8')) as Record<string, unknown>[],
        )
        .filter(Boolean),
    );
  };

  let digest: string;
  let index: string;
  beforeAll(async () => {
    fs.writeFileSync(folder.join('pachyderm.yaml'), DOCUMENT);
    expect(run(['synth', 'pachyderm.yaml', '--out', 'out']).exitCode).toBe(0);
    images = written();
    expect(images.length).toBeGreaterThan(4);
    registry = await startRegistry(folder);
    digest = writeImage(folder, 'first');
    index = writeImage(folder, 'index', true);
    for (const name of [...images, BUSYBOX])
      await registry.push(name.includes('pachd') ? 'index' : 'first', name);
  });

  test('writes nothing when one image is not there, and names it', () => {
    fs.writeFileSync(folder.join('pachyderm.yaml'), DOCUMENT.replace('2.11.6', '2.11.7'));
    const { exitCode, stderr } = lock();
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('has no pachyderm/worker:2.11.7')]);
    expect(fs.existsSync(folder.join('pachkit.lock'))).toBe(false);
    fs.writeFileSync(folder.join('pachyderm.yaml'), DOCUMENT);
  });

  test('keeps the digest of each image, that of the index where there is one, and synth writes them', () => {
    expect(lock()).toMatchObject({ exitCode: 0, stderr: '' });
    expect(lockFile().images).toEqual(
      Object.fromEntries([...images, BUSYBOX].map((name) => [name, name.includes('pachd') ? index : digest])),
    );
    expect(run(['synth', 'pachyderm.yaml', '--out', 'out']).exitCode).toBe(0);
    expect(written()).toEqual(images.map((name) => `${name}@${name.includes('pachd') ? index : digest}`));
    expect(lock('--check')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('writes another file with --output, which synth takes with --lock, and a chart with all digests', () => {
    expect(lock('--output', 'other.lock')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(fs.readFileSync(folder.join('other.lock'))).toEqual(fs.readFileSync(folder.join('pachkit.lock')));
    fs.renameSync(folder.join('pachkit.lock'), folder.join('away'));
    const synth = ['synth', 'pachyderm.yaml', '--out', 'chart', '--only', 'helm'];
    expect(run([...synth, '--lock', 'other.lock']).exitCode).toBe(0);
    const values = load(
      fs.readFileSync(folder.join('chart/production-auth0/helm/values.yaml'), 'utf8'),
    ) as Record<'images', Record<string, string>>;
    expect(Object.values(values.images).filter((image) => !image.includes('@sha256:'))).toEqual([]);
    expect(values.images['busybox']).toBe(`${BUSYBOX}@${digest}`);
    fs.renameSync(folder.join('away'), folder.join('pachkit.lock'));
  });

  test('finds a tag that moved, and takes it with --update alone', async () => {
    const before = fs.readFileSync(folder.join('pachkit.lock'), 'utf8');
    const moved = writeImage(folder, 'second');
    const name = images.find((each) => each.includes('worker')) ?? '';
    await registry.push('second', name);
    const { exitCode, stderr } = lock('--check');
    expect([exitCode, stderr]).toEqual([
      16,
      expect.stringContaining(`${name} moved: the registry has ${moved} now`),
    ]);
    expect(stderr).toContain('pachkit lock pachyderm.yaml --update');
    fs.writeFileSync(folder.join('dev two.yaml'), DEV);
    expect(lock('dev two.yaml', '--check').stderr).toContain(
      "pachkit lock pachyderm.yaml 'dev two.yaml' --update",
    );
    fs.rmSync(folder.join('dev two.yaml'));
    expect(lock().exitCode).toBe(0);
    expect(fs.readFileSync(folder.join('pachkit.lock'), 'utf8')).toBe(before);
    expect(lock('--update').exitCode).toBe(0);
    expect(lockFile().images[name]).toBe(moved);
  });

  test('of another release stops synth and --check, and what cannot be read does', () => {
    const before = fs.readFileSync(folder.join('pachkit.lock'), 'utf8');
    fs.writeFileSync(folder.join('pachyderm.yaml'), DOCUMENT.replace('2.11.6', '2.11.7'));
    const synth = run(['synth', 'pachyderm.yaml', '--out', 'other']);
    expect([synth.exitCode, synth.stderr]).toEqual([1, expect.stringContaining('error LCK002')]);
    expect(fs.existsSync(folder.join('other'))).toBe(false);
    expect(lock('--check')).toMatchObject({ exitCode: 1 });
    fs.writeFileSync(folder.join('pachyderm.yaml'), DOCUMENT);
    fs.writeFileSync(folder.join('pachkit.lock'), `<<<<<<< HEAD\n${before}`);
    for (const { exitCode, stderr } of [run(['synth', 'pachyderm.yaml', '--out', 'other']), lock('--update')])
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('error LCK001')]);
    expect(fs.readFileSync(folder.join('pachkit.lock'), 'utf8')).toBe(`<<<<<<< HEAD\n${before}`);
    fs.writeFileSync(folder.join('pachkit.lock'), before);
  });

  test('logs in where the registry wants it, with what docker login has kept', async () => {
    const users = spawnSync(toolPath('htpasswd'), ['-Bbn', 'jo', 'pl4nted'], { encoding: 'utf8' }).stdout;
    fs.writeFileSync(folder.join('users'), users);
    registry = await startRegistry(
      folder,
      `auth: { htpasswd: { realm: r, path: ${folder.join('users')} } }\n`,
    );
    for (const name of [...images, BUSYBOX])
      await registry.push('first', name, ['--dest-creds', 'jo:pl4nted']);
    const login = (password: string): Record<string, string> => {
      const auth = Buffer.from(`jo:${password}`).toString('base64');
      fs.writeFileSync(folder.join('config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
      return { DOCKER_CONFIG: folder.path };
    };
    const args = ['lock', 'pachyderm.yaml', '--update', '--mirror', `docker.io=${registry.host}`];
    const before = fs.readFileSync(folder.join('pachkit.lock'), 'utf8');
    for (const environment of [{}, login('wr0ng')]) {
      const { exitCode, stdout, stderr } = run(args, environment);
      expect([exitCode, stderr]).toEqual([3, expect.stringContaining('answers 401')]);
      expect(stdout + stderr).not.toMatch(/wr0ng|pl4nted/);
    }
    expect(fs.readFileSync(folder.join('pachkit.lock'), 'utf8')).toBe(before);
    expect(run(args, login('pl4nted'))).toMatchObject({ exitCode: 0, stderr: '' });
    expect(new Set(Object.values(lockFile().images))).toEqual(new Set([digest]));
  });
});
