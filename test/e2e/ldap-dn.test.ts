import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { areSameDN, isAtOrBelow, parseDN } from '../../src/connectors/ldap-dn';
import { checkDocument } from '../../src/pipeline/check-document';
import { documentOf } from '../support/input-of';
import { describeWithTools, slapdTools, startSlapd, toolPath, type SlapdServer } from './harness';
import { saidByGoLdap, slipsOf } from './ldap/go-ldap';

const COUNT = 50_000;

const type = fc.constantFrom('cn', 'OU', 'dc', 'uid', '2.5.4.3', 'oid.1.2', ' cn ', '', 'ü', 'c\\6e');
const value = fc.oneof(
  fc.constantFrom(
    ...[
      'Ada',
      'Lovelace\\, Ada',
      ' spaces ',
      'end\\ ',
      'end\\  ',
      '\\ start',
      'a=b',
      '"quoted"',
      '',
      '\\23x',
    ],
    ...[
      '#0403414441',
      '#04',
      '#040341',
      '#zz',
      '#0',
      '#',
      '\\4c\\c3\\bc',
      'ü😀',
      '\\zz',
      '\\4',
      '\\',
      'a\\\\',
    ],
  ),
  fc.string({ unit: fc.constantFrom(...'aB ,;+=\\"#<>20fé😀'), maxLength: 8 }),
);
const pair = fc.tuple(type, value).map((parts) => parts.join('='));
const part = fc.array(pair, { minLength: 1, maxLength: 3 }).map((pairs) => pairs.join('+'));
const dn = fc
  .tuple(fc.array(part, { maxLength: 4 }), fc.constantFrom(',', ';', ', ', ' ,'))
  .map(([parts, comma]) => parts.join(comma));
const slip = slipsOf(dn, [',', '=', '\\', '+', ' ', '#', 'x']);
const anything = fc.string({ unit: fc.constantFrom(...'cn=,;+\\# a20é😀"'), maxLength: 24 });

/** Names that are often those of one entry, or of one below the other. */
const simple = fc
  .array(
    fc.constantFrom(
      ...['cn=Ada', 'CN=ada', 'cn= Ada', 'cn=\\41da', 'cn=a+ou=b', 'OU=B+cn=a', 'dc=x', 'DC=X'],
      ...['cn=a+cn=A', 'cn=a+cn=a+ou=b', 'ou=b+cn=a+ou=B', 'c\\3dn=a', 'c=n\\3da', 'cn=ΟΔΟΣ', 'cn=οδος'],
    ),
    {
      maxLength: 3,
    },
  )
  .map((parts) => parts.join(','));

const inHex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

describeWithTools('DNs are read as by go-ldap', ['go-ldap'], () => {
  test(`${COUNT} generated ones, part by part`, () => {
    const names = fc.sample(fc.oneof(dn, slip, slip, anything), { numRuns: COUNT, seed: 4514 });
    const theirs = saidByGoLdap(names, 'dn');
    expect(theirs).toHaveLength(COUNT);
    const differing = names.flatMap((text, index) => {
      const ours = parseDN(text)?.map((pairs) => pairs.map((each) => [inHex(each.type), inHex(each.value)]));
      return JSON.stringify(ours ?? null) === JSON.stringify(theirs[index])
        ? []
        : [{ text, ours, theirs: theirs[index] }];
    });
    expect(differing.slice(0, 10)).toEqual([]);
    const taken = theirs.filter((each) => each !== null).length;
    expect(taken).toBeGreaterThan(COUNT / 10);
    expect(taken).toBeLessThan((COUNT * 9) / 10);
  });

  test(`${COUNT} pairs of them, compared`, () => {
    const pairs = fc.sample(fc.tuple(fc.oneof(simple, dn), fc.oneof(simple, dn)), {
      numRuns: COUNT,
      seed: 4517,
    });
    const theirs = saidByGoLdap(pairs, 'dn');
    const differing = pairs.flatMap(([one, other], index) => {
      const [a, b] = [parseDN(one), parseDN(other)];
      const ours = a && b ? [areSameDN(a, b), isAtOrBelow(b, a) && b.length > a.length] : null;
      return JSON.stringify(ours) === JSON.stringify(theirs[index])
        ? []
        : [{ one, other, ours, theirs: theirs[index] }];
    });
    expect(differing.slice(0, 10)).toEqual([]);
    for (const verdict of ['[true,false]', '[false,true]', '[false,false]', 'null'])
      expect(theirs.some((each) => JSON.stringify(each) === verdict)).toBe(true);
  });
});

/** Bases as people write them, of attributes that every directory knows. */
const BASES = [
  ...[
    'dc=acme,dc=com',
    'DC=acme, DC=com',
    'ou=people;dc=acme;dc=com',
    'dc=acme,dc=com,',
    ',dc=acme',
    'dc=acme,,dc=com',
  ],
  ...[
    'acme.com',
    'acme',
    'dc:acme,dc:com',
    'dc=acme dc=com',
    'ou=R\\&D,dc=acme',
    'ou=R&D,dc=acme',
    'cn="a, b",dc=acme',
  ],
  ...[
    'cn=a\\, b,dc=acme',
    'cn=a\\2c b,dc=acme',
    'cn=a\\2,dc=acme',
    'cn=a+uid=b,dc=acme',
    'cn=a+,dc=acme',
    '+cn=a,dc=acme',
  ],
  ...[
    '2.5.4.3=a,dc=acme',
    'cn=,dc=acme',
    '2.5.4.3.=a,dc=acme',
    'dc=,dc=com',
    'dc=',
    '=acme',
    'dc = acme , dc = com',
  ],
  ...['ou=a\\', 'uid=ada@acme.com,dc=acme', 'o=Acme (Berlin),c=DE', 'ldap://acme.com', 'cn=ü,dc=acme'],
];

describeWithTools('a base that is no DN', slapdTools, () => {
  let directory: SlapdServer;
  beforeAll(async () => {
    const ldif = 'dn: dc=acme,dc=com\nobjectClass: domain\ndc: acme\n';
    directory = await startSlapd({ suffix: 'dc=acme,dc=com', ldif });
  });
  afterAll(() => directory.stop());

  test.each(BASES)('%s is an error where OpenLDAP says Invalid DN syntax', (base) => {
    const { status } = spawnSync(toolPath('ldapsearch'), [
      '-x',
      '-H',
      directory.url,
      '-b',
      base,
      '-s',
      'base',
    ]);
    const search = { baseDN: base, username: 'uid', idAttr: 'uid', emailAttr: 'mail' };
    const config = { host: 'ldap.acme.com:636', userSearch: search };
    const { diagnostics } = checkDocument(
      documentOf({
        'pachyderm.json': JSON.stringify({
          apiVersion: 'pachkit/v1',
          release: '2.12.4',
          profile: 'dev',
          identity: { connectors: [{ type: 'ldap', id: 'ldap', config }] },
        }),
      }),
    );
    const errors = diagnostics.filter(({ code, severity }) => code === 'DEX050' && severity === 'error');
    expect(errors).toHaveLength(status === 34 ? 1 : 0);
  });
});
