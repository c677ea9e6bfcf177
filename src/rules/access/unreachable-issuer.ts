import { isMember, publicWays } from '../../subjects/cluster-reach';
import { documentConnectors } from '../../subjects/document-connectors';
import type { Rule } from '../rule';

export const unreachableIssuer: Rule = {
  code: 'ACC011',
  severity: 'error',
  reads: ['cluster'],
  title: 'Connector that needs an issuer which browsers reach',
  reason:
    "Without a public host Dex's issuer is a name that only pods know, while identity providers have to send browsers back to an address that they can open. Connectors of type oidc have a switch for that in Pachyderm, which pachkit sets; all other types insist on the callback URL that follows from the issuer.",
  remedy: 'Give access.host, or use a connector of type oidc where the provider speaks it.',
  *check({ document, cluster }) {
    const { callback, issuerCallback } = cluster.urls;
    if (callback === issuerCallback || document.access?.urls?.callback !== undefined || isMember(cluster))
      return;
    for (const connector of documentConnectors(document)) {
      const { facts, type, id, path } = connector;
      const isStrict = facts.callback === 'strict' && type !== 'oidc';
      // One that has the callback URL of the issuer has it from where the issuer is.
      if (isStrict && connector.text('redirectURI') !== issuerCallback)
        yield {
          path: [...path, 'type'],
          message: `Every login through "${id}" ends in "Login error.", because the issuer ${cluster.urls.issuer} is a name that browsers cannot reach: \`expected callback URL "${issuerCallback}" did not match the URL in the config "${callback}"\``,
          hint: `give access.host, with access.via ${publicWays(cluster)}, so that the issuer is where browsers are`,
          hintInValues:
            'set `proxy.host`, or `ingress.host` with `ingress.enabled: true`, so that the issuer is where browsers are',
        };
    }
  },
};
