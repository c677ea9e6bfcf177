import { App } from 'cdk8s';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { objectsIn, type Objects } from '../support/objects-of';

const RELEASES = [
  ...['2.2.0', '2.2.8', '2.3.0', '2.4.0', '2.5.0', '2.6.11', '2.7.8', '2.8.10', '2.9.0', '2.10.0'],
  ...['2.11.6', '2.12.0-rc.3'],
];
const enterprise = { licenseKey: 'text-of-license', secret: 'text-of-enterprise' };
const mock = { id: 'test', type: 'mockPassword', config: { username: 'admin', password: 'password' } };
const roleBindings = { 'user:ada@acme.com': ['clusterAdmin'] as [string] };

const chartOf = (document: Partial<ClusterDocument> = {}): PachydermChart =>
  new PachydermChart(new App(), 'pachyderm', clusterOf(document));
const objects = (document?: Partial<ClusterDocument>): Objects => objectsIn(chartOf(document));

/** Secrets and ConfigMaps that pods read and that others make: the document's own, and pachd's at run time. */
const MADE_BY_OTHERS = ['pachd-config', 'pachyderm-pjs-worker-authentication'];

/** Names of the objects of `kind` that a workload refers to, with the keys if it says so. */
function referencesOf(
  pod: unknown,
): { readonly kind: string; readonly name: string; readonly key?: string }[] {
  if (Array.isArray(pod)) return pod.flatMap(referencesOf);
  if (pod === null || typeof pod !== 'object') return [];
  return Object.entries(pod as Record<string, Record<string, string>>).flatMap(([field, value]) => {
    const kind = REFERENCES[field];
    const name = value?.['name'] ?? value?.['secretName'];
    if (kind === undefined || name === undefined) return referencesOf(value);
    return [{ kind, name, ...(value['key'] === undefined ? {} : { key: value['key'] }) }];
  });
}

const REFERENCES: Readonly<Record<string, string>> = {
  secretKeyRef: 'Secret',
  secretRef: 'Secret',
  secret: 'Secret',
  configMapKeyRef: 'ConfigMap',
  configMapRef: 'ConfigMap',
  configMap: 'ConfigMap',
};

describe.each(RELEASES)('the chart for %s', (release) => {
  const document: Partial<ClusterDocument> = {
    release,
    namespace: 'data',
    enterprise,
    auth: { roleBindings },
    identity: {
      connectors: [mock],
      clients: [{ id: 'hub', redirectURIs: ['https://hub.acme.com/'], secret: 'text-of-hub' }],
      trustedPeers: ['hub'],
    },
    storage: { s3: { bucket: 'acme', credentials: { id: 'text-of-id', secret: 'text-of-key' } } },
  };

  it('puts every object into the namespace', () => {
    for (const { kind, metadata } of objects(document).all)
      expect([kind, metadata.name, metadata.namespace]).toEqual([kind, metadata.name, 'data']);
  });

  it('has no two objects of one name', () => {
    const { all, names } = objects(document);
    expect(names).toHaveLength(all.length);
  });

  it('has everything that its pods read', () => {
    const { all } = objects(document);
    for (const { kind, name, key } of referencesOf(all)) {
      if (MADE_BY_OTHERS.includes(name)) continue;
      const found = all.find((object) => object.kind === kind && object.metadata.name === name);
      expect(found).toBeDefined();
      if (key !== undefined) expect({ ...found?.data, ...found?.stringData }).toHaveProperty([key]);
    }
  });

  it('is the same every time', () => {
    expect(chartOf(document).toJson()).toEqual(chartOf(document).toJson());
  });

  it('holds no secret outside of Secrets', () => {
    const texts = [/text-of-\w+/g, /authrootTokenx+/g, /consoleclientSecretx+/g];
    const shown = JSON.stringify(objects(document).all.filter(({ kind }) => kind !== 'Secret'));
    expect(texts.flatMap((text) => shown.match(text) ?? [])).toEqual([]);
    const kept = JSON.stringify(objects(document).all.filter(({ kind }) => kind === 'Secret'));
    for (const text of texts) expect(kept).toMatch(text);
  });
});

describe('PachydermChart', () => {
  it('has the parts that the output sorts into files', () => {
    const parts = chartOf({ access: { via: 'ingress', host: 'pach.acme.com' } }).node.children;
    expect(parts.map(({ node }) => node.id)).toEqual([
      'service-accounts',
      'rbac',
      'deployment-id',
      'storage-secret',
      'identity',
      'bootstrap-secret',
      'etcd',
      'postgres',
      'pg-bouncer',
      'pachd',
      'pachd-services',
      'pachw',
      'console',
      'envoy-proxy',
      'ingress',
      'config-job',
    ]);
  });

  it('leaves out what the document has no use for', () => {
    const { names } = objects({ access: { via: 'portForward' }, console: { enabled: false } });
    expect(names.filter((name) => /console|proxy|Ingress/.test(name))).toEqual([]);
  });

  it('is a chart of cdk8s like any other', () => {
    const app = new App();
    new PachydermChart(app, 'one', clusterOf({ namespace: 'one' }));
    new PachydermChart(app, 'two', clusterOf({ namespace: 'two' }));
    expect(app.charts.map(({ node }) => node.id)).toEqual(['one', 'two']);
  });

  it('has a Job for the bootstrap in 2.2 and none later', () => {
    const jobs = (release: string) =>
      objects({ release, enterprise }).names.filter((name) => name.startsWith('Job/'));
    expect(jobs('2.2.8')).toHaveLength(1);
    expect(jobs('2.3.0')).toEqual([]);
  });
});
