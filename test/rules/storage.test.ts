import { diagnosticsOf, findingsOf } from '../support/check-document';
import { describeRule } from '../support/rule-cases';

describeRule('STO001', [
  {
    shows: 'three backends',
    document: `
storage:
  s3: { bucket: data, region: eu-central-1 }
  ▸local: {}
  ▸gcs: { bucket: data }
`,
    says: ['storage.s3 is one already'],
    severity: 'error',
  },
  { shows: 'one', document: 'storage: { gcs: { bucket: data }, uploadConcurrencyLimit: 5 }' },
  { shows: 'none', document: 'storage: { uploadConcurrencyLimit: 5 }' },
]);

describeRule('STO002', [
  {
    shows: 'limits alone',
    document: '▸storage: { uploadConcurrencyLimit: 5 }',
    says: ['Nothing says where data is kept'],
    severity: 'error',
  },
  {
    shows: 'a directory of a node',
    document: 'storage: { ▸local: { hostPath: /data/ } }',
    says: ['All data is in a directory of one node'],
    severity: 'warning',
  },
  { shows: 'a bucket', document: 'storage: { s3: { bucket: data, region: eu-central-1 } }' },
  { shows: 'profile dev without any', document: 'profile: dev' },
  { shows: 'profile dev with a directory', document: 'profile: dev\nstorage: { local: {} }' },
]);

test('STO002 stands at the beginning of a document without the section', () => {
  expect(
    findingsOf('apiVersion: pachkit/v1\nrelease: 2.12.0\n').map((found) => found.slice(0, 3)),
  ).toContainEqual(['STO002', 1, 1]);
});

describeRule('STO003', [
  {
    shows: 'a release that needs the region',
    document: 'release: 2.8.10\nstorage: { ▸s3: { bucket: data } }',
    says: ['AWS region required'],
    severity: 'error',
  },
  { shows: 'the region', document: 'release: 2.8.10\nstorage: { s3: { bucket: data, region: us-east-1 } }' },
  {
    shows: 'a release that takes it from elsewhere',
    document: 'release: 2.9.0\nstorage: { s3: { bucket: data } }',
  },
]);

describeRule('STO004', [
  {
    shows: 'a URL of another backend',
    document: 'storage: { s3: { bucket: data }, url: ▸gs://data }',
    says: ['A URL with gs:// is no bucket of storage.s3'],
    severity: 'error',
  },
  {
    shows: 'a URL of another bucket',
    document: 'storage: { gcs: { bucket: data }, url: ▸gs://other }',
    says: ['The URL names the bucket other, storage.gcs names data'],
    severity: 'warning',
  },
  {
    shows: 'a URL that the release does not read',
    document: 'release: 2.8.0\nstorage: { s3: { bucket: data, region: a }, url: ▸s3://data }',
    says: ['pachd 2.8.0 does not read storage.url'],
    severity: 'warning',
  },
  {
    shows: 'a URL beside a directory',
    document: 'profile: dev\nstorage: { local: {}, url: ▸s3://data }',
    says: ['no effect with storage.local'],
    severity: 'warning',
  },
  {
    shows: 'the bucket of the backend',
    document:
      'storage: { azure: { container: data, account: acme, key: { env: KEY } }, url: azblob://data?x=1 }',
  },
  {
    shows: 'the other scheme of a backend',
    document: 'storage: { s3: { bucket: data }, url: minio://host/data }',
  },
]);

describeRule('STO005', [
  {
    shows: 'two servers',
    document: 'database: { ▸internal: { size: 5Gi }, external: { host: db.acme.com, password: { env: P } } }',
    says: ['There is database.external too'],
    severity: 'error',
  },
  { shows: 'one', document: 'database: { external: { host: db.acme.com, password: { env: P } } }' },
]);

describeRule('STO006', [
  {
    shows: 'four members',
    document: 'etcd: { replicas: ▸4 }',
    says: ['etcd with 4 members survives the loss of 1, no more than with 3'],
    severity: 'warning',
  },
  { shows: 'three', document: 'etcd: { replicas: 3 }' },
]);

describeRule('STO007', [
  {
    shows: 'a lower limit above the upper one',
    document: 'pachw: { minReplicas: ▸3, maxReplicas: 2 }',
    says: ['at least 3 pods of pachw and at most 2'],
    severity: 'error',
  },
  { shows: 'a lower limit above the default', document: 'pachw: { minReplicas: ▸2 }', says: ['at most 1'] },
  {
    shows: 'a release without pachw',
    document: 'release: 2.4.6\n▸pachw: { minReplicas: 3, maxReplicas: 2 }',
    says: ['Release 2.4.6 has no pachw'],
    severity: 'warning',
  },
  { shows: 'limits in order', document: 'pachw: { minReplicas: 2, maxReplicas: 2 }' },
]);

describeRule('STO008', [
  {
    shows: 'a certificate that nothing can be compared with',
    document: 'database: { external: { host: db.acme.com, password: { env: P } }, sslMode: ▸verify-full }',
    says: ['pg-bouncer knows no certificate authority'],
    severity: 'error',
  },
  {
    shows: 'TLS with a server that serves none',
    document: 'database: { sslMode: ▸require }',
    says: ['The internal server serves no TLS'],
  },
  {
    shows: 'a certificate that can be compared',
    document: `
database:
  external: { host: db.acme.com, password: { env: P } }
  sslMode: verify-ca
  sslCertificateAuthority: |
    -----BEGIN CERTIFICATE-----
    MIIB
    -----END CERTIFICATE-----
`,
  },
  { shows: 'TLS if there is any', document: 'database: { sslMode: prefer }' },
]);

describeRule('STO009', [
  {
    shows: "Google's credentials",
    document:
      'storage: { gcs: { bucket: data, credentials: { existing: { name: ▸gcs-key, key: key.json } } } }',
    says: ['from the Secret pachyderm-storage-secret and no other'],
    severity: 'error',
  },
  {
    shows: 'credentials of S3, each',
    document:
      'storage: { s3: { bucket: data, credentials: { id: { existing: { name: ▸a, key: id } }, secret: { existing: { name: ▸a, key: b } } } } }',
    says: ['every pipeline fail'],
  },
  {
    shows: 'the key of Azure',
    document:
      'storage: { azure: { container: data, account: acme, key: { existing: { name: ▸a, key: AZURE_STORAGE_KEY } } } }',
    says: ['every pipeline fail'],
  },
  {
    shows: 'the storage secret',
    document:
      'storage: { azure: { container: data, account: acme, key: { existing: { name: pachyderm-storage-secret, key: AZURE_STORAGE_KEY } } } }',
  },
  {
    shows: 'credentials that pachkit writes',
    document: 'storage: { gcs: { bucket: data, credentials: { file: key.json } } }',
  },
  { shows: 'none', document: 'storage: { gcs: { bucket: data } }' },
]);

test('STO009 lists what a storage secret of the user has to hold', () => {
  const document = (release: string, storage: string): string =>
    `apiVersion: pachkit/v1\nrelease: ${release}\nstorage: ${storage}\n`;
  const hintOf = (release: string, storage: string): string | undefined =>
    diagnosticsOf(document(release, storage)).find(({ code }) => code === 'STO009')?.hint;
  const gcs = '{ gcs: { bucket: data, credentials: { existing: { name: a, key: b } } } }';
  expect(hintOf('2.11.6', gcs)).toMatch(
    /the keys GOOGLE_BUCKET, GOOGLE_CRED, GOOGLE_APPLICATION_CREDENTIALS$/,
  );
  expect(hintOf('2.2.8', gcs)).toMatch(/the keys GOOGLE_BUCKET, GOOGLE_CRED$/);
  const azure = '{ azure: { container: data, account: acme, key: { existing: { name: a, key: b } } } }';
  expect(hintOf('2.12.0-rc.3', azure)).toMatch(/the keys AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY$/);
});

test.each([
  ['{ env: ID }', /^use \{ env: NAME \} or \{ file: PATH \}$/],
  ['AKIA', /^use \{ env: NAME \} or \{ file: PATH \}$/],
  [
    '{ existing: { name: pachyderm-storage-secret, key: AMAZON_ID } }',
    /^name a pachyderm-storage-secret of your own /,
  ],
  [
    '{ existing: { name: aws, key: AMAZON_ID } }',
    /^use \{ env: NAME \} or \{ file: PATH \}; or name a pachyderm-/,
  ],
])('STO009 offers what suits the other credential, %s', (id, hint) => {
  const secret = '{ existing: { name: aws, key: AMAZON_SECRET } }';
  const found = diagnosticsOf(
    `apiVersion: pachkit/v1\nrelease: 2.11.6\nstorage: { s3: { bucket: data, credentials: { id: ${id}, secret: ${secret} } } }\n`,
  ).filter(({ code }) => code === 'STO009');
  expect(found.at(-1)?.hint).toMatch(hint);
});

describeRule('STO010', [
  {
    shows: 'a key that is no variable',
    document:
      'storage: { azure: { container: data, account: acme, key: { existing: { name: pachyderm-storage-secret, key: ▸key } } } }',
    says: ['from the key AZURE_STORAGE_KEY'],
    severity: 'error',
  },
  {
    shows: 'a Secret that pachkit writes too',
    document:
      'storage: { s3: { bucket: data, credentials: { id: AKIA, secret: { existing: { name: ▸pachyderm-storage-secret, key: AMAZON_SECRET } } } } }',
    says: ['because storage.s3.credentials.id is given here'],
  },
  {
    shows: 'either of the names that a release reads',
    document:
      'storage: { s3: { bucket: data, credentials: { id: { existing: { name: pachyderm-storage-secret, key: AMAZON_ID } }, secret: { existing: { name: pachyderm-storage-secret, key: AWS_SECRET_ACCESS_KEY } } } } }',
  },
  {
    shows: 'another Secret',
    document: 'storage: { gcs: { bucket: data, credentials: { existing: { name: a, key: b } } } }',
  },
]);

describeRule('STO015', [
  {
    shows: 'a role for pachd alone',
    document: `
storage: { s3: { bucket: data } }
pachd: { serviceAccount: { annotations: { ▸eks.amazonaws.com/role-arn: arn } } }
`,
    says: ['The pods of pipelines run as pachyderm-worker, which has no eks.amazonaws.com/role-arn'],
    severity: 'warning',
  },
  {
    shows: 'an identity for pipelines alone',
    document: `
storage: { gcs: { bucket: data } }
pachd:
  serviceAccount: { name: mine }
  worker: { serviceAccount: { annotations: { ▸iam.gke.io/gcp-service-account: a@b.iam.gserviceaccount.com } } }
`,
    says: ['pachd runs as mine, which has no iam.gke.io/gcp-service-account'],
  },
  {
    shows: 'an identity of Azure for pachd alone',
    document: `
storage: { azure: { account: data, container: data } }
pachd: { serviceAccount: { annotations: { ▸azure.workload.identity/client-id: id } } }
`,
    says: ['has no azure.workload.identity/client-id'],
  },
  {
    shows: 'roles for both',
    document: `
storage: { s3: { bucket: data } }
pachd:
  serviceAccount: { annotations: { eks.amazonaws.com/role-arn: arn } }
  worker: { serviceAccount: { annotations: { eks.amazonaws.com/role-arn: other } } }
`,
  },
  {
    shows: 'an account that someone else made',
    document: `
storage: { s3: { bucket: data } }
pachd:
  serviceAccount: { annotations: { eks.amazonaws.com/role-arn: arn } }
  worker: { serviceAccount: { create: false } }
`,
  },
  {
    shows: 'credentials, a role of another cloud, one account for all, and no role at all',
    document: `
storage: { s3: { bucket: data, credentials: { id: { env: A }, secret: { env: B } } } }
pachd: { serviceAccount: { annotations: { eks.amazonaws.com/role-arn: arn } } }
`,
  },
  {
    shows: 'a role of another cloud',
    document: `
storage: { s3: { bucket: data } }
pachd: { serviceAccount: { annotations: { iam.gke.io/gcp-service-account: a@b } } }
`,
  },
]);

const AZURE = `
storage: { azure: { account: data, container: data } }
pachd:
  serviceAccount: { annotations: &id { azure.workload.identity/client-id: id } }
  worker: { serviceAccount: { annotations: *id } }
`;

describeRule('STO016', [
  {
    shows: 'a label that asks for nothing',
    document: `${AZURE}  placement: { labels: { azure.workload.identity/use: ▸'True' } }
pachw: { placement: { labels: { azure.workload.identity/use: ▸'false' } } }
`,
    says: ['pachd gets no token', 'pachw gets no token'],
    severity: 'warning',
  },
  { shows: 'no label, which is set', document: AZURE },
  {
    shows: 'the label',
    document: `${AZURE}  placement: { labels: { azure.workload.identity/use: 'true' } }\n`,
  },
  {
    shows: 'neither a key nor an identity',
    document: 'storage: { ▸azure: { account: data, container: data } }',
    says: ['pachyderm has no identity', 'only if the identity of the nodes may'],
    severity: 'warning',
  },
  {
    shows: 'an account that exists already, whose annotations are not known',
    document: `
storage: { ▸azure: { account: data, container: data } }
pachd: { serviceAccount: { name: azure-account, create: false }, worker: { serviceAccount: { create: false } } }
`,
    says: ['pachd gets no token for the identity of azure-account'],
  },
  {
    shows: 'that account with the label',
    document: `
storage: { azure: { account: data, container: data } }
pachd:
  serviceAccount: { name: azure-account, create: false }
  placement: { labels: { azure.workload.identity/use: 'true' } }
`,
  },
  {
    shows: 'an identity of pipelines alone, which STO015 speaks of',
    document: `
storage: { azure: { account: data, container: data } }
pachd: { worker: { serviceAccount: { annotations: { azure.workload.identity/client-id: id } } } }
`,
  },
  {
    shows: 'an identity that the environment names',
    document: `
storage: { azure: { account: data, container: data } }
pachd: { environment: { AZURE_CLIENT_ID: id } }
`,
  },
  { shows: 'the key', document: 'storage: { azure: { account: data, container: data, key: { env: KEY } } }' },
  {
    shows: 'a release that needs a key anyway, as STO017 says',
    document: 'release: 2.8.10\nstorage: { azure: { account: data, container: data } }',
  },
  {
    shows: 'nodes that may open the container',
    document: `
storage: { azure: { account: data, container: data } }
pachd: { placement: { labels: { azure.workload.identity/use: 'false' } } }
`,
  },
]);

describeRule('STO017', [
  {
    shows: 'a release that needs the key',
    document: 'release: 2.8.10\nstorage: { ▸azure: { account: data, container: data } }',
    says: ['with the key of the storage account only'],
    severity: 'error',
  },
  {
    shows: 'the key',
    document: 'release: 2.8.10\nstorage: { azure: { account: data, container: data, key: { env: KEY } } }',
  },
  {
    shows: 'a release that takes an identity',
    document: 'release: 2.9.0\nstorage: { azure: { account: data, container: data } }',
  },
]);

describeRule('STO018', [
  { shows: 'no bucket of S3', document: 'storage: { ▸s3: {} }', says: ['which bucket'], severity: 'error' },
  { shows: 'no bucket of GCS', document: 'storage: { ▸gcs: {} }', says: ['which bucket'] },
  { shows: 'no container', document: 'storage: { ▸azure: { account: data } }', says: ['which container'] },
  {
    shows: 'a URL that the release does not read',
    document: 'release: 2.8.10\nstorage: { ▸s3: { region: eu-central-1 }, url: s3://data }',
    says: ['Nothing says which bucket pachd 2.8.10 opens'],
  },
  { shows: 'a URL', document: 'storage: { s3: {}, url: s3://data }' },
  { shows: 'a URL of a container', document: 'storage: { azure: { account: data }, url: azblob://data }' },
  { shows: 'a bucket', document: 'storage: { gcs: { bucket: data } }' },
]);

const PROXY = 'cloudSqlProxy: { connectionName: acme:eu:db }';

describeRule('STO019', [
  {
    shows: 'neither host nor password',
    document: 'database: { ▸▸external: {} }',
    says: ['is missing the required key "host"', 'is missing the required key "password"'],
    severity: 'error',
  },
  {
    shows: 'the proxy without a login',
    document: `database: { ▸external: { ${PROXY} } }`,
    says: ['is missing the required key "password"'],
  },
  {
    shows: 'two logins',
    document: `database: { external: { ${PROXY}, user: a@b, ▸password: { env: A }, iamLogin: true } }`,
    says: ['The password is ignored'],
    severity: 'warning',
  },
  { shows: 'host and password', document: 'database: { external: { host: db, password: { env: A } } }' },
  {
    shows: 'the proxy and a password',
    document: `database: { external: { ${PROXY}, password: { env: A } } }`,
  },
  {
    shows: 'a proxy of their own',
    document: 'database: { external: { host: db, user: a@b, iamLogin: true } }',
  },
]);

describeRule('STO020', [
  {
    shows: 'a user that is no identity',
    document: `database: { external: { ${PROXY}, user: ▸postgres, iamLogin: true } }`,
    says: ['Cloud SQL IAM user authentication failed'],
    severity: 'error',
  },
  {
    shows: 'the user that is taken unless there is another',
    document: `database: { external: { ${PROXY}, iamLogin: ▸true } }`,
    says: ['knows no user pachyderm'],
  },
  {
    shows: 'the whole address of a service account',
    document: `database: { external: { host: db, user: ▸pach@acme.iam.gserviceaccount.com, iamLogin: true } }`,
    says: ['knows no user pach@acme.iam.gserviceaccount.com'],
  },
  {
    shows: 'a service account as Cloud SQL names it',
    document: `database: { external: { ${PROXY}, user: pach@acme.iam, iamLogin: true } }`,
  },
  {
    shows: 'a user with a password',
    document: `database: { external: { ${PROXY}, user: postgres, password: { env: A } } }`,
  },
]);

describeRule('STO026', [
  {
    shows: 'a claim that is not there',
    document: 'etcd: { inMemory: true, ▸size: 20Gi, ▸storageClass: fast }',
    says: ['etcd.size has no effect: with inMemory: true there is no volume claim', 'etcd.storageClass'],
    severity: 'warning',
  },
  {
    shows: 'the Job of another release',
    document: 'pachd: { ▸configJob: { annotations: { a: b } } }',
    says: ['pachd 2.12.0-rc.3 bootstraps itself'],
  },
  {
    shows: 'a Job that the release does not have',
    document: 'release: 2.6.11\n▸preflightJob: {}',
    says: ['the Job comes with 2.7'],
  },
  { shows: 'a Job that it has', document: 'release: 2.7.0\npreflightJob: {}' },
  {
    shows: 'what Console of 2.2 does not know',
    document: 'release: 2.2.8\nconsole: { ▸refetchInterval: 3000 }',
    says: ['Console of release 2.2.8 does not know it'],
  },
  {
    shows: 'a certificate that Console would trust, where there is none',
    document: 'console: { ▸customCertificateAuthority: true }',
    says: ['the cluster has no TLS Secret whose certificate Console could trust'],
  },
  {
    shows: 'ports that nodes do not open',
    document: `
etcd: { service: { ▸nodePort: 31000 } }
console: { service: { type: LoadBalancer, ▸nodePort: 31001 } }
database:
  internal: { service: { ▸nodePort: 31002 } }
  pgBouncer: { service: { ▸nodePort: 31003 } }
`,
    says: [
      'a Service of type ClusterIP opens no port',
      'a Service of type LoadBalancer opens no port',
      'database.internal.service.nodePort has no effect',
      'database.pgBouncer.service.nodePort has no effect',
    ],
  },
  {
    shows: 'fields that are read',
    document: `
etcd: { size: 20Gi, service: { type: NodePort, nodePort: 31000 } }
console: { refetchInterval: 3000, customCertificateAuthority: true }
access: { host: pach.example.com, tls: { secretName: public } }
`,
  },
  {
    shows: 'the Job of 2.2',
    document: 'release: 2.2.8\npachd: { configJob: { annotations: { a: b } } }',
  },
]);

describeRule('STO027', [
  {
    shows: 'etcd in memory in production',
    document: 'etcd: { inMemory: ▸true }',
    says: ['gone whenever its pod restarts'],
    severity: 'warning',
  },
  { shows: 'etcd with a volume', document: 'etcd: { inMemory: false }' },
  { shows: 'a cluster to try things', document: 'profile: dev\netcd: { inMemory: true }' },
]);

const MINIO =
  'minio: { bucket: data, endpoint: "minio:9000", credentials: { id: { env: ID }, secret: { env: SECRET } } }';

describeRule('STO025', [
  {
    shows: 'a release that opens buckets by URL',
    document: `release: 2.11.6\nstorage: { ▸${MINIO} }`,
    says: ['unrecognized storage backend: MINIO'],
    severity: 'error',
  },
  { shows: 'the first of them', document: `release: 2.10.0\nstorage: { ▸${MINIO} }`, says: ['pachd 2.10.0'] },
  { shows: 'the last with the backend', document: `release: 2.9.0\nstorage: { ${MINIO} }` },
  { shows: 'an old one', document: `release: 2.2.8\nstorage: { ${MINIO} }` },
  {
    shows: 'the server as one that speaks S3',
    document: 'release: 2.11.6\nstorage: { s3: { bucket: data, endpoint: "minio:9000", disableSSL: true } }',
  },
]);

test('MinIO as the one backend is no disk of one node, and a URL beside it is not read', () => {
  const found = findingsOf(
    `apiVersion: pachkit/v1\nrelease: 2.9.0\nstorage: { url: "s3://data", ${MINIO} }\n`,
  ).map(([code]) => code);
  expect(found).toContain('STO004');
  expect(found).not.toContain('STO002');
});

describeRule('STO028', [
  {
    shows: 'a release without snapshots',
    document: 'release: 2.11.6\nstorage: { s3: { bucket: data } }\n▸restoreSnapshot: { snapshotID: 1 }',
    says: ['pachd 2.11.6 has no snapshots'],
    severity: 'error',
  },
  {
    shows: 'the directory of a node',
    document: 'profile: dev\n▸restoreSnapshot: { snapshotID: 1 }',
    says: ['storage URL required'],
  },
  {
    shows: 'an enterprise server',
    document: 'enterpriseServer: {}\n▸restoreSnapshot: { snapshotID: 1 }',
    says: ['An enterprise server has no snapshots'],
  },
  {
    shows: 'a bucket',
    document: 'storage: { s3: { bucket: data } }\nrestoreSnapshot: { snapshotID: 1 }',
  },
]);

describeRule('STO029', [
  {
    shows: 'names that Google does not give',
    document: `
database:
  external:
    user: pachyderm
    password: { env: DB }
    cloudSqlProxy: { connectionName: ▸PgConnectionName, serviceAccount: ▸proxy }
`,
    severity: 'warning',
    says: ['knows no instance PgConnectionName', 'proxy is not the e-mail address'],
  },
  {
    shows: 'an instance, one of a project with a domain, and an account',
    document: `
database:
  external:
    user: pachyderm
    password: { env: DB }
    cloudSqlProxy:
      connectionName: acme.com:data:europe-west1:pachyderm
      serviceAccount: proxy@data.iam.gserviceaccount.com
`,
  },
]);
