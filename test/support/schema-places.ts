import fs from 'node:fs';
import path from 'node:path';

/** A part of a JSON Schema, as far as the schemas of this project use it. */
export interface SchemaPart {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly minProperties?: number;
  readonly required?: readonly string[];
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly additionalProperties?: boolean | SchemaPart;
  readonly propertyNames?: SchemaPart;
  readonly items?: SchemaPart;
}

export type Step = string | number;

/** A place of the document whose value, or one of whose keys, is a string. */
export interface Place {
  readonly path: readonly Step[];
  /** What is written there: a value, or a key of the mapping at `path`. */
  readonly kind: 'value' | 'key';
  readonly part: SchemaPart;
}

const folder = path.resolve(__dirname, '..', '..', 'schemas');
const files = new Map<string, SchemaPart>();

function fileOf(name: string): SchemaPart {
  const known = files.get(name);
  if (known) return known;
  const read = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as SchemaPart;
  files.set(name, read);
  return read;
}

/** A part with what it refers to filled in. Each file refers to itself or, by name, to one beside it. */
function resolved(part: SchemaPart, file: string): { part: SchemaPart; file: string } {
  if (part.$ref === undefined) return { part, file };
  const [name = '', pointer = ''] = part.$ref.split('#');
  const target = name === '' ? file : name;
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], fileOf(target));
  const inner = resolved(found as SchemaPart, target);
  return { part: { ...inner.part, ...part, $ref: undefined }, file: inner.file };
}

const ROOT = 'cluster.schema.json';

/** Every place of a cluster document, with the schema of what is there. */
export function placesOfSchema(): { path: readonly Step[]; part: SchemaPart }[] {
  const places: { path: readonly Step[]; part: SchemaPart }[] = [];
  const visit = (given: SchemaPart, from: string, at: readonly Step[]): void => {
    const { part, file } = resolved(given, from);
    places.push({ path: at, part });
    for (const [key, child] of Object.entries(part.properties ?? {})) visit(child, file, [...at, key]);
    if (part.items) visit(part.items, file, [...at, 0]);
    if (typeof part.additionalProperties === 'object') visit(part.additionalProperties, file, [...at, 'key']);
  };
  visit(fileOf(ROOT), ROOT, []);
  return places;
}

/** Every place for a string that the document's author chooses freely; enumerations have nothing to choose. */
export function textPlaces(): Place[] {
  return placesOfSchema().flatMap(({ path: at, part }) => [
    ...([part.type].flat().includes('string') && part.enum === undefined && part.const === undefined
      ? [{ path: at, kind: 'value' as const, part }]
      : []),
    ...(part.propertyNames ? [{ path: at, kind: 'key' as const, part: part.propertyNames }] : []),
  ]);
}

const TEXTS = [
  'sample',
  'sample1',
  'https://sample.example.com/path',
  'grpc://sample:1650',
  '/sample/',
  's3://sample',
  '5m',
  '30d',
  '1Gi',
  '10.0.0.0/8',
  '203.0.113.10',
  'sample@example.com',
  'user:ada@example.com',
  '2.12.0-rc.3',
  '2.45.1',
  '~> 1.55',
  '4GiB',
  'cpu',
  'ghcr.io',
  `sha256:${'0'.repeat(64)}`,
  '-----BEGIN CERTIFICATE-----',
];

/** A value that the schema takes. */
export function sampleOf(given: SchemaPart, from: string = ROOT): unknown {
  const { part, file } = resolved(given, from);
  if (part.const !== undefined) return part.const;
  if (part.enum) return part.enum[0];
  const types = [part.type].flat();
  if (types.includes('string')) {
    const pattern = new RegExp(part.pattern ?? '', 'u');
    const text = [...TEXTS, ...(part.examples ?? [])].find(
      (each): each is string => typeof each === 'string' && pattern.test(each),
    );
    if (text === undefined) throw new Error(`no sample fits ${part.pattern}`);
    return text;
  }
  if (types.includes('integer') || types.includes('number')) return part.default ?? part.minimum ?? 1;
  if (types.includes('boolean')) return part.default ?? true;
  if (types.includes('array')) return part.items && part.minItems ? [sampleOf(part.items, file)] : [];
  return Object.fromEntries(
    (part.required ?? []).map((key) => [key, sampleOf(part.properties?.[key] ?? {}, file)]),
  );
}

/** A document with `value` at a place, and with whatever the schema requires on the way there. */
export function documentWith({ path: at, kind }: Pick<Place, 'path' | 'kind'>, value: unknown): unknown {
  const build = (given: SchemaPart, from: string, depth: number): unknown => {
    const { part, file } = resolved(given, from);
    const step = at[depth];
    if (step === undefined) {
      if (kind === 'value') return value;
      const { additionalProperties: inner } = part;
      return { [String(value)]: typeof inner === 'object' ? sampleOf(inner, file) : 'sample' };
    }
    if (typeof step === 'number') return [build(part.items ?? {}, file, depth + 1)];
    const child = part.properties?.[step] ?? part.additionalProperties;
    const known = sampleOf({ ...part, type: 'object' }, file) as Record<string, unknown>;
    const needed = (part.dependentRequired?.[step] ?? []).map((key) => [
      key,
      sampleOf(part.properties?.[key] ?? {}, file),
    ]);
    return {
      ...known,
      ...Object.fromEntries(needed),
      [step]: build(child as SchemaPart, file, depth + 1),
    };
  };
  return build(fileOf(ROOT), ROOT, 0);
}
