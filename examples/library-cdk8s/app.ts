/** A cluster beside a Deployment of one's own, which may reach pachd and nothing else. Run it: `node app.js`. */
import { ApiObject, App, Chart } from 'cdk8s';
import { existingSecret, PachydermCluster } from 'pachkit';

const app = new App();
const chart = new Chart(app, 'data', { namespace: 'data' });

const pachyderm = new PachydermCluster(chart, 'pachyderm', {
  release: '2.11.6',
  access: { via: 'ingress', host: 'pachyderm.acme.com', tls: { secretName: 'pachyderm-tls' } },
  auth: {
    rootToken: existingSecret('pachyderm-root', 'root-token'),
    clientSecret: existingSecret('pachyderm-clients', 'pachd'),
    roleBindings: { 'user:ada@acme.com': ['clusterAdmin'], allClusterUsers: ['projectCreator'] },
  },
  console: { clientSecret: existingSecret('pachyderm-clients', 'console') },
  enterprise: {
    licenseKey: existingSecret('pachyderm-license-key', 'key'),
    secret: existingSecret('pachyderm-license-key', 'enterprise-secret'),
  },
  identity: { connectorsFrom: existingSecret('pachyderm-connectors', 'connectors.yaml') },
  storage: { s3: { bucket: 'acme-pachyderm', region: 'eu-west-1' } },
  database: {
    external: {
      host: 'postgres.acme.com',
      password: existingSecret('pachyderm-postgres', 'password'),
    },
    sslMode: 'require',
  },
});
for (const { code, message } of pachyderm.warnings) console.error(`warning ${code}: ${message}`);
pachyderm.pachd.deployment.metadata.addAnnotation('acme.com/team', 'data');

const labels = { app: 'ingest' };
new ApiObject(chart, 'ingest', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'ingest', labels },
  spec: {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name: 'ingest',
            image: 'registry.acme.com/ingest:1.4.0',
            env: [{ name: 'PACHD_ADDRESS', value: `grpc://${pachyderm.pachd.peerService.name}:30653` }],
          },
        ],
      },
    },
  },
});
new ApiObject(chart, 'ingest-egress', {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'ingest' },
  spec: {
    podSelector: { matchLabels: labels },
    policyTypes: ['Egress'],
    egress: [
      {
        to: [{ podSelector: { matchLabels: { app: pachyderm.pachd.deployment.name, suite: 'pachyderm' } } }],
        ports: [{ protocol: 'TCP', port: 1653 }],
      },
      {
        to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
        ports: [{ protocol: 'UDP', port: 53 }],
      },
    ],
  },
});

app.synth();
