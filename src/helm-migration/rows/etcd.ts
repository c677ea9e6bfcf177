import { count, flag, json, rowsOf, text, type FieldRow } from '../row';
import { imageRows, placementRows, serviceRows } from './pod';

/** etcd. */
export const etcdRows: readonly FieldRow[] = [
  ...rowsOf('etcd', 'etcd', {
    storageSize: [text, 'size'],
    storageClass: [text],
    dynamicNodes: [count, 'replicas'],
    maxTxnOps: [count],
    inMemory: [flag],
    resources: [json],
  }),
  ...imageRows('etcd', 'etcd'),
  ...serviceRows('etcd', 'etcd', ['type', 'annotations', 'labels']),
  ...placementRows('etcd', 'etcd', ['annotations', 'podLabels', 'nodeSelector', 'tolerations', 'affinity']),
];
