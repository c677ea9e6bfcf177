import { documentConnectors } from '../../subjects/document-connectors';
import { openDoor } from '../support/who-gets-in';
import type { ConnectorRule, ConnectorRuleContext } from '../rule';

export const publicProvider: ConnectorRule = {
  code: 'DEX041',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Provider through which anyone logs in',
  reason:
    'At GitHub, Google, Microsoft, GitLab.com and other public providers anyone can have an account, and Dex lets everyone in who logs in there, unless the connector names organizations, domains, a directory, groups or teams. Such people have no role in Pachyderm at first, but they are authenticated users: what allClusterUsers may do, they may. The key org of github looks like a restriction and is none; only orgs refuses people.',
  remedy:
    'Restrict the connector: orgs for github and gitea, hostedDomains for google, tenant for microsoft, groups for gitlab, teams for bitbucket-cloud. Where a connector has no such key, restrict at the provider who may use the application.',
  *check(context) {
    const { document, target, profile } = context;
    for (const connector of documentConnectors(document)) {
      // Without a client no one logs in at all, which is said with the keys.
      if (connector.text('clientID') === undefined) continue;
      const door = openDoor(connector, target);
      if (!door || (profile === 'dev' && door.mistaken === undefined)) continue;
      const { who, path, hint, mistaken } = door;
      yield {
        path,
        ...(mistaken !== undefined && profile !== 'dev' ? { severity: 'error' as const } : {}),
        message:
          mistaken === undefined
            ? `${who[0]?.toUpperCase()}${who.slice(1)} logs in through "${connector.id}"${rolesOfEveryone(context)}`
            : `${mistaken}: ${who} logs in through "${connector.id}"${rolesOfEveryone(context)}`,
        hint,
      };
    }
  },
};

/** What the roles of everyone who is logged in add to it. */
function rolesOfEveryone({ cluster }: ConnectorRuleContext): string {
  const roles = cluster?.auth?.roleBindings?.['allClusterUsers'] ?? [];
  return roles.length === 0 ? '' : `, and may do what allClusterUsers may: ${roles.join(', ')}`;
}
