import type { Access } from './cluster';

/**
 * The TLS Secret that the Envoy proxy serves; undefined where TLS ends elsewhere, at an ingress or at a load balancer in
 * front of the cluster, or where there is none.
 */
export function proxyTlsSecret({ via, tls }: Access): string | undefined {
  return via === 'proxy' && tls !== undefined && !tls.offloaded ? tls.secretName : undefined;
}
