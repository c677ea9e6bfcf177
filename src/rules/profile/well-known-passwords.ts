/** Passwords that everyone tries: the defaults of the official charts, of PostgreSQL images, and what people type first. */
export const WELL_KNOWN_PASSWORDS: readonly string[] = [
  'insecure-user-password',
  'insecure-root-password',
  'pachyderm',
  'postgres',
  'postgresql',
  'password',
  'passw0rd',
  'secret',
  'changeme',
  'change-me',
  'admin',
  'root',
  'test',
  'example',
  'elephantastic',
  '123456',
  '12345678',
];

const FOLDED = new Set(WELL_KNOWN_PASSWORDS);

/** Whether a password is one that everyone tries, in whatever case. */
export function isWellKnownPassword(password: string): boolean {
  return FOLDED.has(password.toLowerCase());
}
