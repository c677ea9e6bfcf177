import type { StarterChoices } from './choices';
import { providerRow } from './providers';
import { PLACEHOLDER, type StarterRow } from './row';

export type AccessName = 'proxy' | 'ingress' | 'nodePort' | 'portForward';

/** The lines of `access`, by its `via`. */
export const accessRows: Readonly<Record<AccessName, StarterRow>> = {
  proxy: {
    summary: "Pachyderm's proxy, on one port",
    lines: (choices) => (isReachedAsLocalhost(choices) ? forwardedProxy() : publicProxy()),
  },
  ingress: {
    summary: 'an Ingress',
    lines: () => [
      '# Browsers and pachctl come in through an Ingress. Its name leads to the controller, and cert-manager or you fill the',
      '# TLS Secret.',
      'access:',
      '  via: ingress',
      ...publicHost(),
      '  ingress: { className: nginx }',
    ],
  },
  nodePort: {
    summary: 'ports of the nodes, for dev clusters',
    lines: () => [
      '# Browsers and pachctl come in at ports of a node, at the address that minikube ip prints.',
      'access:',
      '  via: nodePort',
      `  host: ${PLACEHOLDER.node}`,
    ],
  },
  portForward: {
    summary: 'nothing but pachctl port-forward',
    lines: () => [
      '# Browsers and pachctl come in at forwarded ports of this machine, which pachctl port-forward opens.',
      'access:',
      '  via: portForward',
    ],
  },
};

/** A dev cluster on this machine, unless the login needs a name. */
function isReachedAsLocalhost({ profile, release, provider }: StarterChoices): boolean {
  return profile === 'dev' && release.proxyIsReachedAsLocalhost && !providerRow(provider).needsPublicName;
}

function forwardedProxy(): string[] {
  return [
    "# Browsers and pachctl come in through Pachyderm's proxy, here at a forwarded port of this machine that needs no root.",
    '# For a public name, in place of the port:',
    `#   host: ${PLACEHOLDER.host}`,
    '#   tls: { secretName: pachyderm-tls }',
    'access:',
    '  via: proxy',
    '  port: 8080',
  ];
}

function publicProxy(): string[] {
  return [
    "# Browsers and pachctl come in through Pachyderm's proxy, behind a load balancer that the name leads to.",
    'access:',
    '  via: proxy',
    ...publicHost(),
    '  proxy: { service: { type: LoadBalancer } }',
  ];
}

function publicHost(): string[] {
  return [`  host: ${PLACEHOLDER.host}`, '  tls: { secretName: pachyderm-tls }'];
}
