import { App } from 'cdk8s';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import { clusterObjects } from '../../src/outputs/objects';
import { clusterOf } from '../support/cluster-of';

const DOCUMENT: Partial<ClusterDocument> = {
  name: 'first',
  auth: { rootToken: 'first-token', roleBindings: { 'user:ada@acme.com': ['clusterAdmin'] } },
  profile: 'dev',
  enterprise: { licenseKey: 'license' },
};

function objectsOf(document: Partial<ClusterDocument>, component: string): readonly unknown[] {
  return clusterObjects(clusterOf(document)).filter((object) => object.component === component);
}

test('a component whose sections are those of an earlier cluster is not constructed again', () => {
  const [first] = objectsOf(DOCUMENT, 'etcd');
  const [second] = objectsOf({ ...DOCUMENT, name: 'second', auth: { ...DOCUMENT.auth } }, 'etcd');
  expect(second).toBe(first);
});

test.each([
  ['a secret', 'bootstrap-secret', { auth: { ...DOCUMENT.auth, rootToken: 'second-token' } }],
  ['a field', 'etcd', { etcd: { size: '20Gi' } }],
  ['the namespace', 'rbac', { namespace: 'elsewhere' }],
])('%s that differs is in the objects', (_, component, change) => {
  const before = objectsOf(DOCUMENT, component);
  const after = objectsOf({ ...DOCUMENT, ...change }, component);
  expect(after).not.toEqual(before);
  expect(objectsOf(DOCUMENT, component)).toEqual(before);
});

test('the objects are those of the chart', () => {
  const cluster = clusterOf(DOCUMENT);
  const chart = new PachydermChart(new App(), 'pachyderm', cluster);
  const objects = clusterObjects(cluster).map(({ manifest }) => manifest);
  expect(objects).toEqual(expect.arrayContaining(chart.toJson() as unknown[]));
  expect(objects).toHaveLength((chart.toJson() as unknown[]).length);
});
