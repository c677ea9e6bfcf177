import { createHash } from 'node:crypto';
import { encodeBase64, hashSync } from 'bcryptjs';

/** Rounds as a power of two; Dex takes 10 to 16. */
const COST = 10;
const SALT_BYTES = 16;

/** A hash takes some hundredths of a second, and a cluster may be resolved several times in one run. */
const known = new Map<string, string>();

/**
 * The bcrypt hash of a password. Its salt is no secret and follows from `owner`, whom the password belongs to, so that equal
 * documents have equal hashes, and no two people have one salt.
 */
export function bcryptHash(password: string, owner: string): string {
  const key = JSON.stringify([password, owner]);
  const hash = known.get(key) ?? hashSync(password, saltOf(owner));
  known.set(key, hash);
  return hash;
}

function saltOf(owner: string): string {
  const bytes = createHash('sha256').update(`pachkit/v1 bcrypt ${owner}`).digest().subarray(0, SALT_BYTES);
  return `$2b$${COST}$${encodeBase64([...bytes], SALT_BYTES)}`;
}
