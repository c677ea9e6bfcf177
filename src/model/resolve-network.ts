import type { ClusterDocument } from '../generated/cluster-document';
import type { Network } from './cluster';
import { defined } from './defined';

/** Address of the API server, which Kubernetes fills in where the value of a variable refers to it. */
export const KUBERNETES_API_HOST = '$(KUBERNETES_SERVICE_HOST)';

/**
 * What every pod reaches without the proxy: itself; the API server, which client-go calls by its address; etcd, whose address
 * Kubernetes fills in too; the Services of the namespace by their bare names and in full; and pods, which pachd calls by
 * their addresses. A range of addresses applies to URLs that name an address only.
 */
const INSIDE: readonly string[] = [
  'localhost',
  '127.0.0.1',
  KUBERNETES_API_HOST,
  '$(ETCD_SERVICE_HOST)',
  'kubernetes.default',
  'pachd',
  'pachd-peer',
  'etcd',
  'pg-bouncer',
  'dex',
  '.svc',
  '.cluster.local',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
];

/** The `network` section; with a proxy and no exceptions of the document's own, the exceptions that a cluster needs. */
export function resolveNetwork(document: ClusterDocument): Network {
  const { httpProxy, noProxy } = document.network ?? {};
  return defined({
    httpProxy,
    noProxy: noProxy ?? (httpProxy === undefined ? undefined : hostsInside(document).join(',')),
  });
}

/** Hosts that are reached without the proxy unless the document says which. */
export function hostsInside({ loki, storage }: ClusterDocument): string[] {
  const hosts = [
    ...INSIDE,
    ...(loki?.host === undefined ? [] : [loki.host]),
    // An endpoint without TLS, or with a bare name, is in the cluster or beside it.
    ...(storage?.s3?.endpoint === undefined
      ? []
      : insideEndpoint(storage.s3.endpoint, storage.s3.disableSSL)),
    ...(storage?.minio ? insideEndpoint(storage.minio.endpoint, storage.minio.secure !== true) : []),
  ];
  return [...new Set(hosts)];
}

function insideEndpoint(endpoint: string, isPlain = false): string[] {
  const host = endpoint.replace(/:\d+$/, '');
  return isPlain || !host.includes('.') ? [host] : [];
}
