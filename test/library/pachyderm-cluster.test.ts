import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import {
  existingSecret,
  InvalidClusterError,
  literalSecret,
  PachydermCluster,
  type PachydermClusterProps,
} from '../../src/library';
import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';
import { checkDocument } from '../../src/pipeline/check-document';
import { readCluster } from '../../src/pipeline/read-cluster';
import { supportedReleases } from '../../src/releases/supported';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Manifests without their order, in which the file of a chart of one's own may have them otherwise. */
function sorted(chart: Chart): Manifest[] {
  return (chart.toJson() as Manifest[]).sort((a, b) =>
    `${a.kind}/${a.metadata.name}` < `${b.kind}/${b.metadata.name}` ? -1 : 1,
  );
}

function newChart(namespace?: string): Chart {
  return new Chart(new App(), 'infrastructure', namespace === undefined ? {} : { namespace });
}

/** What the command writes for a document, its environment being `value of NAME`. */
function manifestsOf(document: Partial<ClusterDocument>): Manifest[] {
  const text = JSON.stringify({ apiVersion: 'pachkit/v1', ...document });
  const [root] = readYaml(new SourceFile('test.yaml', text, '/documents')).nodes;
  if (!root) throw new Error('the document cannot be read');
  const read = {
    file: 'test.yaml',
    directory: '/documents',
    defaultName: 'test',
    root,
    value: toValue(root),
  };
  const { value, diagnostics } = readCluster(checkDocument(read), {
    variable: (name) => `value of ${name}`,
    readFile: () => Buffer.from('no file'),
    frozen: true,
  });
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return sorted(new PachydermChart(new App(), 'test', value));
}

/** Every secret of a cluster with its own database, in the cluster already. */
const GIVEN = {
  auth: {
    rootToken: existingSecret('pachyderm-root', 'root-token'),
    clientSecret: existingSecret('pachyderm-clients', 'pachd'),
  },
  console: { clientSecret: existingSecret('pachyderm-clients', 'console') },
  database: {
    internal: {
      password: existingSecret('pachyderm-postgres', 'password'),
      rootPassword: existingSecret('pachyderm-postgres', 'root-password'),
    },
  },
} as const satisfies Partial<PachydermClusterProps>;

const PRODUCTION: PachydermClusterProps = {
  ...GIVEN,
  release: '2.12.0-rc.3',
  access: { via: 'ingress', host: 'pachyderm.acme.com', tls: { secretName: 'pachyderm-tls' } },
  identity: {
    connectors: [
      {
        type: 'oidc',
        id: 'okta',
        config: {
          issuer: 'https://login.acme.com',
          clientID: 'abc',
          clientSecret: literalSecret('value of OKTA_SECRET'),
        },
      },
    ],
  },
  storage: { s3: { bucket: 'acme', region: 'eu-west-1' } },
};

const DEV: PachydermClusterProps = {
  release: '2.12.0-rc.3',
  profile: 'dev',
  secrets: { seed: 'one' },
  identity: {
    connectors: [
      {
        type: 'mockPassword',
        id: 'test',
        config: { username: 'ada', password: literalSecret('value of PASSWORD') },
      },
    ],
  },
};

const OVERRIDDEN = {
  name: 'c',
  release: '2.12.0-rc.3',
  profile: 'dev',
  secrets: { seed: 'three' },
  identity: { connectors: [{ type: 'mockCallback', id: 'test', config: {} }] },
  overrides: [
    {
      kind: 'Deployment',
      name: 'pachd',
      patch: [{ op: 'add', path: '/spec/minReadySeconds', value: 7 }],
    },
  ],
} as const satisfies Partial<ClusterDocument> & PachydermClusterProps;

test('overrides change the objects of constructs', () => {
  const chart = newChart();
  const { pachd } = new PachydermCluster(chart, 'pachyderm', OVERRIDDEN);
  expect(pachd.deployment.toJson()).toMatchObject({ spec: { minReadySeconds: 7 } });
});

describe('a cluster from props has the objects of the document with the same fields', () => {
  test.each<[string, Partial<ClusterDocument>, PachydermClusterProps]>([
    [
      'with seeded secrets',
      {
        release: '2.12.0-rc.3',
        profile: 'dev',
        name: 'a',
        secrets: { seed: 'one' },
        identity: {
          connectors: [
            { type: 'mockPassword', id: 'test', config: { username: 'ada', password: { env: 'PASSWORD' } } },
          ],
        },
      },
      { ...DEV, name: 'a' },
    ],
    [
      'with secrets that exist, and an identity provider',
      {
        name: 'prod',
        release: '2.12.0-rc.3',
        access: { via: 'ingress', host: 'pachyderm.acme.com', tls: { secretName: 'pachyderm-tls' } },
        auth: {
          rootToken: { existing: { name: 'pachyderm-root', key: 'root-token' } },
          clientSecret: { existing: { name: 'pachyderm-clients', key: 'pachd' } },
        },
        console: { clientSecret: { existing: { name: 'pachyderm-clients', key: 'console' } } },
        database: {
          internal: {
            password: { existing: { name: 'pachyderm-postgres', key: 'password' } },
            rootPassword: { existing: { name: 'pachyderm-postgres', key: 'root-password' } },
          },
        },
        identity: {
          connectors: [
            {
              type: 'oidc',
              id: 'okta',
              config: {
                issuer: 'https://login.acme.com',
                clientID: 'abc',
                clientSecret: { env: 'OKTA_SECRET' },
              },
            },
          ],
        },
        storage: { s3: { bucket: 'acme', region: 'eu-west-1' } },
      },
      { ...PRODUCTION, name: 'prod' },
    ],
    [
      'with a standalone Dex and a release before the proxy',
      {
        name: 'b',
        release: '2.2.8',
        profile: 'dev',
        secrets: { seed: 'two' },
        enterprise: { licenseKey: 'example-license-key' },
        storage: { local: {} },
      },
      {
        name: 'b',
        release: '2.2.8',
        profile: 'dev',
        secrets: { seed: 'two' },
        enterprise: { licenseKey: literalSecret('example-license-key') },
        storage: { local: {} },
      },
    ],
    ['with overrides', { ...OVERRIDDEN, storage: { local: {} } }, { ...OVERRIDDEN, storage: { local: {} } }],
  ])('%s', (_title, document, props) => {
    const chart = newChart();
    new PachydermCluster(chart, 'pachyderm', props);
    expect(sorted(chart)).toEqual(manifestsOf(document));
  });
});

describe('beside other constructs', () => {
  test('objects are in the namespace of the chart, unless the props name one', () => {
    const namespaces = (chartNamespace?: string, namespace?: string): (string | undefined)[] => {
      const chart = newChart(chartNamespace);
      const cluster = new PachydermCluster(chart, 'pachyderm', {
        ...DEV,
        ...(namespace === undefined ? {} : { namespace }),
      });
      return [
        cluster.namespace,
        ...new Set(
          sorted(chart)
            .filter(({ kind }) => !kind.startsWith('Cluster'))
            .map(({ metadata }) => metadata.namespace),
        ),
      ];
    };
    expect(namespaces()).toEqual(['pachyderm', 'pachyderm']);
    expect(namespaces('data')).toEqual(['data', 'data']);
    expect(namespaces('data', 'ml')).toEqual(['ml', 'ml']);
  });

  test('the id gives the cluster its name, as far as it can be one', () => {
    const nameOf = (id: string): string => new PachydermCluster(newChart(), id, DEV).name;
    expect(nameOf('eu-1')).toBe('eu-1');
    expect(nameOf('Pachyderm EU')).toBe('pachyderm-eu');
    expect(nameOf('Default')).toBe('default');
  });

  test('a chart may have several, in namespaces of their own', () => {
    const chart = newChart();
    new PachydermCluster(chart, 'one', { ...DEV, namespace: 'one' });
    new PachydermCluster(chart, 'two', { ...DEV, namespace: 'two' });
    const names = sorted(chart).map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('without a chart it says so', () => {
    expect(() => new PachydermCluster(new App(), 'pachyderm', DEV)).toThrow(/chart/);
    expect(() => new PachydermCluster(new Construct(undefined as never, 'x'), 'p', DEV)).toThrow(/chart/);
  });

  test('a cluster that was resolved takes the place of props', () => {
    const first = newChart();
    const { resolved } = new PachydermCluster(first, 'pachyderm', PRODUCTION);
    const second = newChart();
    new PachydermCluster(second, 'again', resolved);
    expect(sorted(second)).toEqual(sorted(first));
    expect(resolved).toMatchObject({
      name: 'pachyderm',
      namespace: 'pachyderm',
      release: '2.12.0-rc.3',
      profile: 'production',
      hasAuth0Application: false,
      urls: {
        issuer: 'https://pachyderm.acme.com/dex',
        callback: 'https://pachyderm.acme.com/dex/callback',
      },
    });
  });
});

describe('children', () => {
  const named = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'kind' in value && 'name' in value
      ? `${String(value.kind)}/${String(value.name)}`
      : Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, named(inner)]));

  test('of a cluster behind the proxy, with Dex inside pachd', () => {
    const cluster = new PachydermCluster(newChart(), 'pachyderm', {
      ...PRODUCTION,
      access: { via: 'proxy', host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
    });
    const { pachd, etcd, pgBouncer, postgres, proxy, dex, ingress, pachw } = cluster;
    expect(named({ pachd, etcd, pgBouncer, postgres, console: cluster.console, proxy, pachw })).toEqual({
      pachd: {
        deployment: 'Deployment/pachd',
        service: 'Service/pachd',
        peerService: 'Service/pachd-peer',
        serviceAccount: 'ServiceAccount/pachyderm',
      },
      etcd: { statefulSet: 'StatefulSet/etcd', service: 'Service/etcd' },
      pgBouncer: { deployment: 'Deployment/pg-bouncer', service: 'Service/pg-bouncer' },
      postgres: { statefulSet: 'StatefulSet/postgres', service: 'Service/postgres' },
      console: { deployment: 'Deployment/console', service: 'Service/console' },
      proxy: {
        deployment: 'Deployment/pachyderm-proxy',
        service: 'Service/pachyderm-proxy',
        configMap: 'ConfigMap/pachyderm-proxy-config',
      },
      pachw: 'Deployment/pachw',
    });
    expect([dex, ingress]).toEqual([undefined, undefined]);
    expect(cluster.bootstrap.map(named)).toEqual(['Secret/pachyderm-auth']);
    expect(cluster.objects.length).toBeGreaterThan(20);
  });

  test('of a cluster behind an ingress, with a standalone Dex and without Console', () => {
    const cluster = new PachydermCluster(newChart(), 'pachyderm', {
      ...PRODUCTION,
      identity: { ...PRODUCTION.identity, dex: 'standalone' },
      console: { ...GIVEN.console, enabled: false },
      database: { external: { host: 'db.acme.com', password: existingSecret('db', 'password') } },
    });
    expect(named({ dex: cluster.dex, ingress: cluster.ingress })).toEqual({
      dex: { deployment: 'Deployment/dex', service: 'Service/dex', secret: 'Secret/dex' },
      ingress: expect.stringMatching(/^Ingress\//) as string,
    });
    expect([cluster.console, cluster.postgres]).toEqual([undefined, undefined]);
  });

  test('can be changed before the chart is written', () => {
    const chart = newChart();
    const { pachd } = new PachydermCluster(chart, 'pachyderm', PRODUCTION);
    pachd.deployment.metadata.addAnnotation('acme.com/team', 'data');
    expect(sorted(chart)).toContainEqual(
      expect.objectContaining({
        kind: 'Deployment',
        metadata: expect.objectContaining({
          name: 'pachd',
          annotations: { 'acme.com/team': 'data' },
        }) as unknown,
      }),
    );
  });
});

describe('props that make no cluster', () => {
  const errorOf = (props: PachydermClusterProps): InvalidClusterError => {
    try {
      new PachydermCluster(newChart(), 'pachyderm', props);
    } catch (error) {
      if (error instanceof InvalidClusterError) return error;
      throw error;
    }
    throw new Error('nothing was thrown');
  };
  const found = (props: PachydermClusterProps): string[] =>
    errorOf(props)
      .diagnostics.filter(({ severity }) => severity === 'error')
      .map(({ code, path }) => `${code} ${path}`);

  test('without secrets: all that are missing are named, for none is generated', () => {
    const { auth, console, database, ...rest } = PRODUCTION;
    expect([auth, console, database]).not.toContain(undefined);
    expect(found(rest)).toEqual([
      'SEC004 /auth/clientSecret',
      'SEC004 /auth/rootToken',
      'SEC004 /console/clientSecret',
      'SEC004 /database/internal/password',
      'SEC004 /database/internal/rootPassword',
    ]);
  });

  test('with a secret that is empty, as an unset variable makes it', () => {
    expect(found({ ...PRODUCTION, auth: { ...GIVEN.auth, rootToken: literalSecret(' ') } })).toEqual([
      'SEC001 /auth/rootToken',
    ]);
  });

  test('with a secret of several lines', () => {
    expect(found({ ...PRODUCTION, auth: { ...GIVEN.auth, rootToken: literalSecret('a\nb') } })).toEqual([
      'SEC008 /auth/rootToken',
    ]);
  });

  test('with a release that is unknown, and an unknown key from a program without types', () => {
    expect(found({ ...PRODUCTION, release: '2.99.0' })).toEqual(['REL001 /release']);
    expect(found({ ...PRODUCTION, acess: {} } as PachydermClusterProps)).toEqual(['SCH001 /acess']);
  });

  test('with an override that hits nothing, and a lock file, which no construct reads', () => {
    const [override] = OVERRIDDEN.overrides;
    const other = { ...override, name: 'pach' };
    const images = { lock: 'pachkit.lock' } as PachydermClusterProps['images'];
    expect(found({ ...OVERRIDDEN, overrides: [other] })).toEqual(['OVR002 /overrides/0/name']);
    expect(found({ ...OVERRIDDEN, ...(images ? { images } : {}) })).toEqual(['LCK007 /images/lock']);
  });

  test('with what the rules refuse, and everything at once', () => {
    const props = {
      ...PRODUCTION,
      access: { via: 'ingress', host: 'pachyderm.acme.com', urls: { callback: 'https://other.acme.com/cb' } },
      storage: {},
    } as const;
    expect(found(props).length).toBeGreaterThan(1);
    expect(PachydermCluster.check(props)).toEqual(
      errorOf(props).diagnostics.map((diagnostic) => ({ ...diagnostic, location: { file: 'pachyderm' } })),
    );
  });

  test('say in the message where they are, what is wrong and how to fix it', () => {
    const error = errorOf({ ...PRODUCTION, release: '2.99.0' });
    expect(error.constructPath).toBe('infrastructure/pachyderm');
    expect(error.message).toBe(
      [
        'the props of infrastructure/pachyderm have an error:',
        '  REL001 /release pachkit does not support Pachyderm 2.99.0',
        `    help: name a release of ${supportedReleases().join(', ')}`,
      ].join('\n'),
    );
  });

  test('never show a secret', () => {
    const planted = literalSecret('planted-secret\nof two lines');
    const error = errorOf({ ...PRODUCTION, auth: { rootToken: planted, clientSecret: planted } });
    expect(`${error.message} ${JSON.stringify(error.diagnostics)} ${JSON.stringify(error)}`).not.toContain(
      'planted',
    );
  });
});

test('what does not stop a cluster is among its warnings, and check says the same', () => {
  const props: PachydermClusterProps = {
    ...PRODUCTION,
    auth0: {
      domain: 'acme.eu.auth0.com',
      application: {
        clientID: 'abc',
        clientSecret: literalSecret('a-client-secret-of-more-than-32-letters'),
      },
    },
  };
  const { warnings } = new PachydermCluster(newChart(), 'pachyderm', props);
  expect(warnings.map(({ code }) => code)).toContain('TFM007');
  expect(PachydermCluster.check(props).map(({ code }) => code)).toEqual(warnings.map(({ code }) => code));
  expect(PachydermCluster.check(PRODUCTION)).toEqual([]);
});
