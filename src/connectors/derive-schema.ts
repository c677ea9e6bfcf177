import { isDeepStrictEqual } from 'node:util';
import { usableTypes } from './connector-types';
import { isInTargets, isSince, productOf, type Target } from '../releases/target';
import { ANY_REFERENCE, patternAt } from './variable-reference';
import { compare } from '../diagnostics/diagnostic';

/** A JSON Schema as it is read from a file. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** Keywords whose value maps names to schemas. */
const SCHEMA_MAPS = new Set(['$defs', 'properties', 'patternProperties', 'dependentSchemas']);
/** Keywords whose value is data, never a schema. */
const DATA = new Set(['default', 'examples', 'enum', 'const', 'required', 'dependentRequired']);
/** Keywords that only a schema in a file of its own has. */
const OF_FILES = new Set(['$id', '$schema']);
/** On a key: from which version of each product on a file needs it, with something in it, though a document does not. */
const REQUIRED_IN_FILES = 'x-required-in-files';
/** On the list of connector types. */
const CONNECTOR_TYPES = 'x-connector-types';
/** What our annotations begin with. All they say is put into effect, and validators refuse keywords that they do not know. */
const ANNOTATION = 'x-';
/** What editors insert; other validators do not know the keyword. */
const EDITOR_SNIPPETS = 'defaultSnippets';
/** An item of bytes that are written as a list. */
const BYTE = { type: ['integer', 'null'], minimum: 0, maximum: 255 };
const OPTIONAL_SINCE = 'x-dex-optional-since';
const BASE = 'https://pachkit.dev/schemas/';

export interface DeriveSchemaOptions {
  /**
   * `document`: for the `config` of a connector in a document of ours. `file`: for what Dex or pachctl read as it is, where
   * secrets are strings and nothing is derived. The same as of `checkConnectorConfig`, with which a derived schema agrees on
   * which configurations are right; but keys must be in Dex's spelling, and null is a value.
   *
   * @default 'document'
   */
  readonly form?: 'document' | 'file';
}

/**
 * The schema for one target: `schema` without the keys and connector types that the target does not read, and, since it is
 * closed, refusing them. It stands alone: the schemas that it refers to are filtered likewise and put under its `$defs`.
 *
 * @param schema an annotated schema from `schemas/`, such as that of a connector type
 * @param others the schemas that it refers to, directly or not, in any order; found by their `$id`
 * @throws when a reference leads to none of `others`: the caller left one out
 */
export function deriveSchema(
  schema: JsonSchema,
  target: Target,
  others: readonly JsonSchema[] = [],
  { form = 'document' }: DeriveSchemaOptions = {},
): JsonSchema {
  const derivation = new Derivation(target, form === 'file', others);
  const filtered = derivation.filter(schema, idOf(schema));
  const { $defs: own, ...rest } = filtered;
  const definitions = { ...(own as Record<string, JsonSchema> | undefined), ...derivation.definitions() };
  const used = reachable(rest, definitions);
  return {
    ...rest,
    $id: idOf(schema).replace(BASE, `${BASE}${target}/${form === 'file' ? 'files/' : ''}`),
    ...(Object.keys(used).length > 0 && { $defs: used }),
  };
}

/** The definitions that a schema refers to, directly or not. */
function reachable(
  schema: JsonSchema,
  definitions: Readonly<Record<string, JsonSchema>>,
): Record<string, JsonSchema> {
  const found = new Set<string>();
  const collect = (part: JsonSchema): void => {
    JSON.stringify(part, (keyword, value: unknown) => {
      const name = keyword === '$ref' ? /^#\/\$defs\/([^/]+)/.exec(String(value))?.[1] : undefined;
      const definition = name === undefined || found.has(name) ? undefined : definitions[name];
      if (name !== undefined && definition !== undefined) {
        found.add(name);
        collect(definition);
      }
      return value;
    });
  };
  collect(schema);
  return Object.fromEntries(Object.entries(definitions).filter(([name]) => found.has(name)));
}

class Derivation {
  readonly #byId: ReadonlyMap<string, JsonSchema>;
  readonly #embedded = new Map<string, JsonSchema>();

  constructor(
    private readonly target: Target,
    private readonly isFile: boolean,
    others: readonly JsonSchema[],
  ) {
    this.#byId = new Map(others.map((other) => [idOf(other), other]));
  }

  definitions(): Record<string, JsonSchema> {
    const entries = [...this.#embedded].sort(([a], [b]) => compare(a, b));
    return Object.fromEntries(entries.map(([id, schema]) => [definitionName(id), schema]));
  }

  /** `id` is the base that relative references of `schema` are resolved against. */
  filter(schema: JsonSchema, id: string): JsonSchema {
    const result: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(this.#needingLess(this.#inForm(schema)))) {
      if (keyword.startsWith(ANNOTATION) || keyword === EDITOR_SNIPPETS) continue;
      if (keyword === '$ref') result[keyword] = this.#reference(value as string, id);
      else if (DATA.has(keyword)) result[keyword] = value;
      else if (keyword === 'pattern') result[keyword] = patternAt(value as string, this.target);
      else if (SCHEMA_MAPS.has(keyword))
        result[keyword] = this.#schemas(value as Record<string, JsonSchema>, id);
      else result[keyword] = this.#value(value, id);
    }
    return result;
  }

  /** A schema with what only holds for the target, or for files. */
  #inForm(schema: JsonSchema): JsonSchema {
    if (schema[CONNECTOR_TYPES] === true) return { ...schema, enum: usableTypes(this.target) };
    if (!this.isFile) return schema;
    // Dex puts the value of a variable in, in a file of its own.
    if (schema['type'] === 'string' && schema['enum'] !== undefined && productOf(this.target) === 'dex') {
      const { enum: values, ...rest } = schema;
      return { ...rest, anyOf: [{ enum: values }, { pattern: ANY_REFERENCE.source }] };
    }
    // Go decodes a list of numbers into bytes as well.
    if (schema['contentEncoding'] === 'base64') return { ...schema, type: ['string', 'array'], items: BYTE };
    if (isDeepStrictEqual(schema, { not: { const: '' } })) return { not: { enum: ['', []] } };
    if (schema['$ref'] !== undefined && schema['x-secret'] === true)
      return { type: 'string', minLength: 1, description: schema['description'] };
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
    // A type without keys takes any in a file; pachd wants one.
    if (schema['properties'] !== undefined && Object.keys(properties).length === 0)
      return productOf(this.target) === 'pachyderm' ? { ...schema, additionalProperties: true } : schema;
    const needed = Object.keys(properties).filter((name) => this.#isRequiredInFiles(properties[name]));
    if (needed.length === 0) return schema;
    const filled = needed.map((name) => {
      const keyword = properties[name]?.['type'] === 'string' ? 'minLength' : 'minProperties';
      return [name, { ...properties[name], [keyword]: 1 }];
    });
    return {
      ...schema,
      properties: { ...properties, ...(Object.fromEntries(filled) as Record<string, JsonSchema>) },
      required: [...((schema['required'] as readonly string[] | undefined) ?? []), ...needed],
    };
  }

  /** Without demanding the keys that logins succeed without at the target. */
  #needingLess(schema: JsonSchema): JsonSchema {
    const required = schema['required'] as readonly string[] | undefined;
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
    const isOptional = (name: string): boolean => {
      const since = minor(properties[name]?.[OPTIONAL_SINCE]);
      return since !== undefined && isSince(this.target, { dex: since });
    };
    if (!required?.some(isOptional)) return schema;
    return { ...schema, required: required.filter((name) => !isOptional(name)) };
  }

  #isRequiredInFiles(key: JsonSchema | undefined): boolean {
    const product = productOf(this.target);
    const since = minor((key?.[REQUIRED_IN_FILES] as JsonSchema | undefined)?.[product]);
    return since !== undefined && isSince(this.target, { [product]: since });
  }

  #schemas(schemas: Record<string, JsonSchema>, id: string): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(schemas)
        .filter(([, schema]) => isReadAt(schema, this.target))
        .map(([name, schema]) => [name, this.#value(schema, id)]),
    );
  }

  #value(value: unknown, id: string): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => this.#value(item, id));
    return value !== null && typeof value === 'object' ? this.filter(value as JsonSchema, id) : value;
  }

  #reference(reference: string, id: string): string {
    if (reference.startsWith('#')) return this.#inside(id, reference.slice(1));
    const [referred = '', pointer = ''] = new URL(reference, id).href.split('#');
    if (!this.#embedded.has(referred)) {
      const schema = this.#byId.get(referred);
      if (schema === undefined)
        throw new Error(`the schema ${referred}, which ${id} refers to, was not given`);
      // Marked first, so that schemas may refer to each other in a circle.
      this.#embedded.set(referred, {});
      const embedded = Object.entries(this.filter(schema, referred));
      this.#embedded.set(
        referred,
        Object.fromEntries(embedded.filter(([keyword]) => !OF_FILES.has(keyword))),
      );
    }
    return this.#inside(referred, pointer);
  }

  /** Where a pointer into the schema `id` leads in the derived one. */
  #inside(id: string, pointer: string): string {
    return this.#embedded.has(id) ? `#/$defs/${definitionName(id)}${pointer}` : `#${pointer}`;
  }
}

/** Whether the annotations of a key let the target read it; a schema without any is for every target. */
function isReadAt(schema: unknown, target: Target): boolean {
  if (schema === null || typeof schema !== 'object') return true;
  const annotations = schema as JsonSchema;
  const product = productOf(target);
  if (annotations['x-unreleased'] === true) return false;
  if (product === 'dex' && annotations['x-fork-only'] === true) return false;
  if (annotations[`x-${product}`] === false) return false;
  const since = minor(annotations[`x-${product}-since`]) ?? 0;
  const until = minor(annotations[`x-${product}-until`]);
  return isInTargets(target, { [product]: { since, ...(until !== undefined && { until }) } });
}

function minor(version: unknown): number | undefined {
  return typeof version === 'string' ? Number(version.replace('2.', '')) : undefined;
}

function idOf(schema: JsonSchema): string {
  return String(schema['$id']);
}

/** `https://pachkit.dev/schemas/connectors/oidc.schema.json` becomes `connectors-oidc`. */
function definitionName(id: string): string {
  return id
    .replace(BASE, '')
    .replace(/\.schema\.json$/, '')
    .replace(/[^A-Za-z0-9]+/g, '-');
}
