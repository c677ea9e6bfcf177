import fs from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import fc from 'fast-check';
import { load } from 'js-yaml';
import type { JsonValue } from '../../src/document/source-node';
import { toPointer } from '../../src/document/source-node';
import { documentSchemas } from '../../src/generated/cluster-schema';
import { schemaErrors } from '../../src/schema/schema-errors';
const ROOT = path.resolve(__dirname, '../..');

const ANNOTATIONS = ['$schema', '$id', '$defs', 'x-expected', 'x-hint', 'x-secret'];
const KEYWORDS = [
  ...['$ref', 'allOf', 'type', 'enum', 'const', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
  ...['items', 'minItems', 'maxItems', 'uniqueItems', 'properties', 'additionalProperties', 'propertyNames'],
  ...['required', 'dependentRequired', 'minProperties', 'maxProperties'],
];

const ajv = new Ajv2020({ allErrors: true, strict: false, inlineRefs: false });
for (const schema of Object.values(documentSchemas)) ajv.addSchema(schema as object);
const validate = ajv.getSchema('https://pachkit.dev/schemas/cluster.schema.json');

/**
 * Where ajv finds errors, by the first keyword that says so: a value of the wrong type has no other. Of duplicates it finds
 * those of the right type only.
 */
function byAjv(document: JsonValue): string[] {
  void validate?.(document);
  const errors = (validate?.errors ?? []).filter(({ keyword }) => keyword !== 'propertyNames');
  const ofWrongType = new Set(
    errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath),
  );
  return errors
    .filter(({ keyword, instancePath }) => keyword === 'type' || !ofWrongType.has(instancePath))
    .filter(({ keyword }) => keyword !== 'uniqueItems')
    .map(({ instancePath, keyword, params, propertyName = '' }) =>
      [instancePath, keyword, propertyName, subject(params)].join(' '),
    )
    .sort();
}

function byOurs(document: JsonValue): string[] {
  return schemaErrors(document)
    .filter(({ keyword }) => keyword !== 'uniqueItems')
    .map(({ path: steps, keyword, params, propertyName = '' }) =>
      [toPointer(steps), keyword, propertyName, subject(params)].join(' '),
    )
    .sort();
}

function subject({ missingProperty, additionalProperty, limit }: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([missingProperty, additionalProperty, limit]);
}

const documents = fs
  .readdirSync(path.join(ROOT, 'examples'))
  .map((name) => path.join(ROOT, 'examples', name, 'pachyderm.yaml'))
  .filter((file) => fs.existsSync(file))
  .map((file) => load(fs.readFileSync(file, 'utf8')) as JsonValue);

/** Every place of a value, as the mapping or list around it and the key there. */
function places(value: JsonValue): { around: Record<string, JsonValue>; key: string }[] {
  if (value === null || typeof value !== 'object') return [];
  const around = value as Record<string, JsonValue>;
  return Object.keys(around).flatMap((key) => [{ around, key }, ...places(around[key] as JsonValue)]);
}

const odd = fc.oneof(
  fc.constantFrom<JsonValue>(null, true, 0, -1, 1.5, 70000, '', ' ', 'x', 'é'.repeat(70), '10Gi', '2.11.6'),
  fc.constantFrom<JsonValue>([], {}, [1, 1], [{ a: 1 }, { a: 1 }], { env: 'X' }, { env: 'X', file: 'y' }),
  fc.string({ unit: 'binary' }),
  fc.jsonValue().map((value) => value as JsonValue),
);

describe('the errors of a document', () => {
  it('are found by every keyword that the schemas use', () => {
    const used = new Set<string>();
    const visit = (part: unknown, isMap = false): void => {
      if (Array.isArray(part)) for (const each of part) visit(each);
      if (part === null || typeof part !== 'object' || Array.isArray(part)) return;
      for (const [key, inner] of Object.entries(part)) {
        if (!isMap) used.add(key);
        if (isMap || !['enum', 'const', 'required', 'dependentRequired'].includes(key))
          visit(inner, !isMap && ['properties', '$defs'].includes(key));
      }
    };
    visit(Object.values(documentSchemas));
    expect([...used].filter((key) => !ANNOTATIONS.includes(key) && !KEYWORDS.includes(key))).toEqual([]);
  });

  it('compare values by themselves only, and never mappings', () => {
    const values = JSON.stringify(documentSchemas).match(/"(?:enum|const)":(?:\[[^\]]*\]|\{)/g) ?? [];
    expect(values.filter((text) => text.includes('{'))).toEqual([]);
  });

  it('are duplicates of strings', () => {
    const errorsOf = (roles: string[]): string[] =>
      schemaErrors({
        apiVersion: 'pachkit/v1',
        release: '2.11.6',
        auth: { roleBindings: { 'user:ada@acme.com': roles } },
      }).map(({ keyword, path: steps }) => `${keyword} ${toPointer(steps)}`);
    expect(errorsOf(['repoReader', 'repoReader'])).toEqual([
      'uniqueItems /auth/roleBindings/user:ada@acme.com',
    ]);
    expect(errorsOf(['repoReader', 'repoWriter'])).toEqual([]);
  });

  it.each(documents.map((document) => [(document as { name: string }).name, document]))(
    'are none in the example %s',
    (_name, document) => {
      expect(byOurs(document)).toEqual([]);
    },
  );

  it('are those that ajv finds, whatever stands in the place of whichever value', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...documents),
        fc.array(fc.tuple(fc.nat(), odd, fc.constantFrom('replace', 'remove', 'add')), {
          minLength: 1,
          maxLength: 4,
        }),
        (document, changes) => {
          const changed = structuredClone(document);
          for (const [at, odder, how] of changes) {
            const value = structuredClone(odder);
            const all = places(changed);
            const place = all[at % all.length];
            if (!place) continue;
            const { around, key } = place;
            if (how === 'remove' && !Array.isArray(around)) Reflect.deleteProperty(around, key);
            else if (how === 'add' && !Array.isArray(around)) around[`${key}x`] = value;
            else around[key] = value;
          }
          expect(byOurs(changed)).toEqual(byAjv(changed));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
