import { checkConnectorConfig } from '../../src/connectors/check-config';
import type { Target } from '../../src/releases/target';
import { codes, github, ldap, oidc, only, saml } from './support/findings';

const redirectURI = 'https://dex.example.com/dex/callback';

describe('DEX103, a string of the wrong form', () => {
  test.each([
    [
      'oidc',
      { ...oidc, issuer: 'acme.eu.auth0.com' },
      'unsupported protocol scheme',
      'write for example `https://acme.eu.auth0.com/`',
    ],
    [
      'oidc',
      { ...oidc, issuer: 'https://a.example.com/?x=1' },
      'without query and fragment',
      'write for example `https://acme.eu.auth0.com/`',
    ],
    ['oidc', { ...oidc, pkceChallenge: 's256' }, 'unknown challenge method (s256)', 'did you mean "S256"?'],
    [
      'ldap',
      { ...ldap, host: 'ldaps://ldap.example.com' },
      'taken for a host and port',
      'write `ldap.example.com`',
    ],
    [
      'ldap',
      { ...ldap, userSearch: { ...ldap.userSearch, scope: 'subtree' } },
      '`userSearch.Scope unknown value "subtree"`',
      'write one of: sub, one',
    ],
    [
      'ldap',
      { ...ldap, userSearch: { ...ldap.userSearch, filter: 'objectClass=person' } },
      'Filter Compile Error',
      undefined,
    ],
    [
      'github',
      { ...github, teamNameField: 'Slug' },
      'unsupported team name field value `Slug`',
      'did you mean "slug"?',
    ],
    [
      'github',
      { ...github, hostName: 'https://github.example.com' },
      'hostname cannot contain `/`',
      'write `github.example.com`',
    ],
    [
      'ldap',
      { ...ldap, host: 'ldap://ada:hunter2@dc1.acme.com:389/dc=acme' },
      'taken for a host and port',
      'write `dc1.acme.com:389`',
    ],
    [
      'microsoft',
      { ...github, tenant: 'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0' },
      'the id or the domain alone',
      'write `72f988bf-86f1-41af-91ab-2d7cd011db47`',
    ],
    [
      'microsoft',
      { ...github, tenant: 'https://login.microsoftonline.com/' },
      'the id or the domain alone',
      'write for example `11111111-2222-3333-4444-555555555555`',
    ],
    [
      'ldap',
      { ...ldap, host: 'ldap://ada:1/hunter2@dc1.acme.com' },
      'taken for a host and port',
      'write `dc1.acme.com`',
    ],
    ['github', { ...github, orgs: ['acme'] }, 'must be a mapping', 'write a mapping; its keys: name, teams'],
    [
      'github',
      { ...github, preferredEmailDomain: 'example.*' },
      'glob pattern cannot end with "*"',
      'write for example `example.com`',
    ],
    [
      'microsoft',
      { ...github, groupNameFormat: 'displayName' },
      '`invalid groupNameFormat: displayName`',
      'write one of: name, id',
    ],
    ['saml', { ...saml, nameIDPolicyFormat: 'email' }, '`invalid nameIDPolicyFormat: "email"`', undefined],
    [
      'atlassian-crowd',
      { ...github, baseURL: 'https://c.example.com', preferredUsernameField: 'mail' },
      'leaves it empty',
      undefined,
    ],
  ])('%s %#: a form that Dex does not take', (type, config, text, hint) => {
    const finding = only(type, config);
    expect(finding.code).toBe('DEX103');
    expect(finding.onKey).toBe(false);
    expect(finding.message).toContain(text);
    if (hint !== undefined) expect(finding.hint).toBe(hint);
  });

  test.each([
    ['ldap', { ...ldap, userSearch: { ...ldap.userSearch, scope: '' } }],
    ['github', { ...github, teamNameField: '', hostName: '' }],
    ['gitlab', { ...github, baseURL: '' }],
    ['saml', { ...saml, nameIDPolicyFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress' }],
    ['oidc', { ...oidc, issuer: '$OIDC_ISSUER' }],
    ['ldap', { ...ldap, rootCAData: '$CA' }],
  ])('%s %#: forms that Dex takes', (type, config) => expect(codes(type, config)).toEqual([]));

  test.each([
    ['oidc', { ...oidc, issuer: '${OIDC_ISSUER}/' }],
    ['ldap', { ...ldap, rootCAData: '$CA' }],
    ['ldap', { ...ldap, userSearch: { ...ldap.userSearch, filter: '$FILTER' } }],
  ])('%s %#: references that Pachyderm does not expand', (type, config) => {
    expect(only(type, config, 'pachyderm@2.11').code).toBe('DEX103');
    expect(codes(type, config)).toEqual([]);
  });

  test.each([
    ['gitlab', { ...github }, 'baseURL'],
    ['gitea', { ...github }, 'baseURL'],
    ['openshift', { ...github }, 'issuer'],
    ['keystone', { domain: 'default' }, 'keystoneHost'],
    ['atlassian-crowd', { ...github }, 'baseURL'],
  ])('%s: a slash before the paths that Dex appends', (type, config, key) => {
    const at = (text: string): Record<string, unknown> => ({ ...config, [key]: text });
    expect(only(type, at('https://sso.example.com/path/'))).toMatchObject({
      path: [key],
      code: 'DEX103',
      message: expect.stringContaining('without a slash at its end') as string,
      hint: 'remove the slash at its end',
      replaceWith: 'https://sso.example.com/path',
    });
    expect(only(type, at('http://sso.example.com//')).replaceWith).toBe('http://sso.example.com');
    expect(only(type, at('https://')).replaceWith).toBeUndefined();
    expect(only(type, at('https://sso.example.com/?a')).replaceWith).toBeUndefined();
    for (const right of ['https://sso.example.com', 'https://sso.example.com:5000/a/b', '$URL'])
      expect(codes(type, at(right))).toEqual([]);
  });

  test('no slash is taken away that leaves nothing, or something else that is wrong', () => {
    for (const baseURL of ['/', 'gitlab.example.com/', 'https:///'])
      expect(only('gitlab', { ...github, baseURL })).toMatchObject({
        hint: 'write for example `https://gitlab.example.com`',
      });
    expect(only('gitlab', { ...github, baseURL: '/' })).not.toHaveProperty('replaceWith');
  });

  test('a host with a slash at its end', () =>
    expect(only('github', { ...github, hostName: 'github.example.com/' }).replaceWith).toBe(
      'github.example.com',
    ));

  test('a key about whose form nothing more is known', () => {
    const providerDiscoveryOverrides = { jwksURL: 'idp.example.com/keys' };
    expect(only('oidc', { ...oidc, providerDiscoveryOverrides })).toStrictEqual({
      path: ['providerDiscoveryOverrides', 'jwksURL'],
      onKey: false,
      code: 'DEX103',
      about: 'value',
      severity: 'error',
      message: '`providerDiscoveryOverrides.jwksURL` cannot be used: it has the wrong form',
    });
  });

  test.each<[string, Record<string, unknown>, string, string]>([
    ['oidc', oidc, 'https://idp.example.com/%zz', 'invalid URL escape "%zz"'],
    ['oidc', oidc, 'https://[2001:db8::1/realm', "missing ']' in host"],
    ['oidc', oidc, 'https://idp.example.com:https/', 'invalid port ":https" after host'],
    ['openshift', github, 'https://api.example.com:64 43', 'wrong form'],
  ])('%s: the issuer of %j is no URL that Go parses: %s', (type, config, issuer, text) => {
    const { code, message } = checkConnectorConfig(type, { ...config, issuer }, 'dex@2.45')[0] ?? {};
    expect([code, message]).toEqual([
      'DEX103',
      expect.stringContaining(text === 'wrong form' ? 'absolute http or https URL' : `parse "…": ${text}`),
    ]);
  });

  test('what to write instead of a URL that Go does not parse', () => {
    const hint = (issuer: string): string | undefined => only('oidc', { ...oidc, issuer }).hint;
    expect(hint('https://idp.example.com/%zz')).toBe('write a percent sign in a URL as %25');
    expect(hint('https://[2001:db8::1/realm')).toBe('write for example `https://acme.eu.auth0.com/`');
  });

  const BAD = 'https://idp.example.com/%zz';
  const oauth = {
    ...github,
    tokenURL: 'https://idp.example.com/token',
    authorizationURL: 'https://idp.example.com/authorize',
    userInfoURL: 'https://idp.example.com/userinfo',
  };

  test.each<[string, Record<string, unknown>, string]>([
    ['oidc', { ...oidc, issuer: BAD }, 'issuer'],
    ['oidc', { ...oidc, providerDiscoveryOverrides: { jwksURL: BAD } }, 'jwksURL'],
    ['oauth', { ...oauth, tokenURL: BAD }, 'tokenURL'],
    ['oauth', { ...oauth, userInfoURL: BAD }, 'userInfoURL'],
    ['gitlab', { ...github, baseURL: BAD }, 'baseURL'],
    ['keystone', { domain: 'default', keystoneHost: BAD }, 'keystoneHost'],
    ['microsoft', { ...github, apiURL: BAD }, 'apiURL'],
    ['microsoft', { ...github, graphURL: BAD }, 'graphURL'],
  ])('%s: Dex asks a URL, so it parses it: %#', (type, config, key) => {
    const { path, message } = only(type, config);
    expect([path.at(-1), message]).toEqual([
      key,
      expect.stringContaining('Dex cannot ask it: `parse "…": invalid URL escape "%zz"`'),
    ]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['oidc', { ...oidc, issuerAlias: BAD }],
    ['oidc', { ...oidc, redirectURI: BAD }],
    ['oauth', { ...oauth, authorizationURL: BAD }],
    ['saml', { ...saml, ssoURL: BAD }],
  ])('%s: Dex compares a URL or hands it on, and does not parse it: %#', (type, config) =>
    expect(codes(type, config)).toEqual([]),
  );

  // A standalone Dex expands variables in a file; the texts of a document reach it as they are.
  test.each<[string, Target, 'document' | 'file', string[]]>([
    ['is not known in the file of a standalone Dex', 'dex@2.45', 'file', []],
    ['is the text itself in Pachyderm', 'pachyderm@2.11', 'file', ['DEX103']],
    ['is the text itself in a document', 'dex@2.45', 'document', ['DEX103']],
  ])('what a variable becomes %s', (_case, target, form, expected) => {
    const issuer = 'https://${HOST}:${PORT}/realm';
    expect(codes('oidc', { ...oidc, clientSecret: 's', redirectURI, issuer }, target, { form })).toEqual(
      expected,
    );
    const userSearch = { ...ldap.userSearch, scope: '$SCOPE' };
    expect(codes('ldap', { ...ldap, userSearch }, target, { form })).toEqual(expected);
  });

  test('a text without a variable in the file of a standalone Dex is known', () => {
    const userSearch = { ...ldap.userSearch, scope: 'SCOPE' };
    expect(codes('ldap', { ...ldap, userSearch }, 'dex@2.45', { form: 'file' })).toEqual(['DEX103']);
  });

  test('base64: PEM in its place, and other strings', () => {
    const pem = only('ldap', { ...ldap, rootCAData: '-----BEGIN CERTIFICATE-----\n' }, 'pachyderm@2.11');
    expect(pem.message).toBe(
      '`rootCAData` cannot be used: it must be base64 of PEM text, and is the PEM text itself: `unable to deserialize JSON: illegal base64 data at input byte 0`',
    );
    expect(pem.hint).toContain('base64 -w0');
    expect(only('ldap', { ...ldap, rootCAData: 'QUJD QUJD' }).message).toBe(
      '`rootCAData` cannot be used: it must be base64 of PEM text: `parse connector config: illegal base64 data at input byte 4`',
    );
    expect(only('ldap', { ...ldap, rootCAData: 'QUJ' }).message).toContain(
      'illegal base64 data at input byte`',
    );
    expect(codes('ldap', { ...ldap, rootCAData: 'QUJD\nQUI=\n' })).toEqual([]);
  });
});

test.each(['ldap.acme.com', 'ldap.acme.com:636', '10.0.0.1:65535', 'a:ldaps', '[::1]', '[fe80::1%eth0]:389'])(
  'the host %s of a directory is taken',
  (host) => expect(codes('ldap', { ...ldap, host })).toEqual([]),
);

test.each([
  '::1',
  'fe80::1:389',
  'ldap://ldap.acme.com',
  'a:b:c',
  '[::1',
  'a b',
  'a:',
  'a:0',
  'a:65536',
  'a:63x',
  'a/dc=acme',
])('the host %s of a directory fails at every login', (host) =>
  expect(only('ldap', { ...ldap, host }).message).toContain('too many colons in address'),
);
