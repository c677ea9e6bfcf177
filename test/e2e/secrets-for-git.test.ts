import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { load, loadAll } from 'js-yaml';
import { pachkit } from '../support/pachkit';
import { describeWithTools, temporaryDirectory, toolPath } from './harness';

interface SecretObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Record<string, string> };
  readonly type?: string;
  readonly stringData?: Record<string, string>;
  readonly data?: Record<string, string | null>;
}

const RELEASES = ['2.2.8', '2.11.6', '2.12.0-rc.3'];
const PLANTED = 'pl#nted: "{{ yes }}"\u00e4';
const environment = { PLANTED, LICENSE: licenseKey(), SEALING_KEY: 'k'.repeat(32) };

/** A cluster with secrets of all kinds, whose Secrets are written in a form. */
const documentOf = (release: string, secrets: string): string => `
apiVersion: pachkit/v1
name: prod
release: ${release}
access: { via: ingress, host: pachyderm.acme.com, tls: { secretName: tls } }
storage: { s3: { bucket: data, region: eu-central-1, credentials: { id: { env: PLANTED }, secret: { env: PLANTED } } } }
${release.startsWith('2.12') ? '' : 'enterprise: { licenseKey: { env: LICENSE } }'}
auth: { roleBindings: { 'user:jo@acme.com': [clusterAdmin]${release.startsWith('2.2.') ? '' : ', allClusterUsers: [projectCreator]'} } }
identity:
  connectors:
    - { type: github, id: github, name: GitHub, config: { clientID: x, clientSecret: { env: PLANTED }, orgs: [{ name: acme }] } }
secrets:
${secrets}
`;

const folder = temporaryDirectory('secrets-for-git');
let identity: string;
let recipient: string;
beforeAll(async () => {
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  fs.writeFileSync(folder.join('key.txt'), `${identity}\n`);
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=sealed', '-days', '30'];
  expect(
    spawnSync('openssl', [...args, '-keyout', 'tls.key', '-out', 'tls.crt'], { cwd: folder.path }).status,
  ).toBe(0);
});
afterAll(() => folder.remove());

function synthesize(release: string, secrets: string, out: string, variables = environment): string {
  fs.writeFileSync(folder.join('prod.yaml'), documentOf(release, secrets));
  const run = { folder: folder.path, environment: variables };
  const { exitCode, stderr } = pachkit(['synth', 'prod.yaml', '--out', out, '--only', 'manifests'], run);
  expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  return folder.join(out, 'prod/manifests');
}

/** Secrets in clear text, by name, as an API server has them. */
const clearSecrets = (release: string): Map<string, unknown> =>
  byName(
    loadAll(
      fs.readFileSync(
        path.join(synthesize(release, '  output: manifests', 'clear'), '01-secrets.yaml'),
        'utf8',
      ),
    ) as SecretObject[],
  );

const byName = (objects: readonly SecretObject[]): Map<string, unknown> =>
  new Map(
    objects.map(({ kind, metadata, type = 'Opaque', data = {}, stringData = {} }) => [
      metadata.name,
      {
        kind,
        type,
        labels: metadata.labels ?? {},
        texts: {
          ...Object.fromEntries(
            Object.entries(data).map(([key, text]) => [key, Buffer.from(text ?? '', 'base64').toString()]),
          ),
          ...stringData,
        },
      },
    ]),
  );

function run(
  tool: string,
  args: readonly string[],
  input = '',
  variables: Record<string, string> = {},
): string {
  const answer = spawnSync(toolPath(tool), args, {
    input,
    encoding: 'utf8',
    env: { ...process.env, ...variables },
  });
  expect([answer.status, answer.stderr]).toEqual([0, expect.anything()]);
  return answer.stdout;
}

/** All that is in a folder, as one text. */
const textOf = (directory: string): string =>
  fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.name}\n${fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8')}`)
    .sort()
    .join('\n');

const withoutSecrets = (text: string): void => {
  expect(text).not.toContain(PLANTED);
  expect(text).not.toContain(JSON.stringify(PLANTED).slice(1, -1));
  expect(text).not.toContain(Buffer.from(PLANTED).toString('base64'));
};

/** The keys of the lines that differ, without annotations. */
const changedKeys = (first: string, changed: string): Set<string> => {
  const before = first.split('\n');
  const lines = changed.split('\n').filter((line, index) => line !== before[index]);
  const keys = lines.map((line) => line.trim().split(':')[0] ?? '');
  return new Set(keys.filter((key) => !key.startsWith('pachkit.dev/')));
};

/** The keys that change with the secret PLANTED in what sops encrypts. */
const CHANGED_WITH_PLANTED = new Set([
  ...['AMAZON_ID', 'AMAZON_SECRET', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  ...['mac', 'upstream-idps'],
]);

const objectsIn = (manifests: string): SecretObject[] =>
  loadAll(fs.readFileSync(path.join(manifests, '01-secrets.yaml'), 'utf8')) as SecretObject[];

describeWithTools('sops', ['sops', 'age'], () => {
  const settings = (...more: string[]): string => `  output: sops
  encryptionKey: { env: SEALING_KEY }
  sops: { age: [${[recipient, ...more].join(', ')}] }`;
  const decrypt = (file: string): SecretObject =>
    load(run('sops', ['decrypt', file], '', { SOPS_AGE_KEY_FILE: folder.join('key.txt') })) as SecretObject;
  const encryptedIn = (manifests: string): string[] =>
    fs
      .readdirSync(path.join(manifests, 'secrets'))
      .filter((name) => name.endsWith('.sops.yaml') && name !== '.sops.yaml')
      .map((name) => path.join(manifests, 'secrets', name));

  test.each(RELEASES)(
    'decrypts to the Secrets of the manifests in %s, and nothing is in clear text',
    (release) => {
      const manifests = synthesize(release, settings(), 'sops');
      withoutSecrets(textOf(manifests));
      const decrypted = [...encryptedIn(manifests).map(decrypt), ...objectsIn(manifests)];
      expect(byName(decrypted)).toEqual(clearSecrets(release));
    },
  );

  test('refuses a file in which something was changed', () => {
    const [file = ''] = encryptedIn(synthesize('2.11.6', settings(), 'sops'));
    const changed = folder.join('changed.sops.yaml');
    fs.writeFileSync(
      changed,
      fs.readFileSync(file, 'utf8').replace('namespace: pachyderm', 'namespace: other'),
    );
    const answer = spawnSync(toolPath('sops'), ['decrypt', changed], {
      encoding: 'utf8',
      env: { ...process.env, SOPS_AGE_KEY_FILE: folder.join('key.txt') },
    });
    expect(answer.stderr).toContain('MAC mismatch');
    expect(answer.status).not.toBe(0);
  });

  test('edits a file with the rules beside it', () => {
    const manifests = synthesize('2.11.6', settings(), 'sops');
    const file = path.join(manifests, 'secrets', 'new.sops.yaml');
    fs.writeFileSync(file, 'apiVersion: v1\nkind: Secret\nstringData:\n  a: plain\n');
    run('sops', ['--config', path.join(manifests, 'secrets/.sops.yaml'), 'encrypt', '--in-place', file]);
    expect(fs.readFileSync(file, 'utf8')).not.toContain('plain');
    expect(decrypt(file)).toMatchObject({ stringData: { a: 'plain' } });
    fs.rmSync(file);
  });

  test('is the same at every run; a secret that changes changes its own lines, a recipient every key', async () => {
    const first = textOf(synthesize('2.11.6', settings(), 'sops'));
    expect(textOf(synthesize('2.11.6', settings(), 'again'))).toBe(first);
    const changed = textOf(
      synthesize('2.11.6', settings(), 'changed', {
        ...environment,
        PLANTED: 'another secret of some length',
      }),
    );
    expect(changedKeys(first, changed)).toEqual(CHANGED_WITH_PLANTED);
    const other = await identityToRecipient(await generateX25519Identity());
    const added = textOf(synthesize('2.11.6', settings(other), 'changed'));
    const values = (text: string): string[] => text.match(/ENC\[[^\]]*/g) ?? [];
    expect(values(added).filter((value) => values(first).includes(value))).toEqual([]);
  });

  test('age itself opens the key of a file', () => {
    const [file = ''] = encryptedIn(synthesize('2.11.6', settings(), 'sops'));
    const { sops } = load(fs.readFileSync(file, 'utf8')) as { sops: { age: { enc: string }[] } };
    const answer = spawnSync(toolPath('age'), ['-d', '-i', folder.join('key.txt')], {
      input: sops.age[0]?.enc,
    });
    expect([answer.status, answer.stdout.length]).toEqual([0, 32]);
  });
});

describeWithTools('sops with a key of PGP', ['sops', 'gpg'], () => {
  const home = folder.join('gnupg');
  const variables = (): Record<string, string> => ({
    ...environment,
    GNUPGHOME: home,
    PATH: [path.dirname(toolPath('sops')), path.dirname(toolPath('gpg')), process.env['PATH']].join(':'),
  });
  let fingerprint: string;
  beforeAll(() => {
    fs.mkdirSync(home, { mode: 0o700 });
    const gpg = (...args: string[]): string => run('gpg', ['--batch', ...args], '', { GNUPGHOME: home });
    gpg('--passphrase', '', '--quick-gen-key', 'team@acme.com', 'rsa2048', 'encrypt');
    fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(gpg('--list-keys', '--with-colons'))?.[1] ?? '';
  });
  const settings = (more = ''): string => `  output: sops
  encryptionKey: { env: SEALING_KEY }
  sops: { pgp: [${fingerprint}]${more} }`;
  const wrap = (release: string, secrets: string): ReturnType<typeof pachkit> => {
    fs.writeFileSync(folder.join('prod.yaml'), documentOf(release, secrets));
    return pachkit(['secret', 'wrap', 'prod.yaml'], { folder: folder.path, environment: variables() });
  };
  const filesIn = (manifests: string): string[] =>
    fs
      .readdirSync(path.join(manifests, 'secrets'))
      .filter((name) => name !== '.sops.yaml')
      .map((name) => path.join(manifests, 'secrets', name));
  const decrypted = (manifests: string, more: Record<string, string>): Map<string, unknown> =>
    byName([
      ...filesIn(manifests).map((file) => load(run('sops', ['decrypt', file], '', more)) as SecretObject),
      ...objectsIn(manifests),
    ]);

  test.each(RELEASES)('decrypts to the Secrets of the manifests in %s', (release) => {
    expect(wrap(release, settings())).toMatchObject({ exitCode: 0, stderr: '' });
    const manifests = synthesize(release, settings(), 'pgp');
    withoutSecrets(textOf(manifests));
    expect(decrypted(manifests, { GNUPGHOME: home })).toEqual(clearSecrets(release));
  });

  test('and a key of age opens the same files with either of the two', () => {
    const both = settings(`, age: [${recipient}]`);
    expect(wrap('2.11.6', both)).toMatchObject({ exitCode: 0, stderr: '' });
    const manifests = synthesize('2.11.6', both, 'both');
    const clear = clearSecrets('2.11.6');
    expect(decrypted(manifests, { SOPS_AGE_KEY_FILE: folder.join('key.txt') })).toEqual(clear);
    expect(decrypted(manifests, { GNUPGHOME: home })).toEqual(clear);
  });

  test('a secret that changes changes its own lines, and sops is not asked again', () => {
    expect(wrap('2.11.6', settings()).exitCode).toBe(0);
    const first = textOf(synthesize('2.11.6', settings(), 'pgp'));
    const changed = synthesize('2.11.6', settings(), 'pgp', { ...environment, PLANTED: 'another secret' });
    expect(changedKeys(first, textOf(changed))).toEqual(CHANGED_WITH_PLANTED);
  });

  test('a fingerprint that gpg does not have is named by sops, and the file of keys stays', () => {
    expect(wrap('2.11.6', settings()).exitCode).toBe(0);
    const before = fs.readFileSync(folder.join('prod.sops-keys.json'), 'utf8');
    const other = settings().replace(fingerprint, 'A'.repeat(40));
    const { exitCode, stderr } = wrap('2.11.6', other);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('No public key')]);
    expect(fs.readFileSync(folder.join('prod.sops-keys.json'), 'utf8')).toBe(before);
  });
});

describeWithTools('sealed secrets', ['kubeseal', 'openssl'], () => {
  const settings = (scope: string): string => `  output: sealedSecret
  encryptionKey: { env: SEALING_KEY }
  sealedSecret: { certificate: { file: tls.crt }, scope: ${scope} }`;
  const unseal = (object: object): SecretObject =>
    JSON.parse(
      run(
        'kubeseal',
        ['--recovery-unseal', '--recovery-private-key', folder.join('tls.key')],
        JSON.stringify(object),
      ),
    ) as SecretObject;

  for (const scope of ['strict', 'namespace-wide', 'cluster-wide'])
    test.each(RELEASES)(`in scope ${scope} open to the Secrets of the manifests in %s`, (release) => {
      const manifests = synthesize(release, settings(scope), 'sealed');
      withoutSecrets(textOf(manifests));
      expect(textOf(synthesize(release, settings(scope), 'again'))).toBe(textOf(manifests));
      const objects = objectsIn(manifests);
      expect(objects.filter(({ kind }) => kind === 'SealedSecret').length).toBeGreaterThan(2);
      const opened = objects.map((object) => (object.kind === 'SealedSecret' ? unseal(object) : object));
      expect(byName(opened)).toEqual(clearSecrets(release));
    });

  test('open in no other namespace when the scope is strict', () => {
    const [sealed] = objectsIn(synthesize('2.11.6', settings('strict'), 'sealed')).filter(
      ({ kind }) => kind === 'SealedSecret',
    );
    const moved = JSON.stringify(sealed).replaceAll('"namespace":"pachyderm"', '"namespace":"other"');
    const args = ['--recovery-unseal', '--recovery-private-key', folder.join('tls.key')];
    const answer = spawnSync(toolPath('kubeseal'), args, { input: moved, encoding: 'utf8' });
    expect(answer.stderr).toContain('no key could decrypt secret');
    expect(answer.status).not.toBe(0);
  });
});

function licenseKey(): string {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return base64(JSON.stringify({ token: base64('token'), signature: base64('signature') }));
}
