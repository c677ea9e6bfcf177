import { connectorKey, isRead } from '../../connectors/availability';
import { isSince, type Target } from '../../releases/target';
import type { ConnectorType } from '../../connectors/connector-types';
import { documentConnectors } from '../../subjects/document-connectors';
import type { ConnectorRule } from '../rule';

export const silentPrompt: ConnectorRule = {
  code: 'DEX047',
  severity: 'warning',
  reads: ['cluster', 'connector'],
  title: 'Prompt that forbids the login page',
  reason:
    'promptType is sent as prompt. none does not mean that no prompt is sent: it forbids the provider to show a page, and anyone who has to log in or to consent gets the error login_required, consent_required or interaction_required.',
  remedy:
    'Remove the line. Dex from 2.39 on sends no prompt for promptType: ""; an oidc connector sends it only when a client asks for offline_access.',
  *check({ document, target }) {
    for (const connector of documentConnectors(document))
      if (connector.text('promptType')?.toLowerCase() === 'none' && isSent(connector.type, target))
        yield {
          path: connector.at('promptType'),
          message: `prompt=none forbids the provider to show its login page, so logins ${connector.type === 'oidc' ? 'of clients that ask for offline_access ' : ''}fail: \`login_required\` or \`consent_required\``,
          hint: 'remove the line; from Dex 2.39 on promptType: "" sends no prompt',
        };
  },
};

/** Whether the target reads the key and does something with it. */
function isSent(type: ConnectorType, target: Target): boolean {
  const key = connectorKey(type, 'promptType');
  if (key === undefined || !isRead(key, target)) return false;
  return isSince(target, { dex: 0, pachyderm: key.pachydermEffectiveSince ?? 0 });
}
