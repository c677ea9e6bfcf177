import { keyAvailability } from '../../connectors/availability';
import { documentConnectors } from '../../subjects/document-connectors';
import { providerOf, withoutDiscovery, type IdentityProvider } from '../support/known-providers';
import { replaceText, withFix } from '../support/replace-text';
import { isUnfilled, readUrl, discoveryUrl } from '../../model/url-text';
import type { ConnectorRule } from '../rule';

export const providerIssuer: ConnectorRule = {
  code: 'DEX003',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: "Issuer that is not the provider's own",
  reason:
    'Dex fetches the discovery document of the issuer when it opens the connector, and compares the issuer in it with the configured one as strings: "issuer did not match the issuer returned by provider, expected … got …". A slash at the end counts: Auth0, authentik and JumpCloud have one, Google, Okta, Entra ID, Cognito, Keycloak, Zitadel and Duo have none. From release 2.3 on pachd does not start with such a connector. Dex from 2.42 on takes issuerAlias for the name instead. Entra ID names the directory by its id, whatever the URL says, and version 1 of it calls itself sts.windows.net. The URL of a page, of an endpoint or of the discovery document itself is not an issuer: Dex finds nothing below it.',
  remedy: 'Write the issuer as the provider has it; open <issuer>/.well-known/openid-configuration to see.',
  *check({ document, root, target }) {
    const aliasIsRead = keyAvailability('oidc', 'issuerAlias', target)?.read === true;
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc') continue;
      // With an alias the issuer is only where Dex fetches the discovery document.
      const key = aliasIsRead && connector.text('issuerAlias') !== undefined ? 'issuerAlias' : 'issuer';
      const issuer = connector.text(key);
      if (issuer === undefined || isUnfilled(issuer)) continue;
      const found = judge(key, issuer, providerOf(connector));
      if (!found) continue;
      const path = connector.at(key);
      yield {
        path,
        message: found.message,
        hint: found.hint,
        ...(found.isWarning ? { severity: 'warning' as const } : {}),
        ...withFix(
          found.write === undefined
            ? undefined
            : replaceText(root, path, found.write, `Write the issuer as ${found.name} has it`),
        ),
      };
    }
  },
};

type Key = 'issuer' | 'issuerAlias';

interface Verdict {
  /** The provider's. */
  readonly name: string;
  readonly message: string;
  readonly hint: string;
  readonly isWarning: boolean;
  /** What is certainly right. */
  readonly write?: string;
}

/** What is wrong with an issuer, if anything is. */
function judge(key: Key, issuer: string, provider: IdentityProvider | undefined): Verdict | undefined {
  const base = withoutDiscovery(issuer);
  if (!provider) return base === issuer ? undefined : pastedDiscovery(issuer, base);
  const at = provider.issuer(readUrl(base));
  if (!at || (at.named === issuer && at.write === issuer))
    return base === issuer ? undefined : pastedDiscovery(issuer, base);
  const { name } = provider;
  const { named, write, page } = at;
  const isComplete = write !== undefined && !write.includes('{');
  const isPasted = base !== issuer;
  const isCertain = provider.isCertain && at.isUncertain !== true;
  return {
    name,
    message: page
      ? `That is ${page}, and no issuer: Dex finds no discovery document there, and the connector cannot be opened`
      : isPasted
        ? notThere(
            key,
            issuer,
            'That is the URL of the discovery document, to which Dex adds its path once more',
          )
        : named === undefined
          ? notThere(key, issuer, `${name} has no discovery document there`)
          : named.includes('{') && named !== write
            ? `${name} names another issuer there, and ${mismatch(key, issuer, named)}`
            : `${name} calls itself ${named}, and ${mismatch(key, issuer, named)}`,
    hint: at.hint ?? `write ${write}`,
    // Nothing makes a document of an endpoint.
    isWarning: !isCertain && !isPasted && named !== undefined,
    ...(isComplete && isCertain && at.hint === undefined ? { write } : {}),
  };
}

/** The provider may call itself with or without a slash at the end. */
function pastedDiscovery(issuer: string, base: string): Verdict {
  return {
    name: 'the provider',
    message: notThere(
      'issuer',
      issuer,
      'That is the URL of the discovery document, to which Dex adds its path once more',
    ),
    hint: `write ${base}, with the slash at the end that "issuer" in the document has or has not`,
    isWarning: false,
  };
}

function notThere(key: Key, issuer: string, what: string): string {
  if (key === 'issuerAlias')
    return `${what}, so every login fails: \`oidc: id token issued by a different provider\``;
  const asked = discoveryUrl(issuer);
  return `${what}: it asks for ${asked}, gets 404, and the connector cannot be opened: \`failed to get provider: 404 Not Found\``;
}

/** What Dex says to the wrong name: an alias is compared with tokens alone, an issuer with the discovery document first. */
function mismatch(key: Key, written: string, actual: string): string {
  const both = `expected "${written}" got "${actual}"`;
  return key === 'issuerAlias'
    ? `every login fails: \`oidc: id token issued by a different provider, ${both}\``
    : `the connector cannot be opened: \`issuer did not match the issuer returned by provider, ${both}\``;
}
