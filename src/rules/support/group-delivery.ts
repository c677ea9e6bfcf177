import { keyAvailability } from '../../connectors/availability';
import type { ConnectorType } from '../../connectors/connector-types';
import { dexTraits } from '../../releases/dex-traits';
import type { Target } from '../../releases/target';
import type { DocumentConnector } from '../../subjects/document-connectors';

/** Tenants of Microsoft that stand for more than one directory, for which Dex never looks at groups. */
const SHARED_TENANTS = new Set(['common', 'consumers', 'organizations']);

/** Whether the connector lets people of any directory in. */
export function hasSharedTenant(connector: DocumentConnector): boolean {
  return isSharedTenant(connector.text('tenant'));
}

export function isSharedTenant(tenant = 'common'): boolean {
  return SHARED_TENANTS.has(tenant);
}

/**
 * Whether the google connector learns groups: only the Directory API tells them. `refused` when Dex cannot open the
 * connector at all.
 */
export function googleDirectory(
  connector: DocumentConnector,
  target: Target,
): 'asked' | 'unasked' | 'refused' {
  const hasFile = connector.text('serviceAccountFilePath') !== undefined;
  const hasAdministrator = connector.text('adminEmail') !== undefined;
  const asksForGroups = connector.scopes().includes('groups');
  switch (dexTraits(target).googleDirectory) {
    case 'both':
      return hasFile === hasAdministrator ? (hasFile ? 'asked' : 'unasked') : 'refused';
    case 'scopes':
      if (asksForGroups && hasFile && !hasAdministrator) return 'refused';
      return asksForGroups || (hasFile && hasAdministrator) ? 'asked' : 'unasked';
    case 'administrators': {
      const domains = Object.keys(connector.value('domainToAdminEmail') ?? {});
      if (hasAdministrator || domains.length > 0) return 'asked';
      return hasFile ? 'refused' : 'unasked';
    }
  }
}

/** Types that bring groups along only with certain settings, or never. All others do when they are asked. */
const CONDITIONS: Readonly<
  Partial<Record<ConnectorType, (connector: DocumentConnector, target: Target) => boolean>>
> = {
  oidc: (connector) => connector.isOn('insecureEnableGroups'),
  ldap: (connector) => connector.text('groupSearch', 'baseDN') !== undefined,
  saml: (connector) => connector.text('groupsAttr') !== undefined,
  samlExperimental: (connector) => connector.text('groupsAttr') !== undefined,
  google: (connector, target) => googleDirectory(connector, target) === 'asked',
  // What is not listed is left out of the groups of a user then, and nothing is listed.
  microsoft: (connector) =>
    !hasSharedTenant(connector) &&
    (!connector.isOn('useGroupsAsWhitelist') || connector.texts('groups').length > 0),
  gitea: (connector, target) => isRead(connector, 'orgs', target),
  authproxy: (connector, target) => isRead(connector, 'groupHeader', target),
  linkedin: () => false,
  mockPassword: () => false,
};

/** Whether users of the connector can have groups at all. */
export function deliversGroups(connector: DocumentConnector, target: Target): boolean {
  return CONDITIONS[connector.type]?.(connector, target) ?? true;
}

function isRead({ type }: DocumentConnector, key: string, target: Target): boolean {
  return keyAvailability(type, key, target)?.read ?? false;
}
