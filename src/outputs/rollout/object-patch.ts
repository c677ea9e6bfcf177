import { isMapping } from '../../document/is-mapping';
import { toPointer } from '../../document/source-node';
import type { PatchOperation } from '../../model/cluster';
import { isDeepStrictEqual } from 'node:util';

/** A JSON patch that makes one value of another. Lists of one length are compared item by item; others are replaced. */
export function objectPatch(from: unknown, to: unknown, at = ''): PatchOperation[] {
  if (isDeepStrictEqual(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length)
    return from.flatMap((item, index) => objectPatch(item, to[index], `${at}/${index}`));
  if (!isMapping(from) || !isMapping(to)) return [{ op: 'replace', path: at, value: to }];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key): PatchOperation[] => {
    const path = `${at}${toPointer([key])}`;
    if (!Object.hasOwn(to, key)) return [{ op: 'remove', path }];
    if (!Object.hasOwn(from, key)) return [{ op: 'add', path, value: to[key] }];
    return objectPatch(from[key], to[key], path);
  });
}
