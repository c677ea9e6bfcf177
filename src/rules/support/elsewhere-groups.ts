import { readUrl } from '../../model/url-text';
import type { PathStep } from '../../document/source-node';
import type { DocumentConnector } from '../../subjects/document-connectors';
import { groupsClaimOf } from './group-names';
import { providerOf, type IdentityProvider } from './known-providers';

/** Why groups are not where Dex looks for them, and what to do about it. */
export interface Elsewhere {
  /** Path of the setting in the document. */
  readonly path: readonly PathStep[];
  readonly why: string;
  readonly hint: string;
}

/** Why users of a connector have no groups although it is set up for them; empty where they may have some. */
export function elsewhereGroups(connector: DocumentConnector): readonly Elsewhere[] {
  if (connector.type === 'oauth') return inMappingOfOauth(connector);
  return connector.type === 'oidc' && connector.isOn('insecureEnableGroups') ? ofToken(connector) : [];
}

function inMappingOfOauth(connector: DocumentConnector): readonly Elsewhere[] {
  const object = mappingIn(connector.text('claimMapping', 'groupsKey') ?? '', undefined);
  return object ? [{ path: connector.at('claimMapping', 'groupsKey'), ...object }] : [];
}

function ofToken(connector: DocumentConnector): readonly Elsewhere[] {
  const issuer = connector.text('issuer');
  const provider = providerOf(connector);
  const claim = groupsClaimOf(connector);
  const object = mappingIn(claim, provider);
  if (object) return [{ path: connector.at('claimMapping', 'groups'), ...object }];
  if (issuer === undefined || !provider) return [];
  const path = connector.at('insecureEnableGroups');
  const found: Elsewhere[] = [];
  const { name, groupsClaim } = provider;
  if (provider.sendsNoGroups)
    found.push({
      path,
      why: `${name} sends no groups in any claim`,
      hint: `remove the line${name === 'Google' ? ', or use a connector of type google with serviceAccountFilePath and adminEmail' : ''}`,
    });
  else if (groupsClaim !== undefined && claim === 'groups')
    found.push({
      path,
      why: `${name} has groups in the claim ${groupsClaim}, and Dex looks for groups`,
      hint: `add claimMapping: { groups: "${groupsClaim}" }`,
    });
  if (provider.thinToken?.(readUrl(issuer)) !== 'always' || claim !== 'groups') return found;
  const scope = provider.groupsScope?.(readUrl(issuer));
  const missing = [
    ...(connector.isOn('getUserInfo') ? [] : ['getUserInfo: true']),
    ...(scope === undefined || connector.scopes().includes(scope)
      ? []
      : [`scopes: [${[...new Set([...scopesOf(connector.scopes()), scope])].join(', ')}]`]),
  ];
  if (missing.length > 0)
    found.push({
      path,
      why: `${name} leaves groups out of the ID token that Dex gets for a code`,
      hint: `add ${missing.join(' and ')}, with which ${name} tells groups at its userinfo endpoint`,
    });
  return found;
}

/** Claims that hold a mapping, of which Dex takes no group. Zitadel has them with the id of a project too. */
const ROLES_IN_ZITADEL = /^urn:zitadel:iam:org:project:([^:]+:)?roles$/;
const ROLES_IN_KEYCLOAK = /^(realm|resource)_access(\.|$)/;

function mappingIn(
  claim: string,
  provider: IdentityProvider | undefined,
): { readonly why: string; readonly hint: string } | undefined {
  if (ROLES_IN_ZITADEL.test(claim))
    return {
      why: `Zitadel has roles in ${claim} as the keys of a mapping, and Dex takes groups from a list alone`,
      hint: 'add an action at Zitadel that sets a claim of yours to a list of the keys, such as groups, and name that',
    };
  // Keycloak makes a mapping of every dot that has no backslash before it.
  if (ROLES_IN_KEYCLOAK.test(claim) || (provider?.name === 'Keycloak' && /^[\w-]+(\.[\w-]+)+$/.test(claim)))
    return {
      why: `Dex looks for a claim that is called ${claim} as a whole, and takes groups from a list alone: ${claim.split('.')[0]} of Keycloak is a mapping`,
      hint: 'add a mapper to the client at Keycloak, User Realm Role or Group Membership, with a token claim name without dots, such as groups, and name that',
    };
  return undefined;
}

/** Those that Dex asks for where the connector names none. */
function scopesOf(scopes: readonly string[]): readonly string[] {
  return scopes.length > 0 ? scopes : ['profile', 'email'];
}
