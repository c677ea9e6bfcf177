import { inspect } from 'node:util';

/**
 * Known to every copy of these classes: parts of a program that are bundled on their own each have one. `instanceof` asks
 * for the brand, so a secret that one part made is a secret to all others.
 */
const BRAND = Symbol.for('pachkit.Secret');
const REFERRED_BRAND = Symbol.for('pachkit.ReferredSecret');

/** Stands for a secret in what people read. */
export const MASK = '***';

/**
 * A secret text. It prints as `***` wherever it is turned into text by accident: in template strings, `JSON.stringify`,
 * `console.log` and error messages. Only `reveal()` gives the text, and only stages that write secrets call it.
 */
export class Secret {
  readonly #text: string;
  /** @internal */
  readonly [BRAND] = true;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether a value is a secret, of whatever copy of this class. */
  static [Symbol.hasInstance](value: unknown): value is Secret {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  /** The secret text itself. */
  reveal(): string {
    return this.#text;
  }

  /** `***`. */
  toString(): string {
    return MASK;
  }

  /** `***`. */
  toJSON(): string {
    return MASK;
  }

  /** @internal */
  [inspect.custom](): string {
    return MASK;
  }
}

/** A key of a Kubernetes Secret that exists in the cluster already; pachkit refers to it and never writes it. */
export interface ExistingSecret {
  /** Says that the secret is in the cluster already. */
  readonly kind: 'existing';
  /** `metadata.name` of the Secret. */
  readonly name: string;
  /** Key inside the Secret's data. */
  readonly key: string;
}

/** A secret whose text is known at synthesis and written into a Secret of our own. */
export interface LiteralSecret {
  /** Says that the text of the secret is known. */
  readonly kind: 'literal';
  /** The secret. */
  readonly value: Secret;
  /** Whether pachkit generated the text at random, so that no one can guess it. */
  readonly isGenerated?: boolean;
  /**
   * Whether the text is put together from secrets and from what anyone may know, as a file of connectors is. Its length
   * says nothing about how hard it is to guess.
   */
  readonly isComposed?: boolean;
}

/** What every field that holds a secret has become once the document is resolved. */
export type SecretReference = LiteralSecret | ExistingSecret;

/**
 * A secret inside the configuration of a connector that is in a Secret of the cluster already. Only a standalone Dex can
 * use one; the Dex inside pachd reads its connectors as one text.
 */
export class ReferredSecret {
  /** @internal */
  readonly [REFERRED_BRAND] = true;

  constructor(
    /** Where the secret is. */
    readonly reference: ExistingSecret,
  ) {}

  /** Whether a value is such a secret, of whatever copy of this class. */
  static [Symbol.hasInstance](value: unknown): value is ReferredSecret {
    return typeof value === 'object' && value !== null && REFERRED_BRAND in value;
  }
}

/** A literal secret, for callers of the library that have the text. */
export function literalSecret(text: string): LiteralSecret {
  return { kind: 'literal', value: new Secret(text) };
}

/** A string of which only parts are secrets, such as a file of connectors. */
export function composedSecret(text: string): LiteralSecret {
  return { ...literalSecret(text), isComposed: true };
}

/** A reference to a Secret that is in the cluster already. */
export function existingSecret(name: string, key: string): ExistingSecret {
  return { kind: 'existing', name, key };
}
