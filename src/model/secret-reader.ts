import type { SecretValue } from '../generated/cluster-document';
import type { PathStep } from '../document/source-node';
import { Secret, type SecretReference } from './secret';

/** A field of a document that holds a secret. */
export interface SecretRequest {
  /** Path of the field in the document; also the key under which a generated secret is kept. */
  readonly path: readonly PathStep[];
  /** What the document says, or the default where it says nothing. */
  readonly value: SecretValue;
}

/** Whether a value of a document is a secret that pachkit generates and keeps. */
export function isGenerated(value: unknown): value is Extract<SecretValue, { generate: unknown }> {
  return typeof value === 'object' && value !== null && 'generate' in value;
}

/**
 * Turns what a document says about a secret into the secret. Readers that find nothing (a missing environment variable)
 * collect a diagnostic and return undefined.
 */
export type SecretReader = (request: SecretRequest) => SecretReference | undefined;

/**
 * For checking alone: nothing is read or generated. Every secret that would be written is an empty string, so a cluster
 * resolved with it must not be constructed.
 */
export const withoutSecrets: SecretReader = ({ value }) =>
  typeof value === 'object' && 'existing' in value
    ? { kind: 'existing', ...value.existing }
    : { kind: 'literal', value: new Secret('') };

/** Like `withoutSecrets`, but with the strings that stand in the document itself. */
export const writtenSecrets: SecretReader = (request) =>
  typeof request.value === 'string'
    ? { kind: 'literal', value: new Secret(withoutLineEnd(request.value)) }
    : withoutSecrets(request);

/** Files and block scalars end in a line break that is not part of the secret. */
export function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
