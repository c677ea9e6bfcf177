import { App } from 'cdk8s';
import YAML from 'yaml';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { writtenSecrets } from '../../src/model/written-secrets';
import { SERVER_CERTIFICATE, SERVER_KEY } from '../support/certificate';
import { clusterOf } from '../support/cluster-of';
import { environmentOf, objectsIn, readEmbedded, type Objects } from '../support/objects-of';

type Document = Partial<ClusterDocument>;

const objectsOf = (document: Document = {}): Objects =>
  objectsIn(new PachydermChart(new App(), 'chart', clusterOf(withServer(document))));
const withServer = (document: Document): Document => ({
  namespace: 'enterprise',
  enterprise: { licenseKey: 'license' },
  enterpriseServer: {},
  ...document,
});
const deploymentOf = (document?: Document) => objectsOf(document).get('Deployment/pach-enterprise');
const containerOf = (document?: Document) => deploymentOf(document).spec.template.spec.containers[0];
const secret = (name: string, key: string) => ({ secretKeyRef: { name, key } });
const config = (key: string) => ({ configMapKeyRef: { name: 'pachyderm-identity-config', key } });

describe('an enterprise server', () => {
  it('runs in the place of pachd, without storage, workers and rights', () => {
    expect([...objectsOf().names].sort()).toEqual(
      [
        'ConfigMap/postgres-init-scripts',
        'ConfigMap/pachyderm-identity-config',
        'ConfigMap/pachyderm-proxy-config',
        'Deployment/pach-enterprise',
        'Deployment/pachyderm-proxy',
        'Deployment/pg-bouncer',
        'Secret/pachyderm-auth',
        'Secret/pachyderm-deployment-id-secret',
        'Secret/pachyderm-enterprise',
        'Secret/pachyderm-license',
        'Secret/postgres',
        'Service/console-proxy-backend',
        'Service/etcd',
        'Service/etcd-headless',
        'Service/pach-enterprise',
        'Service/pachd-proxy-backend',
        'Service/pachyderm-proxy',
        'Service/pg-bouncer',
        'Service/postgres',
        'Service/postgres-headless',
        'StatefulSet/etcd',
        'StatefulSet/postgres',
      ].sort(),
    );
    expect(writtenSecrets(clusterOf(withServer({})))).not.toHaveProperty('pachyderm-storage-secret');
  });

  it('is pachd in another mode, as the official chart has it', () => {
    expect(deploymentOf()).toMatchObject({
      metadata: { namespace: 'enterprise', labels: { app: 'pach-enterprise', suite: 'pachyderm' } },
      spec: { replicas: 1, selector: { matchLabels: { app: 'pach-enterprise', suite: 'pachyderm' } } },
    });
    expect(containerOf()).toMatchObject({
      name: 'pachd',
      image: 'pachyderm/pachd:2.11.6',
      command: ['/pachd', '--mode=enterprise'],
      envFrom: [{ secretRef: { name: 'pachyderm-deployment-id-secret' } }],
      ports: [
        { name: 'api-grpc-port', containerPort: 1650 },
        { name: 'peer-port', containerPort: 1653 },
        { name: 'oidc-port', containerPort: 1657 },
        { name: 'identity-port', containerPort: 1658 },
        { name: 'prom-metrics', containerPort: 1656 },
      ],
      readinessProbe: { exec: { command: ['/pachd', '--readiness'] } },
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      securityContext: { runAsUser: 1000, readOnlyRootFilesystem: true },
    });
    expect(deploymentOf().spec.template.spec.serviceAccountName).toBeUndefined();
  });

  it('takes license, logins and roles from where pachd does', () => {
    const environment = environmentOf(
      deploymentOf({
        auth: { roleBindings: { 'user:ada@acme.com': ['clusterAdmin'] } },
        identity: {
          connectors: [
            { type: 'mockPassword', id: 'test', name: 'test', config: { username: 'a', password: 'b' } },
          ],
          clients: [{ id: 'notebooks', secret: 'c', redirectURIs: ['https://notebooks.acme.com'] }],
          trustedPeers: ['notebooks'],
        },
        network: { httpProxy: 'http://proxy:3128', noProxy: '.svc' },
        database: { identityName: 'logins' },
      }),
    );
    expect(environment).toEqual({
      POSTGRES_HOST: 'postgres',
      POSTGRES_PORT: '5432',
      POSTGRES_USER: 'pachyderm',
      POSTGRES_DATABASE: 'pachyderm',
      POSTGRES_PASSWORD: secret('postgres', 'postgresql-password'),
      PG_BOUNCER_HOST: 'pg-bouncer',
      PG_BOUNCER_PORT: '5432',
      IDENTITY_SERVER_DATABASE: 'logins',
      LICENSE_KEY: secret('pachyderm-license', 'enterprise-license-key'),
      ENTERPRISE_SECRET: secret('pachyderm-enterprise', 'enterprise-secret'),
      IDP_CONNECTORS: secret('pachyderm-identity', 'upstream-idps'),
      IDP_CONFIG: config('identity-config'),
      ACTIVATE_AUTH: 'true',
      AUTH_ROOT_TOKEN: secret('pachyderm-auth', 'root-token'),
      AUTH_CONFIG: secret('pachyderm-auth', 'auth-config'),
      AUTH_CLIENT_SECRET: secret('pachyderm-auth', 'pachd-oauth-client-secret'),
      IDP_CLIENTS: config('oidc-clients'),
      TRUSTED_PEERS: config('trusted-peers'),
      AUTH_CLUSTER_RBAC: secret('pachyderm-auth', 'cluster-role-bindings'),
      http_proxy: 'http://proxy:3128',
      https_proxy: 'http://proxy:3128',
      HTTP_PROXY: 'http://proxy:3128',
      HTTPS_PROXY: 'http://proxy:3128',
      no_proxy: '.svc',
      NO_PROXY: '.svc',
      IDP_ADDITIONAL_CLIENTS: secret('pachyderm-identity-extras', 'additional-oidc-clients'),
    });
  });

  it('has the settings of the document', () => {
    const objects = objectsOf({
      enterpriseServer: {
        image: { tag: '2.11.5', pullPolicy: 'Always' },
        resources: { requests: { cpu: 1 } },
        placement: { annotations: { a: '1' }, labels: { team: 'data' }, nodeSelector: { disk: 'ssd' } },
        service: {
          type: 'NodePort',
          ports: { grpc: 31000 },
          labels: { team: 'data' },
          annotations: { 'prometheus.io/scrape': 'false' },
        },
        environment: { LOG_LEVEL: 'debug' },
      },
    });
    expect(objects.get('Service/pach-enterprise')).toMatchObject({
      metadata: {
        labels: { app: 'pach-enterprise', suite: 'pachyderm', team: 'data' },
        annotations: { 'prometheus.io/port': '1656', 'prometheus.io/scrape': 'false' },
      },
      spec: {
        type: 'NodePort',
        selector: { app: 'pach-enterprise' },
        ports: [
          {
            name: 'api-grpc-port',
            port: 31000,
            nodePort: 31000,
            targetPort: 'api-grpc-port',
            protocol: 'TCP',
          },
          { name: 'oidc-port', port: 31657, nodePort: 31657, targetPort: 'oidc-port' },
          { name: 'identity-port', port: 31658, nodePort: 31658, targetPort: 'identity-port' },
          { name: 'prom-metrics', port: 31656, nodePort: 31656, targetPort: 'prom-metrics', protocol: 'TCP' },
        ],
      },
    });
    const { template } = objects.get('Deployment/pach-enterprise').spec;
    expect(template.metadata).toMatchObject({
      labels: { app: 'pach-enterprise', team: 'data' },
      annotations: { a: '1' },
    });
    expect(template.spec).toMatchObject({ nodeSelector: { disk: 'ssd' } });
    expect(template.spec.containers[0]).toMatchObject({
      image: 'pachyderm/pachd:2.11.5',
      imagePullPolicy: 'Always',
      resources: { requests: { cpu: '1' } },
      env: expect.arrayContaining([{ name: 'LOG_LEVEL', value: 'debug' }]) as object[],
    });
  });

  it('is pulled from a mirror where the document names one', () => {
    expect(containerOf({ images: { registry: 'mirror.acme.com' } }).image).toBe(
      'mirror.acme.com/pachyderm/pachd:2.11.6',
    );
  });

  it('serves a certificate, its own or that of the document', () => {
    const tls = { secretName: 'tls', customCertificateAuthority: true };
    const objects = objectsOf({
      enterpriseServer: { tls: { ...tls, newSecret: { certificate: SERVER_CERTIFICATE, key: SERVER_KEY } } },
    });
    expect(objects.get('Secret/tls').stringData).toEqual({
      'tls.crt': SERVER_CERTIFICATE,
      'tls.key': SERVER_KEY,
    });
    const { spec } = objects.get('Deployment/pach-enterprise').spec.template;
    expect(spec.volumes).toContainEqual({ name: 'pachd-tls-cert', secret: { secretName: 'tls' } });
    expect(environmentOf(objects.get('Deployment/pach-enterprise'))).toMatchObject({
      SSL_CERT_DIR: '/pachd-tls-cert',
    });
    expect(objectsOf({ enterpriseServer: { tls } }).has('Secret/tls')).toBe(false);
  });

  it('is what the proxy and the Ingress lead to', () => {
    expect(objectsOf().get('Service/pachd-proxy-backend').spec).toMatchObject({
      selector: { app: 'pach-enterprise', suite: 'pachyderm' },
    });
    const ingress = objectsOf({
      access: { via: 'ingress', host: 'login.acme.com', ingress: { through: 'services' } },
    }).get('Ingress/console') as unknown as { spec: { rules: { http: { paths: object[] } }[] } };
    expect(ingress.spec.rules[0]?.http.paths).toMatchObject([
      { path: '/dex', backend: { service: { name: 'pach-enterprise', port: { name: 'identity-port' } } } },
      {
        path: '/authorization-code/callback',
        backend: { service: { name: 'pach-enterprise', port: { name: 'oidc-port' } } },
      },
    ]);
  });

  it.each([
    [{}, 'http://pach-enterprise:31658/dex'],
    [{ access: { via: 'portForward' } }, 'http://pach-enterprise:31658'],
    [{ access: { via: 'nodePort', host: '10.0.0.1' } }, 'http://10.0.0.1:31658'],
    [
      { access: { via: 'proxy', host: 'login.acme.com', tls: { secretName: 'tls' } } },
      'https://login.acme.com/dex',
    ],
  ] as const)('with %j is Dex at its own address', (document, issuer) => {
    const objects = objectsOf(document);
    const { data } = objects.get('ConfigMap/pachyderm-identity-config');
    expect(readEmbedded(data['identity-config'])).toMatchObject({ issuer });
    expect(readEmbedded(objects.get('Secret/pachyderm-auth').stringData['auth-config'])).toMatchObject({
      issuer,
    });
  });

  it('of 2.2 is bootstrapped by the Job', () => {
    const objects = objectsOf({ release: '2.2.8', identity: {} });
    expect(environmentOf(objects.get('Deployment/pach-enterprise'))).not.toHaveProperty('ACTIVATE_AUTH');
    expect(objects.get('Deployment/pach-enterprise').spec.template.spec).toMatchObject({
      securityContext: { runAsUser: 1000, runAsGroup: 1000 },
    });
    const job = objects.all.find(({ kind }) => kind === 'Job');
    expect(job && environmentOf(job)).toMatchObject({ PACH_ADDR: 'grpc://pach-enterprise:31650' });
    const { stringData } = objects.get('Secret/pachyderm-bootstrap-config');
    expect(Object.keys(stringData)).toEqual(
      expect.arrayContaining(['license', 'enterpriseSecret', 'rootToken']),
    );
    expect(YAML.parse(stringData['identityServiceConfig'] ?? '')).toMatchObject({
      issuer: 'http://pach-enterprise:31658',
    });
  });

  it('restarts when its secrets change', () => {
    const checksum = (rootToken: string) =>
      deploymentOf({ auth: { rootToken } }).spec.template.metadata.annotations?.[
        'pachkit.dev/configuration-checksum'
      ];
    expect(checksum('a'.repeat(32))).not.toBe(checksum('b'.repeat(32)));
  });
});
