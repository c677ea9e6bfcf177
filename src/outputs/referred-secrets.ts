import type { ClusterObject } from './objects';

/** Secrets by name, each with the keys that pods read from it; no key where a pod takes all there are. */
export type SecretKeys = Readonly<Record<string, readonly string[]>>;

/** Keys of a Secret that has a certificate. */
const TLS_KEYS = ['tls.crt', 'tls.key'];

/** Key of a Secret that images are pulled with. */
const PULL_SECRET_KEYS = ['.dockerconfigjson'];

/**
 * The Secrets that objects refer to and that are not among them: anyone who applies the objects has to make them first, or else
 * pods wait for them forever. References that are optional are left out, and so are Secrets that pachd makes itself.
 */
export function referredSecrets(objects: readonly ClusterObject[]): SecretKeys {
  const found = new Map<string, Set<string>>();
  const add = (name: unknown, keys: readonly string[]): void => {
    if (typeof name !== 'string') return;
    const known = found.get(name) ?? new Set();
    for (const key of keys) known.add(key);
    found.set(name, known);
  };
  for (const { manifest } of objects) collect(manifest, add);
  for (const { manifest } of objects)
    if (MAKE_SECRETS.includes(manifest.kind)) found.delete(manifest.metadata.name);
  for (const name of MADE_BY_PACHD) found.delete(name);
  return Object.fromEntries(
    [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, keys]) => [name, [...keys].sort()]),
  );
}

/** Kinds that are a Secret, or become one of the same name. */
const MAKE_SECRETS: readonly string[] = ['Secret', 'SealedSecret', 'ExternalSecret'];

const MADE_BY_PACHD: readonly string[] = ['pachyderm-pjs-worker-authentication'];

type Add = (name: unknown, keys: readonly string[]) => void;

type Mapping = Readonly<Record<string, unknown>>;

/** How the fields of Kubernetes that refer to a Secret do so, by their names. */
const REFERENCES: Readonly<Record<string, (value: Mapping, add: Add) => void>> = {
  secretKeyRef: ({ name, key }, add) => add(name, typeof key === 'string' ? [key] : []),
  secretRef: ({ name }, add) => add(name, []),
  // A volume's, or a source of a projected volume.
  secret: ({ secretName, name, items }, add) => add(secretName ?? name, keysOf(items)),
};

function collect(value: unknown, add: Add): void {
  if (Array.isArray(value)) return value.forEach((item) => collect(item, add));
  if (!isMapping(value)) return;
  if (value['optional'] === true) return;
  for (const [field, inner] of Object.entries(value)) {
    const refer = Object.hasOwn(REFERENCES, field) ? REFERENCES[field] : undefined;
    if (refer && isMapping(inner) && inner['optional'] !== true) refer(inner, add);
    else if (field === 'tls' && Array.isArray(inner))
      for (const { secretName } of inner as { secretName?: string }[]) add(secretName, TLS_KEYS);
    else if (field === 'imagePullSecrets' && Array.isArray(inner))
      for (const { name } of inner as { name?: string }[]) add(name, PULL_SECRET_KEYS);
    else collect(inner, add);
  }
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(items: unknown): string[] {
  return Array.isArray(items) ? (items as { key: string }[]).map(({ key }) => key) : [];
}
