import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Document, type Node } from 'yaml';
import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue, type SourceNode } from '../../src/document/source-node';
import '../support/property-seed';

const examples = path.resolve(__dirname, '../../examples');
const LINES = fs
  .readdirSync(examples, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ya?ml|json)$/.test(name))
  .sort()
  .flatMap((name) => fs.readFileSync(path.join(examples, name), 'utf8').split('\n'));

const INSERTIONS = [
  ...'{}[],:#-?&*!|>%@`"\'\\~ \t\n',
  ...['\r\n', '  ', ': ', '- ', '? ', ' #', '&a ', '*a', '!!str ', '|-\n', '---\n', '...\n', '0x1', 'é😀'],
];

/** Lines of real documents with something put in or taken away in a few places. */
const texts = fc
  .record({
    from: fc.nat(LINES.length - 1),
    count: fc.integer({ min: 1, max: 14 }),
    changes: fc.array(
      fc.record({
        where: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.constantFrom(0, 0, 1, 3),
        insertion: fc.constantFrom(...INSERTIONS, ''),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ from, count, changes }) =>
    changes.reduce(
      (text, { where, length, insertion }) => {
        const at = Math.floor(where * text.length);
        return text.slice(0, at) + insertion + text.slice(at + length);
      },
      LINES.slice(from, from + count).join('\n'),
    ),
  );

/** The value as another parser has it; keys as they are written. */
function otherValue(node: Node | null, document: Document): unknown {
  if (isAlias(node)) return otherValue(node.resolve(document) ?? null, document);
  if (isMap<Node, Node | null>(node)) {
    const entries = new Map<string, unknown>();
    for (const { key, value } of node.items)
      if (isScalar(key)) {
        const text = key.type === 'PLAIN' ? String(key.source) : String(key.value);
        if (!entries.has(text)) entries.set(text, otherValue(value, document));
      }
    return Object.fromEntries(entries);
  }
  if (isSeq<Node | null>(node)) return node.items.map((item) => otherValue(item, document));
  return isScalar(node) ? node.value : null;
}

function children({ entries, items }: SourceNode): readonly SourceNode[] {
  return items ?? [...(entries?.values() ?? [])];
}

/** A node and everything in it. */
function everyNode(node: SourceNode): SourceNode[] {
  return [node, ...children(node).flatMap(everyNode)];
}

const read = (text: string): ReturnType<typeof readYaml> => readYaml(new SourceFile('a.yaml', text, '/'));

/**
 * What the other parser takes although YAML forbids it: directives without ---, carriage returns by themselves, --- inside of
 * quotes, a quote that is doubled at the end, and what follows a key behind "? ".
 */
const LENIENT = /^%|\r(?!\n)|---|''|\?/m;

test('what is read has the values that another parser reads', () => {
  let compared = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const { nodes, diagnostics } = read(text);
      const documents = parseAllDocuments(text, { uniqueKeys: false, schema: 'core', logLevel: 'silent' });
      const isSound = 'empty' in documents || documents.every(({ errors }) => errors.length === 0);
      if (!isSound) return;
      if (!LENIENT.test(text))
        expect(
          diagnostics.filter(({ message }) => message.startsWith('The YAML is not well-formed')),
        ).toEqual([]);
      if (diagnostics.length > 0 || text.includes('<<')) return;
      const others = 'empty' in documents ? [] : documents.filter(({ contents }) => !isEmpty(contents));
      expect(nodes.map(toValue)).toEqual(others.map((document) => otherValue(document.contents, document)));
      compared += 1;
    }),
    { numRuns: 2000 },
  );
  expect(compared).toBeGreaterThan(200);
});

function isEmpty(contents: Node | null): boolean {
  return (
    !contents ||
    (isScalar(contents) && contents.source === '' && contents.type === 'PLAIN' && !contents.anchor)
  );
}

test('every place is inside the text, and that of a value inside that of its collection', () => {
  fc.assert(
    fc.property(texts, (text) => {
      if (text.includes('*')) return;
      for (const node of read(text).nodes.flatMap(everyNode)) {
        const { start, end, keyStart = 0, keyEnd = 0 } = node;
        expect([keyStart <= keyEnd, start <= end, end <= text.length]).toEqual([true, true, true]);
        for (const child of children(node))
          expect([child.start >= start, child.end <= end]).toEqual([true, true]);
        if (typeof node.scalar === 'string' && /^\w+$/.test(node.scalar) && text[start] === node.scalar[0])
          expect(text.slice(start, end)).toBe(node.scalar);
        if ((node.entries || node.items) && '{['.includes(text[start] ?? ' '))
          expect(text.slice(start, end)).toMatch(/^\{[^]*\}$|^\[[^]*\]$|:/);
      }
    }),
    { numRuns: 2000 },
  );
});
