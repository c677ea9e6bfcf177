import { formatPath } from '../../document/source-node';
import { hasRoutes, isReachedByHttps, publicWays, reachedHost } from '../../subjects/cluster-reach';
import { isLoopbackHost, isOpenHttp } from '../../model/url-text';
import type { Subjects } from '../../subjects/subject';
import type { Finding, Rule, RuleContext } from '../rule';

const EFFECT =
  'tokens cross the network as clear text, and anyone who intercepts them is logged in as their owner; many identity providers and clients, the Kubernetes API server among them, refuse such a URL too';

export const httpOnPublicHost: Rule<'cluster' | 'dex-config'> = {
  code: 'ACC003',
  severity: 'error',
  reads: ['cluster', 'dex-config'],
  title: 'Plain http on a public host',
  reason:
    'The codes and tokens of a login cross the network as clear text. Identity providers take an http callback URL for localhost alone, and many clients, the API server of Kubernetes among them, refuse an http issuer.',
  remedy:
    'Give access.tls: with secretName where the proxy or the ingress has the certificate, with offloaded: true where a load balancer in front has it. Profile dev permits http for a cluster that only you can reach. Serve a standalone Dex over https, or have a proxy in front of it do so, and write https in its issuer.',
  *check(subject) {
    if (isForDevelopment(subject)) return;
    if (subject.kind === 'cluster') yield* plainHost(subject);
    const { browserUrls, hasProfile } = subject;
    const open = browserUrls.filter(({ value }) => isOpenHttp(value));
    for (const [index, { value: url, path }] of open.entries()) {
      const corrected = url.replace(/^http:/, 'https:');
      yield {
        path,
        ...(hasProfile ? {} : { severity: 'warning' }),
        // What happens is the same for all of them, and said with the first.
        message: `${formatPath(path)} leads browsers over plain http${index === 0 ? `: ${EFFECT}` : ' too'}`,
        hint: hasProfile
          ? `write ${corrected}, or remove the line and give access.host and access.tls; profile: dev permits http`
          : `serve Dex over https, or have a proxy in front of it do so, and write ${corrected}`,
        hintInValues: `have the proxy, the ingress or a load balancer in front serve https, and write ${corrected}`,
      };
    }
  },
};

function isForDevelopment(subject: Subjects['cluster' | 'dex-config']): boolean {
  return subject.kind === 'cluster' && subject.profile === 'dev';
}

function* plainHost({ cluster }: RuleContext): Iterable<Finding> {
  const host = reachedHost(cluster);
  if (host === undefined || isLoopbackHost(host) || isReachedByHttps(cluster)) return;
  yield {
    path: ['access', 'host'],
    message: `The cluster is reached at ${host} over plain http: ${EFFECT}`,
    hint: hasRoutes(cluster)
      ? 'add access.tls: { secretName: … }, or tls: { offloaded: true } where a load balancer in front has the certificate; profile: dev permits http'
      : `ports of nodes serve no TLS: use access.via ${publicWays(cluster)} with access.tls; profile: dev permits http`,
    hintInValues:
      'switch on `proxy.tls` or `ingress.tls`, with the name of the Secret; or set `ingress.uriHttpsProtoOverride: true` where a load balancer in front has the certificate',
  };
}
