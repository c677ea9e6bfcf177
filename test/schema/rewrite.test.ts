import { rewritten } from '../../src/schema/rewrite';
import { schemaAt } from '../../src/schema/schema-at';

const written = (path: string, text: string): string | undefined =>
  rewritten(text, schemaAt(path.split('.')));

describe('what people write in another way than a field takes it', () => {
  test.each([
    ['name', 'My_Cluster', 'my-cluster'],
    ['namespace', ' pachyderm ', 'pachyderm'],
    ['auth.sessionDuration', '30 days', '30d'],
    ['auth.sessionDuration', '1 day, 12 hours', '1d12h'],
    ['identity.idTokenExpiry', '1d', '24h'],
    ['identity.idTokenExpiry', '2 days', '48h'],
    ['identity.idTokenExpiry', '1d12h30m', '36h30m'],
    ['identity.idTokenExpiry', '6 hours', '6h'],
    ['etcd.size', '10GB', '10G'],
    ['etcd.size', '10 GiB', '10Gi'],
    ['etcd.size', '512mb', '512M'],
    ['etcd.size', '100 KB', '100k'],
    ['etcd.size', '1000 bytes', '1000'],
    ['images.registry', 'https://registry.acme.com/mirror/', 'registry.acme.com/mirror'],
    ['storage.minio.endpoint', 'http://minio:9000', 'minio:9000'],
    ['access.tls.secretName', 'pachyderm/pach-tls', 'pach-tls'],
    ['gitops.url', 'git@github.com:acme/infra.git', 'ssh://git@github.com/acme/infra.git'],
    ['gitops.path', '/clusters/prod/', 'clusters/prod'],
    ['storage.s3.bucket', 's3://acme-data/pach', 'acme-data'],
    ['storage.azure.account', 'https://acme.blob.core.windows.net/', 'acme'],
  ])('%s: %s is %s', (path, text, meant) => expect(written(path, text)).toBe(meant));

  test.each([
    ['1 core', '1'],
    ['2 vCPUs', '2'],
    ['1.5cores', '1.5'],
  ])('of a processor: %s is %s', (text, meant) =>
    expect(rewritten(text, schemaAt(['pachd', 'resources', 'requests', 'cpu']))).toBe(meant),
  );

  test.each([
    ['etcd.size', 'large'],
    ['etcd.size', '10 apples'],
    ['identity.idTokenExpiry', 'a day'],
    ['images.registry', 'https://'],
    ['name', '___'],
    ['database.external.cloudSqlProxy.serviceAccount', 'arn:aws:iam::123456789012:role/pachyderm'],
    ['database.external.cloudSqlProxy.connectionName', 'projects/acme/instances/pachyderm'],
  ])('%s: what %s is cannot be told', (path, text) => expect(written(path, text)).toBeUndefined());
});
