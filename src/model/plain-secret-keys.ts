import type { Cluster } from './cluster';
import { DATABASE_AUTHORITY, PLACES } from './secret-places';
import { STORAGE_SECRET, storageSettings } from './storage-settings';

/**
 * Keys of Secrets that hold nothing secret, by the name of the Secret: settings that the official chart keeps beside secrets,
 * and an id that people may know. A key that is not among them is a secret.
 */
export function plainSecretKeys(
  cluster: Pick<Cluster, 'release' | 'storage'>,
): Readonly<Record<string, readonly string[]>> {
  const keys: Record<string, string[]> = {
    [STORAGE_SECRET]: storageSettings(cluster).flatMap(([key, value]) =>
      typeof value === 'string' ? [key] : [],
    ),
  };
  for (const { name, key } of [
    PLACES.authConfig,
    PLACES.roleBindings,
    PLACES.deploymentID,
    DATABASE_AUTHORITY,
  ])
    (keys[name] ??= []).push(key);
  return keys;
}
