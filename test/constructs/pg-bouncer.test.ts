import { spawnSync } from 'node:child_process';
import { PgBouncer } from '../../src/constructs/pg-bouncer';
import { CHECKSUM_ANNOTATION } from '../../src/constructs/support/checksum';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { Manifests, variablesOf, type WorkloadManifest } from '../support/manifests';

const objectsOf = (document: Partial<ClusterDocument> = {}): Manifests =>
  new Manifests((chart) => new PgBouncer(chart, 'pg-bouncer', clusterOf(document)));

const deploymentOf = (document?: Partial<ClusterDocument>): WorkloadManifest =>
  objectsOf(document).deployment('pg-bouncer');

const checksumOf = (document: Partial<ClusterDocument>): string | undefined =>
  deploymentOf(document).spec.template.metadata.annotations?.[CHECKSUM_ANNOTATION];

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

describe('PgBouncer', () => {
  it('leads to the server in the namespace', () => {
    expect(variablesOf(deploymentOf({ namespace: 'data' }))).toMatchObject({
      POSTGRESQL_HOST: 'postgres.data.svc.cluster.local',
      POSTGRESQL_PORT: '5432',
      POSTGRESQL_USERNAME: 'pachyderm',
      POSTGRESQL_PASSWORD: { secretKeyRef: { name: 'postgres', key: 'postgresql-password' } },
    });
  });

  it('leads to a server elsewhere', () => {
    const password = { existing: { name: 'cloudsql', key: 'password' } };
    const external = { host: 'db.acme.com', port: 6432, user: 'pach', password };
    expect(variablesOf(deploymentOf({ database: { external, authType: 'scram-sha-256' } }))).toMatchObject({
      POSTGRESQL_HOST: 'db.acme.com',
      POSTGRESQL_PORT: '6432',
      POSTGRESQL_USERNAME: 'pach',
      POSTGRESQL_PASSWORD: { secretKeyRef: { name: 'cloudsql', key: 'password' } },
      PGBOUNCER_AUTH_TYPE: 'scram-sha-256',
      PGBOUNCER_PORT: '5432',
    });
  });

  it('verifies the server and shows a certificate of its own', () => {
    const objects = objectsOf({
      database: {
        sslMode: 'verify-full',
        sslCertificateAuthority: CERTIFICATE,
        sslSecretName: 'client-cert',
      },
    });
    expect(objects.secret('pg-ca-cert').stringData).toEqual({ 'ca.crt': CERTIFICATE });
    const deployment = objects.deployment('pg-bouncer');
    const { volumes, containers } = deployment.spec.template.spec;
    expect(volumes).toEqual(
      expect.arrayContaining([
        { name: 'pg-tls-cert', secret: { secretName: 'client-cert' } },
        { name: 'pg-ca-cert', secret: { secretName: 'pg-ca-cert' } },
      ]),
    );
    const folderOf = (name: string) =>
      containers[0].volumeMounts?.find((mount) => mount.name === name)?.mountPath;
    expect(variablesOf(deployment)).toMatchObject({
      PGBOUNCER_SERVER_TLS_SSLMODE: 'verify-full',
      PGBOUNCER_SERVER_TLS_CA_FILE: `${folderOf('pg-ca-cert')}/ca.crt`,
      PGBOUNCER_SERVER_TLS_CERT_FILE: `${folderOf('pg-tls-cert')}/tls.crt`,
      PGBOUNCER_SERVER_TLS_KEY_FILE: `${folderOf('pg-tls-cert')}/tls.key`,
    });
  });

  it('mounts every volume that it has', () => {
    const { volumes, containers } = deploymentOf({ database: { sslSecretName: 'c' } }).spec.template.spec;
    const names = (list: readonly { name: string }[] = []) => list.map(({ name }) => name).sort();
    expect(names(containers[0].volumeMounts)).toEqual(names(volumes));
  });

  it.each([
    ['pachyderm', 'pachyderm'],
    ['my data * $(id)', 'it`s'],
  ])('asks for the database %j as one word', (name, user) => {
    const { livenessProbe } = deploymentOf({
      database: { name, external: { host: 'db.acme.com', user, password: 'p' } },
    }).spec.template.spec.containers[0];
    const script = livenessProbe?.exec.command.at(-1) ?? '';
    const { stdout } = spawnSync('sh', ['-c', `pg_isready() { printf '<%s>' "$@"; }\n${script}`], {
      encoding: 'utf8',
      env: {
        POSTGRESQL_DATABASE: name,
        POSTGRESQL_USERNAME: user,
        POSTGRESQL_PASSWORD: 'a b',
        PGBOUNCER_PORT: '5432',
      },
    });
    expect(stdout).toBe(
      ['-U', user, '-h', '127.0.0.1', '-p', '5432', '-d', name].map((word) => `<${word}>`).join(''),
    );
  });

  it('takes resources of the document, and in 2.2 has some by default', () => {
    const resources = (document: Partial<ClusterDocument>) =>
      deploymentOf(document).spec.template.spec.containers[0].resources;
    expect(resources({})).toBeUndefined();
    expect(resources({ release: '2.2.8' })).toEqual({ requests: { cpu: '250m', memory: '256M' } });
    const own = { limits: { memory: '1Gi' } };
    expect(resources({ release: '2.2.8', database: { pgBouncer: { resources: own } } })).toEqual(own);
  });

  it('puts annotations of the document where Kubernetes looks for them', () => {
    const { metadata } = deploymentOf({ database: { pgBouncer: { placement: { annotations: { a: 'b' } } } } })
      .spec.template;
    expect(metadata.annotations).toMatchObject({ a: 'b' });
  });

  it('starts anew when the password or the certificates change', () => {
    const external = (password: string) => ({ host: 'db.acme.com', password: { env: password } });
    const first = checksumOf({ database: { external: external('ONE') } });
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(checksumOf({ database: { external: external('ONE') } })).toBe(first);
    expect(checksumOf({ database: { external: external('TWO') } })).not.toBe(first);
    const withCertificates = { external: external('ONE'), sslCertificateAuthority: CERTIFICATE };
    expect(checksumOf({ database: withCertificates })).not.toBe(first);
  });

  it('gives nothing away about a password when every secret of the cluster can be guessed', () => {
    const database = { external: { host: 'db.acme.com', password: { env: 'PASSWORD' } } };
    const secrets = {
      auth: { rootToken: 'plain', clientSecret: 'plain' },
      console: { clientSecret: 'plain' },
    };
    expect(checksumOf({ database, ...secrets })).toBeUndefined();
  });

  it('has neither user nor capabilities of its own when the platform assigns them', () => {
    const { spec } = deploymentOf({ securityContexts: false }).spec.template;
    expect(spec.securityContext).toBeUndefined();
    expect(spec.containers[0].securityContext).toBeUndefined();
  });
});
