import { isMapping } from '../document/is-mapping';
import { oncePer } from '../forms/once-per';
import type { ClusterObject, Manifest } from './objects';

/** Kinds of objects that others refer to by name. */
export type ReferredKind =
  'Secret' | 'ConfigMap' | 'ServiceAccount' | 'PersistentVolumeClaim' | 'Service' | 'Role';

/** A name in one object of another one of its namespace, without which it does not start or does not work. */
export interface Reference {
  readonly kind: ReferredKind;
  readonly name: string;
  /** Keys that are read from it, or ports of a Service; none where all are taken that are there. */
  readonly keys: readonly string[];
  /** Steps from the object to what refers. */
  readonly steps: readonly string[];
}

/** A field of Kubernetes that refers to an object, or to several as a list. */
interface ReferenceField {
  readonly field: string;
  readonly kind: ReferredKind;
  /** The key in it that has the name; missing where the field is the name itself. */
  readonly nameKey?: 'name' | 'secretName' | 'claimName';
  /** The keys that are read. @default none by name */
  readonly keys?: (reference: Mapping) => readonly string[];
}

type Mapping = Readonly<Record<string, unknown>>;

/** Keys of a Secret that has a certificate. */
const TLS_KEYS = ['tls.crt', 'tls.key'];

/** Key of a Secret that images are pulled with. */
const PULL_SECRET_KEYS = ['.dockerconfigjson'];

/** The fields of Kubernetes that refer to objects. */
const FIELDS: readonly ReferenceField[] = [
  { field: 'secretKeyRef', kind: 'Secret', nameKey: 'name', keys: keyOf },
  { field: 'secretRef', kind: 'Secret', nameKey: 'name' },
  // A volume's, and a source of a projected volume.
  { field: 'secret', kind: 'Secret', nameKey: 'secretName', keys: itemsOf },
  { field: 'secret', kind: 'Secret', nameKey: 'name', keys: itemsOf },
  { field: 'tls', kind: 'Secret', nameKey: 'secretName', keys: () => TLS_KEYS },
  { field: 'imagePullSecrets', kind: 'Secret', nameKey: 'name', keys: () => PULL_SECRET_KEYS },
  { field: 'configMapKeyRef', kind: 'ConfigMap', nameKey: 'name', keys: keyOf },
  { field: 'configMapRef', kind: 'ConfigMap', nameKey: 'name' },
  { field: 'configMap', kind: 'ConfigMap', nameKey: 'name', keys: itemsOf },
  { field: 'serviceAccountName', kind: 'ServiceAccount' },
  { field: 'serviceName', kind: 'Service' },
  { field: 'persistentVolumeClaim', kind: 'PersistentVolumeClaim', nameKey: 'claimName' },
];

const rowsByField = new Map(FIELDS.map(({ field }) => [field, FIELDS.filter((row) => row.field === field)]));

/** Whether a key inside a field of Kubernetes has the name of a Secret. */
export function isSecretNameKey(field: string | undefined, key: string): boolean {
  return FIELDS.some((row) => row.kind === 'Secret' && row.field === field && row.nameKey === key);
}

interface Binding {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly { readonly kind: string; readonly name: string }[];
}

/** Everything that an object refers to. References that are optional are left out. */
export const referencesIn = oncePer((manifest: Manifest): readonly Reference[] => {
  const found: Reference[] = [];
  collect(manifest, [], found);
  const { roleRef, subjects = [] } = manifest as Partial<Binding>;
  if (roleRef?.kind === 'Role')
    found.push({ kind: 'Role', name: roleRef.name, keys: [], steps: ['roleRef', 'name'] });
  for (const [index, { kind, name }] of subjects.entries())
    if (kind === 'ServiceAccount')
      found.push({ kind, name, keys: [], steps: ['subjects', String(index), 'name'] });
  return found;
});

/** References to what none of the objects is, in their order: anyone who applies the objects has to make it. */
export function referencesElsewhere(objects: readonly ClusterObject[]): Reference[] {
  const there = new Set(
    objects.map(({ manifest }) => `${providedKind(manifest.kind)}/${manifest.metadata.name}`),
  );
  return objects
    .flatMap(({ manifest }) => referencesIn(manifest))
    .filter(({ kind, name }) => !there.has(`${kind}/${name}`) && !isAlwaysThere(kind, name));
}

/** Whether every namespace has it, or pachd makes it. */
export function isAlwaysThere(kind: ReferredKind, name: string): boolean {
  return ALWAYS_THERE.includes(`${kind}/${name}`);
}

const ALWAYS_THERE: readonly string[] = [
  'ServiceAccount/default',
  'ConfigMap/kube-root-ca.crt',
  'Secret/pachyderm-pjs-worker-authentication',
];

/** What an object of a kind is, or becomes, under its name. */
function providedKind(kind: string): string {
  return MAKE_SECRETS.includes(kind) ? 'Secret' : kind;
}

const MAKE_SECRETS: readonly string[] = ['SealedSecret', 'ExternalSecret'];

function collect(value: unknown, steps: readonly string[], found: Reference[], field?: string): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, [...steps, String(index)], found, field);
    return;
  }
  if (!isMapping(value) || value['optional'] === true) return;
  for (const { kind, nameKey, keys } of rowsOf(field)) {
    const name = nameKey && value[nameKey];
    if (typeof name === 'string') found.push({ kind, name, keys: keys?.(value) ?? [], steps });
  }
  if (field === 'backend') addService(value['service'], [...steps, 'service'], found);
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'object') collect(inner, [...steps, key], found, key);
    if (typeof inner !== 'string' || inner === '') continue;
    const named = rowsOf(key).find(({ nameKey }) => nameKey === undefined);
    if (named) found.push({ kind: named.kind, name: inner, keys: [], steps: [...steps, key] });
  }
}

const NONE: readonly ReferenceField[] = [];

function rowsOf(field: string | undefined): readonly ReferenceField[] {
  return (field !== undefined && rowsByField.get(field)) || NONE;
}

/** The Service that an Ingress leads to. */
function addService(service: unknown, steps: readonly string[], found: Reference[]): void {
  if (!isMapping(service) || typeof service['name'] !== 'string') return;
  const { name, number } = (service['port'] ?? {}) as { name?: unknown; number?: unknown };
  const port = name ?? number;
  const keys = typeof port === 'string' || typeof port === 'number' ? [String(port)] : [];
  found.push({ kind: 'Service', name: service['name'], keys, steps });
}

function keyOf({ key }: Mapping): readonly string[] {
  return typeof key === 'string' ? [key] : [];
}

function itemsOf({ items }: Mapping): readonly string[] {
  return Array.isArray(items) ? (items as { key: string }[]).map(({ key }) => key) : [];
}
