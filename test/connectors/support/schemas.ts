import fs from 'node:fs';
import path from 'node:path';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import type { ConnectorSchemaName } from '../../../src/generated/connector-facts';
import { deriveSchema, type JsonSchema } from '../../../src/connectors/derive-schema';
import type { Target } from '../../../src/releases/target';

const FOLDER = path.resolve(__dirname, '../../../schemas');

/** A schema under `schemas/`, such as `connectors/oidc`. */
export function readSchema(name: string): JsonSchema {
  return JSON.parse(fs.readFileSync(path.join(FOLDER, `${name}.schema.json`), 'utf8')) as JsonSchema;
}

/** The connector types that have a schema, by its file name. */
export const schemaNames = fs
  .readdirSync(path.join(FOLDER, 'connectors'))
  .map((name) => name.replace('.schema.json', ''))
  .sort() as ConnectorSchemaName[];

export const secretValueSchema = readSchema('secret-value');
export const connectorSchemas: readonly JsonSchema[] = schemaNames.map((name) =>
  readSchema(`connectors/${name}`),
);

/** An ajv that knows our annotations and refuses everything else that is not JSON Schema. */
export function strictAjv(schemas: readonly JsonSchema[] = []): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
  for (const annotation of annotationsOf([
    ...schemas,
    secretValueSchema,
    ...connectorSchemas,
    readSchema('connector'),
    readSchema('dex'),
  ]))
    ajv.addKeyword(annotation);
  // What editors insert.
  ajv.addKeyword('defaultSnippets');
  schemas.forEach((schema) => ajv.addSchema(schema));
  return ajv;
}

function annotationsOf(schemas: readonly JsonSchema[]): Set<string> {
  const found = new Set<string>();
  JSON.stringify(schemas, (key, value: unknown) => {
    if (/^x-/.test(key)) found.add(key);
    return value;
  });
  return found;
}

/** A copy of an object without some of its keys. */
export function without<T extends object, K extends keyof T>(object: T, ...keys: readonly K[]): Omit<T, K> {
  const kept = Object.entries(object).filter(([key]) => !(keys as readonly string[]).includes(key));
  return Object.fromEntries(kept) as Omit<T, K>;
}

const validatorsByText = new Map<string, ValidateFunction>();
const validatorsByTarget = new Map<string, ValidateFunction>();

const others = [secretValueSchema, ...connectorSchemas];

/** A compiled schema for a target, such as `connectors/oidc`. Many targets have the same one, which is compiled once. */
export function derivedValidator(
  name: 'connector' | `connectors/${ConnectorSchemaName}`,
  target: Target,
  form: 'document' | 'file' = 'document',
): ValidateFunction {
  const place = `${name} ${target} ${form}`;
  let validator = validatorsByTarget.get(place);
  if (validator === undefined) {
    validator = compiled(without(deriveSchema(readSchema(name), target, others, { form }), '$id'));
    validatorsByTarget.set(place, validator);
  }
  return validator;
}

function compiled(schema: JsonSchema): ValidateFunction {
  const text = JSON.stringify(schema);
  let validator = validatorsByText.get(text);
  if (validator === undefined) {
    validator = strictAjv().compile(schema);
    validatorsByText.set(text, validator);
  }
  return validator;
}
