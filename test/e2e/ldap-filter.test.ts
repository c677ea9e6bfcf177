import fc from 'fast-check';
import { filterError } from '../../src/connectors/ldap-filter';
import { describeWithTools } from './harness';
import { saidByGoLdap, slipsOf } from './ldap/go-ldap';

const COUNT = 50_000;

/** What go-ldap writes before every error of its compiler. */
const RESULT = 'LDAP Result Code 201 "Filter Compile Error": ';

const attribute = fc.constantFrom(
  'uid',
  'objectClass',
  'memberOf',
  'cn;lang-de',
  '1.2.840.113556.1.4.803',
  '',
  'ü',
  'dn',
);
const operator = fc.constantFrom(
  '=',
  '>=',
  '<=',
  '~=',
  ':=',
  ':dn:=',
  ':caseExactMatch:=',
  ':dn:2.4.6:=',
  ':',
  '>',
  ':dn',
);
const value = fc.oneof(
  fc.constantFrom(
    'ada',
    '*',
    'a*b*',
    '\\28a\\29',
    '\\2',
    '\\zz',
    '\\',
    'cn=a,dc=b',
    '',
    'ü',
    '\ufffd',
    'a(b',
    ' x ',
  ),
  fc.string({ unit: fc.constantFrom(...'ab*\\()=&|!:~<>20fF \u00e9😀\ufffd'), maxLength: 8 }),
);
const item = fc.tuple(attribute, operator, value).map((parts) => `(${parts.join('')})`);

/** Filters as people write them, of items in sets and negations. */
const { filter } = fc.letrec<{ filter: string }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: false },
    item,
    fc
      .tuple(fc.constantFrom('&', '|'), fc.array(tie('filter'), { maxLength: 4 }))
      .map(([sign, parts]) => `(${sign}${parts.join('')})`),
    tie('filter').map((inner) => `(!${inner})`),
    tie('filter').map((inner) => `(${inner})`),
  ),
}));

const slip = slipsOf(filter, ['(', ')', '\\', '*', '&', '!', ' ', 'x']);
const anything = fc.string({ unit: fc.constantFrom(...'()&|!=*\\:~<>dn a2fé😀\ufffd'), maxLength: 24 });

describeWithTools('LDAP filters are judged as by go-ldap, of both Dexes', ['go-ldap'], () => {
  test(`${COUNT} generated ones, word for word`, () => {
    const filters = fc.sample(fc.oneof(filter, slip, slip, anything), { numRuns: COUNT, seed: 4515 });
    const verdicts = saidByGoLdap<string>(filters);
    expect(verdicts).toHaveLength(COUNT);
    const differing = filters.flatMap((text, index) => {
      const ours = filterError(text);
      const theirs = verdicts[index];
      return (ours === undefined ? '' : RESULT + ours) === theirs ? [] : [{ text, ours, theirs }];
    });
    expect(differing.slice(0, 10)).toEqual([]);
    // There is something to tell apart: each verdict is there, and so are filters that are taken.
    const taken = verdicts.filter((verdict) => verdict === '').length;
    expect(taken).toBeGreaterThan(COUNT / 10);
    expect(taken).toBeLessThan((COUNT * 9) / 10);
    for (const word of [
      'unexpected end',
      'extra at end',
      'error parsing',
      'error reading rune',
      'for escape',
      'does not start',
    ])
      expect(verdicts.some((verdict) => verdict.includes(word))).toBe(true);
  });
});
