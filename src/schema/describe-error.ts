import { listed } from '../diagnostics/listed';
import { beginning, certainly, didYouMean, ending, suggest } from '../diagnostics/suggest';
import { jsonKind, kindHint, kindName, typeName, type JsonKind } from '../forms/kinds';
import { isSecretName, shownKey } from '../document/mask';
import { maskAssignments } from '../document/mask-text';
import { formatPath, indexed } from '../document/source-node';
import { STABLE_EXAMPLE } from '../releases/pachyderm';
import { adviceOnAbsentKey, homesElsewhere, meantByAbsentKey } from './absent-keys';
import { adviceOnAbsentValue } from './absent-values';
import { fieldsOfChartValue } from './chart-fields';
import type { SchemaFinding } from './check-schema';
import { fits, rewritten } from './rewrite';
import { documentSchema, referredSchema, schemaAt, type SchemaPart } from './schema-at';
import type { SchemaError } from './schema-errors';
import { versionHint } from './version-hints';

/** An error together with what it is about. */
export interface DescribedError extends SchemaError {
  /** The schema that the value breaks. */
  readonly parentSchema: Readonly<Record<string, unknown>>;
  /** What the keyword says in it. */
  readonly schema: unknown;
  /** The value, without what is in it. */
  readonly data: unknown;
}

type Describe = (error: DescribedError, path: readonly string[]) => SchemaFinding;

/** The ways to say where a secret is, by their keys. */
const SECRET_FORMS: Readonly<Record<string, string>> = {
  env: '{ env: NAME }',
  file: '{ file: PATH }',
  existing: '{ existing: { name, key } }',
  generate: '{ generate: {} }',
};

/** A schema error in words: what is wrong at `path`, and how to fix it. */
export function describeError(error: DescribedError, path: readonly string[]): SchemaFinding {
  return (DESCRIPTIONS[error.keyword] ?? form)(error, path);
}

const DESCRIPTIONS: Readonly<Record<string, Describe>> = {
  additionalProperties: (error, path) => {
    const form = path.at(-1);
    if (isSecretForm(error) || form === 'existing' || form === 'generate') return secretForm(error, path);
    const key = String(error.params['additionalProperty']);
    const known = knownKeys(error);
    const withoutColon = known.find((name) => key.startsWith(`${name} `));
    const renameTo = fieldsOfChartValue([...path, key].join('.'))
      ? undefined
      : renaming(key, known, error.data);
    const advice =
      renameTo === undefined
        ? ((withoutColon && `write a colon after ${withoutColon}`) ?? adviceOnAbsentKey(path, key))
        : undefined;
    const meant = suggest(key, known) ?? beginning(key, known) ?? ending(key, known);
    // One of several kinds: a key of that name elsewhere is about something else.
    const home = isChoice(error) ? undefined : homesElsewhere(key);
    const hint =
      advice ??
      (meant === undefined ? undefined : `did you mean "${meant}"?`) ??
      (home === undefined ? `valid keys: ${known.join(', ')}` : `there is such a key elsewhere: ${home}`);
    return {
      code: 'SCH001',
      about: 'unknown key',
      path: [...path, key],
      onKey: true,
      message: `${placeName(path)} has no key "${shown(shownKey(key))}"`,
      hint,
      means: meantKeys(path, key, advice === undefined ? meant : withoutColon),
      renameTo,
    };
  },
  uniqueItems: ({ params }, path) => ({
    code: 'SCH005',
    path: [...path, String(params['i'])],
    onKey: false,
    message: `${placeName(path)} has this entry twice`,
    hint: 'remove one of the two',
  }),
  required: (error, path) => missingKey(error, path, ''),
  dependentRequired: (error, path) =>
    missingKey(error, path, `, which it needs beside "${String(error.params['property'])}"`),
  type: (error, path) => ({
    code: 'SCH003',
    about: 'wrong kind',
    path,
    onKey: false,
    message: `${placeName(path)} must be ${typeNames(error.schema)}, not ${error.schema === 'integer' && Number.isFinite(error.data) ? 'one with a fraction' : kindName(error.data)}`,
    ...typeHint(error, path),
  }),
  enum: (error, path) => {
    const allowed = (error.params['allowedValues'] as unknown[]).map(String);
    return {
      code: 'SCH004',
      path,
      onKey: false,
      message: `${placeName(path)} cannot be ${quoted(error.data, path)}`,
      hint: choice(path, String(error.data), allowed),
    };
  },
  const: (error, path) => ({
    code: 'SCH004',
    path,
    onKey: false,
    message: `${placeName(path)} cannot be ${quoted(error.data, path)}`,
    hint: `write: ${path.at(-1)}: ${String(error.params['allowedValue'])}`,
  }),
  maxProperties: (error, path) => ({
    code: 'SCH006',
    path,
    onKey: false,
    ...(isSecretForm(error)
      ? {
          message: `${placeName(path)} says in more than one way where the secret is`,
          hint: `keep one of ${secretForms(error)}`,
        }
      : {
          message: `${placeName(path)} can be one thing only, and the document names several`,
          hint: `keep one of ${knownKeys(error).join(', ')}`,
        }),
  }),
  minProperties: (error, path) => ({
    code: 'SCH006',
    path,
    onKey: false,
    message: `${placeName(path)} is empty`,
    hint: isSecretForm(error) ? `write ${secretForms(error)}` : 'fill it, or remove the line',
  }),
};

/** The keys that one was probably meant for: the one that is nearly called so, or those that take its place. */
function meantKeys(
  path: readonly string[],
  key: string,
  near: string | undefined,
): readonly string[] | undefined {
  const keys = near === undefined ? meantByAbsentKey(path, key) : [near];
  return keys.length === 0 ? undefined : keys;
}

function missingKey(error: DescribedError, path: readonly string[], why: string): SchemaFinding {
  const key = String(error.params['missingProperty']);
  return {
    code: 'SCH002',
    path,
    onKey: true,
    message: `${placeName(path)} is missing the required key "${key}"${why}`,
    hint: REQUIRED_HINTS[key] ?? `add it: pachkit explain ${fieldOf([...path, key])} says what it takes`,
    data: { missingKey: key },
  };
}

function knownKeys(error: DescribedError): string[] {
  return Object.keys(error.parentSchema['properties'] ?? {});
}

/** Whether the mapping takes one key of several. */
function isChoice(error: DescribedError): boolean {
  return error.parentSchema['maxProperties'] === 1;
}

/** The name that the key must certainly have, unless it is there already. */
function renaming(key: string, known: readonly string[], data: unknown): string | undefined {
  const name = certainly(key, known);
  return name !== undefined && Object.hasOwn(data ?? {}, name) ? undefined : name;
}

/** Everything about the form of a value: patterns, lengths, limits. */
function form(error: DescribedError, path: readonly string[]): SchemaFinding {
  const expected: unknown = error.parentSchema['x-expected'];
  const place = error.propertyName === undefined ? placeName(path) : `A key of ${placeName(path)}`;
  const limit = LIMITS[error.keyword]?.(error.params['limit'] as number) ?? 'has the wrong form';
  return {
    code: 'SCH005',
    path: error.propertyName === undefined ? path : [...path, error.propertyName],
    onKey: error.propertyName !== undefined,
    message:
      error.keyword === 'pattern' && typeof expected === 'string'
        ? `${place} must be ${expected}; ${quoted(error.data, path)} is not`
        : `${place} ${limit}`,
    ...(error.keyword === 'pattern' ? patternHint(error, path) : {}),
  };
}

const LIMITS: Readonly<Record<string, (limit: number) => string>> = {
  minLength: (limit) => (limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`),
  maxLength: (limit) => `must have at most ${limit} characters`,
  minimum: (limit) => `must be at least ${limit}`,
  maximum: (limit) => `must be at most ${limit}`,
  minItems: (limit) => (limit === 1 ? 'must not be empty' : `must have at least ${limit} entries`),
  maxItems: (limit) => `must have at most ${limit} entries`,
};

const REQUIRED_HINTS: Readonly<Record<string, string>> = {
  apiVersion: 'add the line: apiVersion: pachkit/v1',
  release: `add the release of Pachyderm that runs, such as: release: ${STABLE_EXAMPLE}`,
  redirectURIs:
    'add the URLs that Dex may send browsers back to; redirectURIs: [] is for a public client that uses http://localhost on any port',
};

/** A field as `pachkit explain` takes it: without positions in lists, whose brackets shells read as their own. */
function fieldOf(path: readonly string[]): string {
  return formatPath(indexed(path).filter((step) => typeof step === 'string'));
}

/** Anyone who forgets `env:` writes the secret where a key belongs, so a key is quoted only when it is nearly a known one. */
function secretForm(error: DescribedError, path: readonly string[]): SchemaFinding {
  const key = String(error.params['additionalProperty']);
  const known = didYouMean(key, knownKeys(error));
  return {
    code: 'SCH001',
    about: 'unknown key',
    path: known === undefined ? path : [...path, key],
    onKey: known !== undefined,
    message: `A secret value has no ${known === undefined ? 'such key' : `key "${key}"`}`,
    hint: known ?? `write ${secretForms(error)}`,
  };
}

function isSecretForm(error: DescribedError): boolean {
  const known = knownKeys(error);
  return known.includes('env') || known.includes('existing');
}

/** The forms that a place takes; inside of one of them, all. */
function secretForms(error: DescribedError): string {
  const known = knownKeys(error);
  const forms = Object.keys(SECRET_FORMS).filter((key) => !isSecretForm(error) || known.includes(key));
  return listed(
    forms.map((key) => String(SECRET_FORMS[key])),
    'or',
  );
}

function placeName(path: readonly string[]): string {
  return path.length === 0 ? 'The document' : formatPath(indexed(path));
}

/** The value in quotes, unless it may be a secret or says nothing in a line. */
function quoted(value: unknown, path: readonly string[]): string {
  if (path.some(isSecretName)) return 'this value';
  return shownValue(value);
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return `"${shown(value)}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return 'this value';
}

function shown(text: string): string {
  // What was pasted may be a whole file with a key in it.
  const line = maskAssignments(text.replace(/\s+/g, ' '), 'argument');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}

function typeNames(types: unknown): string {
  return (Array.isArray(types) ? types : [types]).map((type) => typeName(String(type))).join(' or ');
}

function typeHint(error: DescribedError, path: readonly string[]): { hint?: string } {
  const wanted = Array.isArray(error.schema) ? error.schema : [error.schema];
  const { data } = error;
  if (data === null) return { hint: 'give it a value, or remove the line' };
  if (wanted.includes('string') && (typeof data === 'number' || typeof data === 'boolean'))
    return {
      hint: versionHint(path, String(data))?.hint ?? inQuotes(String(data), path, error.parentSchema),
    };
  const word = typeof data === 'string' && /^(?:(yes|on|true)|no|off|false)$/i.exec(data);
  if (wanted.includes('boolean') && word)
    return { hint: `write ${word[1] === undefined ? 'false' : 'true'}, without quotes` };
  if (wanted.includes('array') && typeof data === 'string') return { hint: listHint(error, path, data) };
  if (wanted.includes('integer') && typeof data === 'string' && /^\d+$/.test(data))
    return { hint: kindHint('string', 'number') };
  return structureHint(error);
}

/** What to do about a string where a list belongs. */
function listHint({ parentSchema }: DescribedError, path: readonly string[], data: string): string {
  const own = parentSchema['x-hint'];
  const isOfMappings = takesMappings(parentSchema);
  if (isOfMappings && typeof own === 'string') return own;
  // Where mappings belong a string is no item, and may be a secret of one.
  const isItem = !isOfMappings && !path.some(isSecretName);
  return kindHint('string', 'array', isItem ? data : undefined);
}

/** What to do about a list, a mapping or a word where one of the others belongs. */
function structureHint({ schema, data, parentSchema }: DescribedError): { hint?: string } {
  const own = parentSchema['x-hint'];
  if (typeof own === 'string') return { hint: own };
  const wanted = STRUCTURES.get(schema);
  if (wanted === undefined) return {};
  const found = jsonKind(data);
  // Before keys a hyphen makes items of mappings alone.
  if (wanted === 'array' && found === 'object' && !takesMappings(parentSchema))
    return { hint: 'write a list' };
  if (found === 'array' || found === 'object') return { hint: kindHint(found, wanted) };
  const keys = Object.keys(parentSchema['properties'] ?? {});
  if (keys.length === 0) return {};
  if (typeof data === 'boolean' && keys.includes('enabled')) return { hint: `write { enabled: ${data} }` };
  const required = (parentSchema['required'] ?? []) as readonly string[];
  const form = required.map((key) => `${key}: …`).join(', ');
  if (data === true && form === '') return { hint: `write {}, or one of its keys: ${keys.join(', ')}` };
  return {
    hint: `write ${form === '' ? 'a mapping' : `{ ${form} } in its place`}; its keys: ${keys.join(', ')}`,
  };
}

const STRUCTURES: ReadonlyMap<unknown, JsonKind> = new Map([
  ['object', 'object'],
  ['array', 'array'],
  ['string', 'string'],
  ['boolean', 'bool'],
]);

function takesMappings({ items }: SchemaPart): boolean {
  if (items === undefined) return true;
  const { $ref, ...part } = items as SchemaPart;
  return (
    (typeof $ref === 'string' ? referredSchema($ref, documentSchema().file).part : part)['type'] === 'object'
  );
}

/** What to write in the place of a value that is none of several. */
function choice(path: readonly string[], written: string, allowed: readonly string[]): string {
  const meant = suggest(written, allowed) ?? beginning(written, allowed);
  const advice = meant === undefined ? adviceOnAbsentValue(path, written) : `did you mean "${meant}"?`;
  const all = `one of: ${allowed.join(', ')}`;
  return advice === undefined ? all : `${advice}${meant === undefined ? '; ' : ' '}${all}`;
}

/** What to do with a number where a string belongs: 5 may be meant as "5", but 30 is not what "30" says either. */
function inQuotes(text: string, path: readonly string[], schema: Readonly<Record<string, unknown>>): string {
  const values = schema['enum'];
  if (Array.isArray(values) && !values.includes(text)) return choice(path, text, values.map(String));
  const expected = schema['x-expected'];
  return fits(text, schema) || typeof expected !== 'string' ? 'put it in quotes' : `write ${expected}`;
}

/** The host in a string that has more than a host: a scheme, a port, a user, brackets, or the dot of an absolute name. */
export function hostIn(text: string): string | undefined {
  const written = text
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[/?#].*/s, '');
  const authority = written.slice(written.lastIndexOf('@') + 1);
  const address = /^\[([0-9a-f:.]+)\](:\d*)?$/i.exec(authority)?.[1];
  // Behind a name there may be one colon; an IPv6 address has more.
  const host = address ?? /^([^:]+?)\.?(?::[^:]*)?$/.exec(authority)?.[1];
  return host === text ? undefined : host;
}

/** A port behind a host, where the section has a field for it. */
function portBeside(text: string, path: readonly string[]): string {
  const [, port] = /:(\d+)\/?$/.exec(text) ?? [];
  const section = schemaAt(path.slice(0, -1))['properties'] ?? {};
  return port !== undefined && path.at(-1) === 'host' && Object.hasOwn(section, 'port')
    ? `, and the port in ${formatPath([...path.slice(0, -1), 'port'])}`
    : '';
}

function patternHint(
  error: DescribedError,
  path: readonly string[],
): { hint?: string; replaceWith?: string } {
  const data = String(error.data);
  const own = error.parentSchema['x-hint'];
  if (path.some(isSecretName)) return typeof own === 'string' ? { hint: own } : {};
  const version = versionHint(path, data);
  if (version) return version;
  const expected = error.parentSchema['x-expected'];
  const isHost = typeof expected === 'string' && expected.startsWith('a host name');
  const host = isHost ? hostIn(data) : undefined;
  if (host !== undefined) return { hint: `write only the host: ${shown(host)}${portBeside(data, path)}` };
  if (isHost) return {};
  if (typeof own === 'string') return { hint: own };
  const fitting = rewritten(data, error.parentSchema);
  return fitting === undefined ? {} : { hint: `write: ${shown(fitting)}` };
}
