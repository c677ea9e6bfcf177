import type { Cluster } from '../model/cluster';
import { serverNameOf } from '../model/resolve-enterprise-server';
import { CONFIG_JOB_PREFIX } from '../model/secret-places';
import { FORWARDED_PACHD, FORWARDED_PORTS } from '../model/service-ports';
import { DEX_PORT } from '../model/standalone';
import { isLoopbackHost } from '../model/url-text';
import { shellWord } from '../diagnostics/shell-word';

/** Commands that the outputs contribute. */
export interface OutputCommands {
  /** Those that set up what the objects of the cluster refer to. */
  readonly preparing: readonly string[];
  /** Those that apply the objects, one list for each output that has them: any one of them is enough. */
  readonly applying: readonly (readonly string[])[];
  /** Names of the Jobs among the objects, which have to be done before anyone logs in. */
  readonly jobs: readonly string[];
}

/** Where the root token is in the cluster. */
export interface TokenPlace {
  readonly secret: string;
  readonly key: string;
}

/** Ports below need root on most machines. */
const FIRST_FREE_PORT = 1024;

/** Commands that lead from the files to a session, in the order in which they work. A line that begins with # is a remark. */
export function nextSteps(
  cluster: Cluster,
  { preparing, applying: [applying, ...others], jobs }: OutputCommands,
  rootToken?: TokenPlace,
): string[] {
  if (!applying) return [...preparing];
  const kubectl = `kubectl -n ${cluster.namespace}`;
  return [
    ...preparing,
    `kubectl create namespace ${cluster.namespace} --dry-run=client -o yaml | kubectl apply -f -`,
    ...earlierJobs(kubectl, jobs),
    ...applying,
    ...others.flatMap((commands) => commands.map((command) => `# or ${command}`)),
    ...waiting(cluster, kubectl, jobs),
    ...wayIn(cluster, kubectl),
    ...loginSteps(cluster, kubectl, rootToken),
    ...(rootToken ? robotTokens(cluster, kubectl) : []),
  ];
}

/**
 * Commands that log in as the root user.
 *
 * @param kubectl with the options that lead to the cluster and its namespace
 */
export function loginSteps(cluster: Cluster, kubectl: string, rootToken?: TokenPlace): string[] {
  return [
    `pachctl connect ${cluster.urls.pachd}`,
    ...(rootToken
      ? [
          `${kubectl} get secret ${shellWord(rootToken.secret)} -o go-template=${shellWord(`{{index .data ${JSON.stringify(rootToken.key)} | base64decode}}`)} | pachctl auth use-auth-token`,
        ]
      : []),
  ];
}

/** A document that says again what an earlier one said has the Job of that one, which is done and would not run. */
function earlierJobs(kubectl: string, jobs: readonly string[]): string[] {
  return jobs.some((name) => name.startsWith(CONFIG_JOB_PREFIX))
    ? [`${kubectl} delete job -l app=pachd,suite=pachyderm --field-selector status.successful=1`]
    : [];
}

function waiting(cluster: Cluster, kubectl: string, jobs: readonly string[]): string[] {
  const deployments = [
    serverNameOf(cluster),
    ...(cluster.dex ? ['dex'] : []),
    ...(cluster.access.proxy.enabled ? ['pachyderm-proxy'] : []),
  ];
  return [
    ...deployments.map((name) => `${kubectl} rollout status deployment/${name} --timeout=10m`),
    // A Job that failed stays as it is: applied again, it is unchanged.
    ...jobs.flatMap((name) => [
      `${kubectl} wait --for=condition=complete job/${name} --timeout=10m`,
      `# if it fails: ${kubectl} logs job/${name}; to run it again: ${kubectl} delete job/${name}, and apply`,
    ]),
    ...(cluster.restoreSnapshot
      ? ['# then remove restoreSnapshot from the document, and synthesize and apply again: pachd starts']
      : []),
  ];
}

/** What opens the ports that the URLs name, where nothing else does; or what may keep pachctl out. */
function wayIn(cluster: Cluster, kubectl: string): string[] {
  const { access, release } = cluster;
  const { host, proxy, via, ingress } = access;
  const isLocal = host === undefined || isLoopbackHost(host);
  if (via === 'proxy' && proxy.enabled && isLocal && release.proxyIsReachedAsLocalhost) {
    if (proxy.service.type !== 'ClusterIP') return [];
    const port = access.port ?? (access.tls ? 443 : 80);
    const target = access.tls && !access.tls.offloaded ? proxy.service.httpsPort : proxy.service.httpPort;
    return [
      `${kubectl} port-forward service/pachyderm-proxy ${port}:${target} &`,
      ...(port < FIRST_FREE_PORT
        ? [`# port ${port} needs root on most machines; with access.port: 8080 nothing does`]
        : []),
    ];
  }
  if (via === 'ingress' && ingress.through === 'services')
    return [forwardedPorts(cluster, kubectl, ['grpc'])];
  if (via === 'ingress')
    return [
      `# pachctl speaks gRPC: if it cannot connect, let the Ingress controller speak HTTP/2 to pachyderm-proxy, or run`,
      `#   ${kubectl} port-forward service/pachyderm-proxy ${FORWARDED_PORTS.grpc}:${proxy.service.httpPort} & and connect to ${FORWARDED_PACHD}`,
    ];
  if (via === 'portForward' || (via === 'proxy' && isLocal)) return forwarding(cluster, kubectl);
  return [];
}

/** What opens the ports that `localhost` has in URLs. `pachctl port-forward` knows pachd and not an enterprise server. */
function forwarding(cluster: Cluster, kubectl: string): string[] {
  return [
    cluster.enterpriseServer
      ? forwardedPorts(cluster, kubectl, ['grpc', 'oidc', 'identity'])
      : `pachctl port-forward --namespace ${cluster.namespace} &`,
    ...(cluster.dex ? [`${kubectl} port-forward service/dex ${DEX_PORT} &`] : []),
  ];
}

function forwardedPorts(
  cluster: Cluster,
  kubectl: string,
  names: readonly ('grpc' | 'oidc' | 'identity')[],
): string {
  const { ports } = (cluster.enterpriseServer ?? cluster.pachd).service;
  const pairs = names.map((name) => `${FORWARDED_PORTS[name]}:${ports[name]}`).join(' ');
  return `${kubectl} port-forward service/${serverNameOf(cluster)} ${pairs} &`;
}

/** A token of each robot, made by the root user who has logged in before, and kept in a Secret. */
function robotTokens({ auth }: Cluster, kubectl: string): string[] {
  return (auth?.robots ?? []).map(
    ({ name, ttlMinutes, secretName }) =>
      `pachctl auth get-robot-token ${shellWord(name)}${ttlMinutes === undefined ? '' : ` --ttl ${ttlMinutes}m`} -q | tr -d '\\n' | ${kubectl} create secret generic ${secretName} --from-file=token=/dev/stdin --dry-run=client -o yaml | kubectl apply -f -`,
  );
}
