import { fillerOf } from '../forms/filled-in';
import { BOOTSTRAP_CONFIG_SECRET, type Place } from '../model/secret-places';
import type { ReleaseTraits } from '../releases/release-traits';
import type { SecretForm } from './context';
import type { JsonMapping } from './json';
import { placeholder } from './placeholder';

/** A secret of the release that a document is made for. */
export interface SecretSource {
  /** The field of the document. */
  readonly field: string;
  /** The secret itself; empty or missing when the values do not have it. */
  readonly given?: string;
  /** The Secret of the user's that the values name. */
  readonly named?: Place;
  /** Where the release keeps it, as a key that holds nothing else and that pachkit does not write; missing for no such key. */
  readonly kept?: Place | undefined;
  /** Where the release keeps it in any form, for the hint how to read it. */
  readonly readFrom?: Place | undefined;
  /** Name of the variable that it is read from where it cannot be referred to. */
  readonly variable: string;
}

/** A variable that the document reads a secret from. */
export interface NeededVariable {
  readonly name: string;
  readonly field: string;
  /** The path of the value that has the secret, or the Secret that it can be read from. */
  readonly from?: Place;
}

/** What a document says about a secret, and in words. */
export interface WrittenSecret {
  readonly value: string | JsonMapping;
  readonly words: string;
}

/** Turns secrets of values into secrets of a document. */
export class ImportedSecrets {
  variables: readonly NeededVariable[] = [];
  /** Fields that hold their secret in plain text. */
  plainFields: readonly string[] = [];

  constructor(
    private readonly form: SecretForm,
    private readonly release: ReleaseTraits,
  ) {}

  /** Where the release keeps a secret from 2.3 on; before, the Job's Secret has it among others. */
  keptSince23(place: Place): Place | undefined {
    return this.release.bootstrap === 'job' ? undefined : place;
  }

  /** The key of the Job's Secret that holds a secret alone, up to 2.2. */
  bootstrapFile(key: string): Place | undefined {
    return this.release.bootstrap === 'job' ? { name: BOOTSTRAP_CONFIG_SECRET, key } : undefined;
  }

  write(source: SecretSource): WrittenSecret {
    const { named, kept, given = '', field } = source;
    if (named) return this.#existing(named);
    const variable = placeholder(given);
    if (this.form === 'plain' && given !== '' && variable === undefined && !fillerOf(given)) {
      this.plainFields = [...this.plainFields, field];
      return { value: given, words: 'in plain text' };
    }
    // A placeholder of another name is a variable of the document that the values were made of.
    const isOwn = variable === undefined || variable === source.variable;
    if (this.form !== 'env' && kept && isOwn) return this.#existing(kept);
    return this.#variable(variable === undefined ? source : { ...source, variable });
  }

  /** What a field and those in it hold is not in the document after all. */
  forget(field: string): void {
    const isLeft = (other: string): boolean =>
      other !== field && !other.startsWith(`${field}.`) && !other.startsWith(`${field}[`);
    this.variables = this.variables.filter((variable) => isLeft(variable.field));
    this.plainFields = this.plainFields.filter(isLeft);
  }

  #existing({ name, key }: Place): WrittenSecret {
    return { value: { existing: { name, key } }, words: `Secret ${name}, key ${key}` };
  }

  #variable({ field, variable, kept, readFrom = kept }: SecretSource): WrittenSecret {
    const names = this.variables.filter(({ name }) => name === variable || name.startsWith(`${variable}_`));
    const name = names.some((other) => other.name === variable)
      ? `${variable}_${names.length + 1}`
      : variable;
    this.variables = [...this.variables, { name, field, ...(readFrom ? { from: readFrom } : {}) }];
    return { value: { env: name }, words: `environment variable ${name}` };
  }
}
