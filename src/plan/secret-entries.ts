import type { Diagnostic } from '../diagnostics/diagnostic';
import { placeholders } from '../helm-migration/placeholder';
import type { Cluster } from '../model/cluster';
import { resolveCluster } from '../model/resolve';
import type { SecretForm } from '../model/secret-form';
import { constructedObjects } from '../outputs/objects';
import { outputsNamed } from '../outputs/registry';
import { entryName } from '../outputs/secret-forms/external-secret';
import { isSecretObject, secretContent } from '../outputs/secret-forms/secret-object';
import type { CheckedDocument } from '../pipeline/check-document';
import { readCluster } from '../pipeline/read-cluster';
import type { SecretInput } from '../secrets/secret-session';

/** What a store is to have for one Secret. */
export interface SecretEntry {
  /** Name of the Secret. */
  readonly secret: string;
  /** Name of the entry in the store. */
  readonly name: string;
  /** Its properties, as JSON in printable ASCII. */
  readonly json: string;
}

type ExternalForm = Extract<SecretForm, { kind: 'externalSecret' }>;

/** The entries of a store without any secret: what the document names stands for each. */
export function namedEntries({ document }: CheckedDocument, form: ExternalForm): readonly SecretEntry[] {
  const { value } = resolveCluster(document, placeholders);
  return value ? entriesOf(value, form) : [];
}

/** The entries with the secrets themselves, which are read or generated and kept. */
export function readEntries(
  checked: CheckedDocument,
  form: ExternalForm,
  input: SecretInput,
): { readonly entries: readonly SecretEntry[]; readonly diagnostics: readonly Diagnostic[] } {
  // As for Secrets in clear text: an ExternalSecret itself needs none.
  const rows = outputsNamed('manifests').map((row) => ({
    ...row,
    readsSecret: (request: Parameters<typeof row.readsSecret>[0]) => row.readsSecret(request, 'manifests'),
  }));
  const { value, diagnostics } = readCluster(checked, input, rows);
  return { entries: value ? entriesOf(value, form) : [], diagnostics };
}

function entriesOf(cluster: Cluster, form: ExternalForm): SecretEntry[] {
  return constructedObjects(cluster)
    .filter((object) => object.isSecret && isSecretObject(object, cluster))
    .map(({ manifest }) => {
      const content = secretContent(manifest, cluster);
      return { secret: content.name, name: entryName(content, form), json: asciiJson(content.secrets) };
    });
}

/** JSON that reaches a store through any shell and terminal as it is. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
