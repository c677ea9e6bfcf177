import { toYaml } from '../constructs/support/yaml';
import { isMapping } from '../document/is-mapping';
import type { JsonValue } from '../document/source-node';
import type { JsonMapping } from './json';

/** The longest line that is written for a mapping or list in one line. */
const LINE_LENGTH = 100;

/** Keys of mappings that are written in one line: what a secret is. */
const SECRET_KEYS = new Set(['existing', 'env', 'file', 'generate']);

/** The most keys of other mappings that are written in one line. */
const SHORT_MAPPING = 3;

/** Versions and addresses, which no reader of YAML takes for a number. */
const DOTTED = /^\d+(\.\d+){2,}(-[\w.]+)?$/;

/** What is the same for all of a document. */
interface Writing {
  /** Remarks in front of fields, by their paths. */
  readonly comments: ReadonlyMap<string, string>;
  /** How a key, or a scalar of one line, is written. */
  readonly scalar: (value: JsonValue) => string;
}

/**
 * Writes a mapping as YAML, each comment in front of the field that it is about; references to secrets, short mappings and
 * lists of scalars in one line.
 */
export function writeYaml(document: JsonMapping, comments: ReadonlyMap<string, string>): string {
  return mappingLines(document, [], { comments, scalar: scalarWriter(document) })
    .map((line) => `${line}\n`)
    .join('');
}

function mappingLines(value: JsonMapping, path: readonly string[], writing: Writing): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    const remark = writing.comments.get(here.join('.'));
    return [
      ...(remark === undefined ? [] : remark.split('\n').map((line) => `# ${line}`)),
      ...entryLines(`${writing.scalar(key)}:`, inner, here, writing),
    ];
  });
}

/** A value behind a key or a dash: in the same line, or indented below it. */
function entryLines(lead: string, value: JsonValue, path: readonly string[], writing: Writing): string[] {
  const oneLine = inOneLine(value, path.length, writing);
  if (oneLine !== undefined) return [`${lead} ${oneLine}`];
  if (isMapping(value)) return [lead, ...mappingLines(value, path, writing).map(indented)];
  if (Array.isArray(value))
    return [
      lead,
      ...value.flatMap((item, index) => itemLines(item, [...path, String(index)], writing)).map(indented),
    ];
  // A string of several lines begins behind its key.
  const [first = '', ...others] = toYaml({ key: value }).replace(/\n$/, '').split('\n');
  return [`${lead}${first.slice('key:'.length)}`, ...others];
}

function itemLines(item: JsonValue, path: readonly string[], writing: Writing): string[] {
  if (!isMapping(item) || Object.keys(item).length === 0) return entryLines('-', item, path, writing);
  return mappingLines(item, path, writing).map((line, index) => (index === 0 ? `- ${line}` : indented(line)));
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

/** A value in one line where it reads well there; undefined where it does not. */
function inOneLine(value: JsonValue, depth: number, writing: Writing): string | undefined {
  if (isMapping(value) || Array.isArray(value)) {
    const items = Object.values(value);
    const isShort = Array.isArray(value)
      ? items.every((item) => typeof item !== 'object')
      : Object.keys(value).every((key) => SECRET_KEYS.has(key)) ||
        (depth > 1 && items.length <= SHORT_MAPPING && items.every((item) => typeof item !== 'object'));
    if (!isShort || items.some(hasLineBreak)) return undefined;
    const text = flow(value, writing);
    return text.length <= LINE_LENGTH || items.length === 0 ? text : undefined;
  }
  return hasLineBreak(value) ? undefined : writing.scalar(value);
}

function hasLineBreak(value: JsonValue): boolean {
  return typeof value === 'string' && value.includes('\n');
}

function flow(value: JsonValue, writing: Writing): string {
  if (Array.isArray(value)) return `[${value.map((item) => flow(item, writing)).join(', ')}]`;
  if (isMapping(value)) {
    const entries = Object.entries(value).map(
      ([key, inner]) => `${inFlow(key, writing)}: ${flow(inner, writing)}`,
    );
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return inFlow(value, writing);
}

/** A scalar where brackets, braces and commas mean something, and a colon at its end too. */
function inFlow(value: JsonValue, { scalar }: Writing): string {
  const text = scalar(value);
  return typeof value === 'string' && !/^['"]/.test(text) && /[,[\]{}]|:$/.test(text)
    ? JSON.stringify(value)
    : text;
}

/** How the scalars of a document are written. The library is asked for all of them at once, which takes a tenth of the time. */
function scalarWriter(document: JsonMapping): Writing['scalar'] {
  const scalars = new Set<JsonValue>();
  const gather = (value: JsonValue): void => {
    if (Array.isArray(value)) value.forEach(gather);
    else if (isMapping(value))
      for (const key of Object.keys(value)) {
        scalars.add(key);
        gather(value[key] ?? null);
      }
    else scalars.add(value);
  };
  gather(document);
  const short = [...scalars].filter((value) => !hasLineBreak(value));
  const lines = toYaml(short).split('\n');
  const written = new Map(short.map((value, index) => [value, lines[index]?.slice('- '.length)]));
  return (value) => {
    if (typeof value === 'string' && DOTTED.test(value)) return value;
    return written.get(value) ?? toYaml(value).trimEnd();
  };
}
