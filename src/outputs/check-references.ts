import { didYouMean } from '../diagnostics/suggest';
import type { Manifest } from './objects';
import { isAlwaysThere, referencesIn, type Reference, type ReferredKind } from './references';
import { objectName } from './object-name';

/** A reference that leads to nothing among the objects. */
export interface BrokenReference {
  /** The object that refers. */
  readonly object: Manifest;
  readonly reference: Reference;
  /** The key or port that is not in the object it leads to; missing where there is no such object. */
  readonly key?: string;
  readonly hint: string;
}

/** The references of objects that lead to nothing among them; `secrets` are the Secrets as they are in clear text. */
export function brokenReferences(
  objects: readonly Manifest[],
  secrets: readonly Manifest[],
): BrokenReference[] {
  const there = new Map([...objects, ...secrets].map((each) => [objectName(each), each]));
  return objects.flatMap((object) =>
    referencesIn(object).flatMap((reference): BrokenReference[] => {
      const { kind, name, keys } = reference;
      const target = there.get(`${kind}/${name}`);
      if (target === undefined) {
        const names = [...there.values()].filter((each) => each.kind === kind);
        const meant = didYouMean(
          name,
          names.map(({ metadata }) => metadata.name),
        );
        return isAlwaysThere(kind, name)
          ? []
          : [{ object, reference, hint: meant ?? `make the ${kind} before the manifests are applied` }];
      }
      const known = KEYS[kind]?.(target);
      return keys
        .filter((key) => known?.includes(key) === false)
        .map((key) => ({
          ...{ object, reference, key },
          hint: didYouMean(key, known ?? []) ?? `it has ${[...(known ?? [])].sort().join(', ') || 'none'}`,
        }));
    }),
  );
}

/** A reference of an object, which is the same one before and after a change elsewhere. */
export function nameOfReference(object: Manifest, { kind, name, keys, steps }: Reference): string {
  return JSON.stringify([object.kind, object.metadata.name, kind, name, keys, steps]);
}

/** The same reference without the same key is the same broken one. */
export function nameOfBroken({ object, reference, key = '' }: BrokenReference): string {
  return `${nameOfReference(object, reference)} ${key}`;
}

/** What may be read from an object of a kind by name. */
const KEYS: Partial<Record<ReferredKind, (object: Manifest) => readonly string[]>> = {
  Secret: ({ data, stringData }) => Object.keys({ ...(data as object), ...(stringData as object) }),
  ConfigMap: ({ data, binaryData }) => Object.keys({ ...(data as object), ...(binaryData as object) }),
  Service: ({ spec }) =>
    (
      (spec as { readonly ports?: readonly { name?: string; port: number }[] } | undefined)?.ports ?? []
    ).flatMap(({ name, port }) => [...(name === undefined ? [] : [name]), String(port)]),
};
