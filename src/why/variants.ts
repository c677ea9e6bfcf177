import type { Document } from '../document/document';
import { isMapping } from '../document/is-mapping';
import type { JsonValue, PathStep } from '../document/source-node';
import { EXAMPLE_RELEASES } from '../releases/pachyderm';
import { documentSchema, placeAt, type SchemaPart } from '../schema/schema-at';
import { fitsSchema } from '../schema/schema-errors';
import { standIn } from '../schema/stand-in';

/** A document with one thing in it that is not as it was. */
export interface Variant {
  /** What is not: a field of the document, or one that it does not have. */
  readonly path: readonly PathStep[];
  /** `changed` and `removed` are about what the document says, `added` about what it leaves out. */
  readonly way: 'changed' | 'removed' | 'added';
  readonly document: Document;
}

type Mapping = { readonly [key: string]: JsonValue };

/** What is not about the cluster. */
const ABOUT_DOCUMENT: ReadonlySet<string> = new Set(['apiVersion', '$schema', 'extends', 'overrides']);

/** Documents in which one field is another, or is gone. */
export function* changedVariants(document: Document): Iterable<Variant> {
  for (const { path, value } of nodesOf(document.value, [])) {
    if (path.length === 0 || ABOUT_DOCUMENT.has(String(path[0]))) continue;
    for (const other of otherValues(path, value))
      yield {
        path,
        way: 'changed',
        document: { ...document, value: withValue(document.value, path, other) },
      };
    if (path.length > 1 || !REQUIRED.has(String(path[0])))
      yield {
        path,
        way: 'removed',
        document: { ...document, value: withValue(document.value, path, undefined) },
      };
  }
}

const REQUIRED: ReadonlySet<string> = new Set(documentSchema().part['required'] as string[]);

/** Documents that say something of what the document leaves out. */
export function* addedVariants(document: Document): Iterable<Variant> {
  for (const path of absentFields(document.value)) {
    const { part, file } = placeAt(path.map(String));
    for (const candidate of samples(part, file)) {
      const value = withAdded(document.value, path, candidate);
      if (value !== undefined) yield { path, way: 'added', document: { ...document, value } };
    }
  }
}

function* nodesOf(
  value: JsonValue,
  path: readonly PathStep[],
): Iterable<{ readonly path: readonly PathStep[]; readonly value: JsonValue }> {
  yield { path, value };
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* nodesOf(item, [...path, index]);
  else if (isMapping(value))
    for (const [key, inner] of Object.entries(value)) yield* nodesOf(inner, [...path, key]);
}

/** Values of the same form that differ from one that is there. */
function otherValues(path: readonly PathStep[], value: JsonValue): JsonValue[] {
  if (path.length === 1 && path[0] === 'release')
    return EXAMPLE_RELEASES.filter((release) => release !== value);
  if (typeof value === 'boolean') return [!value];
  const { part, file } = placeAt(path.map(String));
  const fits = (other: JsonValue): boolean => fitsSchema(other, part, file);
  if (Array.isArray(part['enum'])) return (part['enum'] as JsonValue[]).filter((each) => each !== value);
  if (typeof value === 'number') return [value + 1, value - 1].filter(fits).slice(0, 1);
  return typeof value === 'string' ? otherStrings(value).filter(fits).slice(0, 1) : [];
}

/** Strings near one: another number in it, another letter in front, in the middle, or at the end. */
function otherStrings(text: string): string[] {
  const numbered = text.replace(/(\d{1,6})(?=\D*$)/, (digits) => String(Number(digits) + 1));
  const behindScheme = text.lastIndexOf('://') + 1;
  return [
    ...(/^\d/.test(text) && numbered !== text ? [numbered] : []),
    text.slice(0, behindScheme) + text.slice(behindScheme).replace(/[a-z]/i, '$&x'),
    `${text}x`,
    `x${text}`,
    numbered,
  ].filter((other) => other !== text);
}

/** Paths of all fields of the schema that a document does not have, those of items that it has among them. */
function absentFields(value: JsonValue): PathStep[][] {
  const found: PathStep[][] = [];
  const look = (path: readonly PathStep[], present: JsonValue | undefined, depth: number): void => {
    const { part } = placeAt(path.map(String));
    if (Array.isArray(present)) {
      for (const [index, item] of present.entries()) look([...path, index], item, depth + 1);
      return;
    }
    const properties = Object.keys(part['properties'] ?? {});
    if (properties.length === 0 || isSecretValue(part)) {
      if (present === undefined) found.push([...path]);
      return;
    }
    if (present !== undefined && !isMapping(present)) return;
    if (present === undefined && path.length > 0) found.push([...path]);
    if (depth > 6) return;
    for (const key of properties)
      if (path.length > 0 || !ABOUT_DOCUMENT.has(key)) look([...path, key], present?.[key], depth + 1);
  };
  look([], value, 0);
  return found;
}

/** Whether a part of the schema takes a secret: a string, or a mapping that says where it comes from. */
function isSecretValue(part: SchemaPart): boolean {
  return [part['type']].flat().includes('string') && Object.hasOwn(part['properties'] ?? {}, 'env');
}

const STRINGS = [
  'why',
  'why-0123456789-0123456789-012345',
  'why.example.com',
  'https://why.example.com',
  'why@example.com',
  'grpc://why:30650',
  'grpcs://why.example.com:443',
  '7h',
  '7d',
  '77m',
  '7Gi',
  '7',
  '/why',
  'why:1',
  'project:region:instance',
  '2.44.0',
  '~> 1.7',
  'eyJ3aHkiOiIifQ',
] as const;

/** Values of a form that the schema takes. */
function samples(part: SchemaPart, file: string): JsonValue[] {
  const fits = (value: JsonValue): boolean => fitsSchema(value, part, file);
  if (Array.isArray(part['enum'])) return part['enum'] as JsonValue[];
  const examples = [...((part['examples'] ?? []) as JsonValue[])];
  const isDefault = (value: JsonValue): boolean => JSON.stringify(value) === JSON.stringify(part['default']);
  const others: readonly JsonValue[] = [
    true,
    false,
    7,
    77,
    30777,
    ...STRINGS,
    { why: 'why' },
    ['why'],
    ['why.example.com'],
    [],
    {},
  ];
  const types = [part['type']].flat();
  const most = types.includes('boolean') ? 2 : types.includes('string') ? 3 : 2;
  return [...examples, ...others].filter((value) => fits(value) && !isDefault(value)).slice(0, most);
}

/** A value with another at a path, or without what is there. */
function withValue(value: JsonValue, path: readonly PathStep[], other: JsonValue | undefined): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return other ?? null;
  if (Array.isArray(value)) {
    const index = Number(step);
    if (rest.length === 0 && other === undefined) return value.filter((_, at) => at !== index);
    return value.map((item, at) => (at === index ? withValue(item, rest, other) : item));
  }
  const { [String(step)]: inner, ...others } = value as Mapping;
  if (rest.length === 0 && other === undefined) return others;
  return { ...others, [String(step)]: withValue(inner ?? {}, rest, other) };
}

/** A value with one that it did not have; sections that are made for it get what they cannot be without. */
function withAdded(value: JsonValue, path: readonly PathStep[], added: JsonValue): JsonValue | undefined {
  let result = withValue(value, path, added);
  for (let length = path.length - 1; length > 0; length--) {
    const section = path.slice(0, length);
    const required = (placeAt(section.map(String)).part['required'] ?? []) as string[];
    for (const key of required) {
      const inside = valueAt(result, section);
      if (!isMapping(inside) || Object.hasOwn(inside, key)) continue;
      const stand = standIn([...section.map(String), key]);
      if (stand === undefined) return undefined;
      result = withValue(result, [...section, key], stand);
    }
  }
  return result;
}

export function valueAt(value: JsonValue | undefined, path: readonly PathStep[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (inner, step) =>
      Array.isArray(inner) ? inner[Number(step)] : isMapping(inner) ? inner[String(step)] : undefined,
    value,
  );
}
