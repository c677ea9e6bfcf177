import { hasRoutes } from '../../subjects/cluster-reach';
import type { Rule } from '../rule';

export const tlsWithoutCertificate: Rule = {
  code: 'ACC007',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'said',
  title: 'TLS that nothing can serve',
  reason:
    'access.tls turns every URL to https. Something has to have the certificate: the proxy or the ingress, from the Secret that secretName names, or a load balancer in front, which offloaded: true says. Ports of nodes and forwarded ports serve plain http only.',
  remedy: 'Give secretName or offloaded: true, and access.via proxy or ingress.',
  *check({ cluster }) {
    const { access } = cluster;
    if (access.tls === undefined) return;
    if (!hasRoutes(cluster))
      yield {
        path: ['access', 'tls'],
        onKey: true,
        message: `access.tls has no effect with access.via: ${access.via}: what browsers reach is plain http`,
        hint: 'use access.via proxy or ingress, or remove access.tls',
      };
    else if (access.tls.secretName === undefined && !access.tls.offloaded)
      yield {
        path: ['access', 'tls'],
        onKey: true,
        message: MISSING[access.via === 'ingress' ? 'ingress' : 'proxy'],
        hint: 'add secretName, the name of a Secret with tls.crt and tls.key in the namespace, or offloaded: true where a load balancer in front has the certificate',
      };
  },
};

const MISSING = {
  proxy:
    'The proxy has no certificate to serve https with, and Envoy does not start: `proxy.tls.secretName must be set when TLS is enabled on the proxy`',
  ingress:
    'The ingress has no certificate for the host, and browsers get the default one of its controller, if any: `if ingress.tls.enabled you must specify ingress.tls.secretName`',
} as const;
