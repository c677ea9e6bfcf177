import { compileGoRegexp } from '../../src/connectors/go-regexp';

/** What Go's `regexp.Compile` does with each was tried. */
test.each([
  '',
  '^data-',
  '^(?:eng|ops)-[a-z0-9_]+$',
  '(?i)admin',
  '(?i-s:a.b)(?-i)c',
  '(?P<team>a)(?<other>b)',
  'a*?b+?c??d{2}?e{2,}f{2,3}',
  '^*',
  'a(?i)*',
  'a{,2}b{x}c{01}{2}',
  '[]a][^]a][a-][-a][a-c-e]',
  '[[:alpha:][:^digit:]\\d\\pL]',
  '\\A\\b\\B\\z\\Qa(b\\E\\Q',
  '\\pL\\p{Greek}\\P{^Lu}\\p{Any}',
  '\\x41\\x{1F600}\\07\\12\\a\\f\\t\\n\\r\\v\\.\\_\\/\\-',
  'é😀{2}',
  '()|',
])('%j can be compiled', (expression) => expect(compileGoRegexp(expression)).not.toHaveProperty('error'));

/** Go refuses each of them too, three in other words. */
test.each([
  ['^(?!admin)(.*', 'invalid or unsupported Perl syntax: `(?!`'],
  ['(?=a)', 'invalid or unsupported Perl syntax: `(?=`'],
  ['(?<!a)b', 'invalid named capture: `(?<!a)b`'],
  ['(?>a)', 'invalid or unsupported Perl syntax: `(?>`'],
  ['(?i-)a', 'invalid or unsupported Perl syntax: `(?i-)`'],
  ['(', 'missing closing ): `(`'],
  ['a)', 'unexpected ): `a)`'],
  ['[a', 'missing closing ]: `[a`'],
  ['[]', 'missing closing ]: `[]`'],
  ['[z-a]', 'invalid character class range: `z-a`'],
  ['[[:word2:]]', 'invalid character class range: `[:word2:]`'],
  ['[a-\\d]', 'invalid escape sequence: `\\d`'],
  ['*a', 'missing argument to repetition operator: `*`'],
  ['(+a)', 'missing argument to repetition operator: `+`'],
  ['{2}', 'missing argument to repetition operator: `{2}`'],
  ['a++', 'invalid nested repetition operator: `++`'],
  ['a{2}{3}', 'invalid nested repetition operator: `{2}{3}`'],
  ['a{3,1}', 'invalid repeat count: `{3,1}`'],
  ['a{1001}', 'invalid repeat count: `{1001}`'],
  ['(a)\\1', 'invalid escape sequence: `\\1`'],
  ['a\\Z', 'invalid escape sequence: `\\Z`'],
  ['a\\', 'trailing backslash at end of expression'],
  ['\\p{Klingon}', 'invalid character class range: `\\p{Klingon}`'],
  ['\\x{110000}', 'invalid escape sequence: `\\x{110000`'],
  ['(?P<a b>c)', 'invalid named capture: `(?P<a b>`'],
  ['(?P<a>b)(?P<a>c)', 'duplicate capture group name: `a`'],
])('%j cannot', (expression, error) => expect(compileGoRegexp(expression)).toEqual({ error }));

test('an expression that backtracks without end elsewhere takes no longer than the text', () => {
  const compiled = compileGoRegexp('^(a+)+$');
  expect('test' in compiled && compiled.test(`${'a'.repeat(5_000)}b`)).toBe(false);
});
