import type { k8s as kubernetes } from '../support/kubernetes';
import { NAME_SERVER_PORTS, policyPort } from '../support/policy-ports';
import type { WrittenPod } from './pod';
import type { Reach, WorkloadFacts } from './workloads';

/** Pods that pachkit writes, and those that pachd makes of pipelines. */
const SUITE = { suite: 'pachyderm' };

/**
 * Who may connect to the pods of a workload: to the ports that a login or a client of the API comes in at everyone, to the others
 * those that have to. Nodes reach pods for probes whatever a policy says.
 */
export function networkPolicySpec(
  labels: Readonly<Record<string, string>>,
  pod: WrittenPod,
  { reach, isClosed }: WorkloadFacts,
): kubernetes.NetworkPolicySpec {
  const peersOf: Readonly<Record<Reach, kubernetes.NetworkPolicyPeer[]>> = {
    everyone: [],
    namespace: [{ podSelector: {} }],
    // The bundled PostgreSQL and its own tools have the labels of another chart, and none of them connects to anything.
    suite: [{ podSelector: { matchLabels: SUITE } }],
    peers: [{ podSelector: { matchLabels: labels } }],
  };
  const open = pod.containers
    .flatMap(({ ports }) => ports ?? [])
    .flatMap(({ name = '', containerPort }) => {
      const who = reach[name];
      return who === undefined ? [] : [{ who, port: policyPort(containerPort) }];
    });
  const ingress = (['everyone', 'namespace', 'suite', 'peers'] as const).flatMap((who) => {
    const ports = open.filter((each) => each.who === who).map((each) => each.port);
    const from = peersOf[who];
    return ports.length === 0 ? [] : [{ ports, ...(from.length === 0 ? {} : { from }) }];
  });
  return {
    podSelector: { matchLabels: labels },
    policyTypes: ['Ingress', ...(isClosed ? ['Egress'] : [])],
    // An empty list allows nothing, as none does, and is another object to the API server at each apply.
    ...(ingress.length === 0 ? {} : { ingress }),
    ...(isClosed ? { egress: [{ ports: [...NAME_SERVER_PORTS] }, { to: peersOf.peers }] } : {}),
  };
}
