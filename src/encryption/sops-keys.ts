import type { DerivedBytes } from './derived-bytes';

/** Bytes of the key that a file is encrypted with. */
export const KEY_BYTES = 32;

/** Master keys of SOPS that only its own program reaches: services of clouds, Vault, and the keyring of GnuPG. */
export const MASTER_KEYS = [
  { field: 'kms', rule: 'kms', stored: 'kms' },
  { field: 'gcpKms', rule: 'gcp_kms', stored: 'gcp_kms' },
  { field: 'azureKeyVault', rule: 'azure_keyvault', stored: 'azure_kv' },
  { field: 'vaultTransit', rule: 'hc_vault_transit_uri', stored: 'hc_vault' },
  { field: 'pgp', rule: 'pgp', stored: 'pgp' },
] as const;

type MasterKey = (typeof MASTER_KEYS)[number];

/** Master keys by the field of `secrets.sops` that names them. */
export type MasterKeys = Readonly<Partial<Record<MasterKey['field'], readonly string[]>>>;

/** What each master key made of the key of the files, by the name that a file has for such keys. */
export type WrappedKeys = Readonly<
  Partial<Record<MasterKey['stored'], readonly Readonly<Record<string, unknown>>[]>>
>;

/** Who decrypts the files of a cluster. */
export interface SopsRecipients {
  /** Recipients of age, in any order. */
  readonly age: readonly string[];
  readonly masterKeys: MasterKeys;
}

/** Whether someone decrypts by other means than age, for whom the program of SOPS has to encrypt the key. */
export function hasMasterKeys({ masterKeys }: SopsRecipients): boolean {
  return MASTER_KEYS.some(({ field }) => (masterKeys[field] ?? []).length > 0);
}

/** The rule of `.sops.yaml` that names all recipients, sorted. Lists are joined with commas, as every SOPS reads them. */
export function recipientRule({ age, masterKeys }: SopsRecipients): Record<string, string> {
  const joined = (keys: readonly string[]): string => [...keys].sort().join(',');
  return Object.fromEntries([
    ...MASTER_KEYS.flatMap(({ field, rule }) => {
      const keys = masterKeys[field] ?? [];
      return keys.length === 0 ? [] : [[rule, joined(keys)] as const];
    }),
    ...(age.length === 0 ? [] : [['age', joined(age)] as const]),
  ]);
}

/**
 * The one key of all files of a cluster that master keys decrypt. A master key encrypts anew at each run, over the network,
 * so what it makes is kept, and one key for all files needs it once: no new Secret asks for another one. The key follows from the
 * recipients, so that one who was removed reads nothing new.
 */
export function sharedKey(identity: string, recipients: SopsRecipients, bytes: DerivedBytes): Buffer {
  const all = Object.entries(recipientRule(recipients)).flat();
  return bytes.of('sops shared data key', [identity, ...all], KEY_BYTES);
}

/** What tells a key from another one, and nothing about it. */
export function fingerprintOf(key: Uint8Array, bytes: DerivedBytes): string {
  return bytes.of('sops key fingerprint', [key], 16).toString('hex');
}
