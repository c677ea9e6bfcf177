import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { identityOf, recipientOf } from '../encryption/age-keys';
import { publicKeyOf } from '../encryption/age';
import { fileForKey } from '../encryption/sops';
import { MASTER_KEYS, recipientRule, type MasterKeys, type WrappedKeys } from '../encryption/sops-keys';
import { findProgram } from '../files/find-program';
import { runTool } from '../files/run-tool';
import { wrappedKeysIn } from './wrapped-keys';

/** What the program of SOPS is started with. */
export interface SopsSettings {
  /** The variables of the user: PATH, and what clouds, Vault and gpg want to know. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute folder that relative paths in PATH start from. */
  readonly workingDirectory: string;
  readonly signal: AbortSignal;
}

/** What came of it: a key for every master key, or why there is none. */
export type Wrapping =
  | { readonly wrapped: WrappedKeys }
  | { readonly failure: 'missing' }
  | { readonly failure: 'refused'; readonly said: readonly string[] }
  | { readonly failure: 'interrupted' };

/**
 * Has the user's SOPS encrypt a key for master keys. It is told the key in a file for an identity of age that is made for this and
 * forgotten, and adds what the services made of it; nothing has to be decrypted by them. It is started with arguments, never
 * through a shell, and no argument is a secret.
 */
export async function wrapKey(
  key: Buffer,
  masterKeys: MasterKeys,
  { environment, workingDirectory, signal }: SopsSettings,
): Promise<Wrapping> {
  const program = findProgram('sops', { path: environment['PATH'], workingDirectory });
  if (program === undefined) return { failure: 'missing' };
  const identity = randomBytes(32);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-sops-'));
  try {
    const [file, rules] = [path.join(folder, 'key.json'), path.join(folder, 'rules.json')];
    const rule = { path_regex: String.raw`key\.json$`, ...recipientRule({ age: [], masterKeys }) };
    // JSON is YAML too, and SOPS reads its rules as YAML.
    fs.writeFileSync(rules, JSON.stringify({ creation_rules: [rule] }), { mode: 0o600 });
    fs.writeFileSync(file, JSON.stringify(fileForKey(key, recipientOf(publicKeyOf(identity)))), {
      mode: 0o600,
    });
    const end = await runTool(program, ['--config', rules, 'updatekeys', '--yes', file], {
      environment: { ...environment, SOPS_AGE_KEY: identityOf(identity) },
      signal,
    });
    if (signal.aborted) return { failure: 'interrupted' };
    if (end.code !== 0) return { failure: 'refused', said: end.said };
    return wrappingIn(fs.readFileSync(file, 'utf8'), masterKeys);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** What SOPS has left; one that ends well and encrypts for fewer keys would lock someone out. */
function wrappingIn(text: string, masterKeys: MasterKeys): Wrapping {
  const wrapped = wrappedKeysIn(metadataIn(text));
  const missing = MASTER_KEYS.find(
    ({ field, stored }) => (masterKeys[field] ?? []).length !== (wrapped?.[stored] ?? []).length,
  );
  if (wrapped === undefined || missing)
    return {
      failure: 'refused',
      said: [`it ended well and did not encrypt for all keys of ${missing?.field ?? 'the document'}`],
    };
  return { wrapped };
}

function metadataIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { readonly sops?: unknown } | null)?.sops;
  } catch {
    return undefined;
  }
}
