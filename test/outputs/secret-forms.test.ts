import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterObjects, constructedObjects } from '../../src/outputs/objects';
import { manifests } from '../../src/outputs/manifests';
import { referredSecrets } from '../../src/outputs/referred-secrets';
import { clusterOf } from '../support/cluster-of';

const withForm = (secrets: ClusterDocument['secrets']) =>
  clusterOf({
    name: 'prod',
    access: { via: 'ingress', host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
    storage: { s3: { bucket: 'data', credentials: { id: { env: 'ID' }, secret: { env: 'KEY' } } } },
    enterprise: { licenseKey: { env: 'LICENSE' } },
    auth: { roleBindings: { 'user:{{jo}}@acme.com': ['clusterAdmin'] } },
    ...(secrets === undefined ? {} : { secrets }),
  });

const namesOf = (kind: string, secrets: ClusterDocument['secrets']): string[] =>
  clusterObjects(withForm(secrets))
    .filter(({ manifest }) => manifest.kind === kind)
    .map(({ manifest }) => manifest.metadata.name)
    .sort();

const SECRET_NAMES = [
  'postgres',
  'pachyderm-auth',
  'pachyderm-console-secret',
  'pachyderm-enterprise',
  'pachyderm-license',
  'pachyderm-storage-secret',
].sort();
const EXTERNAL = { output: 'externalSecret', externalSecret: { store: 'vault', prefix: 'pach/' } } as const;

test('an id is no secret, and stays a Secret in every form', () => {
  expect(namesOf('Secret', undefined)).toEqual(['pachyderm-deployment-id-secret', ...SECRET_NAMES].sort());
  for (const secrets of [{ output: 'none' } as const, EXTERNAL])
    expect(namesOf('Secret', secrets)).toEqual(['pachyderm-deployment-id-secret']);
});

test('Secrets that are left out have to exist, those that a controller makes do not', () => {
  const referredWith = (secrets: ClusterDocument['secrets']) =>
    Object.keys(referredSecrets(clusterObjects(withForm(secrets))));
  expect(referredWith(undefined)).toEqual(['tls']);
  expect(referredWith({ output: 'none' })).toEqual([...SECRET_NAMES, 'tls'].sort());
  expect(referredWith(EXTERNAL)).toEqual(['tls']);
});

test('no file has a secret in clear text', () => {
  const texts = constructedObjects(withForm(undefined)).flatMap(({ manifest }) =>
    manifest.kind === 'Secret' ? [manifest] : [],
  );
  expect(JSON.stringify(texts)).toContain('value of KEY');
  for (const secrets of [{ output: 'none' } as const, EXTERNAL]) {
    const cluster = withForm(secrets);
    const files = manifests.emit(cluster, clusterObjects(cluster));
    expect(files.filter(({ isSecret }) => isSecret)).toEqual([]);
    expect(JSON.stringify(files)).not.toMatch(/value of|authrootToken/);
  }
});

test('an ExternalSecret fetches what is secret, and has the rest in its template', () => {
  const [object] = clusterObjects(withForm(EXTERNAL)).filter(
    ({ manifest }) => manifest.metadata.name === 'pachyderm-auth',
  );
  expect(object?.manifest).toMatchObject({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'pachyderm-auth', namespace: 'pachyderm' },
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { name: 'vault', kind: 'SecretStore' },
      target: {
        name: 'pachyderm-auth',
        creationPolicy: 'Owner',
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Merge',
          data: {
            'cluster-role-bindings': expect.stringContaining('user:{{ "{{" }}jo}}@acme.com') as string,
            'auth-config': expect.any(String) as string,
          },
        },
      },
      data: ['pachd-oauth-client-secret', 'root-token'].map((key) => ({
        secretKey: key,
        remoteRef: { key: 'pach/pachyderm-auth', property: key },
      })),
    },
  });
});
