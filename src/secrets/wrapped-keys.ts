import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import type { Document } from '../document/document';
import { placeAt } from '../document/source-node';
import { DerivedBytes } from '../encryption/derived-bytes';
import {
  fingerprintOf,
  hasMasterKeys,
  MASTER_KEYS,
  sharedKey,
  type WrappedKeys,
} from '../encryption/sops-keys';
import { readVersionedJson } from '../files/versioned-json';
import type { Cluster } from '../model/cluster';
import type { SecretForm } from '../model/secret-form';

/** Ends the name of the file with what master keys made of the key of the files, beside the document. */
const EXTENSION = '.sops-keys.json';

const VERSION = 1;
const FIELD = ['secrets', 'sops'] as const;

type Sops = Extract<SecretForm, { kind: 'sops' }>;

/** Where that file of a cluster is. */
export interface KeyFile {
  readonly absolute: string;
  /** Its name, in the folder of the document. */
  readonly name: string;
}

export function keyFileOf(document: Document, { name }: Pick<Cluster, 'name'>): KeyFile {
  return { absolute: path.join(document.directory, `${name}${EXTENSION}`), name: `${name}${EXTENSION}` };
}

/** The form of a cluster's Secrets where the program of SOPS has to encrypt the key of their files. */
export function sopsWithMasterKeys({ secretForm }: Pick<Cluster, 'secretForm'>): Sops | undefined {
  return secretForm.kind === 'sops' && hasMasterKeys(secretForm.recipients) ? secretForm : undefined;
}

/** The key of the files of a cluster, and what tells it from others. */
export function fileKeyOf(
  { namespace }: Pick<Cluster, 'namespace'>,
  { recipients }: Sops,
  encryptionKey: string,
): { readonly key: Buffer; readonly fingerprint: string } {
  const bytes = new DerivedBytes(encryptionKey);
  const key = sharedKey(namespace, recipients, bytes);
  return { key, fingerprint: fingerprintOf(key, bytes) };
}

/**
 * A cluster with what its master keys made of the key of its files, as `pachkit secret wrap` has kept it. A cluster without master keys
 * stays as it is.
 */
export function withWrappedKeys(
  document: Document,
  cluster: Cluster,
): { readonly cluster: Cluster; readonly diagnostics: readonly Diagnostic[] } {
  const form = sopsWithMasterKeys(cluster);
  if (form?.encryptionKey.kind !== 'literal') return { cluster, diagnostics: [] };
  const { fingerprint } = fileKeyOf(cluster, form, form.encryptionKey.value.reveal());
  const file = keyFileOf(document, cluster);
  const found = readKeyFile(file.absolute);
  if (found && 'wrapped' in found && found.fingerprint === fingerprint)
    return { cluster: { ...cluster, secretForm: { ...form, wrapped: found.wrapped } }, diagnostics: [] };
  return { cluster, diagnostics: [problemOf(document, file, found)] };
}

type ReadKeyFile =
  { readonly fingerprint: string; readonly wrapped: WrappedKeys } | { readonly unusable: string };

function problemOf(document: Document, { name }: KeyFile, found: ReadKeyFile | undefined): Diagnostic {
  const command = `pachkit secret wrap ${shellWord(document.file)}`;
  const at = { ...placeAt(document.root, FIELD) };
  if (found && 'unusable' in found)
    return {
      code: 'SEC028',
      severity: 'error',
      message: `${name} is unusable: ${found.unusable}; without it no one could decrypt the Secrets`,
      ...at,
      hint: `restore it from Git, or delete it and run ${command}`,
    };
  return {
    code: 'SEC027',
    severity: 'error',
    message: found
      ? `${name} was made for other recipients, another namespace or another encryption key: its keys decrypt nothing that is written now`
      : `there is no ${name}, which has the key of the files, encrypted by the services that decrypt it`,
    ...at,
    hint: `run ${command}, which has the program sops encrypt it, and commit ${name}`,
  };
}

/** The content of the file: what tells the key, and what SOPS made of it. */
export function keyFileText(fingerprint: string, wrapped: WrappedKeys): string {
  return `${JSON.stringify({ version: VERSION, fingerprint, keys: wrapped }, null, 2)}\n`;
}

function readKeyFile(absolute: string): ReadKeyFile | undefined {
  const found = readVersionedJson(absolute, VERSION);
  if (found === undefined || 'unusable' in found) return found;
  const { fingerprint, keys } = found.content;
  const wrapped = wrappedKeysIn(keys);
  if (typeof fingerprint !== 'string' || wrapped === undefined)
    return { unusable: 'it does not have what pachkit secret wrap writes' };
  return { fingerprint, wrapped };
}

/** What master keys made of a key, in the metadata of a file of SOPS; undefined where an entry has none. */
export function wrappedKeysIn(metadata: unknown): WrappedKeys | undefined {
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const wrapped: Record<string, readonly Record<string, unknown>[]> = {};
  for (const { stored } of MASTER_KEYS) {
    const entries = (metadata as Record<string, unknown>)[stored];
    if (entries === undefined || entries === null) continue;
    if (!Array.isArray(entries) || !entries.every(isEntry)) return undefined;
    if (entries.length > 0) wrapped[stored] = entries;
  }
  return wrapped;
}

function isEntry(value: unknown): value is Record<string, unknown> {
  const { enc } = (typeof value === 'object' && value !== null ? value : {}) as { readonly enc?: unknown };
  return typeof enc === 'string' && enc !== '';
}
