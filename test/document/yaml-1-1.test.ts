import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';
import { asYaml11 } from '../../src/document/yaml-1-1';

function read(text: string): unknown {
  const root = readYaml(new SourceFile('f', text, '/')).nodes[0];
  return root && toValue(asYaml11(root));
}

test('numbers may have underscores, and dates stay strings', () => {
  expect(read(`[1_000, 0x1_0, '1_000', 1_a, 2001-01-01]`)).toEqual([1000, 16, '1_000', '1_a', '2001-01-01']);
});

test('plain words are booleans, words in quotes are strings', () => {
  expect(read('[yes, Yes, YES, on, On, ON, y, Y]')).toEqual(Array(8).fill(true));
  expect(read('[no, No, NO, off, Off, OFF, n, N]')).toEqual(Array(8).fill(false));
  expect(read(`["yes", 'no', yES, "on"]`)).toEqual(['yes', 'no', 'yES', 'on']);
  expect(read('a: { b: [{ c: on }], d: none }')).toEqual({ a: { b: [{ c: true }], d: 'none' } });
});
