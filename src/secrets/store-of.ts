import path from 'node:path';
import { identitiesIn, identityKey } from '../encryption/age-keys';
import type { Document } from '../document/document';
import { nodeAt } from '../document/source-node';
import { readFailure } from '../files/system-error';
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
  const source = store.identity ?? { env: STORE_KEY_VARIABLE };
  return {
    recipients: store.age,
    keyPlace: placeOf(source),
    identities() {
      const identities = identitiesIn(keyText(document, source, input));
      if (identities.length === 0 || identities.some((each) => identityKey(each) === undefined))
        throw noKey(
          source,
          `${placeOf(source)} is not a private key of age, AGE-SECRET-KEY-1 and 58 characters`,
        );
      return identities;
    },
  };
}

/** Where the document says that the key is. */
interface KeySource {
  readonly env?: string;
  readonly file?: string;
}

function placeOf({ env = STORE_KEY_VARIABLE, file }: KeySource): string {
  return file === undefined ? `the environment variable ${env}` : `the file ${file}`;
}

function noKey({ env = STORE_KEY_VARIABLE, file }: KeySource, message: string): StoreKeyMissing {
  return new StoreKeyMissing(
    message,
    file === undefined
      ? `set ${env} to a key whose recipient is in secrets.store.age, or name a file with secrets.store.identity: { file: PATH }`
      : 'put a key whose recipient is in secrets.store.age there, or name a variable with secrets.store.identity: { env: NAME }',
  );
}

function keyText(
  document: Document,
  source: KeySource,
  { variable, readFile }: Pick<SecretInput, 'variable' | 'readFile'>,
): string {
  const { env = STORE_KEY_VARIABLE, file } = source;
  if (file === undefined) {
    const text = variable(env);
    if (text === undefined || text.trim() === '') throw noKey(source, `${placeOf(source)} is not set`);
    return text;
  }
  const node = nodeAt(document.root, ['secrets', 'store', 'identity', 'file']);
  const absolute = path.resolve(node?.source.directory ?? document.directory, file);
  try {
    return readFile(absolute, { limit: KEY_FILE_LIMIT }).toString('utf8');
  } catch (error) {
    throw noKey(source, `${placeOf(source)}: ${readFailure(error)}`);
  }
}
