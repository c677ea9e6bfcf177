import type { Cluster } from '../../model/cluster';
import { plainSecretKeys } from '../../model/plain-secret-keys';
import type { ClusterObject, Manifest } from '../objects';

/** A Secret taken apart. */
export interface SecretContent {
  readonly name: string;
  readonly namespace: string;
  readonly type?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** What is secret. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What the same Secret holds that is not. */
  readonly plain: Readonly<Record<string, string>>;
}

interface SecretManifest {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

/** The content of an object that is a Secret. */
export function secretContent(manifest: Manifest, cluster: Cluster): SecretContent {
  const { metadata, type, data = {}, stringData = {} } = manifest as unknown as SecretManifest;
  const all = {
    ...Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
    ),
    ...stringData,
  };
  const isPlain = isPlainKeyOf(metadata.name, cluster);
  const select = (plain: boolean): Record<string, string> =>
    Object.fromEntries(Object.entries(all).filter(([key]) => isPlain(key) === plain));
  return {
    ...metadata,
    ...(type === undefined ? {} : { type }),
    secrets: select(false),
    plain: select(true),
  };
}

/** Secrets of a cluster that hold something secret; the others are like any other object. */
export function isSecretObject({ manifest }: ClusterObject, cluster: Cluster): boolean {
  return manifest.kind === 'Secret' && Object.keys(secretContent(manifest, cluster).secrets).length > 0;
}

function isPlainKeyOf(name: string, cluster: Cluster): (key: string) => boolean {
  const keys = plainSecretKeys(cluster)[name] ?? [];
  return (key) => keys.includes(key);
}

/** A string that a template of Go, which controllers make Secrets with, renders as itself. */
export function literally(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
