import { documentConnectors } from '../../subjects/document-connectors';
import { groupsClaimOf } from '../support/group-names';
import { providerOf, type IdentityProvider } from '../support/known-providers';
import { readUrl } from '../../model/url-text';
import type { ConnectorRule } from '../rule';

export const groupsElsewhere: ConnectorRule = {
  code: 'DEX044',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Groups that are not where Dex looks for them',
  reason:
    'With insecureEnableGroups Dex takes the claim groups of the ID token. Cognito calls its claim cognito:groups; Okta leaves groups out of the ID token when a code is exchanged for it, and sends them at the userinfo endpoint, if the scope groups was asked for; GitLab.com has them at the userinfo endpoint alone; Google sends none at all. Roles of Zitadel and Keycloak are in a mapping, which Dex takes nothing from. People log in without groups then, and role bindings to groups bind no one.',
  remedy:
    'Name the claim in claimMapping.groups; set getUserInfo: true, and for Okta scopes: [profile, email, groups]; use the connector google for Google.',
  *check({ document }) {
    for (const connector of documentConnectors(document)) {
      if (connector.type !== 'oidc' || !connector.isOn('insecureEnableGroups')) continue;
      const issuer = connector.text('issuer');
      const provider = providerOf(connector);
      const claim = groupsClaimOf(connector);
      const object = mappingIn(claim, provider);
      if (object) {
        yield { path: connector.at('claimMapping', 'groups'), ...object };
        continue;
      }
      if (issuer === undefined || !provider) continue;
      const path = connector.at('insecureEnableGroups');
      const { name, groupsClaim } = provider;
      if (provider.sendsNoGroups)
        yield {
          path,
          message: `${name} sends no groups in any claim, so users have none`,
          hint: `remove the line${name === 'Google' ? ', or use a connector of type google with serviceAccountFilePath and adminEmail' : ''}`,
        };
      else if (groupsClaim !== undefined && claim === 'groups')
        yield {
          path,
          message: `${name} has groups in the claim ${groupsClaim}, and Dex looks for groups, so users have none`,
          hint: `add claimMapping: { groups: "${groupsClaim}" }`,
        };
      if (provider.thinToken?.(readUrl(issuer)) !== 'always' || claim !== 'groups') continue;
      const scope = provider.groupsScope?.(readUrl(issuer));
      const missing = [
        ...(connector.isOn('getUserInfo') ? [] : ['getUserInfo: true']),
        ...(scope === undefined || connector.scopes().includes(scope)
          ? []
          : [`scopes: [${[...new Set([...scopesOf(connector.scopes()), scope])].join(', ')}]`]),
      ];
      if (missing.length > 0)
        yield {
          path,
          message: `${name} leaves groups out of the ID token that Dex gets for a code, so users have none`,
          hint: `add ${missing.join(' and ')}, with which ${name} tells groups at its userinfo endpoint`,
        };
    }
  },
};

/** Claims that hold a mapping, of which Dex takes no group. Zitadel has them with the id of a project too. */
const ROLES_IN_ZITADEL = /^urn:zitadel:iam:org:project:([^:]+:)?roles$/;
const ROLES_IN_KEYCLOAK = /^(realm|resource)_access(\.|$)/;

function mappingIn(
  claim: string,
  provider: IdentityProvider | undefined,
): { readonly message: string; readonly hint: string } | undefined {
  if (ROLES_IN_ZITADEL.test(claim))
    return {
      message: `Zitadel has roles in ${claim} as the keys of a mapping, and Dex takes groups from a list alone, so users have none`,
      hint: 'add an action at Zitadel that sets a claim of yours to a list of the keys, such as groups, and name that',
    };
  // Keycloak makes a mapping of every dot that has no backslash before it.
  if (ROLES_IN_KEYCLOAK.test(claim) || (provider?.name === 'Keycloak' && /^[\w-]+(\.[\w-]+)+$/.test(claim)))
    return {
      message: `Dex looks for a claim that is called ${claim} as a whole, and takes groups from a list alone: ${claim.split('.')[0]} of Keycloak is a mapping, so users have none`,
      hint: 'add a mapper to the client at Keycloak, User Realm Role or Group Membership, with a token claim name without dots, such as groups, and name that',
    };
  return undefined;
}

/** Those that Dex asks for where the connector names none. */
function scopesOf(scopes: readonly string[]): readonly string[] {
  return scopes.length > 0 ? scopes : ['profile', 'email'];
}
