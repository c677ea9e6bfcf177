import { ipVersion } from '../../model/ip-address';
import type { Rule } from '../rule';

export const addressAsIngressHost: Rule = {
  code: 'ACC014',
  severity: 'error',
  reads: ['cluster'],
  title: 'Address as the host of an Ingress',
  reason:
    'An Ingress tells hosts apart by their names. The API server refuses an IPv4 or IPv6 address there: "must be a DNS name, not an IP address".',
  remedy:
    'Give the host a name in DNS and write it into access.host; or reach the cluster at its address through the proxy, with access.via: proxy.',
  *check({ cluster: { access, release } }) {
    if (access.via !== 'ingress' || access.host === undefined || ipVersion(access.host) === 0) return;
    yield {
      path: ['access', 'host'],
      message: `An Ingress cannot have the address ${access.host} as its host: \`must be a DNS name, not an IP address\``,
      hint: `give the address a name in DNS${release.hasProxy ? ', or use access.via: proxy' : ''}`,
    };
  },
};
