import path from 'node:path';
import { identitiesIn, identityKey } from '../encryption/age-keys';
import type { Document } from '../document/document';
import { nodeAt } from '../document/source-node';
import type { ClusterDocument } from '../generated/cluster-document';
import type { SecretInput } from './secret-session';
import { SecretStore, StoreKeyMissing, type StoreEncryption } from './secret-store';

/** The variable that has the private key of an encrypted store where the document names no other. */
export const STORE_KEY_VARIABLE = 'PACHKIT_AGE_KEY';

/** More than any file of keys has, in bytes. */
const KEY_FILE_LIMIT = 64 * 1024;

/** The store of the generated secrets of a document. */
export function storeOf(document: Document, input: Pick<SecretInput, 'variable' | 'readFile'>): SecretStore {
  const { name } = document.value as unknown as ClusterDocument;
  return new SecretStore(document.directory, name ?? document.defaultName, encryptionOf(document, input));
}

function encryptionOf(
  document: Document,
  input: Pick<SecretInput, 'variable' | 'readFile'>,
): StoreEncryption | undefined {
  const store = (document.value as unknown as ClusterDocument).secrets?.store;
  if (store === undefined) return undefined;
  return {
    recipients: store.age,
    identities() {
      const { where, text } = keyText(document, store.identity ?? { env: STORE_KEY_VARIABLE }, input);
      const identities = identitiesIn(text);
      if (identities.length === 0 || identities.some((identity) => identityKey(identity) === undefined))
        throw new StoreKeyMissing(`${where} is not a private key of age, AGE-SECRET-KEY-1 and 58 characters`);
      return identities;
    },
  };
}

function keyText(
  document: Document,
  identity: { readonly env?: string; readonly file?: string },
  { variable, readFile }: Pick<SecretInput, 'variable' | 'readFile'>,
): { where: string; text: string } {
  if (identity.file === undefined) {
    const name = identity.env ?? STORE_KEY_VARIABLE;
    const text = variable(name);
    if (text === undefined || text.trim() === '')
      throw new StoreKeyMissing(`the environment variable ${name} is not set`);
    return { where: `the environment variable ${name}`, text };
  }
  const node = nodeAt(document.root, ['secrets', 'store', 'identity', 'file']);
  const absolute = path.resolve(node?.source.directory ?? document.directory, identity.file);
  try {
    const text = readFile(absolute, { limit: KEY_FILE_LIMIT }).toString('utf8');
    return { where: `the file ${identity.file}`, text };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new StoreKeyMissing(
      code === 'ENOENT'
        ? `there is no file ${identity.file}`
        : `the file ${identity.file} cannot be read (${code})`,
    );
  }
}
