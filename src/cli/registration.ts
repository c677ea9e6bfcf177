import { setupOf } from '../identity-providers/setup/registry';
import type { Cluster } from '../model/cluster';
import { connectorTargetOf } from '../releases/connector-target';
import { deliversGroups } from '../rules/support/group-delivery';
import { clusterConnectors } from '../subjects/document-connectors';

/** One line for each connector whose provider has to be told about this cluster: `microsoft: callback URL …; …`. */
export function registrations(cluster: Cluster): string[] {
  const target = connectorTargetOf(cluster);
  return clusterConnectors(cluster).flatMap((connector) => {
    // Terraform sets up the connector of the section auth0, and what Keycloak imports that of the section keycloak.
    if (connector.id === cluster.auth0?.connectorID || connector.id === cluster.keycloak?.connectorID)
      return [];
    const registration = setupOf(connector);
    if (registration === undefined || registration.hasCallback === false) return [];
    const groups =
      registration.groups !== undefined && deliversGroups(connector, target)
        ? `; for groups ${registration.groups}`
        : '';
    return [
      `${connector.id}: ${cluster.urls.callback} as redirect URI; ${registration.application}${groups}`,
    ];
  });
}
