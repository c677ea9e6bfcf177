import type { LiteralSecret, SecretReference } from '../../model/secret';

/** Data of a Secret before it is written: strings, and secrets that stay closed until then. */
export type SecretData = Readonly<Record<string, string | LiteralSecret>>;

/** The data in clear text. Only for the moment of writing. */
export function revealed(data: SecretData): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : value.value.reveal(),
    ]),
  );
}

/** One entry for a secret that pachkit writes; nothing for one that is in the namespace already, or for none. */
export function entryOf(key: string, reference: SecretReference | undefined): SecretData {
  return reference?.kind === 'literal' ? { [key]: reference } : {};
}
