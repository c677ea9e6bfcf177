import type { ClusterObject } from '../objects';
import { byFile } from '../object-files';

/** A part of a cluster that is rolled out together, such as etcd. */
export interface Part {
  /** The name of its file without the number, such as `etcd`. */
  readonly name: string;
  readonly objects: readonly ClusterObject[];
}

/** The parts of objects, in the order of their files. */
export function partsOf(objects: readonly ClusterObject[]): readonly Part[] {
  return byFile(objects).map(([file, inFile]) => ({ name: file.replace(/^\d+-/, ''), objects: inFile }));
}

/** Objects that Git may have. The others are Secrets in clear text, or ones that sops encrypts in files of their own. */
export function committedObjects(objects: readonly ClusterObject[]): readonly ClusterObject[] {
  return objects.filter(({ isSecret }) => !isSecret);
}
