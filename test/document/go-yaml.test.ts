import { asGoYaml3, goInteger, goNumber } from '../../src/document/go-yaml';
import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';

function read(text: string): unknown {
  const root = readYaml(new SourceFile('f', text, '/')).nodes[0];
  return root && toValue(asGoYaml3(root));
}

describe('go-yaml v3', () => {
  it('takes underscores out of numbers', () => {
    expect(read('[1_000, -1_0, 0x1_0, 1_0.5, 0b1_1, 1__0]')).toEqual([1000, -10, 16, 10.5, 3, 10]);
  });

  it('treats plain dates as times, in the form of JSON', () => {
    expect(read('[2001-01-01, 2001-1-2, 2024-02-29]')).toEqual([
      '2001-01-01T00:00:00Z',
      '2001-01-02T00:00:00Z',
      '2024-02-29T00:00:00Z',
    ]);
    expect(read('[2001-12-14T21:59:43.10-05:00, 2001-12-14t1:2:3Z, 2001-12-14 21:59:43.500]')).toEqual([
      '2001-12-14T21:59:43.1-05:00',
      '2001-12-14T01:02:03Z',
      '2001-12-14T21:59:43.5Z',
    ]);
    expect(read('2001-12-14T21:59:43.000+00:00')).toBe('2001-12-14T21:59:43Z');
  });

  it.each([
    '2001-13-01',
    '2001-02-29',
    '2001-00-10',
    '201-01-01',
    '2001-01',
    '20010101T',
    '2001-01-01 24:00:00',
  ])('leaves %s a string', (text) => expect(read(text)).toBe(text));

  it.each(['1_000', '2001-01-01'])('leaves a quoted %s a string', (text) => {
    expect(read(`'${text}'`)).toBe(text);
    expect(read(`a: ["${text}"]`)).toEqual({ a: [text] });
  });

  it.each(['_1', '1_a', '0b12', '0x', '1.2.3', '--1', '+', '.', '1e', 'yes'])(
    'knows no number %s',
    (text) => {
      expect(goNumber(text)).toBeUndefined();
    },
  );

  it.each([
    ['9223372036854775808', 9223372036854775808n],
    ['-0x10', -16n],
    ['017', 15n],
    ['0o17', 15n],
    ['+5', 5n],
    ['0', 0n],
  ])('reads the whole number %s', (text, value) => expect(goInteger(text)).toBe(value));

  it.each(['08', '1.0', '1e2', ''])('reads no whole number %j', (text) => {
    expect(goInteger(text)).toBeUndefined();
  });
});
