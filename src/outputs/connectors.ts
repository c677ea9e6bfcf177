import { compare } from '../diagnostics/diagnostic';
import { revealConfig } from '../model/connector-config';
import type { Connector } from '../model/cluster';
import type { Output } from './output';
import { toYaml } from '../constructs/support/yaml';

/**
 * `connectors/<id>.yaml` and `.json` in the form that `pachctl idp create-connector --config` reads: the keys type, id,
 * name, version and config, at every release from 2.0 on.
 */
export const connectors: Output = {
  emit: (cluster) => ({
    files: [...cluster.identity.connectors]
      .sort((a, b) => compare(a.id, b.id))
      .flatMap((connector) => {
        const document = connectorDocument(connector);
        const path = `connectors/${connector.id}`;
        return [
          { path: `${path}.yaml`, content: toYaml(document), isSecret: true },
          { path: `${path}.json`, content: `${JSON.stringify(document, null, 2)}\n`, isSecret: true },
        ];
      }),
  }),
};

/** The connector document of a connector, its secrets in clear text. */
export function connectorDocument(connector: Connector): Record<string, unknown> {
  return {
    type: connector.type,
    id: connector.id,
    name: connector.name,
    version: connector.version,
    config: revealConfig(connector.config),
  };
}
