import { formatPath } from '../../document/source-node';
import type { ClusterDocument } from '../../generated/cluster-document';
import { BOOTSTRAP_CONFIG_SECRET } from '../../model/secret-places';
import { writtenSecrets } from '../../model/written-secrets';
import type { Finding, Rule } from '../rule';
import { existingReferences, type ExistingReference } from '../support/secret-references';

export const overwrittenSecret: Rule = {
  code: 'SEC014',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'secrets',
  title: 'Existing Secret that pachkit writes itself',
  reason:
    'A secret given as { existing: … } is not in the manifests; something else has to put it into the namespace. A Secret that the manifests contain too is overwritten by kubectl apply. In releases up to 2.2 the bootstrap Secret then holds the name of a variable that is filled from this very key, so the root token of the cluster becomes the string $ROOT_TOKEN, which anyone can guess, and the only stored copy of the real token is lost. In later releases another value takes the place of the secret, or the key never appears in a new namespace and the pod waits forever with CreateContainerConfigError.',
  remedy:
    'To keep the secret of a running cluster, copy it into a Secret of another name first; the hint has the command. Or give the value itself as { env: NAME } or { file: PATH }.',
  *check({ document, cluster }) {
    const written = writtenSecrets(cluster);
    for (const reference of existingReferences(document)) {
      const keys = written[reference.place.name];
      if (keys && !isInherited(reference, keys, document)) yield judge(reference, keys, cluster.namespace);
    }
  },
};

/** Whether a cluster that is moved from Helm has the key already, and keeps it: kubectl apply takes away nothing of Helm's. */
function isInherited(
  { place, own }: ExistingReference,
  keys: readonly string[],
  { helmReleaseName }: ClusterDocument,
): boolean {
  const isOwn = own?.name === place.name && own.key === place.key;
  return (
    isOwn &&
    helmReleaseName !== undefined &&
    place.name !== BOOTSTRAP_CONFIG_SECRET &&
    !keys.includes(place.key)
  );
}

function judge(reference: ExistingReference, keys: readonly string[], namespace: string): Finding {
  const { path, place, own } = reference;
  const at = { path: [...path, 'existing', 'name'], hint: copyHint(reference, namespace) };
  if (place.name === BOOTSTRAP_CONFIG_SECRET)
    return {
      ...at,
      message: `pachkit writes the Secret ${place.name} itself, with the name of a variable in the place of ${formatPath(path)} that is filled from this very key: kubectl apply overwrites the value, and the cluster runs with that name, which anyone can guess, as its secret`,
    };
  if (keys.includes(place.key))
    return {
      ...at,
      message: `pachkit writes the key ${place.key} of the Secret ${place.name} itself: kubectl apply overwrites what is there, and another value is used as ${formatPath(path)}`,
    };
  const isKept = own?.name === place.name && own.key === place.key;
  return {
    ...at,
    ...(isKept ? { severity: 'warning' as const } : {}),
    message: `pachkit writes the Secret ${place.name} itself, with ${keys.length === 0 ? 'no key' : keys.join(', ')}: ${
      isKept
        ? `the key ${place.key} of a running cluster survives kubectl apply only because apply merges; after kubectl delete or replace, and in a new namespace, the pod does not start`
        : `the key ${place.key} never appears there, and the pod does not start`
    } (\`couldn't find key ${place.key} in Secret ${namespace}/${place.name}\`)`,
  };
}

/** The schema restricts names and keys to characters that neither the shell nor a template reads in another way. */
function copyHint({ place }: ExistingReference, namespace: string): string {
  const { name, key } = place;
  return `to keep the value of a running cluster, copy it first: kubectl -n ${namespace} get secret ${name} -o go-template='{{index .data "${key}" | base64decode}}' | kubectl -n ${namespace} create secret generic kept-${name} --from-file=${key}=/dev/stdin, and write name: kept-${name}`;
}
