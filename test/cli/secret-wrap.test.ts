import fs from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { pachkit, temporaryFolder } from '../support/pachkit';

const KEYS = {
  kms: ['arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d'],
  gcpKms: ['projects/acme/locations/global/keyRings/sops/cryptoKeys/pachyderm'],
  azureKeyVault: ['https://acme.vault.azure.net/keys/sops/0123abcd'],
  vaultTransit: ['https://vault.acme.com:8200/v1/sops/keys/pachyderm'],
  pgp: ['85D77543B3D624B63CEA9E6DBC17301B491B3F21'],
};
const KEY_FILE = 'prod.sops-keys.json';

/** A program in the place of sops: it records how it was started, and encrypts for the keys that the rules name. */
const STAND_IN = `#!${process.execPath}
const fs = require('node:fs');
const [option, rules, command, yes, file] = process.argv.slice(2);
const [{ path_regex, ...rule }] = JSON.parse(fs.readFileSync(rules, 'utf8')).creation_rules;
const content = JSON.parse(fs.readFileSync(file, 'utf8'));
fs.writeFileSync('started.json', JSON.stringify({
  args: [option, command, yes], count: process.argv.length, rule,
  isMatched: new RegExp(path_regex).test(file),
  mode: fs.statSync(file).mode & 0o777,
  hasKeyInArguments: process.argv.some((each) => each.includes('AGE-SECRET-KEY')),
  key: process.env.SOPS_AGE_KEY,
  recipients: content.sops.age.length,
}));
if (process.env.STAND_IN === 'fails') {
  console.error('Syncing keys for file ' + file);
  console.error('AccessDeniedException: not authorized to perform: kms:Encrypt');
  process.exit(1);
}
if (process.env.STAND_IN === 'nothing') process.exit(0);
if (process.env.STAND_IN === 'garbage') fs.writeFileSync(file, 'garbage');
else {
  const names = { azure_keyvault: 'azure_kv', hc_vault_transit_uri: 'hc_vault' };
  const { age, ...others } = content.sops;
  const added = Object.entries(rule).map(([name, keys]) =>
    [names[name] ?? name, keys.split(',').map((key) => ({ key, enc: 'wrapped' }))]);
  fs.writeFileSync(file, JSON.stringify({ ...content, sops: { ...others, ...Object.fromEntries(added) } }));
}
`;

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  fs.mkdirSync(at('bin'));
  fs.writeFileSync(at('bin/sops'), STAND_IN, { mode: 0o755 });
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);
const write = (sops: object, more: object = {}): void =>
  fs.writeFileSync(
    at('prod.yaml'),
    JSON.stringify({
      apiVersion: 'pachkit/v1',
      name: 'prod',
      release: '2.12.0-rc.3',
      access: { host: 'a.example.com', tls: { secretName: 'tls' } },
      identity: { connectorsFrom: { existing: { name: 'connectors' } } },
      storage: { gcs: { bucket: 'acme' } },
      secrets: { output: 'sops', encryptionKey: { env: 'SEALING_KEY' }, sops },
      ...more,
    }),
  );
const run = (args: readonly string[], environment: Record<string, string> = {}) =>
  pachkit(args, {
    folder,
    environment: { SEALING_KEY: 'k'.repeat(32), PATH: at('bin'), ...environment },
  });
const wrap = (environment: Record<string, string> = {}) => run(['secret', 'wrap', 'prod.yaml'], environment);
const synth = (environment: Record<string, string> = {}) =>
  run(['synth', 'prod.yaml', '--only', 'manifests'], environment);
const started = (): Record<string, unknown> =>
  JSON.parse(fs.readFileSync(at('started.json'), 'utf8')) as Record<string, unknown>;
const encrypted = (): { sops: Record<string, unknown> } =>
  load(fs.readFileSync(at('dist/pachkit/prod/manifests/secrets/pachyderm-auth.sops.yaml'), 'utf8')) as {
    sops: Record<string, unknown>;
  };

test('sops is told all keys in a file of rules, and its own key in a variable', () => {
  write(KEYS);
  expect(wrap()).toEqual({
    exitCode: 0,
    stdout: `${KEY_FILE}: the key of the files, encrypted for 5 keys by sops; commit it\n`,
    stderr: '',
  });
  expect(started()).toEqual({
    args: ['--config', 'updatekeys', '--yes'],
    count: 7,
    rule: {
      kms: KEYS.kms[0],
      gcp_kms: KEYS.gcpKms[0],
      azure_keyvault: KEYS.azureKeyVault[0],
      hc_vault_transit_uri: KEYS.vaultTransit[0],
      pgp: KEYS.pgp[0],
    },
    isMatched: true,
    mode: 0o600,
    hasKeyInArguments: false,
    key: expect.stringMatching(/^AGE-SECRET-KEY-1/) as string,
    recipients: 1,
  });
});

test('what it made is in every file, and the rules beside them name the keys', () => {
  write(KEYS);
  wrap();
  expect(synth({ PATH: '' }).exitCode).toBe(0);
  const { sops } = encrypted();
  expect(sops).toMatchObject({
    kms: [{ key: KEYS.kms[0], enc: 'wrapped' }],
    gcp_kms: [{ key: KEYS.gcpKms[0] }],
    azure_kv: [{ key: KEYS.azureKeyVault[0] }],
    hc_vault: [{ key: KEYS.vaultTransit[0] }],
    pgp: [{ key: KEYS.pgp[0] }],
  });
  expect(sops).not.toHaveProperty('age');
  const rules = load(fs.readFileSync(at('dist/pachkit/prod/manifests/secrets/.sops.yaml'), 'utf8')) as {
    creation_rules: object[];
  };
  expect(rules.creation_rules[0]).toMatchObject(started()['rule'] as object);
});

test('two encryptions of the key are told apart by nothing that is secret', () => {
  write(KEYS);
  wrap();
  const text = fs.readFileSync(at(KEY_FILE), 'utf8');
  expect(JSON.parse(text)).toMatchObject({
    version: 1,
    fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
  });
  expect(text).not.toContain('k'.repeat(32));
  wrap({ SEALING_KEY: 'l'.repeat(32) });
  expect(fs.readFileSync(at(KEY_FILE), 'utf8')).not.toBe(text);
});

describe('synth refuses', () => {
  const refused = (result: ReturnType<typeof run>, code: string, ...says: string[]): void => {
    expect([result.exitCode, result.stderr]).toEqual([2, expect.stringContaining(`error ${code}: `)]);
    for (const text of says) expect(result.stderr).toContain(text);
    expect(fs.existsSync(at('dist'))).toBe(false);
  };

  test('without the file of keys', () => {
    write(KEYS);
    refused(synth(), 'SEC027', `there is no ${KEY_FILE}`, 'run pachkit secret wrap prod.yaml');
  });

  test.each([
    ['another recipient', () => write({ ...KEYS, pgp: ['A'.repeat(40)] })],
    [
      'a recipient of age more',
      () => write({ ...KEYS, age: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] }),
    ],
    ['another namespace', () => write(KEYS, { namespace: 'other' })],
  ])('a file that was made before %s', (_what, change) => {
    write(KEYS);
    wrap();
    change();
    refused(synth(), 'SEC027', 'its keys decrypt nothing that is written now');
  });

  test('a file that was made with another encryption key', () => {
    write(KEYS);
    wrap();
    refused(synth({ SEALING_KEY: 'l'.repeat(32) }), 'SEC027', 'another encryption key');
  });

  test.each([
    ['<<<<<<< ours', 'it is not JSON'],
    ['{"version":2}', 'its version is 2, and this pachkit reads 1'],
    ['{"version":1,"fingerprint":"a","keys":{"kms":[{}]}}', 'it does not have what'],
    ['null', 'its version is missing'],
  ])('a file that is %s', (text, reason) => {
    write(KEYS);
    fs.writeFileSync(at(KEY_FILE), text);
    refused(synth(), 'SEC028', `${KEY_FILE} is unusable: ${reason}`);
  });
});

describe('the file of keys stays as it was', () => {
  beforeEach(() => {
    write(KEYS);
    fs.writeFileSync(at(KEY_FILE), 'as it was');
  });
  afterEach(() => expect(fs.readFileSync(at(KEY_FILE), 'utf8')).toBe('as it was'));

  test.each([
    ['is not there', { PATH: '/nowhere' }, 'The program sops is not on PATH'],
    ['refuses', { STAND_IN: 'fails' }, 'sops could not encrypt for every key: AccessDeniedException'],
    ['adds nothing', { STAND_IN: 'nothing' }, 'did not encrypt for all keys of kms'],
    ['leaves another file', { STAND_IN: 'garbage' }, 'did not encrypt for all keys of kms'],
  ])('when sops %s', (_what, environment, message) => {
    const { exitCode, stderr } = wrap(environment);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining(message)]);
    expect(stderr).not.toContain('Syncing keys');
  });

  test('when age alone decrypts', () => {
    write({ age: ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'] });
    expect(wrap()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('needs no file of keys') as string,
    });
  });
});

test.each([
  [{ kms: ['arn:aws:s3:::bucket'] }, 'the ARN of a key'],
  [{ gcpKms: ['projects/acme'] }, 'the resource name of a key'],
  [{ azureKeyVault: ['https://acme.vault.azure.net/keys/sops'] }, 'the URL of a key'],
  [{ vaultTransit: ['vault.acme.com'] }, 'the URL of a key'],
  [{ pgp: ['85D7 7543'] }, 'a fingerprint of 40 hexadecimal digits'],
  [{ kms: [...KEYS.kms, ...KEYS.kms] }, 'has this entry twice'],
  [{}, 'secrets/sops'],
])('%j is refused where it is written', (sops, expected) => {
  write(sops);
  const { exitCode, stdout } = run(['validate', 'prod.yaml', '--format', 'json']);
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining(expected)]);
});
