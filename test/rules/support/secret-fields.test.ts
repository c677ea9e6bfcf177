import { readFileSync } from 'node:fs';
import path from 'node:path';
import { connectorTypes } from '../../../src/connectors/connector-types';
import type { ClusterDocument } from '../../../src/generated/cluster-document';
import { SECRET_FIELDS, secretFields } from '../../../src/rules/support/secret-fields';

interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

const root = JSON.parse(
  readFileSync(path.join(__dirname, '../../../schemas/cluster.schema.json'), 'utf8'),
) as Schema;

/** Paths of the fields that the schema says hold secrets. */
function secretPaths(schema: Schema, at: string): string[] {
  if (schema.$ref?.endsWith('secret-value.schema.json')) return [at];
  const name = /^#\/\$defs\/(.*)$/.exec(schema.$ref ?? '')?.[1];
  const target = name === undefined ? schema : { ...root.$defs?.[name], ...schema };
  return [
    ...Object.entries(target.properties ?? {}).flatMap(([key, child]) =>
      secretPaths(child, at === '' ? key : `${at}.${key}`),
    ),
    ...(target.items ? secretPaths(target.items, `${at}[]`) : []),
  ];
}

/** Secrets of sections whose connector has them: they are found in its configuration, once. */
const THROUGH_CONNECTORS = ['keycloak.clientSecret'];

test('every secret of the schema is known, and no other', () => {
  expect([...Object.keys(SECRET_FIELDS), ...THROUGH_CONNECTORS].sort()).toEqual(secretPaths(root, '').sort());
});

test('secrets of connectors are found for every type that has any', () => {
  const types = Object.entries(connectorTypes).filter(([, { secretKeys }]) => secretKeys.length > 0);
  const document = {
    identity: {
      connectors: types.map(([type, { secretKeys }]) => ({
        type,
        id: type,
        config: Object.fromEntries(secretKeys.map((key) => [key.toUpperCase(), 'text'])),
      })),
    },
  } as unknown as ClusterDocument;
  expect(secretFields(document).map(({ path: at }) => at.join('.'))).toEqual(
    types.flatMap(([, { secretKeys }], index) =>
      secretKeys.map((key) => `identity.connectors.${index}.config.${key.toUpperCase()}`),
    ),
  );
});
