import { diagnosticsOf } from '../../support/check-document';
import { describeRule } from '../../support/rule-cases';

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
pachd: { serviceAccount: { annotations: { ▸eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/pachyderm' } } }
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
  worker: { serviceAccount: { annotations: { ▸iam.gke.io/gcp-service-account: data@acme.iam.gserviceaccount.com } } }
`,
    says: ['pachd runs as mine, which has no iam.gke.io/gcp-service-account'],
  },
  {
    shows: 'an identity of Azure for pachd alone',
    document: `
storage: { azure: { account: data, container: data } }
pachd: { serviceAccount: { annotations: { ▸azure.workload.identity/client-id: 00000000-0000-0000-0000-000000000000 } } }
`,
    says: ['has no azure.workload.identity/client-id'],
  },
  {
    shows: 'roles for both',
    document: `
storage: { s3: { bucket: data } }
pachd:
  serviceAccount: { annotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/pachyderm' } }
  worker: { serviceAccount: { annotations: { eks.amazonaws.com/role-arn: 'arn:aws-cn:iam::123456789012:role/team/pipelines' } } }
`,
  },
  {
    shows: 'an account that someone else made',
    document: `
storage: { s3: { bucket: data } }
pachd:
  serviceAccount: { annotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/pachyderm' } }
  worker: { serviceAccount: { create: false } }
`,
  },
  {
    shows: 'credentials beside a role',
    document: `
storage: { s3: { bucket: data, credentials: { id: { env: A }, secret: { env: B } } } }
pachd: { serviceAccount: { annotations: { eks.amazonaws.com/role-arn: pachyderm } } }
`,
  },
  {
    shows: 'a role of another cloud, once for each account',
    document: `
storage: { s3: { bucket: data } }
pachd:
  serviceAccount: { annotations: { ▸iam.gke.io/gcp-service-account: data@acme.iam.gserviceaccount.com } }
  worker: { serviceAccount: { annotations: { ▸iam.gke.io/gcp-service-account: data@acme.iam.gserviceaccount.com } } }
`,
    says: ['which has iam.gke.io/gcp-service-account, of another cloud than the bucket is in'],
  },
  {
    shows: 'the name of a role in place of its ARN',
    document: `
storage: { s3: { bucket: data } }
pachd:
  serviceAccount: { annotations: { eks.amazonaws.com/role-arn: ▸pachyderm } }
  worker: { serviceAccount: { annotations: { eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/pachyderm' } } }
`,
    says: ['whose eks.amazonaws.com/role-arn is not the ARN of a role'],
  },
  {
    shows: 'a member of a policy in place of an e-mail address',
    document: `
storage: { gcs: { bucket: data } }
pachd:
  serviceAccount: { annotations: { iam.gke.io/gcp-service-account: ▸'serviceAccount:data@acme.iam.gserviceaccount.com' } }
  worker: { serviceAccount: { annotations: { iam.gke.io/gcp-service-account: data@acme.iam.gserviceaccount.com } } }
`,
    says: ['is not the e-mail address of a service account of Google'],
  },
  {
    shows: 'what is filled in later',
    document: `
storage: { s3: { bucket: data } }
pachd:
  serviceAccount: { annotations: { eks.amazonaws.com/role-arn: '\${ROLE}' } }
  worker: { serviceAccount: { annotations: { eks.amazonaws.com/role-arn: '{{ role }}' } } }
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
