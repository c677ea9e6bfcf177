import { removeEntry } from '../../src/document/remove-entry';
import { withFixes } from '../../src/document/with-fixes';
import type { PathStep } from '../../src/document/source-node';
import { documentOf } from '../support/input-of';

const without = (text: string, ...path: PathStep[]): string | undefined => {
  const fix = removeEntry(documentOf(text).root, path, 'test.yaml');
  return fix && withFixes(text, [fix]);
};

const TEXT = `# first
one: 1
two:
  # inside
  inner: [a,
    b] # of inner
  other: x
three: { a: 1, b: 2 }
list:
  - id: a
    config: { x: 1 }
`;

test('an entry goes with its value and the comment behind it; comments above stay', () => {
  expect(without(TEXT, 'two', 'inner')).toBe(TEXT.replace('  inner: [a,\n    b] # of inner\n', ''));
  expect(without(TEXT, 'one')).toBe(TEXT.replace('one: 1\n', ''));
  expect(without(TEXT, 'two')).toBe(TEXT.replace(/two:[^]*other: x\n/, ''));
});

test('a mapping that would be left empty goes too', () => {
  expect(without('a: 1\nb:\n  c:\n    d: 1\ne: 2\n', 'b', 'c', 'd')).toBe('a: 1\ne: 2\n');
});

test('the last line need not end', () => {
  expect(without('a: 1\nb: 2', 'b')).toBe('a: 1\n');
});

test('what shares its line is left alone', () => {
  expect(without(TEXT, 'three', 'a')).toBeUndefined();
  expect(without(TEXT, 'list', 0, 'id')).toBeUndefined();
  expect(without(TEXT, 'missing')).toBeUndefined();
});

test('what stands in another file is left alone', () => {
  const { root } = documentOf({ 'test.yaml': 'extends: ./base.yaml\n', 'base.yaml': 'a: 1\nb: 2\n' });
  expect(removeEntry(root, ['a'], 'test.yaml')).toBeUndefined();
});
