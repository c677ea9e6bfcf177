import { canonicalConfig } from '../../src/connectors/canonical-keys';
import { checkConnectorConfig } from '../../src/connectors/check-config';
import { codes, github, ldap, oidc, only, saml } from './support/findings';
import { without } from './support/schemas';

describe('DEX106, a key in the wrong case', () => {
  test('is a warning with the right spelling', () => {
    expect(only('oidc', { ...oidc, redirectUri: 'https://dex.example.com/callback' })).toEqual({
      path: ['redirectUri'],
      onKey: true,
      code: 'DEX106',
      severity: 'warning',
      message: '`redirectUri` is written `redirectURI`; Dex reads it all the same, other tools may not',
      hint: 'write `redirectURI`',
      renameTo: 'redirectURI',
    });
  });

  test('counts as the key it is', () => {
    const { clientID, ...rest } = oidc;
    expect(codes('oidc', { ...rest, ClientId: clientID })).toEqual(['DEX106']);
    expect(codes('oidc', { ...rest, ClientId: 7 })).toEqual(['DEX106', 'DEX103']);
    expect(codes('oidc', { ...oidc, AllowedGroups: ['a'] }, 'pachyderm@2.11')).toEqual(['DEX102']);
    expect(codes('ldap', { ...ldap, userSearch: undefined, usersearch: ldap.userSearch })).toEqual([
      'DEX106',
    ]);
    expect(codes('saml', { ...saml, ca: undefined, CA: '/ca.pem' })).toEqual(['DEX106']);
  });

  test('slips below it are found by the name that is meant', () => {
    const finding = checkConnectorConfig('oidc', { ...oidc, ClaimMapping: { emailKey: 'a' } }, 'dex@2.45')[1];
    expect(finding).toMatchObject({ path: ['ClaimMapping', 'emailKey'], renameTo: 'email' });
  });

  test('the right case is left alone', () => {
    expect(codes('oidc', { ...oidc, redirectURI: 'https://dex.example.com/callback' })).toEqual([]);
  });

  test('and can be put right', () => {
    expect(
      canonicalConfig('ldap', {
        HOST: 'a',
        usersearch: { BaseDN: 'b' },
        groupSearch: { userMatchers: [{ userattr: 'DN' }, null] },
        other: { A: 1 },
      }),
    ).toEqual({
      host: 'a',
      userSearch: { baseDN: 'b' },
      groupSearch: { userMatchers: [{ userAttr: 'DN' }, null] },
      other: { A: 1 },
    });
    // Dex sorts keys by their bytes before Go decodes them, and what comes last counts; null leaves what is there.
    expect(canonicalConfig('oidc', { issuer: 'last', Issuer: 'first' })).toEqual({ issuer: 'last' });
    expect(canonicalConfig('oidc', { issuer: null, Issuer: 'first' })).toEqual({ issuer: 'first' });
  });
});

describe('DEX107, a key in two spellings', () => {
  test('is an error, for an empty restriction takes back another', () => {
    const config = { ...oidc, insecureEnableGroups: true, allowedGroups: ['a'], allowedgroups: [] };
    expect(only('oidc', config)).toEqual({
      path: ['allowedgroups'],
      onKey: true,
      code: 'DEX107',
      severity: 'error',
      message:
        '`allowedGroups` and `allowedgroups` are one key to Dex, and one overrules the other silently: the restriction may be lost',
      hint: 'keep one of them, written `allowedGroups`',
    });
  });

  test('whichever comes first, whatever they say', () => {
    expect(codes('oidc', { ClientID: 'a', ...oidc })).toEqual(['DEX107']);
    expect(codes('oidc', { ...oidc, ClientID: null })).toEqual(['DEX107']);
    expect(codes('oidc', { ...without(oidc, 'clientID'), ClientId: 'a', CLIENTID: 'b' })).toEqual(['DEX107']);
    expect(codes('github', { ...github, orgs: [{ name: 'a', teams: ['b'], Teams: [] }] })).toEqual([
      'DEX107',
    ]);
  });

  test('costs nothing more of a key that restricts no one', () =>
    expect(only('oidc', { ...oidc, ClientID: 'a' }).message).toBe(
      '`clientID` and `ClientID` are one key to Dex, and one overrules the other silently',
    ));

  test.each<[string, Record<string, unknown>, string[]]>([
    ['is the last in the order of bytes', { ...oidc, ClientID: '' }, ['DEX107']],
    ['is the last in it wherever it stands', { ClientID: 'a', ...oidc, clientID: '' }, ['DEX107', 'DEX104']],
    ['is not null', { ...oidc, clientID: null, ClientID: 'a' }, ['DEX107']],
    ['is not null, wherever that stands', { ClientID: null, ...oidc }, ['DEX107']],
    ['is not null, be it the first', { ClientID: 'a', ...oidc, clientID: null }, ['DEX107']],
    ['is wrong', { ...oidc, clientID: null, ClientID: 7 }, ['DEX107', 'DEX103']],
  ])('the one that counts %s', (_case, config, expected) => expect(codes('oidc', config)).toEqual(expected));

  test('of mappings the keys of both count', () => {
    const { userSearch } = ldap;
    const config = { ...ldap, UserSearch: { ...userSearch, scope: 'y' } };
    expect(codes('ldap', config)).toEqual(['DEX107', 'DEX103']);
  });

  test('and what the one says that does not count is of no matter', () => {
    const userSearch = { ...(ldap['userSearch'] as object), scope: 'sub', SCOPE: 'y' };
    expect(codes('ldap', { ...ldap, userSearch })).toEqual(['DEX107']);
    expect(codes('ldap', { ...ldap, userSearch: { ...userSearch, scope: 'y', SCOPE: 'sub' } })).toEqual([
      'DEX103',
      'DEX107',
    ]);
  });

  test('a key that is there once is not', () => {
    expect(codes('oidc', { ...oidc, allowedGroups: undefined, allowedgroups: ['a'] })).toEqual(['DEX106']);
  });
});
