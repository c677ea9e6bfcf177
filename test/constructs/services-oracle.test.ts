import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Yaml } from 'cdk8s';
import { Console } from '../../src/constructs/console';
import { EnvoyProxy } from '../../src/constructs/envoy-proxy';
import { Etcd } from '../../src/constructs/etcd';
import { Ingress } from '../../src/constructs/ingress';
import { PgBouncer } from '../../src/constructs/pg-bouncer';
import { Postgres } from '../../src/constructs/postgres';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { Manifests } from '../support/manifests';

/** Renderings of the official chart, and the program that compares; beside the project where there are any. */
const ORACLE = path.resolve(__dirname, '../../../shared/oracle');

/** Everything around pachd that these constructs make. */
const OURS =
  /^[A-Z]\w+\/(postgres|postgres-.*|pg-bouncer|pg-ca-cert|etcd|etcd-.*|console|pachyderm-console-secret|pachyderm-proxy|pachyderm-proxy-.*|.*-proxy-backend)\b/;

const internal = { password: 'postgres-user-password', rootPassword: 'postgres-root-password' };
const console = { clientSecret: 'console-oauth-secret-0123456789ab' };

/** What concerns these constructs in each case. */
const CASES: Readonly<Record<string, Partial<ClusterDocument>>> = {
  'auth-off-minimal': {
    access: { via: 'portForward' },
    auth: { enabled: false },
    console: { enabled: false },
    database: { internal },
  },
  'aws-ingress-tls-auth0': {
    access: {
      via: 'ingress',
      host: 'pachyderm.acme.com',
      tls: { secretName: 'pachyderm-tls' },
      ingress: {
        annotations: {
          'kubernetes.io/ingress.class': 'nginx',
          'cert-manager.io/cluster-issuer': 'letsencrypt',
        },
      },
    },
    console,
    database: { internal: { ...internal, size: '50Gi', storageClass: 'gp3' } },
    etcd: { size: '50Gi', storageClass: 'gp3' },
  },
  'gcp-proxy-tls-external-postgres': {
    access: {
      via: 'proxy',
      host: 'pach.example.org',
      tls: { secretName: 'proxy-tls' },
      proxy: { replicas: 2, service: { type: 'LoadBalancer', loadBalancerIP: '203.0.113.10' } },
    },
    console: { clientSecret: { existing: { name: 'pach-console', key: 'OAUTH_CLIENT_SECRET' } } },
    database: {
      external: {
        host: '10.20.30.40',
        user: 'pach',
        password: { existing: { name: 'cloudsql', key: 'password' } },
      },
      sslMode: 'require',
    },
  },
  'local-mock': { console, database: { internal } },
  'local-nodeport-auth0': { access: { via: 'nodePort' }, console, database: { internal } },
};

/** The chart's issuer names a port that its Service does not have; see src/model/urls.ts. */
const DEVIATIONS: Readonly<Record<string, readonly string[]>> = {
  'local-nodeport-auth0': [
    'Deployment/console spec.template.spec.containers[console].env[ISSUER_URI].value: want "http://pachd:1658", have "http://pachd:30658"',
  ],
};

const cases = fs.existsSync(ORACLE)
  ? fs
      .readdirSync(path.join(ORACLE, 'cases'))
      .flatMap((release) =>
        fs.readdirSync(path.join(ORACLE, 'cases', release)).map((name) => [release, name] as const),
      )
  : [];

(cases.length === 0 ? describe.skip : describe)('what the official chart renders', () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'));
  afterAll(() => fs.rmSync(directory, { recursive: true }));

  it.each(cases)('%s %s', (release, name) => {
    const cluster = clusterOf({ ...CASES[name], release });
    const objects = new Manifests((chart) => {
      new Postgres(chart, 'postgres', cluster);
      new PgBouncer(chart, 'pg-bouncer', cluster);
      new Etcd(chart, 'etcd', cluster);
      if (cluster.console.enabled) new Console(chart, 'console', cluster);
      if (cluster.access.proxy.enabled) new EnvoyProxy(chart, 'proxy', cluster);
      if (cluster.access.via === 'ingress') new Ingress(chart, 'ingress', cluster);
    });
    const file = path.join(directory, `${release}-${name}.yaml`);
    fs.writeFileSync(file, Yaml.stringify(...objects.all));

    const compare = path.join(ORACLE, 'compare.mjs');
    const rendered = path.join(ORACLE, 'cases', release, name, 'rendered.yaml');
    const { stdout, stderr } = spawnSync(process.execPath, [compare, file, rendered, '--json'], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    const { differences, extraObjects } = JSON.parse(stdout) as {
      differences: string[];
      extraObjects: string[];
    };
    expect(extraObjects).toEqual([]);
    expect(differences.filter((difference) => OURS.test(difference))).toEqual(DEVIATIONS[name] ?? []);
  });
});
