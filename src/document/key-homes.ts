/**
 * Paths of the sections of a document that have a key of this name, such as `auth.rootToken`; undefined for a name that no
 * section has. The table is built on first use: it is asked about faults.
 */
export function homesOfKey(key: string): readonly string[] | undefined {
  const { keyHomes } = table();
  return Object.hasOwn(keyHomes, key) ? keyHomes[key as keyof typeof keyHomes] : undefined;
}

/** The keys at the top of a document. */
export function topLevelKeys(): readonly string[] {
  return Object.entries<readonly string[]>(table().keyHomes)
    .filter(([key, homes]) => homes.includes(key))
    .map(([key]) => key);
}

function table(): typeof import('../generated/cluster-keys') {
  return require('../generated/cluster-keys') as typeof import('../generated/cluster-keys');
}
