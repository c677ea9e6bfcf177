import { compare } from '../diagnostics/diagnostic';
import { connectorDocument } from '../model/connector-document';
import { fileNameOf } from './file-name';
import type { Output } from './output';
import { toYaml } from '../constructs/support/yaml';

/**
 * `connectors/<id>.yaml` and `.json` in the form that `pachctl idp create-connector --config` reads: the keys type, id,
 * name, version and config, at every release from 2.0 on.
 */
export const connectors: Output = {
  emit: (cluster) =>
    [...cluster.identity.connectors]
      .sort((a, b) => compare(a.id, b.id))
      .flatMap((connector) => {
        const document = connectorDocument(connector);
        const path = `connectors/${fileNameOf(connector.id)}`;
        return [
          { path: `${path}.yaml`, content: toYaml(document), isSecret: true },
          { path: `${path}.json`, content: `${JSON.stringify(document, null, 2)}\n`, isSecret: true },
        ];
      }),
};
