import Ajv2020 from 'ajv/dist/2020';
import { deriveSchema, type JsonSchema } from '../../src/connectors/derive-schema';
import { targets, type Target } from '../../src/releases/target';
import {
  connectorSchemas,
  readSchema,
  schemaNames,
  secretValueSchema,
  strictAjv,
  without,
} from './support/schemas';

const others = [secretValueSchema, readSchema('connector'), ...connectorSchemas];

/** Every reference in a schema. */
function referencesOf(schema: JsonSchema): readonly string[] {
  const found: string[] = [];
  JSON.stringify(schema, (key, value: unknown) => {
    if (key === '$ref') found.push(String(value));
    return value;
  });
  return found;
}

function resolve(schema: JsonSchema, reference: string): unknown {
  return reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, step) => (node as JsonSchema | undefined)?.[step], schema);
}

/** A schema without our annotations. */
function withoutAnnotations(schema: unknown): unknown {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) => (key.startsWith('x-') ? undefined : value)),
  );
}

test.each(schemaNames)('%s: what is derived for any target is a schema that stands alone', (name) => {
  const isSchema = new Ajv2020().getSchema('https://json-schema.org/draft/2020-12/schema');
  for (const target of targets) {
    const derived = deriveSchema(readSchema(`connectors/${name}`), target, [secretValueSchema]);
    expect(isSchema?.(derived)).toBe(true);
    expect(derived['$id']).toBe(`https://pachkit.dev/schemas/${target}/connectors/${name}.schema.json`);
    for (const reference of referencesOf(derived)) {
      expect(reference).toMatch(/^#\//);
      expect(resolve(derived, reference)).toEqual(expect.any(Object));
    }
  }
});

test('only keys and annotations are taken away; everything else stays as it is', () => {
  const schema = readSchema('connectors/oidc');
  const derived = deriveSchema(schema, 'dex@2.29', [secretValueSchema]);
  const keys = Object.keys(derived['properties'] as object);
  expect(keys).toContain('hostedDomains');
  expect(keys).not.toContain('allowedGroups');
  expect(keys).not.toContain('insecureSkipIssuerCallbackDomainCheck');
  const { $defs, properties } = derived;
  const { properties: all } = schema;
  expect(without(derived, '$id', '$defs', 'properties')).toEqual(
    withoutAnnotations(without(schema, '$id', 'properties')),
  );
  expect(Object.keys($defs as object)).toEqual(['secret-value']);
  for (const [key, value] of Object.entries(properties as Record<string, JsonSchema>))
    if (key !== 'clientSecret')
      expect(value).toEqual(withoutAnnotations((all as Record<string, JsonSchema>)[key]));
});

test('a reference to a variable is a URL only where it is filled in', () => {
  const issuer = (target: Target): unknown =>
    (deriveSchema(readSchema('connectors/oidc'), target, others)['properties'] as Record<string, JsonSchema>)[
      'issuer'
    ]?.['pattern'];
  expect('${ISSUER}/').toMatch(new RegExp(String(issuer('dex@2.45')), 'u'));
  expect('${ISSUER}/').not.toMatch(new RegExp(String(issuer('pachyderm@2.11')), 'u'));
  for (const schema of connectorSchemas)
    expect(JSON.stringify(deriveSchema(schema, 'pachyderm@2.11', others))).not.toMatch(
      /"pattern":"[^"]*\|\\+\$/,
    );
});

test('the schema given is left alone', () => {
  const schema = readSchema('connectors/oidc');
  const before = JSON.stringify(schema);
  deriveSchema(schema, 'pachyderm@2.2', [secretValueSchema]);
  expect(JSON.stringify(schema)).toBe(before);
});

test('nested keys have versions of their own', () => {
  const keysAt = (minor: 38 | 40 | 45): readonly string[] => {
    const { properties } = deriveSchema(readSchema('connectors/oidc'), `dex@2.${minor}`, [
      secretValueSchema,
    ]) as {
      properties: Record<string, { properties?: object }>;
    };
    return Object.keys(properties['providerDiscoveryOverrides']?.properties ?? {});
  };
  expect(keysAt(38)).toEqual(['tokenURL', 'authURL']);
  expect(keysAt(40)).toEqual(['tokenURL', 'authURL', 'jwksURL']);
  expect(keysAt(45)).toEqual(['tokenURL', 'authURL', 'jwksURL']);
});

test('a whole server configuration can be derived, with the connectors in it', () => {
  const derived = deriveSchema(readSchema('dex'), 'dex@2.36', others);
  for (const reference of referencesOf(derived))
    expect(resolve(derived, reference)).toEqual(expect.any(Object));
  const validate = strictAjv().compile(derived);
  const config = {
    issuer: 'https://dex.example.com',
    storage: { type: 'memory' },
    web: { http: ':5556' },
    connectors: [
      {
        type: 'oidc',
        id: 'idp',
        name: 'IdP',
        config: {
          issuer: 'https://idp.example.com',
          clientID: 'a',
          clientSecret: 'b',
          redirectURI: 'https://dex.example.com/callback',
        },
      },
    ],
  };
  expect(validate(config)).toBe(true);
  const [connector] = config.connectors;
  const tooNew = { ...connector, config: { ...connector?.config, allowedGroups: ['a'] } };
  expect(validate({ ...config, connectors: [tooNew] })).toBe(false);
  expect(validate({ ...config, signer: { type: 'local', config: { keysRotationPeriod: '6h' } } })).toBe(
    false,
  );
  expect(
    strictAjv().compile(deriveSchema(readSchema('dex'), 'dex@2.45', others))({
      ...config,
      connectors: [tooNew],
      signer: { type: 'local', config: { keysRotationPeriod: '6h' } },
    }),
  ).toBe(true);
});

test('a reference that leads nowhere is a mistake of the caller', () => {
  expect(() => deriveSchema(readSchema('connectors/oidc'), 'dex@2.45')).toThrow(
    /secret-value.schema.json, which .*oidc.schema.json refers to, was not given/,
  );
});
