import { connectorType } from '../connectors/connector-types';
import type { Connector } from './cluster';
import { revealConfig } from './connector-config';

/** The connector document of a connector, its secrets in clear text. Its `config` is never empty, which pachd refuses. */
export function connectorDocument(connector: Connector): Record<string, unknown> {
  const config = revealConfig(connector.config);
  return {
    type: connector.type,
    id: connector.id,
    name: connector.name,
    version: connector.version,
    config: Object.keys(config).length === 0 ? { ...connectorType(connector.type)?.idleSetting } : config,
  };
}
