import { App } from 'cdk8s';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import { quantityOf } from '../../src/model/quantity';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';

type Labels = Readonly<Record<string, string>>;

interface Peer {
  readonly podSelector?: { readonly matchLabels?: Labels };
}

interface Policy {
  readonly podSelector: { readonly matchLabels: Labels };
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly {
    readonly ports: readonly { readonly port: number }[];
    readonly from?: Peer[];
  }[];
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly livenessProbe?: { readonly httpGet?: { readonly port: number } };
}

interface Pod {
  readonly serviceAccountName?: string;
  readonly automountServiceAccountToken?: boolean;
  readonly securityContext?: Readonly<Record<string, unknown>>;
  readonly containers: readonly [Container];
}

interface Written {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Labels };
  readonly data?: Labels;
  readonly spec: Policy & {
    readonly template?: { readonly metadata?: { readonly labels?: Labels }; readonly spec: Pod };
  };
}

const STRICT = { security: { hardening: 'strict' } } as const;
const S3 = { s3: { bucket: 'pach', region: 'eu-central-1' } } as const;
const DEX = {
  storage: S3,
  identity: { dex: 'standalone' },
  access: { host: 'pach.example.com' },
  dex: { storage: { postgres: {} } },
} as const;

const DOCUMENTS: Readonly<Record<string, Partial<ClusterDocument>>> = {
  'a bucket': { storage: S3 },
  'local storage': {},
  'a standalone Dex': DEX,
  'release 2.2': { release: '2.2.8', storage: S3, enterprise: { licenseKey: 'license' } },
  'release 2.12': { release: '2.12.0-rc.3', storage: S3 },
  'an enterprise server': { enterprise: { licenseKey: 'license' }, enterpriseServer: {} },
  'the Jobs of 2.12': {
    release: '2.12.0-rc.3',
    storage: S3,
    preflightJob: {},
    restoreSnapshot: { snapshotID: 1 },
  },
  'people in a directory': {
    profile: 'dev',
    storage: S3,
    dev: { users: [{ email: 'ada@acme.com', password: 'engine' }] },
  },
  'the Cloud SQL proxy': {
    storage: S3,
    database: {
      external: {
        host: 'cloudsql-auth-proxy',
        password: 'password',
        cloudSqlProxy: { connectionName: 'a:b:c', serviceAccount: 'a@b.iam.gserviceaccount.com' },
      },
    },
  },
};

function objectsOf(document: Partial<ClusterDocument>): Written[] {
  return new PachydermChart(new App(), 'pachyderm', clusterOf(document)).toJson() as Written[];
}

const hardened = (document: Partial<ClusterDocument>): Written[] => objectsOf({ ...document, ...STRICT });

interface Workload extends Pick<Written, 'kind' | 'metadata'> {
  readonly pod: Pod;
  readonly labels: Labels;
}

function workloads(objects: readonly Written[]): Workload[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    const template = spec?.template;
    if (template === undefined) return [];
    // Kubernetes gives the pods of a Job its name.
    const ofJob = kind === 'Job' ? { 'job-name': metadata.name } : {};
    return [{ kind, metadata, pod: template.spec, labels: { ...template.metadata?.labels, ...ofJob } }];
  });
}

function workload(objects: readonly Written[], name: string): Workload {
  const found = workloads(objects).find(({ metadata }) => metadata.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

const selects = (selector: Labels | undefined, labels: Labels): boolean =>
  Object.entries(selector ?? {}).every(([key, value]) => labels[key] === value);

const policiesOf = (objects: readonly Written[], labels: Labels): Policy[] =>
  objects.flatMap(({ kind, spec }) =>
    kind === 'NetworkPolicy' && selects(spec.podSelector.matchLabels, labels) ? [spec] : [],
  );

/** Whether a pod may connect to a port of another, as Kubernetes decides it; `undefined` is a pod of another namespace. */
function reaches(objects: readonly Written[], from: Labels | undefined, to: Labels, port: number): boolean {
  const policies = policiesOf(objects, to);
  const allows = ({ ports, from: peers }: NonNullable<Policy['ingress']>[number]): boolean =>
    ports.some((each) => each.port === port) &&
    (peers === undefined ||
      (from !== undefined && peers.some(({ podSelector }) => selects(podSelector?.matchLabels, from))));
  return policies.length === 0 || policies.some(({ ingress = [] }) => ingress.some(allows));
}

describe.each(Object.entries(DOCUMENTS))('hardened: %s', (_, document) => {
  const objects = hardened(document);
  const all = workloads(objects);

  test('no pod of the default service account has its token', () => {
    expect(all.length).toBeGreaterThan(2);
    for (const { pod } of all)
      if (pod.serviceAccountName === undefined) expect(pod.automountServiceAccountToken).toBe(false);
  });

  test('every container has requests, and limits that are not below them', () => {
    for (const { pod } of all)
      for (const { resources } of pod.containers)
        for (const kind of ['cpu', 'memory']) {
          const [request, limit] = [resources.requests[kind], resources.limits[kind]].map((text) =>
            quantityOf(text ?? ''),
          );
          expect(request).toBeGreaterThan(0);
          expect(limit).toBeGreaterThanOrEqual(request ?? NaN);
        }
  });

  test('no container gains rights, and all have the seccomp profile of their runtime', () => {
    for (const { pod } of all) {
      expect(pod.securityContext).toMatchObject({ seccompProfile: { type: 'RuntimeDefault' } });
      for (const { securityContext } of pod.containers) {
        expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false });
        const user = securityContext?.['runAsUser'] ?? pod.securityContext?.['runAsUser'];
        if (user === undefined || user === 0) continue;
        expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
        expect(securityContext).toMatchObject({ capabilities: { drop: ['ALL'] } });
      }
    }
  });

  test('every pod is selected by one policy', () => {
    for (const { metadata, labels } of all)
      expect([metadata.name, policiesOf(objects, labels).length]).toEqual([metadata.name, 1]);
  });

  test('every port is open to someone but that of probes', () => {
    for (const { metadata, labels, pod } of all)
      for (const { name = '', containerPort } of pod.containers.flatMap(({ ports }) => ports ?? [])) {
        const isOpen = reaches(objects, { ...labels, suite: 'pachyderm' }, labels, containerPort);
        expect([metadata.name, name, isOpen]).toEqual([metadata.name, name, name !== 'probe-port']);
      }
  });
});

describe('who may connect to whom', () => {
  const objects = hardened(DOCUMENTS['a standalone Dex'] ?? {});
  const labelsOf = (name: string): Labels => workload(objects, name).labels;
  // pachd labels the pods of pipelines so.
  const WORKER = { app: 'pipeline', suite: 'pachyderm', component: 'worker' };

  test.each<[from: string | Labels, to: string, port: number]>([
    ['pachd', 'etcd', 2379],
    ['pachw', 'etcd', 2379],
    ['etcd', 'etcd', 2380],
    ['pachd', 'pg-bouncer', 5432],
    ['pachd', 'postgres', 5432],
    ['pg-bouncer', 'postgres', 5432],
    ['dex', 'postgres', 5432],
    ['pachd', 'pachd', 1653],
    ['pachyderm-proxy', 'pachd', 1650],
    ['pachyderm-proxy', 'pachd', 1656],
    ['pachyderm-proxy', 'console', 4000],
    ['pachyderm-proxy', 'dex', 5556],
    ['console', 'pachd', 1650],
    [WORKER, 'etcd', 2379],
    [WORKER, 'pg-bouncer', 5432],
    [WORKER, 'pachd', 1653],
    [{ app: 'notebook' }, 'pachd', 1650],
    [{ app: 'prometheus' }, 'pachd', 1656],
  ])('%j reaches %s at %d', (from, to, port) => {
    const labels = typeof from === 'string' ? labelsOf(from) : from;
    expect(reaches(objects, labels, labelsOf(to), port)).toBe(true);
  });

  test.each<[from: Labels | undefined, to: string, port: number]>([
    [{ app: 'notebook' }, 'etcd', 2379],
    [WORKER, 'etcd', 2380],
    [{ app: 'notebook' }, 'postgres', 5432],
    [{ app: 'notebook' }, 'pg-bouncer', 5432],
    [{ app: 'notebook' }, 'pachd', 1653],
    [undefined, 'pachd', 1656],
    [undefined, 'pachyderm-proxy', 9901],
    [WORKER, 'pachyderm-proxy', 9902],
  ])('%j does not reach %s at %d', (from, to, port) => {
    expect(reaches(objects, from, labelsOf(to), port)).toBe(false);
  });

  test('the world reaches what a login goes through', () => {
    for (const [to, port] of [
      ['pachyderm-proxy', 8080],
      ['pachyderm-proxy', 8443],
      ['pachd', 1650],
      ['console', 4000],
      ['dex', 5556],
    ] as const)
      expect(reaches(objects, undefined, labelsOf(to), port)).toBe(true);
  });
});

test('Dex reaches the directory of dev users, wherever it runs, and no one else does', () => {
  const objects = hardened(DOCUMENTS['people in a directory'] ?? {});
  const { labels } = workload(objects, 'pachyderm-dev-users');
  for (const dex of [workload(objects, 'pachd'), workload(hardened(DEX), 'dex')])
    expect(reaches(objects, dex.labels, labels, 1389)).toBe(true);
  for (const other of [{ app: 'notebook' }, undefined])
    expect(reaches(objects, other, labels, 1389)).toBe(false);
});

test('name servers are asked at their own port, which is 5353 on OpenShift', () => {
  const objects = hardened(DOCUMENTS['a standalone Dex'] ?? {});
  for (const name of ['etcd', 'postgres', 'dex']) {
    const policy = objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name);
    expect((policy?.spec as { readonly egress?: readonly object[] } | undefined)?.egress).toContainEqual({
      ports: [
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
        { port: 5353, protocol: 'UDP' },
        { port: 5353, protocol: 'TCP' },
      ],
    });
  }
});

describe('what the document says stays', () => {
  const containerOf = (document: Partial<ClusterDocument>, name: string): Container =>
    workload(hardened({ storage: S3, ...document }), name).pod.containers[0];

  test.each<[string, object, object]>([
    [
      'requests alone',
      { requests: { cpu: '6' } },
      { requests: { cpu: '6' }, limits: { cpu: '6', memory: '8Gi' } },
    ],
    [
      'a limit alone',
      { limits: { memory: '1Gi' } },
      { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '4', memory: '1Gi' } },
    ],
    [
      'another resource',
      { limits: { 'nvidia.com/gpu': '1' } },
      { limits: { 'nvidia.com/gpu': '1', cpu: '4' } },
    ],
  ])('%s', (_, resources, expected) =>
    expect(containerOf({ pachd: { resources } }, 'pachd').resources).toMatchObject(expected),
  );

  test('a policy for pulling', () => {
    expect(containerOf({}, 'etcd').imagePullPolicy).toBe('Always');
    expect(containerOf({ etcd: { image: { pullPolicy: 'IfNotPresent' } } }, 'etcd').imagePullPolicy).toBe(
      'IfNotPresent',
    );
  });

  test('a look at every image, of whatever workload', () => {
    for (const document of Object.values(DOCUMENTS))
      for (const { metadata, pod } of workloads(hardened(document)))
        for (const { imagePullPolicy } of pod.containers)
          expect([metadata.name, imagePullPolicy]).toEqual([metadata.name, 'Always']);
  });

  test('no security contexts where the platform assigns its own', () => {
    for (const { pod } of workloads(hardened({ storage: S3, securityContexts: false }))) {
      expect(pod.securityContext).toBeUndefined();
      for (const { securityContext } of pod.containers) expect(securityContext).toBeUndefined();
    }
  });

  test('root, to whom the directory of the node belongs', () => {
    const { pod } = workload(hardened({}), 'pachd');
    expect(pod.securityContext).toEqual({ runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } });
    expect(pod.containers[0].securityContext).toEqual({ allowPrivilegeEscalation: false });
  });

  test('overrides come last', () => {
    const overrides: NonNullable<ClusterDocument['overrides']> = [
      {
        kind: 'Deployment',
        name: 'console',
        patch: [{ op: 'replace', path: '/spec/template/spec/automountServiceAccountToken', value: true }],
      },
      { kind: 'NetworkPolicy', name: 'etcd', patch: [{ op: 'remove', path: '/spec/egress' }] },
    ];
    const objects = hardened({ storage: S3, overrides });
    expect(workload(objects, 'console').pod.automountServiceAccountToken).toBe(true);
    const policy = objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'etcd');
    expect(policy?.spec).not.toHaveProperty('egress');
  });
});

test('without it nothing is added', () => {
  const objects = objectsOf({ storage: S3 });
  expect(objects.filter(({ kind }) => kind === 'NetworkPolicy')).toEqual([]);
  expect(objectsOf({ storage: S3, security: { hardening: 'chart' } })).toEqual(objects);
});

test('a Job of 2.2 that is hardened is another Job', () => {
  const jobOf = (objects: Written[]): string | undefined =>
    objects.find(({ kind }) => kind === 'Job')?.metadata.name;
  const document = DOCUMENTS['release 2.2'] ?? {};
  expect(jobOf(hardened(document))).toMatch(/^pachyderm-config-\d+$/);
  expect(jobOf(hardened(document))).not.toBe(jobOf(objectsOf(document)));
});

describe("Envoy's own interface", () => {
  const objects = hardened({ storage: S3 });
  const configuration = JSON.parse(
    objects.find(({ metadata }) => metadata.name === 'pachyderm-proxy-config')?.data?.['envoy.json'] ?? '',
  ) as {
    readonly admin: { readonly address: object };
    readonly static_resources: {
      readonly listeners: readonly {
        readonly name: string;
        readonly filter_chains: readonly [
          { readonly filters: readonly [{ readonly typed_config: { readonly route_config: object } }] },
        ];
      }[];
      readonly clusters: readonly { readonly name: string; readonly load_assignment: object }[];
    };
  };

  test('is for its pod alone', () => {
    const address = { socket_address: { address: '127.0.0.1', port_value: 9901 } };
    expect(configuration.admin.address).toEqual(address);
    const { ports = [], livenessProbe } = workload(objects, 'pachyderm-proxy').pod.containers[0];
    expect(ports.map(({ containerPort }) => containerPort)).not.toContain(9901);
    expect(livenessProbe?.httpGet?.port).toBe(9902);
    const cluster = configuration.static_resources.clusters.find(({ name }) => name === 'admin');
    expect(cluster?.load_assignment).toMatchObject({
      endpoints: [{ lb_endpoints: [{ endpoint: { address } }] }],
    });
  });

  test('answers probes, and nothing else, at a port of theirs', () => {
    const listener = configuration.static_resources.listeners.find(({ name }) => name === 'probes');
    expect(listener).toMatchObject({ address: { socket_address: { address: '0.0.0.0', port_value: 9902 } } });
    expect(listener?.filter_chains[0].filters[0].typed_config.route_config).toMatchObject({
      virtual_hosts: [
        {
          routes: [
            { match: { path: '/ready' }, route: { cluster: 'admin' } },
            { match: { path: '/server_info' }, route: { cluster: 'admin' } },
          ],
        },
      ],
    });
  });
});
