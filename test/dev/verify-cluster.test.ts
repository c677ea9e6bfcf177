import { verifiedParts, type Seen, type VerifiedPart } from '../../src/dev/verify-cluster';
import type { ClusterPlan } from '../../src/plan/plan';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const PORTS = [{ port: 8080, nodePort: 32_400 }];

const seen: Seen = {
  made: { tool: 'kind', name: 'pachkit-acme', ports: PORTS },
  running: {
    nodes: { 'pachkit-acme-control-plane': 'v1.34.0' },
    images: [],
    objects: { compared: 3, differences: [] },
    secrets: { compared: 2, differences: [] },
  },
  nodeImage: `kindest/node:v1.34.0@${DIGEST}`,
  node: `kindest/node:v1.34.0@${DIGEST}`,
  ports: PORTS,
  lock: 'locks/acme.lock',
};

function part(name: VerifiedPart['part'], over: Partial<Seen>, imageDigests?: Record<string, string>) {
  const plan = { cluster: { imageDigests } } as unknown as ClusterPlan;
  const found = verifiedParts(plan, { ...seen, ...over }).find((each) => each.part === name);
  const { compared, deviations, uncompared } = found as VerifiedPart;
  return { compared, deviations, uncompared };
}

const withNode = (version: string): Partial<Seen> => ({
  running: { ...seen.running, nodes: { n: version } },
});
const FINE = { deviations: [], uncompared: [] };

describe('the node', () => {
  test.each<[what: string, over: Partial<Seen>, wanted: object]>([
    ['as the lock says', {}, { compared: 2, ...FINE }],
    [
      'of k3d, whose tags have no +',
      {
        ...withNode('v1.34.1+k3s1'),
        node: 'rancher/k3s:v1.34.1-k3s1',
        nodeImage: 'rancher/k3s:v1.34.1-k3s1',
      },
      { compared: 2, ...FINE },
    ],
    ['of minikube, a version', { node: 'v1.34.0', nodeImage: 'kicbase:v0.0.48' }, { compared: 1, ...FINE }],
    [
      'of minikube with another version',
      { node: 'v1.33.0', nodeImage: 'kicbase:v0.0.48' },
      {
        compared: 1,
        deviations: [{ what: 'version of pachkit-acme-control-plane', wanted: 'v1.33.0', found: 'v1.34.0' }],
        uncompared: [],
      },
    ],
    [
      'with another digest',
      { nodeImage: `kindest/node:v1.34.0@${OTHER}` },
      { deviations: [{ what: 'image', wanted: seen.node, found: `kindest/node:v1.34.0@${OTHER}` }] },
    ],
    [
      'that no engine tells of',
      { nodeImage: undefined },
      { compared: 1, uncompared: [{ what: 'the image of the node', reason: 'Docker does not say it' }] },
    ],
    [
      'with a tag that is no version',
      { node: 'acme/node:ours', nodeImage: 'acme/node:ours' },
      {
        compared: 1,
        uncompared: [{ what: 'the version of Kubernetes', reason: 'the tag of acme/node:ours is not one' }],
      },
    ],
    [
      'that the document says nothing of',
      { node: undefined },
      {
        compared: 0,
        deviations: [],
        uncompared: [{ what: `${seen.nodeImage}, v1.34.0`, reason: 'the document has no dev.nodes.kind' }],
      },
    ],
  ])('%s', (_, over, wanted) => expect(part('node', over)).toMatchObject(wanted));
});

test('ports that were not opened when the cluster was made', () =>
  expect(part('ports', { ports: [...PORTS, { port: 8081, nodePort: 32_401 }] })).toEqual({
    compared: 2,
    deviations: [{ what: 'port 8081, which does not lead to the cluster' }],
    uncompared: [],
  }));

describe('images', () => {
  const running = (image: string, imageID: string): Partial<Seen> => ({
    running: { ...seen.running, images: [{ container: 'pachd-0/pachd', image, imageID }] },
  });
  const LOCK = { 'acme/pachd:2.12': DIGEST };
  test.each<[what: string, image: string, imageID: string, wanted: object]>([
    ['of the lock', 'acme/pachd:2.12', `docker.io/acme/pachd@${DIGEST}`, { compared: 1, ...FINE }],
    ['that name their digest', `acme/dex:1@${OTHER}`, `acme/dex@${OTHER}`, { compared: 1, ...FINE }],
    [
      'that are others',
      `acme/pachd:2.12@${DIGEST}`,
      `docker.io/acme/pachd@${OTHER}`,
      { deviations: [{ what: 'pachd-0/pachd acme/pachd:2.12', wanted: DIGEST, found: OTHER }] },
    ],
    ['of archives', 'acme/pachd:2.12', OTHER, { compared: 0, deviations: [], uncompared: [{}] }],
    ['that do not run', 'acme/pachd:2.12', '', { compared: 0, deviations: [], uncompared: [{}] }],
    [
      'that the lock lacks',
      'acme/dex:1',
      `acme/dex@${OTHER}`,
      {
        compared: 0,
        deviations: [],
        uncompared: [{ what: 'pachd-0/pachd acme/dex:1', reason: 'locks/acme.lock has no digest of it' }],
      },
    ],
  ])('%s', (_, image, imageID, wanted) =>
    expect(part('images', running(image, imageID), LOCK)).toMatchObject(wanted),
  );

  test('without a lock file', () =>
    expect(part('images', running('acme/dex:1', `acme/dex@${OTHER}`)).uncompared).toEqual([
      {
        what: 'pachd-0/pachd acme/dex:1',
        reason: 'there is no locks/acme.lock, which pachkit lock writes',
      },
    ]));
});
