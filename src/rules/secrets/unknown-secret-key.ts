import { didYouMean } from '../../diagnostics/suggest';
import { PLACES } from '../../model/secret-places';
import { writtenSecrets } from '../../model/written-secrets';
import type { Rule } from '../rule';
import { existingReferences } from '../support/secret-references';

/** Keys of the Secrets that the official charts make, by their names. Others may use the name `postgres` for theirs. */
const CHART_KEYS: ReadonlyMap<string, readonly string[]> = chartKeys();

function chartKeys(): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const { name, key } of Object.values(PLACES))
    if (name !== PLACES.databasePassword.name) keys.set(name, [...(keys.get(name) ?? []), key]);
  return keys;
}

export const unknownSecretKey: Rule = {
  code: 'SEC015',
  severity: 'warning',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Key that a Secret of the official chart does not have',
  reason:
    'The Secret has the name of one that the official chart makes, and those have fixed keys. When the key is missing, Kubernetes does not start the container: CreateContainerConfigError, "couldn\'t find key … in Secret …".',
  remedy: 'Name one of the keys that the message lists, or give a Secret of your own another name.',
  *check({ document, cluster }) {
    const written = writtenSecrets(cluster);
    for (const { path, place, namesKey, own } of existingReferences(document)) {
      const keys = CHART_KEYS.get(place.name);
      if (!keys || written[place.name] !== undefined || keys.includes(place.key)) continue;
      const best = own?.name === place.name ? `write key: ${own.key}` : didYouMean(place.key, keys);
      yield {
        path: [...path, 'existing', ...(namesKey ? ['key'] : ['name'])],
        message: `The Secret ${place.name} of the official chart has no key ${place.key}; without it the pod does not start (\`couldn't find key ${place.key} in Secret ${cluster.namespace}/${place.name}\`)`,
        hint: best ?? `its keys are ${keys.join(', ')}`,
      };
    }
  },
};
