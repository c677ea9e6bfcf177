import { describeRule } from '../support/rule-cases';
import { findingsOf } from '../support/check-document';

const HEAD = 'release: 2.11.6\nenterprise: { licenseKey: { env: LICENSE } }';

describeRule('ENT001', [
  {
    shows: 'a release without enterprise servers',
    document: 'release: 2.12.0-rc.3\n▸enterpriseServer: {}',
    says: ['pachd 2.12.0-rc.3 does not run as an enterprise server'],
    severity: 'error',
  },
  { shows: 'the last with them', document: `${HEAD}\nenterpriseServer: {}` },
  { shows: 'a cluster that is none', document: 'release: 2.12.0-rc.3' },
]);

const MEMBER =
  'member: { serverAddress: "grpc://pach-enterprise.other:31650", callbackAddress: "grpc://pachd.data:30650", serverToken: { env: TOKEN } }';

describeRule('ENT002', [
  {
    shows: 'a server that is a member too',
    document: `
release: 2.11.6
enterpriseServer: {}
enterprise: { licenseKey: { env: LICENSE }, ▸${MEMBER} }
`,
    says: ['An enterprise server cannot be a member of another'],
    severity: 'error',
  },
  {
    shows: 'a server that leaves Dex to another program',
    document: `${HEAD}\nenterpriseServer: {}\nidentity: { ▸dex: standalone }`,
    says: ['a server with a standalone Dex does not have one'],
  },
  { shows: 'a server', document: `${HEAD}\nenterpriseServer: {}\nidentity: {}` },
  {
    shows: 'a member',
    document: `release: 2.11.6\nenterprise: { licenseKey: { env: LICENSE }, ${MEMBER} }`,
  },
]);

describeRule('ENT003', [
  {
    shows: 'sections of a cluster that has data',
    document: `${HEAD}
enterpriseServer: {}
▸storage: { s3: { bucket: data, region: eu-west-1 } }
▸pachd: { replicas: 2 }
▸pachw: { maxReplicas: 4 }
▸loki: { enabled: true }
console: { enabled: ▸true }
`,
    says: [
      'storage has no effect',
      'pachd has no effect',
      'pachw has no effect',
      'loki has no effect',
      'Console looks for pachd-peer',
    ],
    severity: 'warning',
  },
  {
    shows: 'pachd beside the Job that bootstraps 2.2',
    document: `
release: 2.2.8
enterprise: { licenseKey: { env: LICENSE } }
enterpriseServer: {}
pachd: { ▸replicas: 2, configJob: { annotations: { a: b } } }
`,
    says: ['pachd.replicas has no effect'],
  },
  { shows: 'a server', document: `${HEAD}\nenterpriseServer: { service: { type: LoadBalancer } }` },
  { shows: 'a cluster with data', document: `${HEAD}\npachd: { replicas: 2 }` },
]);

test('a server needs no storage, and has ports of its own', () => {
  const found = findingsOf(`apiVersion: pachkit/v1
${HEAD}
access: { via: nodePort, host: 10.0.0.1 }
enterpriseServer: { service: { ports: { grpc: 31000, oidc: 31000, identity: 1658 } } }
`);
  expect(found.map(([code]) => code)).not.toContain('STO002');
  expect(found.filter(([code]) => code === 'ACC008').map((entry) => entry[3])).toEqual([
    expect.stringContaining(
      'enterpriseServer.service.ports.oidc is 31000, as enterpriseServer.service.ports.grpc is; Kubernetes refuses the Service pach-enterprise',
    ),
    expect.stringContaining('enterpriseServer.service.ports.identity, which cannot be 1658'),
  ]);
});
