import { keyAvailability } from '../../connectors/availability';
import { documentConnectors } from '../support/document-connectors';
import { knownProvider } from '../support/known-providers';
import { replaceText, withFix } from '../support/replace-text';
import { readUrl } from '../support/url-text';
import type { ConnectorRule } from '../rule';

/** Names of Entra ID for several directories, whose discovery document has a placeholder for the issuer. */
const SHARED_DIRECTORY = /^\/(common|organizations|consumers)\//i;

export const providerIssuer: ConnectorRule = {
  code: 'DEX003',
  severity: 'error',
  title: "Issuer that is not the provider's own",
  reason:
    'Dex fetches the discovery document of the issuer when it opens the connector, and compares the issuer in it with the configured one as text: "issuer did not match the issuer returned by provider, expected … got …". A slash at the end counts: Auth0 and authentik have one, Google, Okta, Entra ID, Cognito and Keycloak have none. From release 2.3 on pachd does not start with such a connector. Dex from 2.42 on takes issuerAlias for the name instead.',
  remedy: 'Write the issuer as the provider has it; open <issuer>/.well-known/openid-configuration to see.',
  *check({ document, root, target }) {
    const aliasIsRead = keyAvailability('oidc', 'issuerAlias', target)?.read === true;
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc') continue;
      // With an alias the issuer is only where Dex fetches the discovery document.
      const key = aliasIsRead && connector.text('issuerAlias') !== undefined ? 'issuerAlias' : 'issuer';
      const issuer = connector.text(key);
      const provider = knownProvider(issuer);
      if (issuer === undefined || !provider) continue;
      const path = connector.at(key);
      const url = readUrl(issuer);
      const expected = provider.issuer(url);
      if (provider.name === 'Entra ID' && SHARED_DIRECTORY.test(url.path))
        yield {
          path,
          message: `${provider.name} has no issuer of its own for several directories, and ${mismatch(key, issuer, 'https://login.microsoftonline.com/{tenantid}/v2.0')}`,
          hint: `put the id of your directory into ${key}; or use a connector of type microsoft`,
        };
      else if (issuer !== expected)
        yield {
          path,
          ...(provider.isCertain ? {} : { severity: 'warning' as const }),
          message: `${provider.name} calls itself ${expected}, and ${mismatch(key, issuer, expected)}`,
          hint: `write ${expected}`,
          ...withFix(
            provider.isCertain
              ? replaceText(root, path, expected, `Write the issuer as ${provider.name} has it`)
              : undefined,
          ),
        };
    }
  },
};

/** What Dex says to the wrong name: an alias is compared with tokens alone, an issuer with the discovery document first. */
function mismatch(key: 'issuer' | 'issuerAlias', written: string, actual: string): string {
  const both = `expected "${written}" got "${actual}"`;
  return key === 'issuerAlias'
    ? `every login fails: \`oidc: id token issued by a different provider, ${both}\``
    : `the connector cannot be opened: \`issuer did not match the issuer returned by provider, ${both}\``;
}
