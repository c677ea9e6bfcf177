import type { Cluster } from '../../model/cluster';
import { proxyTlsSecret } from '../../model/proxy-tls-secret';
import { hasRoutes } from '../../subjects/cluster-reach';
import { ignoredFields, type IgnoredField } from '../support/ignored-fields';
import type { Rule } from '../rule';

const FIELDS: readonly IgnoredField[] = [
  {
    path: ['access', 'host'],
    when: ({ access }) => access.via === 'portForward',
    why: () => 'with access.via: portForward the cluster is reached as localhost alone',
    hint: 'choose another access.via for a public name, or remove the line',
  },
  {
    path: ['access', 'ingress'],
    when: ({ access }) => access.via !== 'ingress',
    why: ({ access }) => `with access.via: ${access.via} there is no Ingress`,
    hint: 'write via: ingress, or remove the section',
  },
  {
    path: ['access', 'proxy'],
    when: (cluster) => !asksForProxy(cluster),
    why: ({ access }) =>
      access.via === 'ingress'
        ? 'the Ingress leads to pachd and Console, and no proxy runs'
        : `with access.via: ${access.via} no proxy runs`,
    hint: 'write via: proxy, or via: ingress with ingress: { through: proxy }; or remove the section',
  },
  {
    path: ['access', 'tls', 'secretName'],
    when: (cluster) => hasRoutes(cluster) && cluster.access.tls?.offloaded === true,
    why: () =>
      'with offloaded: true TLS ends in front of the cluster, and nothing in it serves the certificate',
    hint: 'remove one of the two',
  },
  {
    path: ['access', 'proxy', 'service', 'legacyPorts'],
    when: ({ access }) => proxyTlsSecret(access) !== undefined,
    why: () =>
      'with TLS at the proxy Envoy listens for nothing but http and https, and connections to these ports are refused',
    hint: 'remove the section, and let clients use the port for https',
  },
];

function asksForProxy({ access }: Cluster): boolean {
  return access.via === 'proxy' || (access.via === 'ingress' && access.ingress.through === 'proxy');
}

export const ignoredAccessFields: Rule = {
  code: 'ACC012',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'form',
  title: 'Part of access that the way of access ignores',
  reason:
    'access.via decides what is written: an Ingress, the proxy, ports of nodes or none of them. Details of one way do nothing with another.',
  remedy: 'Remove what has no effect, or choose the way of access that it belongs to.',
  check: (context) => ignoredFields(FIELDS, context),
};
