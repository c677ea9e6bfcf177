import type { SecretsOfCluster } from '../doctor/cluster-secrets';
import { isMapping, valueAt } from '../cluster/api/objects';
import { connect } from '../cluster/connect';
import { diagnosticOf } from '../cluster/difference';
import type { Target } from '../cluster/api/kubeconfig';

/** Reads Secrets of the cluster that a kubeconfig names. `file` is the document that findings are about. */
export function secretsOfCluster(target: Target, file: string): { read: SecretsOfCluster; close(): void } {
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
