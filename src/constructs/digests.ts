import { ApiObject, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { toPointer, type PathStep } from '../document/source-node';
import { withDigest, withImages } from '../images/images-of';
import type { Cluster } from '../model/cluster';

/** Gives the images of objects below a construct the digests that a lock file has of them. */
export function applyDigests(scope: IConstruct, digests: Cluster['imageDigests']): void {
  if (digests === undefined) return;
  for (const construct of scope.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) continue;
    const before = construct.toJson() as Readonly<Record<string, unknown>>;
    const after = withImages(before, (image) => withDigest(image, digests));
    for (const patch of patches(before, after, [])) construct.addJsonPatch(patch);
  }
}

/** What replaces the strings in which two values of one shape differ. */
function patches(before: unknown, after: unknown, steps: readonly PathStep[]): JsonPatch[] {
  if (before === after) return [];
  if (typeof after !== 'object' || after === null) return [JsonPatch.replace(toPointer(steps), after)];
  const values = before as Readonly<Record<string, unknown>>;
  return Object.entries(after).flatMap(([key, value]) => patches(values[key], value, [...steps, key]));
}
