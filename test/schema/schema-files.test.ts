import fs from 'node:fs';
import path from 'node:path';

interface SchemaPart {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: boolean | SchemaPart;
  readonly items?: SchemaPart;
  readonly $defs?: Readonly<Record<string, SchemaPart>>;
  readonly [keyword: string]: unknown;
}

const folder = path.resolve(__dirname, '..', '..', 'schemas');

function schemaOf(name: string): SchemaPart {
  return JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as SchemaPart;
}

/** Every part of a schema that is about a value, with its place. */
function partsOf(part: SchemaPart, at: string): [string, SchemaPart][] {
  const inner: [string, SchemaPart | undefined][] = [
    ...Object.entries(part.properties ?? {}).map(([key, child]): [string, SchemaPart] => [
      `${at}/${key}`,
      child,
    ]),
    ...Object.entries(part.$defs ?? {}).map(([key, child]): [string, SchemaPart] => [
      `${at}/$defs/${key}`,
      child,
    ]),
    [`${at}[]`, part.items],
    [`${at}/key`, part['propertyNames'] as SchemaPart | undefined],
    [`${at}/*`, typeof part.additionalProperties === 'object' ? part.additionalProperties : undefined],
  ];
  return [
    [at, part],
    ...inner.flatMap(([place, child]) => (child === undefined ? [] : partsOf(child, place))),
  ];
}

/** A secret itself may be any text; it is quoted wherever it is written. */
const PLAIN: ReadonlySet<string> = new Set(['']);

describe.each(['cluster.schema.json', 'secret-value.schema.json'])('schemas/%s', (name) => {
  const parts = partsOf(schemaOf(name), '');

  test('is of JSON Schema 2020-12', () => {
    expect(schemaOf(name)['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
  });

  test('describes every part, as editors show it', () => {
    const silent = parts.filter(([, part]) => part.description === undefined && part.$ref === undefined);
    expect(silent.map(([at]) => at)).toEqual([]);
  });

  test('is closed at every level', () => {
    const open = parts.filter(
      ([, part]) => part.properties !== undefined && part.additionalProperties === undefined,
    );
    expect(open.map(([at]) => at)).toEqual([]);
  });

  test('bounds every text, so that no other language meets a character that it takes for its own', () => {
    const isText = ({ type }: SchemaPart) => [type].flat().includes('string');
    const free = parts.filter(
      ([at, part]) =>
        isText(part) && !['enum', 'const', 'pattern'].some((key) => key in part) && !PLAIN.has(at),
    );
    expect(free.map(([at]) => at)).toEqual([]);
  });

  test('says in words what a pattern wants', () => {
    const wordless = parts.filter(
      ([, part]) => part['pattern'] !== undefined && part['x-expected'] === undefined,
    );
    expect(wordless.map(([at]) => at)).toEqual([]);
  });
});
