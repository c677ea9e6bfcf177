import fc from 'fast-check';
import type { Code } from '../../src/diagnostics/codes';
import { compare, hasErrors, sortDiagnostics, type Diagnostic } from '../../src/diagnostics/diagnostic';
import { inShort } from '../support/input-of';

function finding(
  file: string,
  line: number,
  column: number,
  code: Code,
  more: Partial<Diagnostic> = {},
): Diagnostic {
  const range = { line, column, endLine: line, endColumn: column };
  const location = line === 0 ? { file } : { file, range };
  return { code, severity: 'error', message: 'm', location, path: '', ...more };
}

const sorted = [
  finding('a.yaml', 0, 0, 'SEC003'),
  finding('a.yaml', 2, 9, 'SCH002'),
  finding('a.yaml', 2, 10, 'SCH002'),
  finding('a.yaml', 10, 1, 'SCH001'),
  finding('a.yaml', 10, 1, 'SCH002', { message: 'a' }),
  finding('a.yaml', 10, 1, 'SCH002', { message: 'b' }),
  finding('a.yaml', 10, 1, 'ACC001', { severity: 'warning' }),
  finding('b.yaml', 1, 1, 'ACC001'),
];

test('findings are sorted by file, line, column, severity, code and message, whatever order they come in', () =>
  fc.assert(
    fc.property(fc.shuffledSubarray(sorted, { minLength: sorted.length }), (shuffled) => {
      expect(sortDiagnostics(shuffled).map(inShort)).toEqual(sorted.map(inShort));
    }),
  ));

test('the order of strings is that of their code units, in every locale', () =>
  expect(['b', 'ä', 'Z', 'a', '10', '9'].sort(compare)).toEqual(['10', '9', 'Z', 'a', 'b', 'ä']));

test('a warning is no error', () => {
  expect(hasErrors([finding('a', 1, 1, 'SCH001', { severity: 'warning' })])).toBe(false);
  expect(hasErrors(sorted)).toBe(true);
  expect(hasErrors([])).toBe(false);
});
