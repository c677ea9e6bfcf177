import fs from 'node:fs';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { readFolder } from '../support/golden-folder';
import { newCertificate } from '../support/new-certificate';
import { pachkit, temporaryFolder, type Run } from '../support/pachkit';
import { SECRET_FORMS, type SecretFormName } from '../support/planted-secrets';

const OUTPUTS = 'manifests,kustomize,helm,argocd,flux,identity,connectors,setup,sbom';

const { certificate } = newCertificate();
let recipient: string;
beforeAll(async () => (recipient = await identityToRecipient(await generateX25519Identity())));

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

const ENVIRONMENT = {
  LICENSE: Buffer.from(JSON.stringify({ token: 'dG9rZW4=', signature: 'c2lnbmF0dXJl' })).toString('base64'),
  ROOT_TOKEN: 'root-token-of-some-length',
  GITHUB: 'github-secret',
  OKTA: 'okta-secret',
  BUCKET_KEY: 'bucket-secret',
  SEALING_KEY: 'k'.repeat(32),
};

/** A document whose secrets are all given, with its Secrets in a form. */
const documentWith = (form: SecretFormName): string =>
  JSON.stringify({
    apiVersion: 'pachkit/v1',
    name: 'prod',
    release: '2.11.6',
    access: { via: 'ingress', host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
    enterprise: { licenseKey: { env: 'LICENSE' }, secret: { env: 'ROOT_TOKEN' } },
    auth: { rootToken: { env: 'ROOT_TOKEN' }, clientSecret: { env: 'ROOT_TOKEN' } },
    console: { clientSecret: { env: 'ROOT_TOKEN' } },
    database: { internal: { password: { env: 'ROOT_TOKEN' }, rootPassword: { env: 'ROOT_TOKEN' } } },
    storage: {
      s3: {
        bucket: 'acme',
        region: 'eu-central-1',
        credentials: { id: { env: 'BUCKET_KEY' }, secret: { env: 'BUCKET_KEY' } },
      },
    },
    identity: {
      connectors: [
        {
          ...{ type: 'github', id: 'github', name: 'GitHub' },
          config: { clientID: 'a', clientSecret: { env: 'GITHUB' }, orgs: [{ name: 'acme' }] },
        },
      ],
    },
    gitops: { url: 'https://git.acme.com/clusters.git' },
    supplyChain: { sbom: true },
    secrets: { output: form, ...SECRET_FORMS[form] },
  })
    .replace('RECIPIENT', recipient)
    .replace('CERTIFICATE', 'tls.crt');

/** All files that are synthesized, on a machine of its own. */
function synthesized(form: SecretFormName, run: Partial<Run> = {}): Record<string, string> {
  const folder = temporaryFolder({ 'pachyderm.json': documentWith(form), 'tls.crt': certificate });
  folders.push(folder);
  const { exitCode, stderr } = pachkit(
    ['synth', `${folder}/pachyderm.json`, '--out', `${folder}/out`, '--only', OUTPUTS],
    { folder, ...run, environment: { ...ENVIRONMENT, ...run.environment } },
  );
  expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  return readFolder(`${folder}/out`);
}

/** The lines that differ between two runs, without what stands in front of them. */
function changedLines(before: Record<string, string>, after: Record<string, string>): string[] {
  expect(Object.keys(after)).toEqual(Object.keys(before));
  return Object.entries(after).flatMap(([name, text]) => {
    const old = (before[name] ?? '').split('\n');
    const lines = text.split('\n');
    expect(lines.length).toBe(old.length);
    return lines.flatMap((line, index) => (line === old[index] ? [] : [line.trim()]));
  });
}

describe.each(Object.keys(SECRET_FORMS) as SecretFormName[])('Secrets as %s', (form) => {
  test('are the same bytes on every machine', () => {
    const first = synthesized(form);
    expect(Object.keys(first).length).toBeGreaterThan(40);
    for (const run of [
      {},
      { folder: '/' },
      { asOrdinaryUser: true },
      {
        environment: { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8', HOME: '/nowhere', HOSTNAME: 'elsewhere' },
      },
    ])
      expect(synthesized(form, run)).toEqual(first);
  });

  test('change in the lines of a secret where that changes', () => {
    const lines = changedLines(
      synthesized(form),
      synthesized(form, { environment: { GITHUB: 'another-secret-of-github' } }),
    );
    expect(new Set(lines.map(kindOfLine))).toEqual(new Set(CHANGED[form]));
  });
});

/** What a line is for. */
function kindOfLine(line: string): string {
  if (/^(- )?"?clientSecret"?: "?another-secret-of-github"?,?$/.test(line)) return 'the secret';
  return /^"?([\w./-]+)"?:/.exec(line)?.[1] ?? line;
}

/** What changes with the secret of a connector, besides the document for pachctl that has it in clear text. */
const CHANGED: Readonly<Record<SecretFormName, readonly string[]>> = {
  manifests: ['the secret', 'pachkit.dev/configuration-checksum'],
  sops: ['the secret', 'upstream-idps', 'mac', 'pachkit.dev/configuration-checksum'],
  sealedSecret: ['the secret', 'upstream-idps', 'pachkit.dev/configuration-checksum'],
  externalSecret: [],
  none: [],
};
