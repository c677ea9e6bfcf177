import { documentSchemas } from '../generated/cluster-schema';

/** A schema, or the part of one, with what it refers to filled in. */
export type SchemaPart = Readonly<Record<string, unknown>>;

const ROOT = 'https://pachkit.dev/schemas/cluster.schema.json';

/** The part of the document's schema that is about the value at `path`; empty when the schema says nothing about it. */
export function schemaAt(path: readonly string[]): SchemaPart {
  return placeAt(path).part;
}

/** The same, with the file that it is in. */
export function placeAt(path: readonly string[]): Place {
  return inside({ part: documentSchemas[ROOT] as SchemaPart, file: ROOT }, path);
}

/** The part of a schema that is about what is at `path` in a value of it. */
export function inside({ part, file }: Place, path: readonly string[]): Place {
  return path.reduce(stepInto, resolve(part, file));
}

/** The part of a schema that is about one key or item of a value. `place` is what `inside` or this function yields. */
export function stepInto({ part, file }: Place, step: string): Place {
  const { properties, additionalProperties, items } = part;
  const inner = own(properties, step) ?? (isPart(additionalProperties) ? additionalProperties : items);
  return resolve(inner, file);
}

/** The schema of a whole document. */
export function documentSchema(): Place {
  return { part: documentSchemas[ROOT] as SchemaPart, file: ROOT };
}

/** A part of the schema, and where it is. */
export interface Place {
  readonly part: SchemaPart;
  /** $id of the schema that the part is in; references without a file name mean that one. */
  readonly file: string;
}

/** Follows references; what stands beside one is about this very place and goes before. */
function resolve(part: unknown, file: string): Place {
  if (!isPart(part)) return { part: {}, file };
  const reference = part['$ref'];
  if (typeof reference !== 'string') return { part, file };
  const found = referredSchema(reference, file);
  const referred = resolve(found.part, found.file);
  return { part: { ...referred.part, ...part }, file: referred.file };
}

/** What references are to, by the file that they are in. */
const references = new Map<string, Map<string, Place>>();

/** What a reference in `file` is to. */
export function referredSchema(reference: string, file: string): Place {
  const inFile = references.get(file) ?? new Map<string, Place>();
  references.set(file, inFile);
  const known = inFile.get(reference);
  if (known) return known;
  const [name = '', pointer = ''] = reference.split('#');
  const target = name === '' ? file : new URL(name, file).href;
  const part = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((node, step) => own(node, step), documentSchemas[target]);
  if (!isPart(part)) throw new Error(`${file} refers to ${reference}, which is not there`);
  const place = { part, file: target };
  inFile.set(reference, place);
  return place;
}

function isPart(value: unknown): value is SchemaPart {
  return typeof value === 'object' && value !== null;
}

function own(value: unknown, key: string): unknown {
  return isPart(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
