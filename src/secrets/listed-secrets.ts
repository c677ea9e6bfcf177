import type { Document } from '../document/document';
import { formatPath, writtenPath, type PathStep } from '../document/source-node';
import type { SecretValue } from '../generated/cluster-document';
import { resolveCluster } from '../model/resolve';
import { withoutSecrets } from '../model/secret-reader';
import { keyOf } from './secret-session';
import { compare } from '../diagnostics/diagnostic';

/** A secret of a document. */
export interface ListedSecret {
  /** Its key in the store of generated secrets. */
  readonly key: string;
  /** The field that the user wrote, as a path. */
  readonly field: string;
  readonly steps: readonly PathStep[];
  readonly value: SecretValue;
}

/** Every secret that a document has or means, in order of their keys. Reads none. */
export function listedSecrets(document: Document): ListedSecret[] {
  const found = new Map<string, ListedSecret>();
  resolveCluster(document, (request) => {
    const key = keyOf(document, request.path);
    const field = formatPath(writtenPath(document.root, request.path));
    found.set(key, { key, field, steps: request.path, value: request.value });
    return withoutSecrets(request);
  });
  return [...found.values()].sort((a, b) => compare(a.key, b.key));
}
