import type { ConnectorType } from '../connectors/connector-types';
import type { JsonValue } from '../document/source-node';
import type { Target } from '../releases/target';
import type { SchemaPart } from '../schema/schema-at';

/** A value of a derived configuration that follows from one field of the document, so that findings about it point there. */
export class From {
  constructor(
    readonly field: string,
    readonly value: Derived,
  ) {}
}

/** A field of the document that becomes a setting unchanged, with every place inside it. */
export class Unchanged {
  constructor(readonly field: string) {}
}

/** A setting of Dex as a provider derives it; `undefined` leaves it out. */
export type Derived = JsonValue | From | Unchanged | undefined | readonly Derived[] | DerivedSettings;

/** Settings of Dex by their names. */
export interface DerivedSettings {
  readonly [key: string]: Derived;
}

/** The fields of a provider in a document that has them in the right form. */
export interface Given {
  /** A string, whole number or switch; undefined when the document does not have it. */
  text(field: string): string | undefined;
  /** The strings of a list; empty when the document does not have it. */
  texts(field: string): readonly string[];
  /** The value of a switch, or `otherwise`. */
  isOn(field: string, otherwise: boolean): boolean;
  has(field: string): boolean;
  /** The field unchanged; undefined when the document does not have it. */
  unchanged(field: string): Unchanged | undefined;
}

/** What no schema says of a field: what is wrong with it, and what to write. */
export interface FieldProblem {
  readonly field: string;
  /** Which item of the field, where it is a list. */
  readonly index?: number;
  readonly message: string;
  readonly hint: string;
  /** What to write instead, where that is certain. */
  readonly replaceWith?: string;
}

/**
 * An identity provider that a document can name: `{ provider: okta, domain: acme.okta.com, … }`. What stands in the document
 * are its own words; the connector of Dex follows from them.
 */
export interface Provider {
  /** What the document calls it, and the id of its connector unless that is given. */
  readonly name: string;
  /** What it calls itself, and the button on the login page unless that is named. */
  readonly title: string;
  /** What it is and what the connector does, in a sentence or two, for `pachkit explain provider`. */
  readonly description: string;
  /** Its name in the table of identity providers, where it is an OpenID Connect provider of that table. */
  readonly knownAs?: string;
  /** Type of the connector that it becomes. */
  readonly type: ConnectorType;
  /** Its fields with their schemas, beside `id`, `name`, `version` and `config`, which all have. Each has a description. */
  readonly fields: Readonly<Record<string, SchemaPart>>;
  readonly required: readonly string[];
  /**
   * Fields by the settings of Dex that they stand for, where the two are called differently: findings say `domains` for
   * `hostedDomains`. A setting may have its value behind it.
   */
  readonly words: Readonly<Record<string, string>>;
  /** What to write for groups, as an imperative clause; missing where they always come along. */
  readonly groupsHint?: string;
  /** A document with it, for the reference; the fields that are required, and those that most need. */
  readonly example: Readonly<Record<string, JsonValue>>;
  /**
   * What someone means who writes a field in another form, by field: the realm in a URL that was pasted, the id in a resource
   * name; undefined where that cannot be told. Of host names the host in a URL is what is meant.
   */
  readonly meant?: Readonly<Record<string, (written: string) => string | undefined>>;
  /** What is wrong with fields although they have their form. @default nothing */
  check?(given: Given): readonly FieldProblem[];
  /** Dex's settings for the target that reads them. */
  derive(given: Given, target: Target): DerivedSettings;
}
