import { publicWays } from '../../subjects/cluster-reach';
import { documentConnectors } from '../../subjects/document-connectors';
import { haveSameOrigin } from '../../model/url-text';
import type { Rule } from '../rule';

export const issuerOutOfReach: Rule = {
  code: 'DEX309',
  severity: 'error',
  reads: ['cluster'],
  title: 'Connector of a standalone Dex that browsers do not reach',
  reason:
    "Dex sends browsers to its issuer and has identity providers send them back there; the switch with which Pachyderm's Dex lets a callback URL differ is unknown to others. Without a public host the issuer of a standalone Dex is a name that only pods know. A login with a password on Dex's own page works even so.",
  remedy:
    'Give access.host, with an access.via other than portForward, so that browsers and pods know Dex by one address.',
  *check({ document, cluster }) {
    const { issuer, browserIssuer } = cluster.urls;
    if (!cluster.dex || haveSameOrigin(issuer, browserIssuer)) return;
    const message = (id: string): string =>
      `Logins through "${id}" would send browsers to ${cluster.urls.issuerCallback}, a name that only pods know, while they reach Dex at ${browserIssuer}`;
    // Forwarded ports are reached as localhost, whatever the host.
    const host =
      cluster.access.via === 'portForward'
        ? `access.host, with access.via ${publicWays(cluster)}`
        : 'access.host';
    const hint = `give ${host}, or set access.urls.issuer to an address that browsers and pods both reach`;
    for (const { facts, id, path } of documentConnectors(document))
      if (facts.callback !== 'password') yield { path: [...path, 'type'], message: message(id), hint };
    if (document.auth0)
      yield { path: ['auth0'], onKey: true, message: message(document.auth0.connector?.id ?? 'auth0'), hint };
  },
};
