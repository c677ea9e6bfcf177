import type { ConnectorType } from '../../connectors/connector-types';
import { dexTraits } from '../../releases/dex-traits';
import type { Target } from '../../releases/target';
import { documentConnectors, type DocumentConnector } from '../../subjects/document-connectors';
import { googleDirectory, hasSharedTenant } from '../support/group-delivery';
import { providerOf } from '../support/known-providers';
import { microsoftAccounts } from '../support/who-gets-in';
import type { ConnectorRule, Finding } from '../rule';

/** What a check needs beside the connector. */
interface Clients {
  /** Whether pachd asks for groups. */
  readonly asksForGroups: boolean;
  readonly target: Target;
  /** Subjects that the document binds roles to. */
  readonly subjects: readonly string[];
}

type Check = (connector: DocumentConnector, clients: Clients) => Iterable<Finding>;

export const unenforcedRestriction: ConnectorRule = {
  code: 'DEX020',
  severity: 'error',
  reads: ['cluster', 'connector'],
  title: 'Restriction that Dex does not enforce',
  reason:
    'Several connectors look at their list of groups only under conditions that their keys do not tell: microsoft only for one directory, google only with access to the Directory API, which takes a service account and, but for Dex from 2.37 on, always an administrator, google, atlassian-crowd and saml only when pachd asks for groups. Where the condition is not met, google, microsoft and atlassian-crowd let everyone in, and saml no one.',
  remedy: 'Meet the condition that the message names, or restrict at the identity provider who may log in.',
  *check({ document, cluster, target }) {
    const clients = {
      asksForGroups: cluster?.auth?.scopes.includes('groups') ?? true,
      target,
      subjects: Object.keys(cluster?.auth?.roleBindings ?? {}),
    };
    for (const connector of documentConnectors(document))
      yield* CHECKS[connector.type]?.(connector, clients) ?? [];
  },
};

const NOT_ASKED =
  'pachd does not ask for groups, and Dex then does not look at them: everyone who can log in at the identity provider gets in';

const CHECKS: Readonly<Partial<Record<ConnectorType, Check>>> = {
  *oidc(connector) {
    yield* providerOf(connector)?.name === 'Google'
      ? anyDomain(connector, ...OUTSIDE_WORKSPACES)
      : anyDomain(
          connector,
          'tokens without the claim hd, which Google alone sends',
          'who can log in at the provider',
        );
  },
  *microsoft(connector) {
    if (hasList(connector, 'groups') && hasSharedTenant(connector))
      yield {
        path: connector.at('groups'),
        message: `Dex looks at groups only for one directory, and the tenant is ${connector.text('tenant') ?? 'common'}: ${microsoftAccounts(connector.text('tenant'))} gets in`,
        hint: 'name your directory in tenant',
      };
  },
  google,
  *'atlassian-crowd'(connector, { asksForGroups }) {
    if (hasList(connector, 'groups') && !asksForGroups) yield notAsked(connector, 'groups');
  },
  saml: samlGroups,
  samlExperimental: samlGroups,
  *gitea(connector, { subjects }) {
    const orgs = connector.value('orgs');
    if (!Array.isArray(orgs)) return;
    for (const index of orgs.keys()) {
      const org = connector.text('orgs', index, 'name');
      const teams = connector.texts('orgs', index, 'teams');
      // Who binds roles to a team wants the group, not the restriction.
      const areBound = teams.some((team) => subjects.includes(`group:${org}:${team}`));
      if (teams.length > 0)
        yield {
          path: connector.at('orgs', index, 'teams'),
          ...(areBound ? { severity: 'warning' as const } : {}),
          message:
            'Dex lets every member of the organization in, in whatever team; teams only choose the groups that users get',
          hint: 'name an organization that only the right people are in, and remove teams unless roles are bound to them',
        };
    }
  },
};

const OUTSIDE_WORKSPACES = [
  'accounts that are in no Workspace',
  'with a Google account of their own',
] as const;

/** What Dex says when it refuses one half of the access to the Directory API without the other. */
const REFUSALS = {
  both: 'could not create directory service: directory service requires both serviceAccountFilePath and adminEmail',
  scopes: 'could not create directory service: directory service requires adminEmail',
  administrators: 'directory service requires the domainToAdminEmail option to be configured',
};

/** Dex compares the claim hd, empty where a token has none, with every domain of the list. */
function* anyDomain(connector: DocumentConnector, whose: string, who: string): Iterable<Finding> {
  for (const [index, domain] of connector.texts('hostedDomains').entries())
    if (domain === '')
      yield {
        path: connector.at('hostedDomains', index),
        message: `An empty domain is that of ${whose}: everyone ${who} gets in`,
        hint: 'remove the entry, or write the domain of your organization, such as acme.com',
      };
}

function* google(connector: DocumentConnector, clients: Clients): Iterable<Finding> {
  yield* anyDomain(connector, ...OUTSIDE_WORKSPACES);
  const { asksForGroups, target } = clients;
  const rule = dexTraits(target).googleDirectory;
  const directory = googleDirectory(connector, target);
  const [given, missing] =
    connector.text('serviceAccountFilePath') === undefined
      ? (['adminEmail', 'serviceAccountFilePath, the key of a service account that may ask for it'] as const)
      : (['serviceAccountFilePath', 'adminEmail, the address of an administrator of the domain'] as const);
  if (directory === 'refused')
    yield {
      path: connector.at(given),
      onKey: true,
      message: `Dex asks the Directory API with the key of a service account, in the name of an administrator, and cannot open the connector with only one of the two: \`${REFUSALS[rule]}\``,
      hint: `add ${missing}`,
    };
  else if (directory === 'unasked' && hasList(connector, 'groups')) {
    const domains = connector.texts('hostedDomains');
    const areEnforced = domains.length > 0 && !domains.includes('');
    yield {
      path: connector.at('groups'),
      message: `Dex learns groups from the Directory API alone, to which it has no access here, and does not look at the list: ${areEnforced ? 'everyone of the domains in hostedDomains' : 'everyone with a Google account'} gets in`,
      hint: `add ${connector.text(given) === undefined ? 'serviceAccountFilePath and adminEmail' : missing}; ${areEnforced ? 'or remove the line' : 'hostedDomains is enforced without them'}`,
    };
  } else if (directory === 'unasked' && connector.text(given) !== undefined)
    yield {
      path: connector.at(given),
      onKey: true,
      severity: 'warning',
      message: `${given} alone has no effect: Dex asks the Directory API with a service account and an administrator only, and users have no groups`,
      hint: `add ${missing}; or remove the line`,
    };
  else if (hasList(connector, 'groups') && !asksForGroups) yield notAsked(connector, 'groups');
}

function* samlGroups(connector: DocumentConnector, { asksForGroups }: Clients): Iterable<Finding> {
  if (!hasList(connector, 'allowedGroups')) return;
  if (connector.text('groupsAttr') === undefined)
    yield {
      path: connector.at('allowedGroups'),
      message:
        'Without groupsAttr no one has groups, and no one gets in: `user not a member of allowed groups`',
      hint: 'name the attribute that holds the groups in groupsAttr',
    };
  else if (!asksForGroups)
    yield {
      path: connector.at('allowedGroups'),
      message: 'pachd does not ask for groups, and no one gets in: `user not a member of allowed groups`',
      hint: 'add groups to auth.scopes',
    };
}

function notAsked(connector: DocumentConnector, key: string): Finding {
  return { path: connector.at(key), message: NOT_ASKED, hint: 'add groups to auth.scopes' };
}

function hasList(connector: DocumentConnector, key: string): boolean {
  return connector.texts(key).length > 0;
}
