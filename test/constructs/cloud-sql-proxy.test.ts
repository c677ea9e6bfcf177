import { CloudSqlProxy } from '../../src/constructs/cloud-sql-proxy';
import { PgBouncer } from '../../src/constructs/pg-bouncer';
import { pachdEnvironment } from '../../src/constructs/pachd-environment';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { writtenSecrets } from '../../src/model/written-secrets';
import { clusterOf } from '../support/cluster-of';
import { Manifests, variablesOf } from '../support/manifests';

type External = NonNullable<NonNullable<ClusterDocument['database']>['external']>;

const connectionName = 'acme:europe-west1:pachyderm';
const withExternal = (external: External, more: Partial<ClusterDocument> = {}): Partial<ClusterDocument> => ({
  ...more,
  database: { external },
});
const objectsOf = (external: External, more?: Partial<ClusterDocument>): Manifests =>
  new Manifests((chart) => new CloudSqlProxy(chart, 'proxy', clusterOf(withExternal(external, more))));
const containerOf = (objects: Manifests) =>
  objects.deployment('cloudsql-auth-proxy').spec.template.spec.containers[0];

const login: External = {
  user: 'pachyderm@acme.iam',
  iamLogin: true,
  cloudSqlProxy: { connectionName, serviceAccount: 'pachyderm@acme.iam.gserviceaccount.com' },
};

describe('the Cloud SQL Auth Proxy', () => {
  it('is a Deployment, a Service in front of it and an account with an identity', () => {
    const objects = objectsOf(login, { namespace: 'data' });
    expect(objects.names).toEqual([
      'Deployment/cloudsql-auth-proxy',
      'Service/cloudsql-auth-proxy',
      'ServiceAccount/k8s-cloudsql-auth-proxy',
    ]);
    for (const object of objects.all) expect(object).toMatchObject({ metadata: { namespace: 'data' } });
    expect(objects.all).toContainEqual(
      expect.objectContaining({
        metadata: expect.objectContaining({
          annotations: { 'iam.gke.io/gcp-service-account': 'pachyderm@acme.iam.gserviceaccount.com' },
        }) as object,
      }),
    );
    const { spec } = objects.deployment('cloudsql-auth-proxy');
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
    expect(spec.template.metadata.labels).toMatchObject(objects.service('cloudsql-auth-proxy').spec.selector);
  });

  it('is told by variables from 2.9 on', () => {
    const container = containerOf(objectsOf(login));
    expect(container.image).toBe('gcr.io/cloud-sql-connectors/cloud-sql-proxy:2.8.2');
    expect(container.args).toEqual(['--private-ip']);
    expect(container.command).toBeUndefined();
    expect(variablesOf(objectsOf(login).deployment('cloudsql-auth-proxy'))).toEqual({
      CSQL_PROXY_INSTANCE_CONNECTION_NAME: connectionName,
      CSQL_PROXY_PORT: '5432',
      CSQL_PROXY_ADDRESS: '0.0.0.0',
      CSQL_PROXY_AUTO_IAM_AUTHN: 'true',
    });
    const byPassword = objectsOf({ password: 'a', cloudSqlProxy: { connectionName, privateIP: false } });
    expect(variablesOf(byPassword.deployment('cloudsql-auth-proxy'))).not.toHaveProperty(
      'CSQL_PROXY_AUTO_IAM_AUTHN',
    );
    expect(containerOf(byPassword).args).toBeUndefined();
  });

  it('is told by its command line before', () => {
    expect(containerOf(objectsOf(login, { release: '2.2.8' }))).toMatchObject({
      image: 'gcr.io/cloudsql-docker/gce-proxy:1.23.0',
      command: ['/cloud_sql_proxy', '-enable-iam-login', `-instances=${connectionName}=tcp:0.0.0.0:5432`],
    });
  });

  it('follows placement and security of the document', () => {
    const placed = objectsOf(
      { ...login, cloudSqlProxy: { connectionName, placement: { nodeSelector: { a: 'b' } } } },
      { securityContexts: false, images: { pullSecrets: ['regcred'] } },
    ).deployment('cloudsql-auth-proxy').spec.template.spec;
    expect(placed).toMatchObject({ nodeSelector: { a: 'b' }, imagePullSecrets: [{ name: 'regcred' }] });
    expect(placed.securityContext).toBeUndefined();
    expect(objectsOf(login).deployment('cloudsql-auth-proxy').spec.template.spec).toMatchObject({
      securityContext: { runAsNonRoot: true },
    });
  });

  it('is the host that pachd and pg-bouncer connect to, without TLS', () => {
    const { database } = clusterOf(withExternal(login, { namespace: 'data' }));
    expect(database).toMatchObject({
      host: 'cloudsql-auth-proxy.data.svc.cluster.local.',
      port: 5432,
      sslMode: 'disable',
    });
    expect(clusterOf(withExternal({ ...login, host: 'mine' })).database.host).toBe('mine');
  });
});

describe('a login without a password', () => {
  it('needs no Secret, and has the words of the official chart in its place', () => {
    const cluster = clusterOf(withExternal(login));
    expect(writtenSecrets(cluster)).not.toHaveProperty('postgres');
    const pgBouncer = new Manifests((chart) => new PgBouncer(chart, 'pg-bouncer', cluster));
    expect(variablesOf(pgBouncer.deployment('pg-bouncer'))).toMatchObject({
      POSTGRESQL_PASSWORD: 'password',
    });
    for (const workload of ['pachd', 'pachw'] as const)
      expect(pachdEnvironment(cluster, workload)).toContainEqual({
        name: 'POSTGRES_PASSWORD',
        value: 'Using-iamLogin',
      });
  });
});
