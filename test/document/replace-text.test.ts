import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { replaceText } from '../../src/document/replace-text';

function fixOf(yaml: string, ...path: (string | number)[]): string | undefined {
  const [root] = readYaml(new SourceFile('a.yaml', yaml, '/')).nodes;
  if (!root) throw new Error('no document');
  const fix = replaceText(root, path, 'new', 'Write new');
  if (!fix) return undefined;
  const line = yaml.split('\n')[fix.range.line - 1] ?? '';
  return line.slice(0, fix.range.column - 1) + fix.replacement + line.slice(fix.range.endColumn - 1);
}

test.each([
  ['a: old', 'a: new'],
  ['a: "old"  # text', 'a: "new"  # text'],
  ["a: 'old'", "a: 'new'"],
  ['{ a: old }', '{ a: new }'],
])('%s becomes %s', (before, after) => {
  expect(fixOf(before, 'a')).toBe(after);
});

test.each([
  ['an alias', 'b: &x old\na: *x'],
  ['lines', 'a: |\n  old'],
  ['escapes', 'a: "\\x6fld"'],
  ['a quote in quotes', "a: 'o''ld'"],
  ['no string', 'a: 1'],
  ['nothing', 'b: old'],
])('%s stays', (_what, yaml) => {
  expect(fixOf(yaml, 'a')).toBeUndefined();
});
