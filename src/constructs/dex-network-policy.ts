import { Construct } from 'constructs';
import type { Cluster, ConfigMapping, ConfigValue, StringMap } from '../model/cluster';
import type { DexServer } from '../model/dex';
import { DEX_PORT } from '../model/standalone';
import { DEX_TELEMETRY_PORT } from './dex-configuration';
import { k8s } from './support/kubernetes';
import { NAME_SERVER_PORTS, policyPort } from './support/policy-ports';

/** What the policy is made from. */
export interface DexNetworkPolicyProps {
  readonly namespace: string;
  readonly name: string;
  /** Labels of Dex's pods. */
  readonly selector: StringMap;
  readonly dex: DexServer;
  readonly network?: Cluster['network'];
}

/**
 * Who may talk to Dex: everyone to the port of its pages, its namespace to the port for metrics, which asks no one who they
 * are. And whom Dex may talk to: name servers, and everyone on the ports that its connectors and its storage name. Nodes
 * reach pods for probes whatever a policy says.
 */
export class DexNetworkPolicy extends Construct {
  constructor(scope: Construct, id: string, props: DexNetworkPolicyProps) {
    super(scope, id);
    const { namespace, name, selector, dex } = props;
    const metricsFrom = dex.networkPolicy?.metricsFrom;
    new k8s.KubeNetworkPolicy(this, 'network-policy', {
      metadata: { name, namespace },
      spec: {
        podSelector: { matchLabels: selector },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          { ports: [policyPort(DEX_PORT)] },
          {
            ports: [policyPort(DEX_TELEMETRY_PORT)],
            from: [
              { podSelector: {} },
              ...(metricsFrom === undefined ? [] : [{ namespaceSelector: { matchLabels: metricsFrom } }]),
            ],
          },
        ],
        egress: [
          { ports: [...NAME_SERVER_PORTS] },
          { ports: egressPorts(props).map((number) => policyPort(number)) },
        ],
      },
    });
  }
}

/**
 * What API servers listen on: most on 443 or 6443, those of minikube on 8443 and of MicroK8s on 16443. Which, no object
 * says, and a policy looks at the server's own port, not at that of the Service `kubernetes`.
 */
const KUBERNETES_PORTS = [443, 6443, 8443, 16443];

/** Identity providers are asked over https even where no connector says a port: GitHub, Google, Microsoft. */
const HTTPS_PORT = 443;

function egressPorts({ dex, network }: DexNetworkPolicyProps): number[] {
  const { storage, connectors, networkPolicy } = dex;
  const ports = [
    HTTPS_PORT,
    ...(storage.type === 'postgres' ? [storage.port] : []),
    ...(storage.type === 'kubernetes' ? KUBERNETES_PORTS : []),
    ...connectors.flatMap(({ type, config }) => [
      ...urlPorts(config),
      ...(type === 'ldap' ? [ldapPort(config)] : []),
      // GitHub Enterprise is named by its host, and asked over https.
      ...(type === 'github' ? portOf(config['hostName']) : []),
    ]),
    ...urlPorts(network?.httpProxy ?? ''),
    ...(networkPolicy?.egressPorts ?? []),
  ];
  return [...new Set(ports)].sort((a, b) => a - b);
}

/** Ports of the URLs in a value, however deep. */
function urlPorts(value: ConfigValue): number[] {
  if (typeof value === 'string') {
    const match = /^(https?):\/\/(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/?#:]*)(?::(\d+))?/i.exec(value);
    if (!match) return [];
    return [match[2] === undefined ? (match[1]?.toLowerCase() === 'http' ? 80 : 443) : Number(match[2])];
  }
  if (value === null || typeof value !== 'object') return [];
  // A URL that browsers are sent to is none that Dex asks.
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'redirectURI' ? [] : urlPorts(child as ConfigValue),
  );
}

/** Without a port in the host Dex takes 389 without encryption, else 636. */
function ldapPort({ host, insecureNoSSL }: ConfigMapping): number {
  return portOf(host)[0] ?? (insecureNoSSL === true ? 389 : 636);
}

/** The port at the end of a host; none where it has none. */
function portOf(host: ConfigValue | undefined): number[] {
  const match = typeof host === 'string' ? /:(\d+)$/.exec(host) : null;
  return match ? [Number(match[1])] : [];
}
