import { goScalar } from './go-yaml-scalar';
import type { SourceNode } from './source-node';
import type { Scalar } from './yaml-scalars';

/** Behind the colon, the dash or the bracket in front of a value, with or without an anchor beside it. */
const TAG_IN_FRONT = /(?:^|[\s,:[{-])(?:&\S+\s+)?(!\S*)(?:\s+&\S+)?\s+$/;

/** How far in front of a value its tag is looked for. */
const LONGEST_TAG = 256;

const LONG_PREFIX = /^!<tag:yaml\.org,2002:(\w+)>$/;

/** A scalar without quotes as it is written in the file; undefined for strings in quotes and blocks, for aliases, and for what is no YAML. */
export function plainText({ scalar, source, start, end, isDerived }: SourceNode): string | undefined {
  if (scalar === undefined || isDerived || source.language === 'argument') return undefined;
  const written = source.text.slice(start, end);
  // A tag makes a number of what stands in quotes.
  if (/^["']/.test(written)) return undefined;
  if (typeof scalar === 'string')
    return scalar !== '' && source.text.startsWith(scalar, start) ? scalar : undefined;
  // A value that was decoded stands elsewhere.
  return goScalar(written).text !== '' || scalar === null ? written : undefined;
}

/** What Go's YAML 1.1 makes of a value that YAML 1.2 takes for a string, when that is a boolean; undefined for every other value. */
export function yaml11Boolean(node: SourceNode): boolean | undefined {
  if (typeof node.scalar !== 'string') return undefined;
  const value = as11(node);
  return typeof value === 'boolean' ? value : undefined;
}

/**
 * The tree as a reader of YAML 1.1 sees it (gopkg.in/yaml.v2): unquoted `yes`, `no`, `on`, `off`, `y` and `n` are booleans, a
 * leading zero makes a number octal, `1_000` and `0b11` are numbers; a tag that is not YAML's own makes a string.
 */
export function asYaml11(node: SourceNode): SourceNode {
  if (node.entries) {
    let entries: Map<string, SourceNode> | undefined;
    node.entries.forEach((child, key) => {
      const read = asYaml11(child);
      if (read !== child) (entries ??= new Map(node.entries)).set(key, read);
    });
    return entries ? { ...node, entries } : node;
  }
  if (node.items) {
    const items = node.items.map(asYaml11);
    return items.every((item, index) => item === node.items?.[index]) ? node : { ...node, items };
  }
  const scalar = as11(node);
  return Object.is(scalar, node.scalar) ? node : { ...node, scalar };
}

/** The string that Dex keeps of a value that it converts to one: `83` for an unquoted `0123`, `true` for `yes`. */
export function keptText(node: SourceNode): string {
  const { scalar } = node;
  if (typeof scalar === 'string') return scalar;
  const written = tagOf(node) === undefined ? plainText(node) : undefined;
  const read = written === undefined ? undefined : goScalar(written);
  return read !== undefined && Object.is(read.value, scalar) ? read.text : goScalar(String(scalar)).text;
}

function as11(node: SourceNode): Scalar {
  const { scalar = null } = node;
  const tag = tagOf(node);
  if (tag !== undefined) return tagged(tag, node) ?? scalar;
  const written = plainText(node);
  if (written === undefined) return scalar;
  const { value } = goScalar(written);
  // What is no number to one of the two is read as it was read.
  return typeof scalar === 'string' || typeof value === 'number' ? value : scalar;
}

function tagged(tag: string, node: SourceNode): Scalar | undefined {
  const { scalar = null } = node;
  if (tag === 'binary' && typeof scalar === 'string') return Buffer.from(scalar, 'base64').toString('utf8');
  if (!['bool', 'int', 'float', 'null'].includes(tag)) return typeof scalar === 'string' ? scalar : undefined;
  return goScalar(contentOf(node)).value;
}

/** The content of a scalar, which quotes around it keep from being read as anything but a string unless a tag says otherwise. */
function contentOf({ scalar, source, start, end }: SourceNode): string {
  return typeof scalar === 'string' ? scalar : source.text.slice(start, end).replace(/^(["'])(.*)\1$/s, '$2');
}

/** What resolves to something else than its tag says, which Go's YAML 1.1 refuses. */
export interface WrongTag {
  /** Without its exclamation marks, as `resolved`. */
  readonly tag: string;
  readonly resolved: string;
}

const RESOLVED_TAGS = ['bool', 'int', 'float', 'null', 'timestamp'];

/** Whether a value can be what YAML's own tag in front of it says; an integer is a float too. */
export function wrongTag(node: SourceNode): WrongTag | undefined {
  const tag = node.scalar === undefined ? undefined : tagOf(node);
  if (tag === undefined || !RESOLVED_TAGS.includes(tag)) return undefined;
  const content = contentOf(node);
  const resolved =
    /^\d{4}-\d\d?-\d\d?([Tt\s].*)?$/.test(content) && tag === 'timestamp' ? tag : goScalar(content).tag;
  return resolved === tag || (tag === 'float' && resolved === 'int') ? undefined : { tag, resolved };
}

/** The name of YAML's own tag in front of a value (`binary` for `!!binary`), or another tag as it is written. */
function tagOf({ source, start, keyEnd }: SourceNode): string | undefined {
  if (source.language === 'argument') return undefined;
  const from = Math.max(keyEnd ?? 0, start - LONGEST_TAG);
  if (from >= start || !/\s/.test(source.text.charAt(start - 1))) return undefined;
  const before = source.text.slice(from, start);
  if (!before.includes('!')) return undefined;
  const tag = TAG_IN_FRONT.exec(before)?.[1];
  if (tag === undefined) return undefined;
  return tag.startsWith('!!') ? tag.slice(2) : (LONG_PREFIX.exec(tag)?.[1] ?? tag);
}
