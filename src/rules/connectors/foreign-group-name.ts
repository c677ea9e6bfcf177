import { deliversGroups } from '../support/group-delivery';
import { documentConnectors } from '../../subjects/document-connectors';
import { groupMismatch } from '../support/group-names';
import { isMember } from '../../subjects/cluster-reach';
import type { Rule } from '../rule';

export const foreignGroupName: Rule = {
  code: 'DEX045',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Group whose name no connector sends',
  reason:
    'pachd compares the group of a role binding with what the connector sends, as strings. github with orgs sends ORG:TEAM and never the organization itself; Entra ID sends the ids of groups, not their names; a connector with a list of groups sends those of the list alone. A binding to another name binds no one.',
  remedy: 'Bind roles to the names that the connector sends; the message has their form.',
  *check({ document, cluster, target }) {
    if (isMember(cluster) || cluster.identity.connectorsFrom || document.auth0?.groups) return;
    const connectors = documentConnectors(document);
    if (connectors.length < (document.identity?.connectors ?? []).length) return;
    if ((cluster.dex?.staticPasswords ?? []).some(({ groups = [] }) => groups.length > 0)) return;
    const senders = connectors.filter((connector) => deliversGroups(connector, target));
    for (const subject of Object.keys(cluster.auth?.roleBindings ?? {})) {
      if (!subject.startsWith('group:')) continue;
      const group = subject.slice('group:'.length);
      const [first, ...others] = senders;
      const mismatch = first && groupMismatch(first, group);
      if (mismatch && others.every((connector) => groupMismatch(connector, group) !== undefined))
        yield {
          path: ['auth', 'roleBindings', subject],
          onKey: true,
          message: `${mismatch.why}, so no one is ever ${subject}`,
          hint: mismatch.hint,
        };
    }
  },
};
