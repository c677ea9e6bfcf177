import { typeSynonyms } from '../connectors/common-slips';
import { connectorTypeNames, isConnectorType } from '../connectors/connector-types';
import { suggest } from '../diagnostics/suggest';
import type { SourceNode } from '../document/source-node';
import { connectorFacts } from '../generated/connector-facts';
import { wellKnownFile } from './well-known-files';

/** What stands beside the settings of a connector, in lowercase. */
const BESIDE = ['type', 'id', 'name', 'version', 'configversion', 'config', 'jsonconfig'];

/**
 * Whether a mapping is meant for a connector. Many files have a type and a name: one whose type is nothing like that of a
 * connector is one only if most of its keys are those of connectors.
 */
export function isConnectorFile(root: SourceNode): boolean {
  const entries = new Map([...(root.entries ?? [])].map(([key, node]) => [key.toLowerCase(), node]));
  const type = entries.get('type');
  if (!type || !(entries.has('id') || entries.has('name')) || entries.has('apiversion')) return false;
  if (meansConnectorType(type)) return true;
  if (wellKnownFile(root) !== undefined) return false;
  const settings = settingsOfConnectors();
  const ours = [...entries.keys()].filter((key) => BESIDE.includes(key) || settings.has(key));
  return ours.length * 2 > entries.size;
}

function meansConnectorType({ scalar }: SourceNode): boolean {
  return (
    typeof scalar === 'string' &&
    (isConnectorType(scalar) ||
      typeSynonyms.has(scalar.toLowerCase().replace(/[^a-z0-9]/g, '')) ||
      suggest(scalar, connectorTypeNames) !== undefined)
  );
}

/** Keys of the settings of all types, in lowercase: they end up beside the others where nesting is lost. */
function settingsOfConnectors(): ReadonlySet<string> {
  return new Set(
    Object.values(connectorFacts)
      .flatMap(({ keys }) => Object.keys(keys))
      .map((key) => key.toLowerCase()),
  );
}
