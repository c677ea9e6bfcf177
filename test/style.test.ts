import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '..');

/** The left column of the glossary in docs/style.md, as far as a word alone gives it away. */
const OLD_WORDS =
  /\b(without a word|mend(s|ed|ing)?|spelt|spelled|complaints?|the data's way|arrows? points?|(fills?|puts?) in variables|there twice|ends? at start|tak(es|e) no notice|pass(es|ed)? over|of no use|small letters|capital letters|pointed brackets|whoever|(any|every|no|some)body|Dex (of its own|beside pachd)|fills in no variables|puts in (no )?(environment )?variables|drawn|licence|lacks|a text|texts|belongs? into|reads? along|by chance|as (it|they) stands?|all is well|silently on|whom no one|is no (mapping|part|regular|release of|bcrypt|valid|private key|field|member of|absolute))\b/i;

/** Where the words stand for something else. */
const ALLOWED = [/\b(user|account|name)s? .{0,12}"?nobody"?/i, /'nobody'/, /"nobody"/];

/** Those that no name has either; names are shorter than sentences, and some of the others serve there. */
const OLD_NAMES = /^(mend(s|ed|ing)?|spelt|spelled|complaints?|whoever|somebody|anybody|licence)$/i;

/** Strings and comments of a program, and what its names are made of where that is an old word. */
function proseOf(file: string, text: string): string[] {
  if (!file.endsWith('.ts')) return text.split('\n');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const comment of ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [])
      found.push(text.slice(comment.pos, comment.end));
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIdentifier(node))
      found.push(...node.text.split(/(?<=[a-z])(?=[A-Z])/).filter((word) => OLD_NAMES.test(word)));
    if (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function filesOf(folder: string, isProse: (name: string) => boolean): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(isProse)
    .map((name) => path.join(folder, name));
}

const files = [
  'README.md',
  'CONTRIBUTING.md',
  'AGENTS.md',
  'SECURITY.md',
  ...filesOf('src', (name) => name.endsWith('.ts') && !name.startsWith('generated')),
  ...filesOf('schemas', (name) => name.endsWith('.json')),
  ...filesOf('docs', (name) => name.endsWith('.md') && name !== 'style.md'),
];

test('messages, help, schemas and documentation keep to the glossary', () => {
  const found = files.flatMap((file) =>
    proseOf(file, fs.readFileSync(path.join(root, file), 'utf8'))
      .filter((prose) => OLD_WORDS.test(prose) && !ALLOWED.some((allowed) => allowed.test(prose)))
      .map((prose) => `${file}: ${OLD_WORDS.exec(prose)?.[0]}: ${prose.slice(0, 100)}`),
  );
  expect([...new Set(found)]).toEqual([]);
});

test.each([
  'ignored without a word',
  'a text, not a number',
  'a Dex of its own',
  'everybody gets in',
  'it is no mapping',
])('finds: %s', (prose) => expect(OLD_WORDS.test(prose)).toBe(true));
