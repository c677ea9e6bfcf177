import { keyAvailability } from '../../connectors/availability';
import type { ConnectorType } from '../../connectors/connector-types';
import type { Target } from '../../connectors/target';
import type { DocumentConnector } from './document-connectors';

/** Tenants of Microsoft that stand for more than one directory, for which Dex never looks at groups. */
const SHARED_TENANTS = new Set(['common', 'consumers', 'organizations']);

/** Whether the connector lets people of any directory in. */
export function hasSharedTenant(connector: DocumentConnector): boolean {
  return SHARED_TENANTS.has(connector.text('tenant') ?? 'common');
}

/** Types that bring groups along only with certain settings, or never. All others do when they are asked. */
const CONDITIONS: Readonly<
  Partial<Record<ConnectorType, (connector: DocumentConnector, target: Target) => boolean>>
> = {
  oidc: (connector) => connector.isOn('insecureEnableGroups'),
  ldap: (connector) => connector.text('groupSearch', 'baseDN') !== undefined,
  saml: (connector) => connector.text('groupsAttr') !== undefined,
  samlExperimental: (connector) => connector.text('groupsAttr') !== undefined,
  google: (connector) =>
    connector.text('serviceAccountFilePath') !== undefined || connector.text('adminEmail') !== undefined,
  microsoft: (connector) => !hasSharedTenant(connector),
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
