import type { ClusterObject } from './objects';
import { referencesElsewhere } from './references';
import { compare } from '../diagnostics/diagnostic';

/** Secrets by name, each with the keys that pods read from it; no key where a pod takes all there are. */
export type SecretKeys = Readonly<Record<string, readonly string[]>>;

/** An object that is not a Secret and has to exist, with the keys that are read from it. */
export interface ReferredObject {
  readonly kind: string;
  readonly name: string;
  readonly keys: readonly string[];
}

/**
 * The Secrets that objects refer to and that are not among them: anyone who applies the objects has to make them first, or else
 * pods wait for them forever. References that are optional are left out, and so are Secrets that pachd makes itself.
 */
export function referredSecrets(objects: readonly ClusterObject[]): SecretKeys {
  return Object.fromEntries(
    referred(objects).flatMap(({ kind, name, keys }) => (kind === 'Secret' ? [[name, keys]] : [])),
  );
}

/** The same for everything that is no Secret: service accounts of the user's, what overrides mount. */
export function referredObjects(objects: readonly ClusterObject[]): ReferredObject[] {
  return referred(objects).filter(({ kind }) => kind !== 'Secret');
}

/** Each object once, with all keys that are read from it, sorted. */
function referred(objects: readonly ClusterObject[]): ReferredObject[] {
  const found = new Map<string, { kind: string; name: string; keys: Set<string> }>();
  for (const { kind, name, keys } of referencesElsewhere(objects)) {
    const known = found.get(`${kind}/${name}`) ?? { kind, name, keys: new Set() };
    for (const key of keys) known.keys.add(key);
    found.set(`${kind}/${name}`, known);
  }
  return [...found]
    .sort(([a], [b]) => compare(a, b))
    .map(([, { kind, name, keys }]) => ({ kind, name, keys: [...keys].sort() }));
}
