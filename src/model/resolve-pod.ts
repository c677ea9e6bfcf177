import type { JsonValue } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { ComponentService, Image, PachdPorts, Placement, Resources } from './cluster';
import { defined } from './defined';
import { pullPolicyOf, registryOf, type ResolveContext } from './resolve-context';

/** An image of the document over the release's own: repository and tag each as given, the registry in front. */
export function resolveImage(
  context: ResolveContext,
  releaseImage: string,
  given: { repository?: string; tag?: string; pullPolicy?: string } = {},
): Image {
  return {
    reference: withRegistry(registryOf(context), imageName(releaseImage, given)),
    pullPolicy: given.pullPolicy ?? pullPolicyOf(context),
  };
}

/** An image with a registry in front, which is empty for none. */
export function withRegistry(registry: string, image: string): string {
  return registry === '' ? image : `${registry}/${image}`;
}

/** An image that the official chart puts its default registry not in front of: only a registry of the document is. */
export function resolveUnprefixedImage(
  context: ResolveContext,
  releaseImage: string,
  given: { repository?: string; tag?: string; pullPolicy?: string } = {},
): Image {
  const image = resolveImage(context, releaseImage, given);
  return context.document.images?.registry === undefined
    ? { ...image, reference: imageName(releaseImage, given) }
    : image;
}

/** Repository and tag of an image of the document over the release's own. */
export function imageName(releaseImage: string, given: { repository?: string; tag?: string } = {}): string {
  const at = releaseImage.lastIndexOf(':');
  return `${given.repository ?? releaseImage.slice(0, at)}:${given.tag ?? releaseImage.slice(at + 1)}`;
}

/** The Service of a component; `nodePort` is the official chart's, missing where it has none that nodes open. */
export function resolveService(
  given: {
    type?: ComponentService['type'];
    nodePort?: number;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
  } = {},
  nodePort?: number,
): ComponentService {
  return defined({
    type: given.type ?? 'ClusterIP',
    nodePort: given.nodePort ?? nodePort,
    annotations: given.annotations ?? {},
    labels: given.labels ?? {},
  });
}

/** Requests and limits with every quantity as strings, in the order of their names. */
export function resolveResources(
  given: {
    requests?: Readonly<Record<string, string | number>>;
    limits?: Readonly<Record<string, string | number>>;
  } = {},
): Resources {
  const asText = (list: Readonly<Record<string, string | number>>): Record<string, string> =>
    Object.fromEntries(Object.entries(list).map(([name, amount]) => [name, String(amount)]));
  return defined({
    requests: given.requests && asText(given.requests),
    limits: given.limits && asText(given.limits),
  });
}

/** Where a pod runs, with empty mappings for what the document leaves out. */
export function resolvePlacement(
  given: {
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    nodeSelector?: Record<string, string>;
    tolerations?: unknown[];
    affinity?: unknown;
    priorityClassName?: string;
  } = {},
): Placement {
  return defined({
    annotations: given.annotations ?? {},
    labels: given.labels ?? {},
    nodeSelector: given.nodeSelector,
    tolerations: given.tolerations as JsonValue[] | undefined,
    affinity: given.affinity as JsonValue | undefined,
    priorityClassName: given.priorityClassName,
  });
}

/** Ports of the Service `pachd`. */
export function resolvePorts(document: ClusterDocument): PachdPorts {
  const given = document.pachd?.service?.ports ?? {};
  return {
    grpc: given.grpc ?? 30650,
    oidc: given.oidc ?? 30657,
    identity: given.identity ?? 30658,
    s3: given.s3 ?? 30600,
    metrics: given.metrics ?? 30656,
  };
}
