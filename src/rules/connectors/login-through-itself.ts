import { askedFor } from '../../model/url-text';
import { withoutSlash } from '../../forms/without-slash';
import type { Rule } from '../rule';

export const loginThroughItself: Rule<'cluster' | 'dex-config' | 'connector'> = {
  code: 'DEX056',
  severity: 'error',
  reads: ['cluster', 'dex-config', 'connector'],
  title: 'Connector that asks Dex itself who someone is',
  reason:
    'The issuer of a connector is the provider that people log in at, and the issuer of Dex is what pachd and other clients log in through. With one in the place of the other Dex asks itself for the discovery document while it opens its connectors, and is not there yet: "failed to get provider". pachd, or Dex up to 2.44, does not start; a later Dex sends browsers in a circle.',
  remedy: 'Write the issuer of the identity provider.',
  *check({ logins, connectors }) {
    if (logins === undefined) return;
    const own = askedFor(withoutSlash(logins.issuer));
    for (const connector of connectors) {
      const issuer = connector.type === 'oidc' ? connector.text('issuer') : undefined;
      if (issuer === undefined || askedFor(withoutSlash(issuer)) !== own) continue;
      yield {
        path: connector.at('issuer'),
        message: `${issuer} is the issuer of this Dex itself, and of no provider: it asks itself who someone is, and the connector "${connector.id}" cannot be opened: \`failed to get provider: …\``,
        hint: 'write the issuer of the identity provider that people log in at',
      };
    }
  },
};
