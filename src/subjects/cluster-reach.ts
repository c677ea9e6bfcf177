import type { Cluster } from '../model/cluster';
import { resolveAccess } from '../model/resolve-access';
import { literalSecret } from '../model/secret';
import type { ClusterUrls } from '../model/urls';
import type { CheckedCluster } from './subject';

/** The host that the cluster is reached at; undefined where that is the user's own machine, with or without a host given. */
export function reachedHost({ access }: Pick<Cluster, 'access'>): string | undefined {
  return access.via === 'portForward' ? undefined : access.host;
}

/** Whether an ingress or the proxy is the way in. Both lead fixed paths to Dex, pachd and Console. */
export function hasRoutes({ access }: Pick<Cluster, 'access'>): boolean {
  return access.via === 'proxy' || access.via === 'ingress';
}

/** What can be chosen for a public host, in words: ways that the release has and the profile permits. */
export function publicWays({ release, profile }: Pick<Cluster, 'release' | 'profile'>): string {
  const ways = [
    ...(release.hasProxy ? ['proxy'] : []),
    'ingress',
    // Ports of nodes serve no TLS, and so are for dev alone.
    ...(profile === 'dev' ? ['nodePort'] : []),
  ];
  return ways.join(ways.length > 2 ? ', ' : ' or ').replace(/, (?=\w+$)/, ' or ');
}

/** Whether browsers come in with https. Ports of nodes and forwarded ports serve no TLS. */
export function isReachedByHttps(cluster: Pick<Cluster, 'access'>): boolean {
  return hasRoutes(cluster) && cluster.access.tls !== undefined;
}

/** Whether the cluster belongs to an enterprise server, which runs Dex in its place. */
export function isMember({ enterprise }: Pick<Cluster, 'enterprise'>): boolean {
  return enterprise?.member !== undefined;
}

/** The URLs as they would be without overrides in `access.urls`. */
export function urlsWithoutOverrides({
  document,
  cluster,
}: Pick<CheckedCluster, 'document' | 'cluster'>): ClusterUrls {
  const access = { ...document.access };
  delete access.urls;
  return resolveAccess({
    document: { ...document, access },
    release: cluster.release,
    secret: () => literalSecret(''),
  }).urls;
}
