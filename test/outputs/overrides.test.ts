import fs from 'node:fs';
import path from 'node:path';
import { App } from 'cdk8s';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { kubernetesFields } from '../../src/generated/kubernetes-fields';
import { checkOverrides } from '../../src/outputs/check-overrides';
import { formFaults } from '../../src/outputs/kubernetes-form';
import { clusterObjects, type Manifest } from '../../src/outputs/objects';
import { unmark } from '../support/check-document';
import { clusterOf } from '../support/cluster-of';
import { documentOf } from '../support/input-of';

const HEAD = `apiVersion: pachkit/v1
release: 2.11.6
profile: dev
auth: { enabled: false }
`;

function clusterOfText(text: string) {
  return clusterOf(documentOf(text).value as unknown as ClusterDocument);
}

function objectsOf(text: string): ReadonlyMap<string, Manifest> {
  return new Map(
    clusterObjects(clusterOfText(HEAD + text)).map(({ manifest }) => [
      `${manifest.kind}/${manifest.metadata.name}`,
      manifest,
    ]),
  );
}

const HOST_NETWORK = `overrides:
  - kind: Deployment
    name: pachd
    patch:
      - { op: add, path: /spec/template/spec/hostNetwork, value: true }
      - { op: test, path: /spec/replicas, value: 1 }
      - { op: replace, path: /spec/replicas, value: 3 }
      - { op: copy, from: /spec/replicas, path: /spec/minReadySeconds }
      - { op: remove, path: /spec/template/spec/containers/0/readinessProbe }
`;

describe('an override', () => {
  test('may write quantities as numbers, as Kubernetes reads them', () => {
    const text = `${HEAD}overrides:
  - kind: Deployment
    name: pachd
    patch: [{ op: add, path: /spec/template/spec/containers/0/resources, value: { limits: { cpu: 2, memory: 4Gi } } }]
`;
    expect(checkOverrides(documentOf(text), clusterOfText(text))).toEqual([]);
  });

  test('changes its object, and no other', () => {
    const [before, after] = [objectsOf(''), objectsOf(HOST_NETWORK)];
    const changed = [...before.keys()].filter(
      (key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)),
    );
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect(changed).toEqual(['Deployment/pachd']);
    expect(after.get('Deployment/pachd')).toMatchObject({
      spec: { replicas: 3, minReadySeconds: 3, template: { spec: { hostNetwork: true } } },
    });
    expect(JSON.stringify(after.get('Deployment/pachd'))).not.toContain('readinessProbe');
    expect(objectsOf('')).toEqual(before);
  });

  test('holds in the chart of the library too', () => {
    const chart = new PachydermChart(new App(), 'pachyderm', clusterOfText(HEAD + HOST_NETWORK));
    const pachd = (chart.toJson() as Manifest[]).find(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'pachd',
    );
    expect(pachd).toMatchObject({ spec: { replicas: 3 } });
  });

  test('that is right has no findings', () => {
    const text = HEAD + HOST_NETWORK;
    expect(checkOverrides(documentOf(text), clusterOfText(text))).toEqual([]);
  });
});

const patch = (operations: string, object = 'kind: Deployment, name: pachd'): string =>
  `overrides: [{ ${object}, patch: [${operations}] }]\n`;

test.each<[text: string, code: string, message: RegExp, hint: RegExp]>([
  [
    'overrides: [{ kind: Deployment, name: ▸pachdd, patch: [{ op: remove, path: /spec }] }]\n',
    'OVR002',
    /no Deployment pachdd/,
    /did you mean "pachd"/,
  ],
  [
    'overrides: [{ kind: ▸Deploymnt, name: pachd, patch: [{ op: remove, path: /spec }] }]\n',
    'OVR002',
    /no object of kind/,
    /"Deployment"/,
  ],
  [
    patch('{ op: replace, path: ▸/spec/replcas, value: 2 }'),
    'OVR003',
    /nothing at \/spec\/replcas to replace/,
    /"replicas"/,
  ],
  [
    patch('{ op: remove, path: ▸/spec/template/spec/hostNetwork }'),
    'OVR003',
    /to remove/,
    /\/spec\/template\/spec has/,
  ],
  [
    patch('{ op: add, path: ▸/spec/a/b, value: 1 }'),
    'OVR003',
    /nothing that \/spec\/a\/b could be in/,
    /\/spec has/,
  ],
  [patch('{ op: add, path: ▸/spec/template/spec/containers/7, value: {} }'), 'OVR003', /could be in/, /"0"/],
  [patch('{ op: test, path: /spec/replicas, value: ▸2 }'), 'OVR003', /another value/, /look at what/],
  [patch('{ op: move, from: ▸/spec/a, path: /spec/b }'), 'OVR003', /nothing at \/spec\/a/, /\/spec has/],
  [patch('{ op: replace, path: ▸/metadata/name, value: other }'), 'OVR004', /is found by/, /leave it/],
  [patch('{ op: remove, path: ▸/metadata }'), 'OVR004', /is found by/, /leave it/],
  [
    patch('{ op: move, from: ▸/metadata/name, path: /metadata/labels/name }'),
    'OVR004',
    /is found by/,
    /leave it/,
  ],
  [
    patch('{ op: add, path: ▸/spec/template/spec/hostNetwrk, value: true }'),
    'OVR005',
    /not a field of Kubernetes/,
    /kubectl explain/,
  ],
  [
    patch('{ op: replace, path: ▸/spec/replicas, value: "two" }'),
    'OVR005',
    /is a string, and has to be a whole number/,
    /kubectl explain/,
  ],
  [
    patch('{ op: replace, path: ▸/spec/replicas, value: 1.5 }'),
    'OVR005',
    /is 1.5, and has to be a whole number/,
    /kubectl explain/,
  ],
  [
    patch('{ op: add, path: ▸/spec/template/spec/dnsPolicy, value: clusterFirst }'),
    'OVR005',
    /is not one of ClusterFirst, ClusterFirstWithHostNet, Default, None/,
    /kubectl explain/,
  ],
  [patch('{ op: remove, path: ▸/spec/selector }'), 'OVR005', /selector.*is missing/, /kubectl explain/],
  [
    patch(
      '{ op: add, path: /spec/paused, value: false }, { op: add, path: ▸/spec/template/spec/containers/0/env/-, value: { name: X, value: 1 } }',
    ),
    'OVR005',
    /env\/\d+\/value.* is a number, and has to be a string/,
    /kubectl explain/,
  ],
])('%s', (marked, code, message, hint) => {
  const { text, places } = unmark(HEAD + marked);
  const found = checkOverrides(documentOf(text), clusterOfText(text));
  expect(found.map((each) => [each.code, each.location?.range?.line, each.location?.range?.column])).toEqual(
    places.map(([line, column]) => [code, line, column]),
  );
  expect(found[0]?.message).toMatch(message);
  expect(found[0]?.hint).toMatch(hint);
});

test('what is there to begin with is of the form of Kubernetes, of every kind', () => {
  const folder = path.join(__dirname, '..', 'oracle', 'documents');
  const faults: string[] = [];
  const kinds = new Set<string>();
  for (const release of fs.readdirSync(folder))
    for (const file of fs.readdirSync(path.join(folder, release)))
      for (const { manifest } of clusterObjects(
        clusterOfText(fs.readFileSync(path.join(folder, release, file), 'utf8')),
      )) {
        kinds.add(manifest.kind);
        faults.push(
          ...formFaults(manifest).map(
            ({ steps, message }) => `${manifest.kind} ${steps.join('/')} ${message}`,
          ),
        );
      }
  expect(faults).toEqual([]);
  expect([...kinds].filter((kind) => kubernetesFields[`V1${kind}`] === undefined)).toEqual([]);
});
