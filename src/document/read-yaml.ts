import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
  type Alias,
  type Document as YamlDocument,
  type Node as YamlNode,
  type Pair,
  type YAMLError,
} from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { showExceptSecrets } from './mask';
import type { SourceFile } from './source-file';
import type { SourceNode } from './source-node';

/**
 * The most nodes a document may have once its aliases are expanded. The largest document that makes sense, a cluster
 * with several hundred connectors, has about ten thousand.
 */
const NODE_LIMIT = 200_000;

/** The deepest nesting that is read. A cluster document is at most about ten levels deep. */
const DEPTH_LIMIT = 100;

/** Parse errors of YAML that deserve more than the parser's own sentence: its code to ours. */
const PARSE_ERRORS: Readonly<Record<string, { code: string; hint: string }>> = {
  TAB_AS_INDENT: {
    code: 'DOC003',
    hint: 'YAML is indented with spaces; replace every tab at the start of a line by two spaces',
  },
  BAD_INDENT: { code: 'DOC002', hint: 'give all keys of one mapping the same indentation' },
  MULTILINE_IMPLICIT_KEY: {
    code: 'DOC002',
    hint: 'check the indentation, and quote values that contain ": "',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: 'DOC002',
    hint: 'check the indentation, and quote values that contain ": "',
  },
  MISSING_CHAR: {
    code: 'DOC002',
    hint: 'close the bracket, brace or quote that was opened before, or add the missing ":" or ","',
  },
  BAD_ALIAS: { code: 'DOC002', hint: 'quote values that begin with "*"' },
  UNEXPECTED_TOKEN: {
    code: 'DOC002',
    hint: 'quote the value if it contains one of : # { } [ ] , & * ! | > % @',
  },
};

/** Turns the YAML or JSON text of `source` into one node per document in it. JSON is read as YAML, of which it is a part. */
export function readYaml(source: SourceFile): { nodes: SourceNode[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const problem = (code: string, start: number, end: number, message: string, hint?: string): void => {
    diagnostics.push({
      code,
      severity: 'error',
      message,
      location: source.locate(start, end),
      path: '',
      ...(hint === undefined ? {} : { hint }),
    });
  };

  try {
    // Duplicate keys are looked for below: the parser's own check takes time quadratic in the number of keys. The schema
    // is named because a directive %YAML 1.1 would bring in dates and other values that JSON does not have.
    const parsed = parseAllDocuments(source.text, {
      lineCounter: new LineCounter(),
      uniqueKeys: false,
      prettyErrors: false,
      schema: 'core',
    });
    const converter = new Converter(source, problem);
    const nodes: SourceNode[] = [];
    for (const document of 'empty' in parsed ? [] : parsed) {
      for (const error of withoutEchoes(document.errors)) reportError(error, problem);
      for (const { code, pos } of document.warnings)
        if (code === 'TAG_RESOLVE_FAILED') problem('DOC006', pos[0], pos[1], ...TAG);
      if (document.errors.length > 0 || isEmpty(document)) continue;
      const node = converter.convertDocument(document);
      if (node) nodes.push(node);
    }
    if (diagnostics.length === 0) showExceptSecrets(source, nodes);
    return { nodes, diagnostics };
  } catch (error) {
    // The parser recurses, so thousands of nested brackets exhaust the stack.
    if (!(error instanceof RangeError)) throw error;
    problem('DOC007', 0, 0, ...TOO_DEEP);
    return { nodes: [], diagnostics };
  }
}

const TAG = [
  'The YAML uses a tag, a word that begins with "!", that means nothing here',
  'remove the tag, or quote the value if it begins with "!"; secrets are written as mappings such as { env: NAME }',
] as const;

const TOO_DEEP = [
  `The document is nested more than ${DEPTH_LIMIT} levels deep`,
  'a cluster document is at most about ten levels deep',
] as const;

/** The most errors of syntax that are reported for a document: what comes later follows from those before. */
const ERROR_LIMIT = 20;

/** One bracket that is open makes the parser complain once for every level, and once for every level that is too deep. */
function withoutEchoes(errors: readonly YAMLError[]): YAMLError[] {
  const seen = new Set<string>();
  const different = errors.filter(({ code, pos }) => {
    const subject = code === 'RESOURCE_EXHAUSTION' ? code : String(pos[0]);
    return !seen.has(subject) && seen.add(subject);
  });
  return different.slice(0, ERROR_LIMIT);
}

/** Whether nothing but comments stands between two `---`, as at the end of files that were put together by programs. */
function isEmpty({ contents }: YamlDocument.Parsed): boolean {
  return (
    !contents ||
    (isScalar(contents) && contents.value === null && (contents.source ?? '') === '' && !contents.anchor)
  );
}

function reportError({ code, message, pos }: YAMLError, problem: Problem): void {
  if (code === 'RESOURCE_EXHAUSTION') return problem('DOC007', pos[0], pos[1], ...TOO_DEEP);
  const known = PARSE_ERRORS[code];
  problem(
    known?.code ?? 'DOC002',
    pos[0],
    pos[1],
    `The YAML is not well-formed: ${sentence(message)}`,
    known?.hint,
  );
}

/** The parser's sentence without what it quotes from the text, which may be a secret. */
function sentence(text: string): string {
  return text
    .replace(/\s+at line \d+, column \d+:?[\s\S]*$/, '')
    .replace(/(escape sequence|directive) [\s\S]*$/, '$1')
    .replace(/: [\s\S]*$/, '');
}

type Problem = (code: string, start: number, end: number, message: string, hint?: string) => void;

/** Turns the documents of one file into nodes. The limit on nodes is for all of them together. */
class Converter {
  #nodes = 0;
  #gaveUp = false;
  #targets: ReadonlyMap<YamlNode, YamlNode> = new Map();
  readonly #open = new Set<YamlNode>();

  constructor(
    private readonly source: SourceFile,
    private readonly problem: Problem,
  ) {}

  convertDocument(document: YamlDocument.Parsed): SourceNode | undefined {
    this.#targets = aliasTargets(document);
    return this.#convert(document.contents);
  }

  #convert(node: YamlNode | null, pair?: Pair<YamlNode, YamlNode | null>): SourceNode | undefined {
    if (this.#gaveUp) return undefined;
    const keyRange = pair?.key.range;
    const range = node?.range ?? (keyRange ? [keyRange[1], keyRange[1]] : [0, 0]);
    const place = {
      source: this.source,
      start: range[0],
      end: range[1] ?? range[0],
      ...(keyRange ? { keyStart: keyRange[0], keyEnd: keyRange[1] } : {}),
    };
    if (++this.#nodes > NODE_LIMIT)
      return this.#giveUp(
        place,
        `The document has more than ${NODE_LIMIT} values once its aliases are expanded`,
        'remove the aliases that refer to lists of aliases',
      );
    if (this.#open.size > DEPTH_LIMIT) return this.#giveUp(place, ...TOO_DEEP);
    if (node === null) return { ...place, scalar: null };
    if (this.#open.has(node)) {
      this.problem(
        'DOC007',
        place.start,
        place.end,
        'The alias refers to a value that contains the alias itself',
      );
      return undefined;
    }
    this.#open.add(node);
    try {
      if (isAlias(node)) {
        const target = this.#targets.get(node);
        if (!target) {
          this.problem(
            'DOC002',
            place.start,
            place.end,
            'A value that begins with "*" is an alias, and there is no anchor of its name before it',
            'quote the value if it is a text that begins with "*"',
          );
          return undefined;
        }
        const converted = this.#convert(target);
        return converted && { ...converted, ...place };
      }
      if (isMap(node))
        return { ...place, entries: this.#entries(node.items as Pair<YamlNode, YamlNode | null>[]) };
      if (isSeq(node)) {
        const items = node.items.map((item) => this.#convert(item as YamlNode | null));
        return { ...place, items: items.filter((item) => item !== undefined) };
      }
      return { ...place, scalar: isScalar(node) ? scalarOf(node.value) : null };
    } finally {
      this.#open.delete(node);
    }
  }

  #giveUp({ start, end }: { start: number; end: number }, message: string, hint: string): undefined {
    this.#gaveUp = true;
    this.problem('DOC007', start, end, message, hint);
    return undefined;
  }

  #keyOf(key: YamlNode): string | undefined {
    const [start, end] = key.range ?? [0, 0];
    if (!isScalar(key)) {
      const message = 'A key of a mapping must be a word, not a list or a mapping';
      this.problem('DOC005', start, end, message, 'check the indentation; "? " starts such a key');
      return undefined;
    }
    if (key.value === null && (key.source ?? '') === '') {
      this.problem(
        'DOC005',
        start,
        end,
        'The key before ":" is missing',
        'write the key, or remove the line',
      );
      return undefined;
    }
    // As it is written: 1.0 and 0x10 are texts here, as in JSON.
    return key.type === 'PLAIN' && key.source !== undefined ? key.source : String(key.value);
  }

  /** The mappings behind a key `<<`. */
  #mergedMappings(pair: Pair<YamlNode, YamlNode | null>): readonly SourceNode[] {
    const value = this.#convert(pair.value, pair);
    const mappings = value?.items ?? (value ? [value] : []);
    if (mappings.some(({ entries }) => !entries))
      this.problem(
        'DOC005',
        value?.keyStart ?? 0,
        value?.keyEnd ?? 0,
        'The key << merges a mapping into this one, and its value is none',
        'name an anchor of a mapping: <<: *defaults',
      );
    return mappings;
  }

  #entries(pairs: readonly Pair<YamlNode, YamlNode | null>[]): Map<string, SourceNode> {
    const entries = new Map<string, SourceNode>();
    const merged: SourceNode[] = [];
    for (const pair of pairs) {
      const [start, end] = pair.key.range ?? [0, 0];
      const key = this.#keyOf(pair.key);
      if (key === undefined) continue;
      if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') {
        for (const mapping of this.#mergedMappings(pair)) merged.push(mapping);
        continue;
      }
      const first = entries.get(key);
      if (first) {
        const line = this.source.locate(first.keyStart ?? 0, first.keyEnd ?? 0).range?.line ?? 1;
        this.problem(
          'DOC004',
          start,
          end,
          `The key "${key.slice(0, 60)}" is there twice; the first one is on line ${line}`,
          'keep one of the two',
        );
        continue;
      }
      const value = this.#convert(pair.value, pair);
      if (value) entries.set(key, value);
    }
    for (const source of merged)
      for (const [key, value] of source.entries ?? []) if (!entries.has(key)) entries.set(key, value);
    return entries;
  }
}

/** The node that each alias stands for: the last one before it that has the anchor. */
function aliasTargets(document: YamlDocument.Parsed): ReadonlyMap<YamlNode, YamlNode> {
  const anchors = new Map<string, YamlNode>();
  const targets = new Map<Alias, YamlNode>();
  visit(document, {
    Node(_key, node) {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

function scalarOf(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
