import { isMapping } from '../../document/is-mapping';
/** A JSON object. */
export type Mapping = Readonly<Record<string, unknown>>;

/** A Kubernetes object, wanted or live. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

/** Metadata of an object, as far as it is looked at. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[];
  readonly managedFields?: readonly ManagedFields[];
}

/** Who last said which fields of an object. */
export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly time?: string;
}

/** A kind without its version: `Deployment.apps`, `Secret`. */
export type GroupKind = string;

/** The group and kind of an object, as ApplySets write it. */
export function groupKindOf({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): GroupKind {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return group === '' ? kind : `${kind}.${group}`;
}

/** What tells an object from all others of a cluster. */
export function keyOf(object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>): string {
  return `${groupKindOf(object)}|${object.metadata.namespace ?? ''}|${object.metadata.name}`;
}

/** The value at a path of keys; undefined where there is none. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isMapping(inner) ? inner[key] : undefined), value);
}

/** The string at a path of keys; empty where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const text = valueAt(value, ...path);
  return typeof text === 'string' ? text : '';
}

/**
 * An object as it is applied: `stringData` of Secrets becomes `data`, since a field that only exists on the way in cannot be
 * owned, and keys that leave it would stay.
 */
export function asApplied(manifest: KubernetesObject): KubernetesObject {
  if (manifest.kind !== 'Secret' || !isMapping(manifest['stringData'])) return manifest;
  const { stringData, ...rest } = manifest as KubernetesObject & { stringData: Record<string, string> };
  const encoded = Object.entries(stringData).map(([key, text]) => [key, Buffer.from(text).toString('base64')]);
  return { ...rest, data: { ...(rest['data'] as Mapping | undefined), ...Object.fromEntries(encoded) } };
}
