import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';
import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { compare } from '../diagnostics/diagnostic';
import { showExceptSecrets } from './mask';
import type { Encoded } from './program-runner';
import { runProgram } from './run-program';
import { thrownMessage } from './thrown-message';
import type { SourceFile } from './source-file';
import type { SourceNode } from './source-node';
import { literalPositions, type LiteralPosition } from './typescript-positions';

/**
 * Runs a TypeScript (or JavaScript) document and turns its default export, one cluster or a list of clusters, into
 * nodes. The program is the user's own and runs with the user's rights. Positions come from the object literals in the
 * file; a value that is computed points to the nearest literal around it.
 */
export function readTypeScript(
  source: SourceFile,
  fileName: string,
): { nodes: SourceNode[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const problem = (code: Code, message: string, hint: string, start = 0, end = start): void => {
    diagnostics.push({
      code,
      severity: 'error',
      message,
      location: source.locate(start, end),
      path: '',
      hint,
    });
  };

  const compiled = compile(source, fileName);
  if ('failures' in compiled) {
    for (const failure of compiled.failures)
      problem(
        'DOC009',
        `The document does not compile: ${failure.text}`,
        'correct the program',
        failure.offset,
        failure.offset,
      );
    return { nodes: [], diagnostics };
  }

  const run = runProgram(compiled.code, fileName, { nodes: NODE_LIMIT + 1, depth: DEPTH_LIMIT + 1 });
  if ('end' in run) {
    problem('DOC009', run.end.message, run.end.hint);
    return { nodes: [], diagnostics };
  }
  const { exported, thrown, unreadable, variables } = run.report;
  if (thrown) {
    const map = sourceMapOf(compiled.code);
    const line = lineOf(thrown.stack, fileName, map);
    const offset = line === undefined ? 0 : offsetOfLine(source.text, line);
    if (thrown.hint !== undefined) problem('DOC009', thrown.message ?? '', thrown.hint, offset, offset);
    else {
      const sources = (map?.payload as { sourcesContent?: string[] } | undefined)?.sourcesContent;
      const message = thrownMessage(thrown.message, sources ?? [source.text], variables);
      problem(
        'DOC009',
        `The document throws when it is run${thrown.isLate ? ', after it has yielded its value' : ''}: ${message}`,
        thrown.isLate
          ? 'catch the error, or start nothing that goes on by itself: it is not part of the document'
          : 'correct the program, or write the document in YAML',
        offset,
        offset,
      );
    }
    return { nodes: [], diagnostics };
  }
  if (unreadable !== undefined) {
    problem(
      'DOC009',
      `The document throws when its values are read: ${unreadable}`,
      'use plain values, without getters',
    );
    return { nodes: [], diagnostics };
  }
  if (exported === undefined) {
    problem(
      'DOC009',
      'The document has no default export',
      'end it with: export default defineCluster({ … })',
    );
    return { nodes: [], diagnostics };
  }
  const literals = literalPositions(source.text);
  const isList = exported[0] === 'list';
  const values = isList ? exported[1] : [exported];
  const converter = new ValueConverter(source, problem);
  const nodes: SourceNode[] = [];
  values.forEach((value, index) => {
    const position = isList ? (literals?.items?.[index] ?? literals) : literals;
    const node = converter.convert(value, position, '');
    if (node) nodes.push(node);
  });
  // Values that a document cannot hold are missing in it, and no one knows what would be said of it with them.
  if (diagnostics.length > 0) return { nodes: [], diagnostics };
  showExceptSecrets(source, nodes);
  return { nodes, diagnostics };
}

type Compiled = { code: string } | { failures: { text: string; offset: number }[] };

function compile(source: SourceFile, fileName: string): Compiled {
  try {
    // Loaded here because it starts a native program, which only TypeScript documents need.
    const esbuild = require('esbuild') as typeof import('esbuild');
    const result = esbuild.buildSync({
      stdin: {
        contents: source.text,
        resolveDir: path.dirname(fileName),
        sourcefile: fileName,
        loader: 'ts',
      },
      bundle: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      packages: 'external',
      sourcemap: 'inline',
      logLevel: 'silent',
    });
    return { code: result.outputFiles[0]?.text ?? '' };
  } catch (error) {
    const { errors } = error as Partial<import('esbuild').BuildFailure>;
    if (!errors) return { failures: [{ text: firstLine(String(error)), offset: 0 }] };
    return { failures: errors.map(({ text, location }) => failureOf(source, fileName, text, location)) };
  }
}

function failureOf(
  source: SourceFile,
  fileName: string,
  text: string,
  location: import('esbuild').Location | null,
): { text: string; offset: number } {
  // What was found instead may be a secret whose quotes are missing.
  const shown = text.replace(/ but found ".*"$/s, ' but found something else');
  if (!location) return { text: shown, offset: 0 };
  if (path.resolve(location.file) !== fileName)
    return { text: `${shown} (${path.basename(location.file)}, line ${location.line})`, offset: 0 };
  // The compiler counts columns in bytes.
  const column = Buffer.from(location.lineText).subarray(0, location.column).toString().length;
  return { text: shown, offset: offsetOfLine(source.text, location.line) + column };
}

/** The line of the document where an error came from: the innermost call that is in the document itself. */
function lineOf(stack = '', fileName: string, map: SourceMap | undefined): number | undefined {
  for (const frame of stack.split('\n')) {
    const at = frame.indexOf(`${fileName}:`);
    const place = at < 0 ? null : /^:(\d+):(\d+)/.exec(frame.slice(at + fileName.length));
    if (!place) continue;
    const entry = map?.findEntry(Number(place[1]) - 1, Number(place[2]) - 1);
    if (entry && 'originalLine' in entry && path.basename(entry.originalSource) === path.basename(fileName))
      return entry.originalLine + 1;
  }
  return undefined;
}

function sourceMapOf(code: string): SourceMap | undefined {
  const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/.exec(code)?.[1];
  if (encoded === undefined) return undefined;
  return new SourceMap(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as SourceMapPayload);
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0;
  for (let current = 1; current < line; current++) {
    const next = text.indexOf('\n', offset);
    if (next < 0) return offset;
    offset = next + 1;
  }
  return offset;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** The most values that the documents of a program may have, and their deepest nesting; as for YAML. */
const NODE_LIMIT = 200_000;
const DEPTH_LIMIT = 100;

class ValueConverter {
  #nodes = 0;
  #gaveUp = false;
  #level = 0;

  constructor(
    private readonly source: SourceFile,
    private readonly problem: (
      code: Code,
      message: string,
      hint: string,
      start?: number,
      end?: number,
    ) => void,
  ) {}

  convert(value: Encoded, position: LiteralPosition | undefined, at: string): SourceNode | undefined {
    const place = this.#placeOf(position);
    if (this.#gaveUp) return undefined;
    if (++this.#nodes > NODE_LIMIT) return this.#giveUp(place, `has more than ${NODE_LIMIT} values`);
    if (this.#level > DEPTH_LIMIT)
      return this.#giveUp(place, `is nested more than ${DEPTH_LIMIT} levels deep`);
    const [kind, content] = value;
    // What is computed has no place of its own and takes that of the literal around it.
    const around = position && { ...place, keyStart: position.keyStart, keyEnd: position.keyEnd };
    switch (kind) {
      case 'scalar':
        return { ...place, scalar: content };
      case 'refused':
        return this.#refuse(
          place,
          'DOC009',
          `The value at ${at || 'the top'} is ${withArticle(content)}, which a document cannot hold`,
          'use strings, numbers, booleans, lists and plain objects',
        );
      case 'cycle':
        return this.#refuse(place, 'DOC007', `The value at ${at} contains itself`, 'remove the cycle');
      case 'list':
        return { ...place, items: this.#within(() => this.#items(content, position, around, at)) };
      case 'mapping':
        return { ...place, entries: this.#within(() => this.#entries(content, position, around, at)) };
    }
  }

  #within<Result>(read: () => Result): Result {
    this.#level += 1;
    const result = read();
    this.#level -= 1;
    return result;
  }

  #items(
    list: readonly Encoded[],
    position: LiteralPosition | undefined,
    around: LiteralPosition | undefined,
    at: string,
  ): SourceNode[] {
    return list
      .map((item, index) => this.convert(item, position?.items?.[index] ?? around, `${at}[${index}]`))
      .filter((item) => item !== undefined);
  }

  #entries(
    mapping: readonly (readonly [key: string, value: Encoded])[],
    position: LiteralPosition | undefined,
    around: LiteralPosition | undefined,
    at: string,
  ): Map<string, SourceNode> {
    const entries = new Map<string, SourceNode>();
    for (const [key, child] of [...mapping].sort(([a], [b]) => compare(a, b))) {
      const inner = at === '' ? key : `${at}.${key}`;
      const node = this.convert(child, position?.properties?.get(key) ?? around, inner);
      if (node) entries.set(key, node);
    }
    return entries;
  }

  #placeOf(position: LiteralPosition | undefined): Omit<SourceNode, 'scalar' | 'entries' | 'items'> {
    return {
      source: this.source,
      start: position?.start ?? 0,
      end: position?.end ?? 0,
      ...(position?.keyStart === undefined
        ? {}
        : { keyStart: position.keyStart, keyEnd: position.keyEnd ?? position.keyStart }),
    };
  }

  #giveUp(place: { start: number; end: number }, how: string): undefined {
    this.#gaveUp = true;
    const hint = 'a cluster document has a few hundred values, at most about ten levels deep';
    return this.#refuse(place, 'DOC007', `The document ${how}`, hint);
  }

  #refuse(place: { start: number; end: number }, code: Code, message: string, hint: string): undefined {
    this.problem(code, message, hint, place.start, place.end);
  }
}

function withArticle(kind: string): string {
  return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
}
