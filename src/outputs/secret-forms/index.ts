import { toYaml } from '../../constructs/support/yaml';
import type { Cluster } from '../../model/cluster';
import type { SecretForm } from '../../model/secret-form';
import { inReadingOrder } from '../key-order';
import type { ClusterObject, Manifest } from '../objects';
import { externalSecret } from './external-secret';
import { sealedSecret } from './sealed-secret';
import { isSecretObject, secretContent } from './secret-object';

/**
 * What becomes of an object that holds secrets; undefined for one that is left out. What sops encrypts stays in clear text
 * here: it is encrypted in files alone, and applied as it is.
 */
const FORMS: {
  readonly [Kind in SecretForm['kind']]: (
    object: ClusterObject,
    cluster: Cluster,
    form: Extract<SecretForm, { kind: Kind }>,
  ) => ClusterObject | undefined;
} = {
  manifests: (object) => object,
  sops: (object) => object,
  none: () => undefined,
  sealedSecret: (object, cluster, form) =>
    inPlaceOf(object, sealedSecret(secretContent(object.manifest, cluster), form)),
  externalSecret: (object, cluster, form) =>
    inPlaceOf(object, externalSecret(secretContent(object.manifest, cluster), form)),
};

/** Objects with their Secrets in the form that the cluster asks for. */
export function inSecretForm(objects: readonly ClusterObject[], cluster: Cluster): readonly ClusterObject[] {
  const form = cluster.secretForm;
  if (form.kind === 'manifests') return objects;
  const change = FORMS[form.kind] as (
    object: ClusterObject,
    cluster: Cluster,
    form: SecretForm,
  ) => ClusterObject | undefined;
  return objects.flatMap((object) => {
    if (!object.isSecret) return [object];
    if (!isSecretObject(object, cluster)) return [{ ...object, isSecret: false }];
    return change(object, cluster, form) ?? [];
  });
}

function inPlaceOf(object: ClusterObject, content: Record<string, unknown>): ClusterObject {
  const manifest = inReadingOrder(content) as Manifest;
  return { ...object, manifest, yaml: toYaml(manifest), isSecret: false };
}
