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
    'Dex fetches the discovery document of the issuer when it opens the connector, and compares the issuer in it with the configured one as text: "issuer did not match the issuer returned by provider, expected … got …". A slash at the end counts: Auth0 and authentik have one, Google, Okta, Entra ID, Cognito and Keycloak have none. From release 2.3 on pachd does not start with such a connector.',
  remedy: 'Write the issuer as the provider has it; open <issuer>/.well-known/openid-configuration to see.',
  *check({ document, root }) {
    for (const connector of documentConnectors(document)) {
      const issuer = connector.type === 'oidc' ? connector.text('issuer') : undefined;
      const provider = knownProvider(issuer);
      if (issuer === undefined || !provider) continue;
      const path = connector.at('issuer');
      const url = readUrl(issuer);
      const expected = provider.issuer(url);
      if (provider.name === 'Entra ID' && SHARED_DIRECTORY.test(url.path))
        yield {
          path,
          message: `${provider.name} has no issuer of its own for several directories, and the connector cannot be opened: \`issuer did not match the issuer returned by provider, expected "${issuer}" got "https://login.microsoftonline.com/{tenantid}/v2.0"\``,
          hint: 'put the id of your directory into the issuer; or use a connector of type microsoft',
        };
      else if (issuer !== expected)
        yield {
          path,
          ...(provider.isCertain ? {} : { severity: 'warning' as const }),
          message: `${provider.name} calls itself ${expected}, and the connector cannot be opened: \`issuer did not match the issuer returned by provider, expected "${issuer}" got "${expected}"\``,
          hint: `write ${expected}`,
          ...withFix(replaceText(root, path, expected, `Write the issuer as ${provider.name} has it`)),
        };
    }
  },
};
