import { ipVersion } from '../../model/ip-address';
import { KUBERNETES_API_HOST } from '../../model/resolve-network';
import type { Rule, RuleContext } from '../rule';

/** Something that pods reach inside the cluster, and how a list of exceptions covers it. */
interface Inside {
  readonly what: string;
  /** What to add to the list, as far as it is not there. */
  readonly toAdd: readonly string[];
  readonly isCoveredBy: (entry: string) => boolean;
}

export const proxiedCluster: Rule = {
  code: 'ACC013',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Requests inside the cluster that go to the proxy of the network',
  reason:
    'pachd, Console and Dex send every request to network.httpProxy whose host is not in network.noProxy: client-go its calls of the Kubernetes API, gRPC those of pachd. A proxy for the outside cannot reach addresses of the cluster and refuses them (`URLBlocked`, `502 Bad Gateway`), so pachd makes no pipelines and Console shows nothing.',
  remedy:
    'Remove network.noProxy, so that it is filled with what the cluster needs; or add the entries that the message names. Kubernetes fills in $(KUBERNETES_SERVICE_HOST).',
  *check(context) {
    const { network } = context.document;
    if (network?.httpProxy === undefined || network.noProxy === undefined) return;
    const entries = network.noProxy.split(',').map((entry) => entry.trim().toLowerCase());
    const missing = insides(context).filter(({ isCoveredBy }) => !entries.some(isCoveredBy));
    if (missing.length === 0) return;
    const added = missing
      .flatMap(({ toAdd }) => toAdd)
      .filter((entry) => !entries.includes(entry.toLowerCase()));
    yield {
      path: ['network', 'noProxy'],
      message: `Requests to ${missing.map(({ what }) => what).join(' and ')} go to the proxy, which cannot reach them`,
      hint: `add ${added.join(',')}; or remove the line, and it is filled with what the cluster needs`,
      hintInValues: `add ${added.join(',')}`,
    };
  },
};

function insides({ cluster }: RuleContext): Inside[] {
  const peer = `pachd-peer.${cluster.namespace}.svc.cluster.local`;
  return [
    {
      what: 'the Kubernetes API',
      toAdd: [KUBERNETES_API_HOST],
      // Which of the addresses is that of the API server cannot be known.
      isCoveredBy: (entry) =>
        entry === '*' ||
        entry === KUBERNETES_API_HOST.toLowerCase() ||
        ipVersion(entry.replace(/\/\d+$/, '')) !== 0,
    },
    ...(cluster.console.enabled
      ? [
          {
            what: 'pachd',
            toAdd: ['.svc', '.cluster.local'],
            isCoveredBy: (entry: string) => covers(entry, peer),
          },
        ]
      : []),
  ];
}

/** As Go and Node.js read the list: a name covers itself and what is below it, with or without a leading dot. */
function covers(entry: string, host: string): boolean {
  const name = entry.replace(/^\*?\./, '').replace(/\.$/, '');
  return entry === '*' || host === name || host.endsWith(`.${name}`);
}
