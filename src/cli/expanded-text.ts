import { dump } from 'js-yaml';
import { isSecretName } from '../document/mask';
import { nodeAt, toValue, type JsonValue } from '../document/source-node';
import type { CheckedDocument } from '../pipeline/check-document';

/**
 * The connectors of documents as Dex has them, and clients where presets are among them, in YAML: one document for each that has
 * any. Plain secrets are hidden.
 */
export function expandedText(documents: readonly CheckedDocument[]): string {
  return documents
    .flatMap(({ document, cluster }) => {
      const connectors = nodeAt(document.root, ['identity', 'connectors']);
      const clients = nodeAt(document.root, ['identity', 'clients']);
      const hasPresets = clients?.items?.some((item) => item.entries?.has('preset')) === true;
      if ((!connectors && !hasPresets) || !cluster) return [];
      const shown = {
        name: cluster.name,
        identity: {
          ...(connectors ? { connectors: withoutSecrets(toValue(connectors)) } : {}),
          ...(clients && hasPresets ? { clients: withoutSecrets(toValue(clients)) } : {}),
        },
      };
      return [`---\n${dump(shown, { lineWidth: 120 })}`];
    })
    .join('');
}

function withoutSecrets(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      isSecretName(key) && typeof inner !== 'object' ? '********' : withoutSecrets(inner),
    ]),
  );
}
