import type { Diagnostic } from '../diagnostics/diagnostic';
import { isMapping } from '../document/is-mapping';
import type { Target } from './api/kubeconfig';
import { valueAt } from './api/objects';
import { connect } from './connect';
import { diagnosticOf } from './difference';

/** Secrets of a cluster, as they are asked for. */
export interface SecretsOfCluster {
  /** The values of a Secret by key; undefined where there is no such Secret, or why it cannot be told. */
  readonly read: (
    namespace: string,
    name: string,
  ) => Promise<ReadonlyMap<string, string> | undefined | Diagnostic>;
  readonly close: () => void;
}

/** Reads Secrets of the cluster that a kubeconfig names. `file` is the document that findings are about. */
export function secretsOfCluster(target: Target, file: string): SecretsOfCluster {
  const resources = connect(target, file);
  if ('severity' in resources) return { read: async () => resources, close: () => undefined };
  return {
    close: () => resources.api.close(),
    async read(namespace, name) {
      try {
        const kind = { apiVersion: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
        const secret = await resources.get(kind, namespace, name);
        const data = valueAt(secret, 'data');
        if (secret === undefined) return undefined;
        return new Map(
          Object.entries(isMapping(data) ? data : {}).map(([key, value]) => [
            key,
            Buffer.from(String(value), 'base64').toString('utf8'),
          ]),
        );
      } catch (error) {
        return diagnosticOf(error, file);
      }
    },
  };
}
