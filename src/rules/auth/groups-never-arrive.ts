import { isMember } from '../../subjects/cluster-reach';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { connectorTargetOf } from '../../releases/connector-target';
import { deliversGroups, hasSharedTenant } from '../support/group-delivery';
import type { Rule } from '../rule';

export const groupsNeverArrive: Rule = {
  code: 'AUT005',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Roles for groups that no one is ever in',
  reason:
    'pachd learns the groups of a user from Dex, when it asks for the scope groups, and Dex from the identity provider, when the connector is set up for it. Otherwise users log in without groups, and what is bound to groups is bound to no one.',
  remedy:
    'Keep groups in auth.scopes, and set up a connector for groups: oidc with insecureEnableGroups and a claim that holds them, ldap with groupSearch, saml with groupsAttr, auth0 with groups.',
  *check({ document, cluster }) {
    const { auth } = cluster;
    const group = Object.keys(auth?.roleBindings ?? {}).find((subject) => subject.startsWith('group:'));
    if (!auth || group === undefined) return;
    if (!auth.scopes.includes('groups'))
      yield {
        path: ['auth', 'scopes'],
        message: `pachd does not ask for groups, so no one is ever ${group}`,
        hint: 'add groups to auth.scopes',
      };

    if (isMember(cluster) || cluster.identity.connectorsFrom) return;
    const { connectors = [] } = document.identity ?? {};
    const known = documentConnectors(document);
    // Without any IDN001 speaks, with Auth0 alone TFM016.
    const isEmpty = connectors.length === 0;
    const mayDeliver =
      (cluster.dex?.staticPasswords ?? []).some(({ groups = [] }) => groups.length > 0) ||
      known.length < connectors.length ||
      known.some((connector) => deliversGroups(connector, connectorTargetOf(cluster))) ||
      document.auth0?.groups !== undefined;
    if (!isEmpty && !mayDeliver)
      yield {
        path: ['auth', 'roleBindings', group],
        onKey: true,
        message: `No connector brings groups along, so no one is ever ${group}`,
        hint: howTo(known) ?? 'use a connector that knows groups',
      };
  },
};

const HOW_TO: Readonly<Record<string, string | ((connector: DocumentConnector) => string)>> = {
  oidc: 'set insecureEnableGroups: true, and claimMapping.groups where the claim is not called groups',
  ldap: 'set groupSearch',
  saml: 'set groupsAttr',
  google: 'set serviceAccountFilePath and adminEmail, with which Dex asks the Directory API',
  microsoft: (connector) =>
    hasSharedTenant(connector)
      ? 'name your directory in tenant'
      : 'remove useGroupsAsWhitelist, or list in groups which groups users may have',
  mockPassword: 'the mock user has no groups; a connector of type mockCallback has the group authors',
};

function howTo(connectors: readonly DocumentConnector[]): string | undefined {
  return connectors
    .map((connector) => {
      const hint = connector.provider ? connector.provider.groupsHint : HOW_TO[connector.type];
      return typeof hint === 'function' ? hint(connector) : hint;
    })
    .find((hint) => hint !== undefined);
}
