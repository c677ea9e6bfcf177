import type { RunningCluster } from '../cluster/live';
import { parseImage } from '../images/reference';
import type { Cluster } from '../model/cluster';
import type { ClusterPlan } from '../plan/plan';
import type { MadeCluster } from './record';

/** Something that is not as the document or the lock file says. */
export interface Deviation {
  /** What it is: a container, an object, a port. */
  readonly what: string;
  readonly wanted?: string;
  readonly found?: string;
}

/** Something that could not be compared. */
export interface Uncompared {
  readonly what: string;
  readonly reason: string;
}

/** One part of a dev cluster beside what it should be. */
export interface VerifiedPart {
  readonly part: 'node' | 'ports' | 'images' | 'objects' | 'secrets';
  /** How many things were compared. */
  readonly compared: number;
  readonly deviations: readonly Deviation[];
  readonly uncompared: readonly Uncompared[];
}

/** What is looked at. */
export interface Seen {
  readonly made: MadeCluster;
  readonly running: RunningCluster;
  /** The image that the node's container was started from; undefined where no engine tells. */
  readonly nodeImage: string | undefined;
  /** What the node should be, by the document and the lock file. */
  readonly node: string | undefined;
  /** Ports that the document's URLs need. */
  readonly ports: MadeCluster['ports'];
  /** The lock file of the document, as messages have it, whether it is there or not. */
  readonly lock: string;
}

/** Compares a dev cluster with its document and lock file, part by part. */
export function verifiedParts({ cluster: { imageDigests } }: ClusterPlan, seen: Seen): VerifiedPart[] {
  const { running } = seen;
  const ofObjects = (part: 'objects' | 'secrets'): VerifiedPart => ({
    part,
    compared: running[part].compared,
    deviations: running[part].differences.map((what) => ({ what })),
    uncompared: [],
  });
  return [
    nodePart(seen),
    portsPart(seen),
    imagesPart(seen, imageDigests),
    ofObjects('objects'),
    ofObjects('secrets'),
  ];
}

function nodePart({ made: { tool }, node, nodeImage, running }: Seen): VerifiedPart {
  const versions = Object.entries(running.nodes);
  const is = [
    ...new Set([...(nodeImage === undefined ? [] : [nodeImage]), ...versions.map(([, version]) => version)]),
  ];
  if (node === undefined)
    return {
      part: 'node',
      compared: 0,
      deviations: [],
      uncompared: [{ what: is.join(', ') || 'the node', reason: `the document has no dev.nodes.${tool}` }],
    };
  const version = versionOf(node);
  const isImage = version !== node;
  const deviations: Deviation[] = [];
  const uncompared: Uncompared[] = [];
  if (isImage && nodeImage === undefined)
    uncompared.push({ what: 'the image of the node', reason: 'Docker does not say it' });
  else if (isImage && nodeImage !== undefined && nodeImage !== node)
    deviations.push({ what: 'image', wanted: node, found: nodeImage });
  if (version === undefined)
    uncompared.push({ what: 'the version of Kubernetes', reason: `the tag of ${node} is not one` });
  else
    for (const [name, found] of versions)
      if (found !== version) deviations.push({ what: `version of ${name}`, wanted: version, found });
  return {
    part: 'node',
    compared: (version === undefined ? 0 : versions.length) + (isImage && nodeImage !== undefined ? 1 : 0),
    deviations,
    uncompared,
  };
}

/** The version of Kubernetes that a node has: `v1.34.1+k3s1` of `rancher/k3s:v1.34.1-k3s1`; undefined where the tag is none. */
function versionOf(node: string): string | undefined {
  const tag = node.includes(':') ? parseImage(node)?.tag : node;
  return tag === undefined || !/^v\d+\.\d+\.\d+(-k3s\d+)?$/.test(tag)
    ? undefined
    : tag.replace('-k3s', '+k3s');
}

function portsPart({ made, ports }: Seen): VerifiedPart {
  const closed = ports.filter(
    ({ port, nodePort }) => !made.ports.some((each) => each.port === port && each.nodePort === nodePort),
  );
  return {
    part: 'ports',
    compared: ports.length,
    deviations: closed.map(({ port }) => ({ what: `port ${port}, which does not lead to the cluster` })),
    uncompared: [],
  };
}

function imagesPart({ running, lock }: Seen, digests: Cluster['imageDigests']): VerifiedPart {
  const unlocked =
    digests === undefined ? `there is no ${lock}, which pachkit lock writes` : `${lock} has no digest of it`;
  const deviations: Deviation[] = [];
  const uncompared: Uncompared[] = [];
  for (const { container, image, imageID } of running.images) {
    const [tag = '', named] = image.split('@');
    const wanted = named ?? digests?.[tag];
    const [, found] = imageID.split('@');
    if (wanted === undefined) uncompared.push({ what: `${container} ${image}`, reason: unlocked });
    else if (imageID === '') uncompared.push({ what: `${container} ${tag}`, reason: 'it does not run' });
    else if (found === undefined)
      uncompared.push({
        what: `${container} ${tag}`,
        reason: 'it was loaded from an archive, which has no digest of a registry',
      });
    else if (found !== wanted) deviations.push({ what: `${container} ${tag}`, wanted, found });
  }
  return { part: 'images', compared: running.images.length - uncompared.length, deviations, uncompared };
}
