import { createHash } from 'node:crypto';
import { version } from '../../package.json';
import type { Cluster } from '../model/cluster';
import type { GroupKind, KubernetesObject } from './api/objects';

/** Whom the fields that pachkit says belong to. */
export const FIELD_MANAGER = 'pachkit';

/** Labels and annotations of ApplySets, the inventory that kubectl understands (Kubernetes enhancement 3659). */
export const APPLY_SET = {
  id: 'applyset.kubernetes.io/id',
  partOf: 'applyset.kubernetes.io/part-of',
  tooling: 'applyset.kubernetes.io/tooling',
  groupKinds: 'applyset.kubernetes.io/contains-group-kinds',
} as const;

/** What a deploy says about itself, in the data of the object that its inventory is. */
export interface DeployRecord {
  /** Release of Pachyderm. */
  readonly release: string;
  /** The pachkit that deployed. */
  readonly pachkit: string;
  /** When it began, in ISO 8601. */
  readonly began: string;
  /** When everything was applied; missing while that goes on, or was interrupted. */
  readonly applied?: string;
}

/** The inventory of what deploys of one cluster have made: a ConfigMap. */
export class ApplySet {
  readonly name: string;
  readonly id: string;

  constructor(
    readonly cluster: string,
    readonly namespace: string,
  ) {
    this.name = `pachkit-${cluster}`;
    const digest = createHash('sha256').update(`${this.name}.${namespace}.ConfigMap.`).digest('base64url');
    this.id = `applyset-${digest}-v1`;
  }

  static of({ name, namespace }: Pick<Cluster, 'name' | 'namespace'>): ApplySet {
    return new ApplySet(name, namespace);
  }

  /** An object marked as a member. */
  member(object: KubernetesObject): KubernetesObject {
    const { metadata } = object;
    return {
      ...object,
      metadata: { ...metadata, labels: { ...metadata.labels, [APPLY_SET.partOf]: this.id } },
    };
  }

  isMember({ metadata }: Pick<KubernetesObject, 'metadata'>): boolean {
    return metadata.labels?.[APPLY_SET.partOf] === this.id;
  }

  /** The ConfigMap itself. */
  parent(kinds: readonly GroupKind[], record: DeployRecord): KubernetesObject {
    return {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: this.name,
        namespace: this.namespace,
        labels: { [APPLY_SET.id]: this.id },
        annotations: {
          [APPLY_SET.tooling]: `pachkit/v${version}`,
          [APPLY_SET.groupKinds]: [...new Set(kinds)].sort().join(','),
        },
      },
      data: { ...record },
    };
  }
}

/** The kinds that an inventory has objects of. */
export function kindsIn(parent: KubernetesObject | undefined): GroupKind[] {
  const text = parent?.metadata.annotations?.[APPLY_SET.groupKinds] ?? '';
  return text.split(',').filter((kind) => kind !== '');
}

/** What the last deploy says about itself. */
export function recordIn(parent: KubernetesObject | undefined): Partial<DeployRecord> {
  const data = parent?.['data'];
  return typeof data === 'object' && data !== null ? data : {};
}
