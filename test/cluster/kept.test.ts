import type { KubernetesObject } from '../../src/cluster/api/objects';
import { reasonToKeep } from '../../src/cluster/compare/kept';
import { replacementFor } from '../../src/cluster/compare/replacements';

const object = (kind: string, data?: object): KubernetesObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'one' },
  ...(data === undefined ? {} : { data }),
});

test('what is not in the document any more is deleted, save what cannot be made again', () => {
  expect(reasonToKeep(object('Deployment'), [])).toBeUndefined();
  expect(reasonToKeep(object('ConfigMap', { a: 'b' }), [])).toBeUndefined();
  expect(reasonToKeep(object('PersistentVolumeClaim'), [])).toBe('its data would go with it');
});

test('a Secret goes when all of its values are in another one of the document', () => {
  const old = object('Secret', { a: 'eA==' });
  expect(reasonToKeep(old, [])).toBe('it has values that are in no other Secret of the document');
  expect(reasonToKeep(old, [object('Secret', { b: 'eA==' })])).toBeUndefined();
  expect(reasonToKeep(object('Secret'), [])).toBeUndefined();
});

test.each([
  ['Job', 'spec.template: Invalid value: core.PodTemplateSpec{}: field is immutable', 'Background'],
  [
    'StatefulSet',
    'StatefulSet.apps "postgres" is invalid: spec: Forbidden: updates to statefulset spec for fields other than \'replicas\' are forbidden',
    'Orphan',
  ],
  ['RoleBinding', 'roleRef: Invalid value: rbac.RoleRef{}: cannot change roleRef', 'Background'],
  ['Deployment', 'spec.replicas: Invalid value: -1: must be greater than or equal to 0', undefined],
  ['PersistentVolumeClaim', 'spec: Forbidden: spec is immutable after creation', undefined],
])('%s: %s', (kind, refusal, propagation) => {
  expect(replacementFor(kind, refusal)?.propagation).toBe(propagation);
});
