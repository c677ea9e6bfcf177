import { codeFrame, printable } from '../../src/diagnostics/code-frame';
import type { SourceRange } from '../../src/diagnostics/diagnostic';

/** A frame as it looks on a terminal: the line before, the line, the carets. */
function frame(text: string, range: SourceRange): string[] {
  const lines = text.split('\n');
  const found = codeFrame({ file: 'test.yaml', range, source: { shownLine: (number) => lines[number - 1] } });
  if (!found) throw new Error('no frame');
  return [
    ...(found.before ? [`${found.before.number} ${found.before.text}`] : []),
    `${found.line.number} ${found.line.text}`,
    `${' '.repeat(String(found.line.number).length)} ${found.indentation}${'^'.repeat(found.caretLength)}`,
  ];
}

const at = (line: number, column: number, endColumn = column, endLine = line): SourceRange => ({
  line,
  column,
  endLine,
  endColumn,
});

describe('a code frame', () => {
  test('shows the line and the one before it', () =>
    expect(frame('one: 1\ntwo: 2\nthree: 3', at(2, 6, 7))).toEqual(['1 one: 1', '2 two: 2', '       ^']));

  test('leaves out a blank line before', () =>
    expect(frame('one: 1\n  \nthree: 3', at(3, 1, 6))).toEqual(['3 three: 3', '  ^^^^^']));

  test('has a caret for an empty range, also behind the end of the line', () => {
    expect(frame('one:', at(1, 5))).toEqual(['1 one:', '      ^']);
    expect(frame('', at(1, 1))).toEqual(['1 ', '  ^']);
    expect(frame('one', at(7, 9, 12))).toEqual(['7 ', '  ^']);
  });

  test('marks the rest of the first line of a range with several', () =>
    expect(frame('one: |  \n  two\n', at(1, 6, 1, 3))).toEqual(['1 one: |  ', '       ^']));

  test('a tab and the end of a CRLF line take one column', () =>
    expect(frame('\tone: x\r\n', at(1, 7, 8))).toEqual(['1  one: x', '        ^']));

  test('characters of two columns are underlined in both, and pushed aside by one of two columns', () =>
    expect(frame('名前: ｘ1', at(1, 5, 7))).toEqual(['1 名前: ｘ1', '  \u3000\u3000  ^^^']));

  test('accents and emoji count as they are written', () => {
    expect(frame('ä: é', at(1, 4, 5))).toEqual(['1 ä: é', '     ^']);
    // An emoji has two UTF-16 units and two columns.
    expect(frame('😀: x', at(1, 5, 6))).toEqual(['1 😀: x', '      ^']);
  });

  test('control characters cannot change what a terminal shows', () => {
    expect(frame('a: \u001b[31mred\u202e', at(1, 4, 5))[0]).toBe('1 a: \ufffd[31mred\ufffd');
    expect(printable('one\ntwo\u0007\u009b1m')).toBe('one\ntwo\ufffd\ufffd1m');
  });
});

describe('a code frame of a long line', () => {
  const long = `${'a'.repeat(500)}HERE${'b'.repeat(500)}`;

  test('is cut around the finding', () =>
    expect(frame(long, at(1, 501, 505))).toEqual([
      `1 …${'a'.repeat(50)}HERE${'b'.repeat(46)}…`,
      `   ${' '.repeat(50)}^^^^`,
    ]));

  test('is cut at the end when the finding is at its beginning', () =>
    expect(frame(long, at(1, 1, 4))).toEqual([`1 ${'a'.repeat(100)}…`, '  ^^^']));

  test('marks no more than is shown', () =>
    expect(frame(long, at(1, 1, 1005))).toEqual([`1 ${'a'.repeat(100)}…`, `  ${'^'.repeat(100)}`]));

  test('the line before is cut too', () =>
    expect(frame(`${long}\nx: 1`, at(2, 1, 2))[0]).toBe(`1 ${'a'.repeat(100)}…`));
});

test('there is no frame without a range', () => {
  expect(codeFrame({ file: 'test.yaml' })).toBeUndefined();
  expect(codeFrame({ file: 'test.yaml', range: at(1, 1) })).toBeUndefined();
});
