import type { Cluster } from '../../model/cluster';
import type { ClusterObject } from '../objects';
import { SECRETS_FILE } from '../object-files';

/** What has to be there before what comes after it can start, in this order. */
export const STAGES = ['settings', 'data', 'cluster'] as const;

export type Stage = (typeof STAGES)[number];

/**
 * Components that are in a stage before the last. pachd asks for its issuer through the proxy and the Ingress, so these and a
 * standalone Dex start together with it.
 */
const EARLY: Readonly<Record<string, Stage>> = {
  'service-accounts': 'settings',
  rbac: 'settings',
  identity: 'settings',
  'bootstrap-secret': 'settings',
  'storage-secret': 'settings',
  'tls-secrets': 'settings',
  'deployment-id': 'settings',
  etcd: 'data',
  postgres: 'data',
  'cloud-sql-proxy': 'data',
  'pg-bouncer': 'data',
};

/** The stage that an object is rolled out in. */
export function stageOf({ component, file }: Pick<ClusterObject, 'component' | 'file'>): Stage {
  return file === SECRETS_FILE ? 'settings' : (EARLY[component] ?? 'cluster');
}

/** A field of an object that something in the cluster sets, so that an engine must not put it back. */
export interface ForeignField {
  readonly kind: string;
  readonly name: string;
  /** JSON Pointer. */
  readonly path: string;
}

/** The fields that pachd sets itself: it scales pachw between the bounds of the document. */
export function foreignFields({
  release,
  pachw,
  enterpriseServer,
}: Pick<Cluster, 'release' | 'pachw' | 'enterpriseServer'>): readonly ForeignField[] {
  return release.hasPachw && enterpriseServer === undefined && pachw.minReplicas !== pachw.maxReplicas
    ? PACHW_REPLICAS
    : [];
}

/** How many Pods of pachw there are. */
export const PACHW_REPLICAS: readonly ForeignField[] = [
  { kind: 'Deployment', name: 'pachw', path: '/spec/replicas' },
];

/**
 * Whether an engine may delete an object to change it: the API server refuses to change a Job, and that stops everything that is
 * rolled out with it. Checking a migration twice does no harm; restoring a snapshot twice does.
 */
export function isMadeAnew({ manifest: { kind, metadata } }: Pick<ClusterObject, 'manifest'>): boolean {
  return kind === 'Job' && metadata.name === 'pachyderm-preflight-check';
}
