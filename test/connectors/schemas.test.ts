import type { JsonSchema } from '../../src/connectors/derive-schema';
import { connectorTypeNames } from '../../src/connectors/connector-types';
import { connectorSchemas, readSchema, schemaNames, secretValueSchema, strictAjv } from './support/schemas';
import { sampleConfig } from './support/samples';

interface Found {
  readonly path: string;
  readonly schema: JsonSchema;
}

/** Every key of a schema at every level. */
function* keysOf(schema: JsonSchema, prefix = ''): Iterable<Found> {
  for (const [name, child] of Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)) {
    yield { path: prefix + name, schema: child };
    yield* keysOf(child, `${prefix}${name}.`);
    if (child['items']) yield* keysOf(child['items'] as JsonSchema, `${prefix}${name}[].`);
  }
}

/** Every mapping with keys of its own. */
function* mappingsOf(schema: JsonSchema, path = ''): Iterable<Found> {
  if (schema['properties']) yield { path, schema };
  for (const key of keysOf(schema)) {
    if (key.schema['properties']) yield key;
    const items = key.schema['items'] as JsonSchema | undefined;
    if (items?.['properties']) yield { path: `${key.path}[]`, schema: items };
  }
}

const VERSION = /^2[.]\d+$/;

describe.each(schemaNames)('%s', (name) => {
  const schema = readSchema(`connectors/${name}`);
  const keys = [...keysOf(schema)];

  test('names itself', () => {
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema['$id']).toBe(`https://pachkit.dev/schemas/connectors/${name}.schema.json`);
    expect(schema['title']).toBe(`Dex connector: ${name}`);
    expect(schema['description']).toEqual(expect.any(String));
  });

  test('is closed at every level', () => {
    for (const { path, schema: mapping } of mappingsOf(schema))
      expect([path, mapping['additionalProperties']]).toEqual([path, false]);
  });

  test('says of every key what it is and who reads it', () => {
    for (const { path, schema: key } of keys) {
      expect([path, key['description']]).toEqual([path, expect.stringMatching(/^[A-Z`].*[.)]$/)]);
      const dex = [
        VERSION.test(String(key['x-dex-since'])),
        key['x-fork-only'] === true,
        key['x-unreleased'] === true,
      ];
      expect([path, dex.filter(Boolean)]).toEqual([path, [true]]);
      const pachyderm = [VERSION.test(String(key['x-pachyderm-since'])), key['x-pachyderm'] === false];
      expect([path, pachyderm.filter(Boolean)]).toEqual([path, [true]]);
    }
  });

  test('says of every key that some release does not read what happens there', () => {
    for (const { path, schema: key } of keys) {
      const isEverywhere =
        key['x-dex-since'] === '2.29' && key['x-pachyderm-since'] === '2.0' && !key['x-pachyderm-until'];
      const parent = keys.find((other) => other.path === path.replace(/(\[\])?\.[^.]*$/, ''));
      const isAsOldAsParent =
        parent !== undefined &&
        parent.path !== path &&
        parent.schema['x-dex-since'] === key['x-dex-since'] &&
        parent.schema['x-unreleased'] === key['x-unreleased'];
      // All of oauth came at once, and then the type itself is unknown.
      if (isEverywhere || isAsOldAsParent || name === 'oauth') continue;
      expect([path, key['x-ignored-effect']]).toEqual([path, expect.any(String)]);
      expect([path, key['x-instead']]).toEqual([
        path,
        path.startsWith('providerDiscoveryOverrides.') ? undefined : expect.any(String),
      ]);
    }
  });

  test('has defaults and examples that are of the right form', () => {
    const ajv = strictAjv([secretValueSchema, schema]);
    const pointer = (path: string): string =>
      path.replace(/\[\]/g, '/items').replace(/(^|\.)/g, '/properties/');
    for (const { path, schema: key } of keys) {
      const validate = ajv.getSchema(`${String(schema['$id'])}#${pointer(path)}`);
      const values = [
        ...((key['examples'] as unknown[]) ?? []),
        ...('default' in key ? [key['default']] : []),
      ];
      for (const value of values) expect([path, value, validate?.(value)]).toEqual([path, value, true]);
    }
  });

  test('requires keys that exist, and never redirectURI, and says what happens without them', () => {
    for (const { schema: mapping } of mappingsOf(schema)) {
      const names = Object.keys(mapping['properties'] as object);
      const required = (mapping['required'] ?? []) as string[];
      expect(names).toEqual(expect.arrayContaining(required));
      expect(required).not.toContain('redirectURI');
      const conditions = (mapping['allOf'] ?? []) as { readonly then: { readonly required: string[] } }[];
      const needed = conditions.flatMap(({ then }) => then.required);
      const ofFiles = names.filter((key) => key === 'redirectURI');
      for (const key of [...required, ...needed, ...ofFiles]) {
        const child = (mapping['properties'] as Record<string, JsonSchema>)[key];
        expect([key, child?.['x-missing-effect']]).toEqual([key, expect.any(String)]);
      }
    }
  });
});

test('the combined schema knows every type, and each as its own schema does', () => {
  const schema = readSchema('connector');
  const validate = strictAjv([secretValueSchema, ...connectorSchemas]).compile(schema);
  for (const type of connectorTypeNames) {
    const name = type === 'samlExperimental' ? 'saml' : type;
    const connector = { type, id: 'a', name: 'A', config: sampleConfig(name) };
    expect([type, validate(connector), validate.errors]).toEqual([type, true, null]);
    expect([type, validate({ ...connector, config: { ...connector.config, nonsense: 1 } })]).toEqual([
      type,
      false,
    ]);
    expect([type, validate({ ...connector, nonsense: 1 })]).toEqual([type, false]);
  }
  expect(validate({ type: 'local', id: 'local', name: 'Email', config: {} })).toBe(false);
  expect(validate({ type: 'oidc', id: 'a', name: 'A' })).toBe(false);
  expect(validate({ type: 'mockCallback', id: 'a', name: 'A' })).toBe(true);
  expect(validate({ type: 'mockCallback', id: 'myBasicAuth', name: 'A' })).toBe(true);
  expect(validate({ type: 'mockCallback', id: '', name: 'A' })).toBe(false);
});
