import fs from 'node:fs';
import path from 'node:path';
import { filterError } from '../../src/connectors/ldap-filter';
import type { Target } from '../../src/releases/target';
import { only, codes, ldap } from './support/findings';

/** Filters and what `CompileFilter` of go-ldap 3.4.4 says to them; an empty string for those that it takes. */
const recorded = JSON.parse(
  fs.readFileSync(path.resolve(__dirname, '../fixtures/connectors/ldap-filters.json'), 'utf8'),
) as readonly (readonly [filter: string, verdict: string])[];

test.each(recorded)('%j is judged as by go-ldap', (filter, verdict) => {
  expect(filterError(filter) ?? '').toBe(verdict);
});

test.each([
  ['', "ldap: filter does not start with an '('"],
  ['(cn=\\', 'ldap: unexpected end of filter'],
  ['(cn=\\)', 'ldap: invalid characters for escape in filter: EOF'],
  ['(cn=\\2)', 'ldap: missing characters for escape in filter'],
  ['(cn=\\2g)', "ldap: invalid characters for escape in filter: encoding/hex: invalid byte: U+0067 'g'"],
  ['(cn=\ufffd)', 'ldap: error reading rune at position 4'],
  ['(😀=x)', undefined],
])('%j is %j', (filter, error) => expect(filterError(filter)).toBe(error));

const search = (filter: string): Record<string, unknown> => ({
  ...ldap,
  userSearch: { baseDN: 'dc=acme', username: 'uid', idAttr: 'uid', emailAttr: 'mail', filter },
});

test.each([
  [
    '(&(objectClass=user)(memberOf=cn=a,dc=b)',
    'ldap: unexpected end of filter',
    'close a parenthesis: it has 3 opening and 2 closing',
  ],
  [
    '(|(&(uid=ada)(mail=ada)',
    'ldap: unexpected end of filter',
    'close 2 parentheses: it has 4 opening and 2 closing',
  ],
  [
    '(objectClass=user))',
    'finished compiling filter with extra at end',
    'remove a parenthesis: it has 1 opening and 2 closing',
  ],
  ['objectClass=user', 'finished compiling filter with extra at end', 'write it in parentheses'],
  ['(cn=\\zz)', 'invalid characters for escape', 'a backslash has two hexadecimal digits'],
])('a connector with %s', (filter, error, hint) => {
  const finding = only('ldap', search(filter));
  expect(finding).toMatchObject({ code: 'DEX103', path: ['userSearch', 'filter'] });
  expect(finding.message).toContain(`LDAP Result Code 201 "Filter Compile Error": `);
  expect(finding.message).toContain(error);
  expect(finding.hint).toContain(hint);
});

test('the filter of a search for groups', () => {
  const groupSearch = { baseDN: 'dc=acme', nameAttr: 'cn', filter: 'objectClass=group' };
  expect(only('ldap', { ...ldap, groupSearch })).toMatchObject({
    code: 'DEX103',
    path: ['groupSearch', 'filter'],
    hint: 'write it in parentheses, such as `(objectClass=person)`',
  });
});

test.each(['(objectClass=user', '(a=b)(c=d'])('in %j what Dex adds becomes a part of the value', (filter) => {
  const finding = only('ldap', search(filter));
  expect(finding).toMatchObject({ code: 'DEX103', path: ['userSearch', 'filter'] });
  expect(finding.message).toContain('no entry is ever found');
  expect(finding.hint).toContain('close a parenthesis');
});

test.each(['', '(objectClass=user)', '(a=b)(c=d)', '(cn=\\2a)', '(cn=a(b)'])(
  'a connector takes %j',
  (filter) => expect(codes('ldap', search(filter))).toEqual([]),
);

test('a filter that is deeper than directories take', () => {
  const nested = (depth: number): string => '(!'.repeat(depth) + '(a=b)' + ')'.repeat(depth);
  expect(codes('ldap', search(nested(999)))).toEqual([]);
  expect(only('ldap', search(nested(1000)))).toMatchObject({
    message: expect.stringContaining('more than 1,000 parentheses open at once') as string,
    hint: 'write it with fewer conditions inside one another',
  });
  expect(codes('ldap', search('('.repeat(100_000)))).toEqual(['DEX103']);
});

describe('a filter with a variable', () => {
  const inPachyderm = 'pachyderm@2.11';

  test.each<[string, string, Target, 'document' | 'file', string[]]>([
    ['alone', '$FILTER', 'dex@2.45', 'file', []],
    ['alone, in braces', '${FILTER}', 'dex@2.45', 'file', []],
    ['among others', '(|(uid=ada)$MORE', 'dex@2.45', 'file', []],
    ['alone, in a document', '$FILTER', 'dex@2.45', 'document', []],
    ['among others, in a document', '(|(uid=ada)$MORE', 'dex@2.45', 'document', ['DEX103']],
    ['alone, which Pachyderm does not expand', '$FILTER', inPachyderm, 'file', ['DEX103']],
    ['among others, which Pachyderm does not expand', '(|(uid=ada)$MORE', inPachyderm, 'file', ['DEX103']],
    ['in half of its braces, which is none', '$FILTER}', 'dex@2.45', 'document', ['DEX103']],
    ['whose name begins with a digit, which is none', '$1', 'dex@2.45', 'file', ['DEX103']],
  ])('%s: %s', (_case, filter, target, form, expected) =>
    expect(codes('ldap', search(filter), target, { form })).toEqual(expected),
  );
});
