import { readYaml } from '../../src/document/read-yaml';
import { renameKey } from '../../src/document/rename-key';
import { SourceFile } from '../../src/document/source-file';

function fixOf(text: string, name: string): string | undefined {
  const root = readYaml(new SourceFile('f', text, '/')).nodes[0];
  const node = root?.entries?.values().next().value;
  return node && renameKey(node, name)?.replacement;
}

test.each([
  ['clientid: a', 'clientID', 'clientID'],
  ['"clientid": a', 'clientID', '"clientID"'],
  ["'clientid': a", 'clientID', "'clientID'"],
  ['{"clientid":"a"}', 'clientID', '"clientID"'],
  ['a: b', 'Content-Security-Policy', 'Content-Security-Policy'],
  ['a: b', 'on', '"on"'],
  ['a: b', 'bitbucket cloud', '"bitbucket cloud"'],
])('%s renamed to %s', (text, name, expected) => expect(fixOf(text, name)).toBe(expected));

test('a value without a key, and a key that is written in a way of its own, have no fix', () => {
  const source = new SourceFile('f', 'a', '/');
  expect(renameKey({ source, start: 0, end: 1, scalar: 'a' }, 'b')).toBeUndefined();
  expect(fixOf('"a\\u0062": 1', 'b')).toBe('"b"');
  expect(fixOf('a b: 1', 'b')).toBeUndefined();
});

test('the fix is at the key', () => {
  const root = readYaml(new SourceFile('f', '# first\nx:\n  clientid: a\n', '/')).nodes[0];
  const node = root?.entries?.get('x')?.entries?.get('clientid');
  expect(node && renameKey(node, 'clientID')).toEqual({
    title: 'Rename the key to clientID',
    range: { line: 3, column: 3, endLine: 3, endColumn: 11 },
    replacement: 'clientID',
  });
});
