import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { components } from '../constructs/components';
import { applyDigests } from '../constructs/digests';
import { applyOverrides } from '../constructs/overrides';

/** The parts of a cluster that exist, created in `scope`, by their ids: with its overrides, and with the digests of images. */
export function createParts(
  scope: Construct,
  cluster: Cluster,
  isWanted: (id: string) => boolean = () => true,
): ReadonlyMap<string, Construct> {
  const parts = components
    .filter(({ id, existsIn }) => isWanted(id) && existsIn(cluster))
    .map(({ id, create }) => [id, create(scope, cluster)] as const);
  for (const [, part] of parts) {
    applyOverrides(part, cluster.overrides);
    applyDigests(part, cluster.imageDigests);
  }
  return new Map(parts);
}

/** A part's Kubernetes object of this id; throws when the part has none. */
export function apiObject(part: IConstruct | undefined, id: string): ApiObject {
  const object = optionalObject(part, id);
  if (!object) throw new Error(`${part?.node.path ?? 'the cluster'} has no Kubernetes object ${id}`);
  return object;
}

/** A part's Kubernetes object of this id; undefined when the part has none. */
export function optionalObject(part: IConstruct | undefined, id: string): ApiObject | undefined {
  const object = part?.node.tryFindChild(id);
  return object && ApiObject.isApiObject(object) ? object : undefined;
}

/** Every Kubernetes object below a construct, in the order of creation. */
export function objectsBelow(scope: Construct): ApiObject[] {
  return scope.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
}
