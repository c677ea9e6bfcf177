import type { JsonValue } from '../document/source-node';
import { documentSchema, referredSchema, type SchemaPart } from './schema-at';

/** A keyword of the schema that a value breaks. */
export interface SchemaError {
  /** The keyword, such as `pattern`. */
  readonly keyword: string;
  /** Where the value is in the document; that of the mapping for its keys. */
  readonly path: readonly string[];
  /** What the keyword says more of: the key, the limit or the values. */
  readonly params: Readonly<Record<string, unknown>>;
  /** The key that is wrong by itself. */
  readonly propertyName?: string;
}

/** Everything in which a document departs from the schema, connector configurations excepted: all of it, in no order. */
export function schemaErrors(document: JsonValue): SchemaError[] {
  const { part, file } = documentSchema();
  return schemaErrorsOf(document, part, file);
}

/** Everything in which a value departs from a part of the schema, which is in `file`. */
export function schemaErrorsOf(value: JsonValue, part: SchemaPart, file: string): SchemaError[] {
  const walk = new Walk();
  walk.check(value, part, file);
  return walk.errors;
}

/** Whether a value is of the form that a part of the schema, which is in `file`, wants. */
export function fitsSchema(value: JsonValue, part: SchemaPart, file: string): boolean {
  return schemaErrorsOf(value, part, file).length === 0;
}

/**
 * Walks a value and the schema together. Of JSON Schema 2020-12 it knows the keywords that the schemas of this project use; a
 * test holds its errors against ajv's. Code compiled from the schema is many times as long, and every start would load it.
 */
class Walk {
  readonly errors: SchemaError[] = [];
  readonly #path: string[] = [];
  #propertyName: string | undefined;

  check(value: JsonValue, part: SchemaPart, file: string): void {
    const type = part['type'] as string | string[] | undefined;
    if (type !== undefined && !isOfTypes(value, type)) return this.#add('type', {});
    for (const keyword in part) this.#keyword(keyword, part[keyword], value, part, file);
  }

  #keyword(keyword: string, wanted: unknown, value: JsonValue, part: SchemaPart, file: string): void {
    if (keyword === '$ref') {
      const referred = referredSchema(String(wanted), file);
      this.check(value, referred.part, referred.file);
    } else if (keyword === 'allOf') {
      for (const each of wanted as SchemaPart[]) this.check(value, each, file);
    } else if (keyword === 'enum') {
      if (!(wanted as unknown[]).includes(value)) this.#add(keyword, { allowedValues: wanted });
    } else if (keyword === 'const') {
      if (value !== wanted) this.#add(keyword, { allowedValue: wanted });
    } else if (typeof value === 'string') this.#string(keyword, wanted, value);
    else if (typeof value === 'number') this.#number(keyword, Number(wanted), value);
    else if (Array.isArray(value)) this.#list(keyword, wanted, value, file);
    else if (value !== null && typeof value === 'object') this.#mapping(keyword, wanted, value, part, file);
  }

  #string(keyword: string, wanted: unknown, value: string): void {
    if (keyword === 'pattern') {
      if (!regexp(String(wanted)).test(value)) this.#add(keyword, { pattern: wanted });
    } else if (keyword === 'minLength' || keyword === 'maxLength')
      this.#limit(keyword, Number(wanted), charactersIn(value));
  }

  #number(keyword: string, limit: number, value: number): void {
    if (keyword === 'minimum' || keyword === 'maximum') this.#limit(keyword, limit, value);
  }

  #list(keyword: string, wanted: unknown, value: readonly JsonValue[], file: string): void {
    if (keyword === 'items')
      value.forEach((item, index) => this.#inside(String(index), item, wanted as SchemaPart, file));
    else if (keyword === 'minItems' || keyword === 'maxItems')
      this.#limit(keyword, Number(wanted), value.length);
    else if (keyword === 'uniqueItems' && wanted === true) {
      const i = duplicateIn(value);
      if (i >= 0) this.#add(keyword, { i });
    }
  }

  #mapping(
    keyword: string,
    wanted: unknown,
    value: Readonly<Record<string, JsonValue>>,
    { properties = {} }: SchemaPart,
    file: string,
  ): void {
    if (keyword === 'properties') {
      const parts = wanted as Readonly<Record<string, SchemaPart>>;
      for (const key in value)
        if (Object.hasOwn(parts, key))
          this.#inside(key, value[key] as JsonValue, parts[key] as SchemaPart, file);
    } else if (keyword === 'additionalProperties') {
      for (const key in value) {
        if (Object.hasOwn(properties as object, key)) continue;
        if (wanted === false) this.#add(keyword, { additionalProperty: key });
        else this.#inside(key, value[key] as JsonValue, wanted as SchemaPart, file);
      }
    } else if (keyword === 'propertyNames') {
      for (const key of Object.keys(value)) {
        this.#propertyName = key;
        this.check(key, wanted as SchemaPart, file);
        this.#propertyName = undefined;
      }
    } else if (keyword === 'required') this.#required(keyword, wanted as string[], value);
    else if (keyword === 'dependentRequired') {
      for (const [property, keys] of Object.entries(wanted as Record<string, string[]>))
        if (Object.hasOwn(value, property)) this.#required(keyword, keys, value, property);
    } else if (keyword === 'minProperties' || keyword === 'maxProperties')
      this.#limit(keyword, Number(wanted), Object.keys(value).length);
  }

  #required(keyword: string, keys: readonly string[], value: object, property?: string): void {
    for (const missingProperty of keys)
      if (!Object.hasOwn(value, missingProperty)) this.#add(keyword, { missingProperty, property });
  }

  #limit(keyword: string, limit: number, found: number): void {
    if (keyword.startsWith('min') ? found < limit : found > limit) this.#add(keyword, { limit });
  }

  #inside(step: string, value: JsonValue, part: SchemaPart, file: string): void {
    this.#path.push(step);
    this.check(value, part, file);
    this.#path.pop();
  }

  #add(keyword: string, params: SchemaError['params']): void {
    this.errors.push({
      keyword,
      path: [...this.#path],
      params,
      ...(this.#propertyName === undefined ? {} : { propertyName: this.#propertyName }),
    });
  }
}

function isOfTypes(value: JsonValue, types: string | readonly string[]): boolean {
  return typeof types === 'string' ? isOfType(value, types) : types.some((type) => isOfType(value, type));
}

function isOfType(value: JsonValue, type: string): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return value !== null && typeof value === 'object' && !Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === 'number' ? Number.isFinite(value) : typeof value === type;
}

const SURROGATE_PAIRS = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g;

/** JSON Schema counts code points, and strings of JavaScript have two units for some. */
function charactersIn(text: string): number {
  return text.length - (text.match(SURROGATE_PAIRS)?.length ?? 0);
}

const regexps = new Map<string, RegExp>();

function regexp(pattern: string): RegExp {
  const known = regexps.get(pattern) ?? new RegExp(pattern, 'u');
  regexps.set(pattern, known);
  return known;
}

/** The position of an item that is there before. The schemas ask this of lists of strings only. */
function duplicateIn(items: readonly JsonValue[]): number {
  if (items.length < 2) return -1;
  const texts = items.map((item) => JSON.stringify(item));
  return new Set(texts).size === texts.length ? -1 : texts.findIndex((text, at) => texts.indexOf(text) < at);
}
