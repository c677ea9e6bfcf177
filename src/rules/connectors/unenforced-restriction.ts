import type { ConnectorType } from '../../connectors/connector-types';
import { documentConnectors, type DocumentConnector } from '../support/document-connectors';
import { hasSharedTenant } from '../support/group-delivery';
import type { Finding, Rule } from '../rule';

type Check = (connector: DocumentConnector, asksForGroups: boolean) => Iterable<Finding>;

export const unenforcedRestriction: Rule = {
  code: 'DEX020',
  severity: 'error',
  title: 'Restriction that Dex does not enforce',
  reason:
    'Several connectors look at their list of groups only under conditions that their keys do not tell: microsoft only for one directory, google only with access to the Directory API, google, atlassian-crowd and saml only when pachd asks for groups. Where the condition is not met, google, microsoft and atlassian-crowd let everybody in, and saml nobody.',
  remedy: 'Meet the condition that the message names, or restrict at the identity provider who may log in.',
  *check({ document, cluster }) {
    const asksForGroups = cluster.auth?.scopes.includes('groups') ?? true;
    for (const connector of documentConnectors(document))
      yield* CHECKS[connector.type]?.(connector, asksForGroups) ?? [];
  },
};

const NOT_ASKED =
  'pachd does not ask for groups, and Dex then does not look at them: everybody who can log in at the identity provider gets in';

const CHECKS: Readonly<Partial<Record<ConnectorType, Check>>> = {
  *microsoft(connector) {
    if (hasList(connector, 'groups') && hasSharedTenant(connector))
      yield {
        path: connector.at('groups'),
        message: `Dex looks at groups only for one directory, and the tenant is ${connector.text('tenant') ?? 'common'}: everybody with a Microsoft account gets in`,
        hint: 'name your directory in tenant',
      };
  },
  *google(connector, asksForGroups) {
    if (connector.text('serviceAccountFilePath') !== undefined && !hasAdministrator(connector))
      yield {
        path: connector.at('serviceAccountFilePath'),
        onKey: true,
        message:
          'Dex asks the Directory API in the name of an administrator, and cannot open the connector without one: `could not create directory service: directory service requires …`',
        hint: 'add adminEmail, the address of an administrator of the domain',
      };
    if (!hasList(connector, 'groups')) return;
    if (!hasAdministrator(connector) && connector.text('serviceAccountFilePath') === undefined)
      yield {
        path: connector.at('groups'),
        message:
          'Dex learns groups from the Directory API alone, to which it has no access here, and does not look at the list: everybody with a Google account gets in',
        hint: 'add serviceAccountFilePath and adminEmail; hostedDomains is enforced without them',
      };
    else if (!asksForGroups) yield notAsked(connector, 'groups');
  },
  *'atlassian-crowd'(connector, asksForGroups) {
    if (hasList(connector, 'groups') && !asksForGroups) yield notAsked(connector, 'groups');
  },
  saml: samlGroups,
  samlExperimental: samlGroups,
  *gitea(connector) {
    const orgs = connector.value('orgs');
    if (!Array.isArray(orgs)) return;
    for (const index of orgs.keys())
      if (connector.texts('orgs', index, 'teams').length > 0)
        yield {
          path: connector.at('orgs', index, 'teams'),
          severity: 'warning',
          message:
            'Dex lets every member of the organization in, in whatever team; teams only choose the groups that users get',
          hint: 'name an organization that only the right people are in',
        };
  },
};

function* samlGroups(connector: DocumentConnector, asksForGroups: boolean): Iterable<Finding> {
  if (!hasList(connector, 'allowedGroups')) return;
  if (connector.text('groupsAttr') === undefined)
    yield {
      path: connector.at('allowedGroups'),
      message:
        'Without groupsAttr nobody has groups, and nobody gets in: `user not a member of allowed groups`',
      hint: 'name the attribute that holds the groups in groupsAttr',
    };
  else if (!asksForGroups)
    yield {
      path: connector.at('allowedGroups'),
      message: 'pachd does not ask for groups, and nobody gets in: `user not a member of allowed groups`',
      hint: 'add groups to auth.scopes',
    };
}

function notAsked(connector: DocumentConnector, key: string): Finding {
  return { path: connector.at(key), message: NOT_ASKED, hint: 'add groups to auth.scopes' };
}

function hasList(connector: DocumentConnector, key: string): boolean {
  return connector.texts(key).length > 0;
}

/** Whether a request to the Directory API names an administrator; domainToAdminEmail is read by Dex from 2.37 on alone. */
function hasAdministrator(connector: DocumentConnector): boolean {
  return connector.text('adminEmail') !== undefined || connector.value('domainToAdminEmail') !== undefined;
}
