import type { ConnectorType } from '../../connectors/connector-types';
import type { PathStep } from '../../document/source-node';
import type { Target } from '../../releases/target';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { googleDirectory, hasSharedTenant } from '../support/group-delivery';
import { providerOf } from '../support/known-providers';
import { isGiven, microsoftAccounts } from '../support/who-gets-in';
import type { ConnectorRule } from '../rule';

/** A setting that does nothing, because another one is missing or wins. */
interface Idle {
  readonly key: readonly PathStep[];
  readonly onKey?: boolean;
  readonly message: string;
  readonly hint: string;
}

/** @param target the Dex that reads the connector */
type Check = (connector: DocumentConnector, target: Target) => Iterable<Idle>;

export const idleSettings: ConnectorRule = {
  code: 'DEX057',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Setting without effect',
  reason:
    'Dex reads some settings only beside another one, and says nothing when that is missing: groups of a connector of type oidc are filtered and renamed only with insecureEnableGroups, those of saml only with groupsAttr and allowedGroups, a directory is searched for groups only from a baseDN on, and useGroupsAsWhitelist of microsoft drops every group that is not listed, and restricts no one. loadAllGroups of github and gitea is for connectors without organizations, and overrideClaimMapping is for claims that claimMapping names. Of two settings for one thing one wins silently.',
  remedy: 'Add the setting that the message names, or remove the one that has no effect.',
  *check({ document, target }) {
    for (const connector of documentConnectors(document)) {
      // What a provider by name becomes is no choice of the user's.
      if (connector.provider) continue;
      for (const { key, ...finding } of CHECKS[connector.type]?.(connector, target) ?? [])
        yield { path: connector.at(...key), ...finding };
    }
  },
};

const CHECKS: Readonly<Partial<Record<ConnectorType, Check>>> = {
  oidc,
  github: (connector) => allGroups(connector, ['orgs', 'org']),
  gitea: (connector) => allGroups(connector, ['orgs']),
  saml,
  samlExperimental: saml,
  *microsoft(connector) {
    // With a list DEX020 has said that it is not enforced.
    if (connector.texts('groups').length > 0) return;
    if (connector.isOn('useGroupsAsWhitelist'))
      yield {
        key: ['useGroupsAsWhitelist'],
        message: `Dex leaves out the groups that are not listed in groups, and none are: users have no groups, and ${microsoftAccounts(connector.text('tenant')) ?? 'everyone of the directory'} gets in`,
        hint: 'list in groups who may log in, or remove the line',
      };
    else if (connector.isOn('onlySecurityGroups') && hasSharedTenant(connector))
      yield {
        key: ['onlySecurityGroups'],
        message: `Dex asks for groups only for one directory, and the tenant is ${connector.text('tenant') ?? 'common'}: users have no groups`,
        hint: 'name your directory in tenant, or remove the line',
      };
  },
  *google(connector, target) {
    const isSaid = ['serviceAccountFilePath', 'adminEmail'].some((key) => connector.text(key) !== undefined);
    if (isSaid || connector.texts('groups').length > 0) return;
    if (connector.isOn('fetchTransitiveGroupMembership') && googleDirectory(connector, target) === 'unasked')
      yield {
        key: ['fetchTransitiveGroupMembership'],
        message:
          'Dex learns groups from the Directory API alone, to which it has no access here: users have no groups',
        hint: 'add serviceAccountFilePath and adminEmail, or remove the line',
      };
  },
  *ldap(connector) {
    const search = connector.value('groupSearch');
    if (search !== null && typeof search === 'object' && Object.keys(search).length > 0)
      if (connector.text('groupSearch', 'baseDN') === undefined)
        yield {
          key: ['groupSearch'],
          onKey: true,
          message: 'Without baseDN Dex does not search for groups, and users have none',
          hint: 'add baseDN, from which on the search goes, such as ou=groups,dc=example,dc=com',
        };
    const suffix = connector.text('userSearch', 'emailSuffix');
    if (suffix !== undefined && connector.text('userSearch', 'emailAttr') !== undefined)
      yield {
        key: ['userSearch', 'emailAttr'],
        message: `Dex does not read ${connector.text('userSearch', 'emailAttr')}: with emailSuffix an address is what nameAttr holds${nameIn(connector)}, an @ and ${suffix.replace(/^@/, '')}`,
        hint: 'remove emailSuffix, or this line',
      };
    if (connector.text('rootCA') !== undefined && connector.text('rootCAData') !== undefined)
      yield {
        key: ['rootCA'],
        message: 'Dex trusts the certificates in rootCAData alone, and does not read the file',
        hint: 'keep one of the two',
      };
  },
};

function nameIn(connector: DocumentConnector): string {
  const name = connector.text('userSearch', 'nameAttr');
  return name === undefined ? '' : ` (${name})`;
}

function* saml(connector: DocumentConnector): Iterable<Idle> {
  const hasGroups = connector.text('groupsAttr') !== undefined;
  if (connector.isOn('filterGroups') && connector.texts('allowedGroups').length === 0)
    yield {
      key: ['filterGroups'],
      message: `Dex keeps the groups that allowedGroups lists, and as it lists none, ${hasGroups ? 'users have all their groups' : 'nothing is filtered'}, and everyone gets in`,
      hint: 'list the groups in allowedGroups, of which users need one then; or remove the line',
    };
  if (connector.text('groupsDelim') !== undefined && !hasGroups)
    yield {
      key: ['groupsDelim'],
      message: 'Without groupsAttr there is nothing to split, and users have no groups',
      hint: 'name the attribute that holds the groups in groupsAttr, or remove the line',
    };
}

/** Organizations that are named decide which groups users have, those without teams too. */
function* allGroups(connector: DocumentConnector, keys: readonly string[]): Iterable<Idle> {
  const given = keys.find((key) => isGiven(connector, key));
  if (given !== undefined && connector.isOn('loadAllGroups'))
    yield {
      key: ['loadAllGroups'],
      message: `Dex does not read loadAllGroups beside ${given}: users have groups of ${given === 'org' ? 'that organization' : 'those organizations'} alone`,
      hint: `remove the line; or remove ${given}, and then everyone gets in who can log in at the provider`,
    };
}

function* oidc(connector: DocumentConnector): Iterable<Idle> {
  const claims = connector.value('claimMapping') ?? {};
  if (connector.isOn('overrideClaimMapping') && Object.values(claims).every((claim) => claim === ''))
    yield {
      key: ['overrideClaimMapping'],
      message: 'Without claimMapping there is no claim that could win over a standard one',
      hint: 'name the claims in claimMapping, such as claimMapping: { email: mail }; or remove the line',
    };
  yield* groupSettings(connector);
}

function* groupSettings(connector: DocumentConnector): Iterable<Idle> {
  // Of the claim and of a list of who may log in other rules speak.
  const isSaid =
    connector.text('claimMapping', 'groups') !== undefined || connector.texts('allowedGroups').length > 0;
  if (connector.isOn('insecureEnableGroups') || isSaid) return;
  const what = `Dex drops the groups of "${connector.id}" without insecureEnableGroups`;
  const hint = 'add insecureEnableGroups: true, or remove the line';
  const makesGroups = connector.value('claimModifications', 'newGroupFromClaims') !== undefined;
  for (const key of makesGroups ? ['filterGroupClaims'] : ['filterGroupClaims', 'modifyGroupNames'])
    if (connector.value('claimModifications', key) !== undefined)
      yield {
        key: ['claimModifications', key],
        onKey: true,
        message: `${what}, so there is nothing to change`,
        hint,
      };
  const scopes = connector.value('scopes');
  const index = Array.isArray(scopes) ? scopes.indexOf('groups') : -1;
  // What a provider refuses is an error of its own, and false is a choice.
  const isRefused = providerOf(connector)?.refusedScopes?.scopes.includes('groups') ?? false;
  if (index >= 0 && !isRefused && connector.value('insecureEnableGroups') === undefined)
    yield { key: ['scopes', index], message: `${what}, whatever the provider sends: users have none`, hint };
}
