import { count, json, rowsOf, text, type FieldRow } from '../row';
import { imageRows, placementRows } from './pod';

/** etcd. */
export const etcdRows: readonly FieldRow[] = [
  ...rowsOf('etcd', 'etcd', {
    storageSize: [text, 'size'],
    storageClass: [text],
    dynamicNodes: [count, 'replicas'],
    maxTxnOps: [count],
    resources: [json],
  }),
  ...imageRows('etcd', 'etcd'),
  ...placementRows('etcd', 'etcd', ['annotations', 'podLabels', 'nodeSelector', 'tolerations', 'affinity']),
];
