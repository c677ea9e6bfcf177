import { isMapping } from '../document/is-mapping';
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

/** A field of Kubernetes that refers to a Secret, or to several as a list. */
interface SecretReferenceField {
  readonly field: string;
  /** The key in it that has the name of the Secret. */
  readonly nameKey: 'name' | 'secretName';
  /** The keys of the Secret that are read. */
  readonly keys: (reference: Mapping) => readonly string[];
}

/** The fields of Kubernetes that refer to Secrets. */
const REFERENCES: readonly SecretReferenceField[] = [
  { field: 'secretKeyRef', nameKey: 'name', keys: ({ key }) => (typeof key === 'string' ? [key] : []) },
  { field: 'secretRef', nameKey: 'name', keys: () => [] },
  // A volume's, and a source of a projected volume.
  { field: 'secret', nameKey: 'secretName', keys: ({ items }) => keysOf(items) },
  { field: 'secret', nameKey: 'name', keys: ({ items }) => keysOf(items) },
  { field: 'tls', nameKey: 'secretName', keys: () => TLS_KEYS },
  { field: 'imagePullSecrets', nameKey: 'name', keys: () => PULL_SECRET_KEYS },
];

/** Whether a key inside a field of Kubernetes has the name of a Secret. */
export function isSecretNameKey(field: string | undefined, key: string): boolean {
  return REFERENCES.some((row) => row.field === field && row.nameKey === key);
}

function collect(value: unknown, add: Add, field?: string): void {
  if (Array.isArray(value)) return value.forEach((item) => collect(item, add, field));
  if (!isMapping(value) || value['optional'] === true) return;
  for (const { nameKey, keys } of REFERENCES.filter((row) => row.field === field))
    add(value[nameKey], keys(value));
  for (const [key, inner] of Object.entries(value)) collect(inner, add, key);
}

function keysOf(items: unknown): string[] {
  return Array.isArray(items) ? (items as { key: string }[]).map(({ key }) => key) : [];
}
