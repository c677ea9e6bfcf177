import { readFileSync } from 'node:fs';

/** A user and group of this machine, by number. */
export interface Account {
  readonly userId: number;
  readonly groupId: number;
}

const unprivilegedNames = ['postgres', 'nobody'];

/**
 * The account for programs that refuse to run as root, as PostgreSQL does ("initdb: error: cannot be run as root"):
 * undefined when the tests are not run by root, for then their own account will do.
 */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of unprivilegedNames) {
    const entry = entries.find((fields) => fields[0] === name);
    if (entry !== undefined) return { userId: Number(entry[2]), groupId: Number(entry[3]) };
  }
  throw new Error(`/etc/passwd has none of the accounts ${unprivilegedNames.join(', ')}`);
}
