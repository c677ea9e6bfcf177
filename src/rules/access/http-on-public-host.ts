import { hasRoutes, isReachedByHttps, publicWays, reachedHost } from '../support/cluster-reach';
import { isClusterHost, isLoopbackHost, isOpenHttp, readUrl } from '../../model/url-text';
import type { Rule } from '../rule';

const EFFECT =
  'tokens cross the network as clear text, and anyone who reads along is logged in as their owner; many identity providers refuse such a callback URL too';

export const httpOnPublicHost: Rule = {
  code: 'ACC003',
  severity: 'error',
  reads: ['cluster'],
  title: 'Plain http on a public host',
  reason:
    'The codes and tokens of a login cross the network as clear text. Identity providers take an http callback URL for localhost alone.',
  remedy:
    'Give access.tls: with secretName where the proxy or the ingress has the certificate, with offloaded: true where a load balancer in front has it. Profile dev permits http for a cluster that only you can reach.',
  *check({ document, cluster }) {
    if (cluster.profile === 'dev') return;
    const host = reachedHost(cluster);
    if (host !== undefined && !isLoopbackHost(host) && !isReachedByHttps(cluster))
      yield {
        path: ['access', 'host'],
        message: `The cluster is reached at ${host} over plain http: ${EFFECT}`,
        hint: hasRoutes(cluster)
          ? 'add access.tls: { secretName: … }, or tls: { offloaded: true } where a load balancer in front has the certificate; profile: dev permits http'
          : `ports of nodes serve no TLS: use access.via ${publicWays(cluster)} with access.tls; profile: dev permits http`,
      };
    for (const [name, url] of Object.entries(document.access?.urls ?? {})) {
      // Only pods go to an issuer inside the cluster; browsers have access.urls.userAccessibleIssuer.
      const isInside = name === 'issuer' && isClusterHost(readUrl(url).host);
      if (isOpenHttp(url) && !isInside)
        yield {
          path: ['access', 'urls', name],
          message: `access.urls.${name} leads browsers over plain http: ${EFFECT}`,
          hint: `write ${url.replace(/^http:/, 'https:')}, or remove the line and give access.host and access.tls; profile: dev permits http`,
        };
    }
  },
};
