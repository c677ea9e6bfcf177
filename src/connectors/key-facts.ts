import type { MinorRange } from '../releases/target';

/** A string. `values` are the only ones that Dex takes; an empty string is Go's way to say that there is none. */
export interface StringFacts {
  readonly kind: 'string' | 'base64';
  readonly pattern?: string;
  readonly values?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface IntegerFacts {
  readonly kind: 'integer';
  readonly minimum: number;
  readonly maximum?: number;
}

export interface ListFacts {
  readonly kind: 'list';
  readonly items: ValueFacts;
}

/** A mapping whose keys are the user's own. */
export interface MapFacts {
  readonly kind: 'map';
  readonly values: ValueFacts;
}

/** How many of `keys` there may be, unless the key `unless` is true. */
export interface KeySetFacts {
  readonly rule: 'atMostOne' | 'atLeastOne' | 'exactlyOne';
  readonly keys: readonly string[];
  readonly unless?: string;
  /** What happens with more or fewer. */
  readonly effect: string;
}

/** A mapping with known keys. */
export interface ObjectFacts {
  readonly kind: 'object';
  readonly keys: Readonly<Record<string, KeyFacts>>;
  /** Keys that Dex refuses a connector without, or that no login works without; `redirectURI` is derived and never among them. */
  readonly required: readonly string[];
  /** For a key, the keys that must be there with it. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
  readonly keySet?: KeySetFacts;
  /** What happens when several required keys are missing, where the product names them in one error; `{keys}` stands for them. */
  readonly missingTogether?: string;
}

export type ValueFacts =
  | StringFacts
  | IntegerFacts
  | ListFacts
  | MapFacts
  | ObjectFacts
  | { readonly kind: 'boolean' }
  /** A string, or in a document of ours a mapping that says where the text comes from. */
  | { readonly kind: 'secret' };

/**
 * One key of a connector's `config`: what its value is, which versions read it, and what happens otherwise. Versions
 * follow the Go struct tags of Dex v2.29.0 to v2.45.1 and of Pachyderm's fork of Dex; a range that is missing means
 * that no release of that product reads the key.
 */
export interface KeyFacts {
  readonly value: ValueFacts;
  readonly dex?: MinorRange;
  readonly pachyderm?: MinorRange;
  /** Only Pachyderm's fork of Dex has it. */
  readonly forkOnly?: boolean;
  /** Dex's main branch has it, no release does. */
  readonly unreleased?: boolean;
  readonly secret?: boolean;
  /** It restricts who may log in. */
  readonly restriction?: boolean;
  /** It is a regular expression, in the syntax of Go. */
  readonly goRegexp?: boolean;
  /** A value of the right form. */
  readonly example?: string;
  /** What happens when the key is required and missing. */
  readonly missingEffect?: string;
  /** First Dex minor in which logins can succeed without the key, although it is required. */
  readonly dexOptionalSince?: number;
  /** When they do, and when they fail. */
  readonly optionalEffect?: string;
  /** What happens with a value of the wrong form; `{value}` stands for the value. */
  readonly wrongEffect?: string;
  /** What happens where the key is not read. */
  readonly ignoredEffect?: string;
  /** What to do where the key is not read, as an imperative clause. */
  readonly instead?: string;
  /** First Dex minor that knows the key again, only to refuse it. */
  readonly dexRejectedSince?: number;
  readonly rejectedEffect?: string;
  /** First Pachyderm minor in which the key, though read before, has an effect. */
  readonly pachydermEffectiveSince?: number;
  readonly noEffect?: string;
}
