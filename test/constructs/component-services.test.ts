import { CloudSqlProxy } from '../../src/constructs/cloud-sql-proxy';
import { ConfigJob } from '../../src/constructs/config-job';
import { Console } from '../../src/constructs/console';
import { EnvoyProxy } from '../../src/constructs/envoy-proxy';
import { Etcd } from '../../src/constructs/etcd';
import { PachdServices } from '../../src/constructs/pachd-services';
import { PgBouncer } from '../../src/constructs/pg-bouncer';
import { Postgres } from '../../src/constructs/postgres';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { Manifests } from '../support/manifests';

type Document = Partial<ClusterDocument>;

const connectionName = 'acme:europe-west1:pachyderm';
const login = { user: 'pachyderm@acme.iam', iamLogin: true };

/** The Services of components, the field that describes each, and the port that the official chart has nodes open. */
const SERVICES = [
  {
    name: 'etcd',
    build: Etcd,
    nodePort: 32379,
    document: (service: object): Document => ({ etcd: { service } }),
  },
  {
    name: 'console',
    build: Console,
    nodePort: 30080,
    document: (service: object): Document => ({ console: { service } }),
  },
  {
    name: 'postgres',
    build: Postgres,
    nodePort: undefined,
    document: (service: object): Document => ({ database: { internal: { service } } }),
  },
  {
    name: 'pg-bouncer',
    build: PgBouncer,
    nodePort: 32229,
    document: (service: object): Document => ({ database: { pgBouncer: { service } } }),
  },
  {
    name: 'cloudsql-auth-proxy',
    build: CloudSqlProxy,
    nodePort: undefined,
    document: (service: object): Document => ({
      database: { external: { ...login, cloudSqlProxy: { connectionName, service } } },
    }),
  },
] as const;

describe.each(SERVICES)('the Service $name', ({ name, build: Part, nodePort, document }) => {
  const serviceOf = (service: object) =>
    new Manifests((chart) => new Part(chart, 'part', clusterOf(document(service)))).service(name);

  it('has what the document says, and the labels of its component', () => {
    const plain = serviceOf({});
    expect(plain.spec.type).toBe('ClusterIP');
    expect(plain.metadata.annotations).toBeUndefined();
    const service = serviceOf({
      type: 'LoadBalancer',
      annotations: { a: '1' },
      labels: { team: 'data', app: 'mine', 'app.kubernetes.io/name': 'mine' },
    });
    expect(service.spec).toEqual({ ...plain.spec, type: 'LoadBalancer' });
    expect(service.metadata.annotations).toEqual({ a: '1' });
    expect(service.metadata.labels).toMatchObject({ team: 'data', ...plain.metadata.labels });
  });

  it('has nodes open the port of the official chart, or that of the document', () => {
    expect(serviceOf({ type: 'NodePort' }).spec.ports).toMatchObject([
      nodePort === undefined ? {} : { nodePort },
    ]);
    if (nodePort === undefined)
      expect(serviceOf({ type: 'NodePort' }).spec.ports[0]).not.toHaveProperty('nodePort');
    expect(serviceOf({ type: 'NodePort', nodePort: 31000 }).spec.ports).toMatchObject([{ nodePort: 31000 }]);
    expect(serviceOf({ type: 'ClusterIP' }).spec.ports[0]).not.toHaveProperty('nodePort');
  });
});

describe('the Service pachd-lb', () => {
  const objectsOf = (externalService?: NonNullable<ClusterDocument['pachd']>['externalService']) =>
    new Manifests(
      (chart) =>
        new PachdServices(chart, 'part', clusterOf(externalService ? { pachd: { externalService } } : {})),
    );

  it('is there for those who ask for it', () => {
    expect(objectsOf().names).toEqual(['Service/pachd', 'Service/pachd-peer']);
    const { spec, metadata } = objectsOf({}).service('pachd-lb');
    expect(spec).toEqual({
      type: 'LoadBalancer',
      selector: { app: 'pachd' },
      ports: [
        { name: 'api-grpc-port', port: 30650, targetPort: 'api-grpc-port' },
        { name: 's3gateway-port', port: 30600, targetPort: 's3gateway-port' },
      ],
    });
    expect(metadata.labels).toEqual({ app: 'pachd', suite: 'pachyderm' });
  });

  it('has the ports, address and annotations of the document', () => {
    const { spec, metadata } = objectsOf({
      ports: { grpc: 443, s3: 80 },
      loadBalancerIP: '203.0.113.10',
      annotations: { internal: 'true' },
    }).service('pachd-lb');
    expect(spec).toMatchObject({ loadBalancerIP: '203.0.113.10', ports: [{ port: 443 }, { port: 80 }] });
    expect(metadata.annotations).toEqual({ internal: 'true' });
  });
});

describe('ports of the proxy from before there was one', () => {
  const portsOf = (document: Document) =>
    new Manifests((chart) => new EnvoyProxy(chart, 'part', clusterOf(document))).service('pachyderm-proxy')
      .spec.ports;
  const legacyPorts = { console: 4000, grpc: 30650, s3: 30600, oidc: 30657, identity: 30658, metrics: 30656 };

  it('lead to one server each', () => {
    expect(portsOf({ access: { proxy: { service: { legacyPorts } } } })).toEqual([
      { name: 'http-port', port: 80, targetPort: 'http-port' },
      { name: 'console-direct', port: 4000, targetPort: 'console-direct' },
      { name: 'grpc-direct', port: 30650, targetPort: 'grpc-direct' },
      { name: 's3-direct', port: 30600, targetPort: 's3-direct' },
      { name: 'oidc-direct', port: 30657, targetPort: 'oidc-direct' },
      { name: 'identity-direct', port: 30658, targetPort: 'identity-direct' },
      { name: 'metrics-direct', port: 30656, targetPort: 'metrics-direct' },
    ]);
  });

  it('are those of the nodes too', () => {
    const service = { type: 'NodePort' as const, legacyPorts: { grpc: 30650 } };
    expect(portsOf({ access: { proxy: { service } } })).toContainEqual({
      name: 'grpc-direct',
      port: 30650,
      targetPort: 'grpc-direct',
      nodePort: 30650,
    });
  });

  it('lead logins to a standalone Dex', () => {
    const cluster = clusterOf({
      identity: { dex: 'standalone' },
      access: { via: 'proxy', proxy: { service: { legacyPorts: { identity: 30658 } } } },
    });
    const objects = new Manifests((chart) => new EnvoyProxy(chart, 'part', cluster));
    const targets = objects.service('pachyderm-proxy').spec.ports.map(({ targetPort }) => targetPort);
    const named = objects
      .deployment('pachyderm-proxy')
      .spec.template.spec.containers[0].ports.map(({ name }) => name);
    expect(named).toEqual(expect.arrayContaining(targets));
    expect(targets).toContain('dex-direct');
  });
});

describe('images of the database and its pool', () => {
  const imageOf = (document: Document): string[] => {
    const cluster = clusterOf(document);
    const objects = new Manifests((chart) => {
      new Postgres(chart, 'postgres', cluster);
      new PgBouncer(chart, 'pg-bouncer', cluster);
    });
    return [objects.statefulSet('postgres'), objects.deployment('pg-bouncer')].map(
      ({ spec }) => spec.template.spec.containers[0].image,
    );
  };

  it.each([
    ['2.11.6', {}, ['docker.io/pachyderm/postgresql:13.3.0', 'docker.io/pachyderm/pgbouncer:1.16.2']],
    ['2.2.8', {}, ['docker.io/bitnami/postgresql:13.3.0', 'bitnami/pgbouncer:1.16.1-debian-10-r82']],
    ['2.2.8', { repository: 'mirror/image', tag: '1' }, ['docker.io/mirror/image:1', 'mirror/image:1']],
    [
      '2.2.8',
      { repository: 'registry.acme.com/image' },
      ['registry.acme.com/image:13.3.0', 'registry.acme.com/image:1.16.1-debian-10-r82'],
    ],
    ['2.11.6', { tag: '2' }, ['docker.io/pachyderm/postgresql:2', 'docker.io/pachyderm/pgbouncer:2']],
  ])('of release %s with %j', (release, image, images) => {
    expect(imageOf({ release, database: { internal: { image }, pgBouncer: { image } } })).toEqual(images);
  });

  it('follow images.registry', () => {
    expect(imageOf({ images: { registry: 'mirror.acme.com' } })).toEqual([
      'mirror.acme.com/pachyderm/postgresql:13.3.0',
      'mirror.acme.com/pachyderm/pgbouncer:1.16.2',
    ]);
  });
});

describe('the Cloud SQL Auth Proxy', () => {
  it.each(['2.2.8', '2.11.6'])('of %s listens where the document says, behind port 5432', (release) => {
    const cluster = clusterOf({
      release,
      database: {
        external: {
          ...login,
          cloudSqlProxy: { connectionName, port: 6543, image: { repository: 'gcr.io/acme/proxy', tag: '2' } },
        },
      },
    });
    const objects = new Manifests((chart) => new CloudSqlProxy(chart, 'part', cluster));
    expect(objects.service('cloudsql-auth-proxy').spec.ports).toMatchObject([
      { port: 5432, targetPort: 6543 },
    ]);
    const [container] = objects.deployment('cloudsql-auth-proxy').spec.template.spec.containers;
    expect(container).toMatchObject({ image: 'gcr.io/acme/proxy:2', ports: [{ containerPort: 6543 }] });
    expect(JSON.stringify([container.command, container.env])).toMatch(/6543/);
  });
});

describe('Console', () => {
  const consoleOf = (document: Document) =>
    new Manifests((chart) => new Console(chart, 'part', clusterOf(document)));

  it('listens at another port where no proxy leads to it', () => {
    const objects = consoleOf({
      access: { via: 'portForward' },
      console: { port: 4100, refetchInterval: 3000 },
    });
    expect(objects.service('console').spec.ports).toEqual([{ name: 'console-http', port: 4100 }]);
    const [container] = objects.deployment('console').spec.template.spec.containers;
    expect(container.ports).toMatchObject([{ containerPort: 4100 }]);
    expect(container.env).toEqual(
      expect.arrayContaining([
        { name: 'GRAPHQL_PORT', value: '4100' },
        { name: 'REACT_APP_RUNTIME_REFETCH_INTERVAL', value: '3000' },
        { name: 'REACT_APP_RUNTIME_SUBSCRIPTIONS_PREFIX', value: ':4100/graphql' },
      ]),
    );
  });
});

describe('etcd in memory', () => {
  it('has a volume that is gone with the pod, and no claim', () => {
    const objects = new Manifests(
      (chart) => new Etcd(chart, 'part', clusterOf({ etcd: { inMemory: true } })),
    );
    const { spec } = objects.statefulSet('etcd');
    expect(spec.volumeClaimTemplates).toBeUndefined();
    expect(spec.template.spec.volumes).toEqual([{ name: 'etcd-storage', emptyDir: { medium: 'Memory' } }]);
    expect(spec.template.spec.containers[0].volumeMounts).toMatchObject([{ name: 'etcd-storage' }]);
  });
});

describe('the Job that bootstraps a release', () => {
  it('has annotations of the document on its pod, and another name for them', () => {
    const jobOf = (document: Document) =>
      new Manifests(
        (chart) =>
          new ConfigJob(
            chart,
            'part',
            clusterOf({ release: '2.2.8', enterprise: { licenseKey: 'a' }, ...document }),
          ),
      ).all as { metadata: { name: string }; spec: { template: { metadata?: object } } }[];
    const [plain] = jobOf({});
    expect(plain?.spec.template.metadata).toBeUndefined();
    const annotations = { 'sidecar.istio.io/inject': 'false' };
    const [annotated] = jobOf({ pachd: { configJob: { annotations } } });
    expect(annotated?.spec.template.metadata).toEqual({ annotations });
    expect(annotated?.metadata.name).not.toBe(plain?.metadata.name);
  });
});
