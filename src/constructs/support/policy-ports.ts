import { k8s } from './kubernetes';

/** A port in a NetworkPolicy. */
export function policyPort(port: number, protocol: 'TCP' | 'UDP' = 'TCP'): k8s.NetworkPolicyPort {
  return { port: k8s.IntOrString.fromNumber(port), protocol };
}

/**
 * What name servers listen on. A policy looks at the server's own port, not at that of its Service, and the name servers of
 * OpenShift are at 5353 behind port 53.
 */
export const NAME_SERVER_PORTS: readonly k8s.NetworkPolicyPort[] = [53, 5353].flatMap((port) => [
  policyPort(port, 'UDP'),
  policyPort(port),
]);
