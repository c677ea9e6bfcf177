import {
  areSameDN,
  foldedDN,
  isAtOrBelow,
  parseDN,
  type DistinguishedName,
} from '../../src/connectors/ldap-dn';

function dn(text: string): DistinguishedName {
  const parsed = parseDN(text);
  if (!parsed) throw new Error(`${text} is not a DN`);
  return parsed;
}

/** What go-ldap 3.4.8 says of each pair (`EqualFold`). */
const PAIRS: readonly (readonly [one: string, other: string, areSame: boolean])[] = [
  ['cn=Ada,dc=acme', 'CN=ada, DC=Acme', true],
  ['cn=\\41da', 'cn=ada', true],
  ['cn=a+ou=b', 'OU=b+CN=a', true],
  ['cn=a+cn=a+ou=b', 'cn=a+ou=b+ou=b', true],
  ['cn=a+cn=a', 'cn=a', false],
  ['cn=a+ou=b', 'cn=a,ou=b', false],
  ['cn=a+ou=b', 'cn=b+ou=a', false],
  ['c\\3dn=a', 'c=n\\3da', false],
  ['cn=a', 'dc=x,cn=a', false],
];

test.each(PAIRS)('whether %s and %s are one entry', (one, other, areSame) => {
  expect(areSameDN(dn(one), dn(other))).toBe(areSame);
  expect(foldedDN(dn(one)) === foldedDN(dn(other))).toBe(areSame);
});

test.each([
  ['uid=ada,ou=people,dc=acme', 'OU=People,DC=acme', true],
  ['ou=people,dc=acme', 'ou=people,dc=acme', true],
  ['uid=ada,dc=acme', '', true],
  ['dc=acme', 'ou=people,dc=acme', false],
  ['uid=ada,ou=people', 'dc=acme', false],
])('%s is at or below %s: %s', (entry, base, isIn) => {
  expect(isAtOrBelow(dn(entry), dn(base))).toBe(isIn);
});

test.each(['acme', 'cn', 'cn=a,', 'cn=\\zz', 'cn=#0', 'cn=a+'])('%s is not a DN', (text) => {
  expect(parseDN(text)).toBeUndefined();
});
