/**
 * Runs something with the rights of an ordinary user. Tests may run as root, to whom every folder is writable; the user
 * "nobody" has the same number everywhere.
 */
export function asOrdinaryUser<T>(action: () => T): T {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    return action();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
