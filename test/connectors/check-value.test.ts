import { checkConnectorConfig, type ConnectorFinding } from '../../src/connectors/check-config';
import type { Target } from '../../src/releases/target';
import { codes, github, ldap, oidc, only, saml } from './support/findings';

/** What a file has to say that a document leaves to be derived. */
const redirectURI = 'https://dex.example.com/dex/callback';
const gitlab = { clientID: 'id', clientSecret: 'secret', redirectURI };

describe('DEX103, a value of the wrong kind or form', () => {
  test.each([
    ['oidc', 'scopes', 'email', 'string into Go struct field Config.scopes of type []string'],
    ['oidc', 'clientID', 12345, 'number into Go struct field Config.clientID of type string'],
    [
      'oidc',
      'insecureEnableGroups',
      'false,',
      'string into Go struct field Config.insecureEnableGroups of type bool',
    ],
    ['oidc', 'issuer', ['a'], 'array into Go struct field Config.issuer of type string'],
    ['oidc', 'scopes', { a: 1 }, 'object into Go struct field Config.scopes of type []string'],
    ['oidc', 'getUserInfo', 1, 'number into Go struct field Config.getUserInfo of type bool'],
    ['oidc', 'userIDKey', true, 'bool into Go struct field Config.userIDKey of type string'],
    [
      'google',
      'domainToAdminEmail',
      'a',
      'string into Go struct field Config.domainToAdminEmail of type map[string]string',
    ],
    ['ldap', 'rootCAData', 5, 'number into Go struct field Config.rootCAData of type []uint8'],
    ['mockPassword', 'username', 5, 'number into Go struct field PasswordConfig.username of type string'],
  ])('%s %s quotes what Go says', (type, key, value, text) => {
    const config = { ...(type === 'oidc' ? oidc : {}), [key]: value };
    const message = (target: Target): string | undefined =>
      checkConnectorConfig(type, config, target).find((finding) => finding.code === 'DEX103')?.message;
    expect(message('dex@2.45')).toContain(`\`parse connector config: json: cannot unmarshal ${text}\``);
    if (type !== 'google')
      expect(message('pachyderm@2.11')).toContain(
        `\`unable to deserialize JSON: json: cannot unmarshal ${text}\``,
      );
  });

  test.each([
    ['ldap', 'rootCAData', ['LS0t'], 'string into Go struct field Config.rootCAData of type uint8'],
    ['ldap', 'rootCAData', [1, 256, 'a'], 'number 256 into Go struct field Config.rootCAData of type uint8'],
    ['ldap', 'rootCAData', [-1], 'number -1 into Go struct field Config.rootCAData of type uint8'],
    ['saml', 'caData', [1.5], 'number 1.5 into Go struct field Config.caData of type uint8'],
    ['gitlab', 'rootCAData', [true], 'bool into Go struct field Config.rootCAData of type uint8'],
    ['gitlab', 'rootCAData', [[1]], 'array into Go struct field Config.rootCAData of type uint8'],
    ['ldap', 'rootCAData', [{}], 'object into Go struct field Config.rootCAData of type uint8'],
  ])('%s %s %j is no list of bytes', (type, key, value, text) => {
    const bases = { ldap, saml: { ...saml, redirectURI, ca: undefined }, gitlab };
    const config = { ...bases[type as keyof typeof bases], [key]: value };
    const { code, message } = only(type, config, 'dex@2.45', { form: 'file' });
    expect(code).toBe('DEX103');
    expect(message).toContain(`\`parse connector config: json: cannot unmarshal ${text}\``);
  });

  test('a list of numbers is bytes to Go, an empty one too, and a document of ours has text alone', () => {
    for (const bytes of [[], [0, 255], [null]]) {
      const certificates = { ...saml, redirectURI, ca: undefined, caData: bytes };
      expect(codes('ldap', { ...ldap, rootCAData: bytes }, 'dex@2.45', { form: 'file' })).toEqual([]);
      // Without a certificate Dex does not start.
      const expected = bytes.length === 0 ? ['DEX104'] : [];
      expect(codes('saml', certificates, 'dex@2.45', { form: 'file' })).toEqual(expected);
      expect(codes('ldap', { ...ldap, rootCAData: bytes })).toEqual(['DEX103']);
    }
  });

  test('items of lists and values of mappings', () => {
    const list = only('oidc', { ...oidc, scopes: ['email', 1] });
    expect(list.path).toEqual(['scopes', 1]);
    expect(list.message).toContain('`scopes[1]` cannot be used');
    expect(list.message).toContain(
      'cannot unmarshal number into Go struct field Config.scopes of type string',
    );
    const map = only('google', { ...github, domainToAdminEmail: { 'example.com': 1 } });
    expect(map.path).toEqual(['domainToAdminEmail', 'example.com']);
    expect(map.message).toContain(
      'cannot unmarshal number into Go struct field Config.domainToAdminEmail of type string',
    );
    const deep = only('github', { ...github, orgs: [{ name: 'a', teams: 'b' }] });
    expect(deep.path).toEqual(['orgs', 0, 'teams']);
    expect(deep.message).toContain(
      'cannot unmarshal string into Go struct field ….orgs.teams of type []string',
    );
    expect(only('github', { ...github, orgs: ['acme'] }).message).toContain(
      'string into Go struct field Config.orgs`',
    );
  });

  test('null items are empty ones to Go', () => {
    expect(codes('oidc', { ...oidc, scopes: ['email', null] })).toEqual([]);
    expect(codes('github', { ...github, orgs: [null] })).toEqual(['DEX104']);
  });

  test.each([[['a']], ['text'], [7], [true]])('a configuration that is %j', (config) => {
    const finding = only('oidc', config);
    expect(finding).toMatchObject({ code: 'DEX103', path: [] });
    expect(finding.message).toMatch(
      /^the config cannot be used: it must be a mapping, not .*Go value of type oidc.Config`$/,
    );
  });

  test('hints for the commonest', () => {
    expect(only('oidc', { ...oidc, scopes: 'email' }).hint).toMatch(/^write a list/);
    expect(only('oidc', { ...oidc, insecureEnableGroups: 'true' }).hint).toMatch(
      /^write `true` or `false` without quotes/,
    );
    expect(only('oidc', { ...oidc, clientID: 1 }).hint).toBe('put it in quotes');
    expect(only('oidc', { ...oidc, claimMapping: ['a'] }).hint).toMatch(/without `- `/);
  });

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
      'write for example `ldap.example.com:636`',
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
      'write for example `github.example.com`',
    ],
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

  test('URLs that Dex only hands on, and those with variables in them, are not parsed', () => {
    const config = { ...oidc, clientSecret: 's', issuer: 'https://${HOST}:${PORT}/realm' };
    const callback = { redirectURI: 'https://dex.example.com/dex/callback' };
    expect(codes('oidc', { ...config, ...callback }, 'dex@2.45', { form: 'file' })).toEqual([]);
    expect(codes('saml', { ...saml, ssoURL: 'https://idp.example.com/sso/%zz' }, 'dex@2.45')).toEqual([]);
  });

  test('base64: PEM in its place, and other strings', () => {
    const pem = only('ldap', { ...ldap, rootCAData: '-----BEGIN CERTIFICATE-----\n' }, 'pachyderm@2.11');
    expect(pem.message).toBe(
      '`rootCAData` cannot be used: it must be base64 of PEM text, and is the PEM text itself: `unable to deserialize JSON: illegal base64 data at input byte 0`',
    );
    expect(pem.hint).toContain('base64 -w0');
    expect(only('ldap', { ...ldap, rootCAData: 'QUJD QUJD' }).message).toContain(
      '`parse connector config: illegal base64 data at input byte 4`',
    );
    expect(only('ldap', { ...ldap, rootCAData: 'QUJ' }).message).toContain(
      'illegal base64 data at input byte`',
    );
    expect(codes('ldap', { ...ldap, rootCAData: 'QUJD\nQUI=\n' })).toEqual([]);
  });

  test('what Dex takes for unset excludes nothing', () => {
    expect(codes('github', { ...github, org: 'acme', orgs: [] })).toEqual([]);
    expect(codes('github', { ...github, org: '', orgs: [{ name: 'acme' }] })).toEqual([]);
    expect(codes('github', { ...github, rootCA: '' })).toEqual([]);
    expect(codes('saml', { ...saml, ca: '', caData: 'QUJD' })).toEqual([]);
  });

  test('base64 that is empty is set all the same', () => {
    expect(only('saml', { ...saml, caData: '' }).message).toBe(
      "`ca` and `caData` exclude each other: Dex refuses the connector at startup: `must provide either 'ca' or 'caData'`",
    );
    expect(only('saml', { ...saml, ca: '', caData: '' })).toMatchObject({
      path: ['caData'],
      code: 'DEX104',
      message: '`caData` is empty: Dex refuses the connector at startup: `no certificates found in ca data`',
    });
    expect(codes('saml', { ...saml, caData: '', insecureSkipSignatureValidation: true })).toEqual([]);
  });

  test('keys that exclude each other', () => {
    const finding = only('github', { ...github, org: 'a', orgs: [{ name: 'b' }] });
    expect(finding).toMatchObject({ code: 'DEX103', path: ['orgs'], onKey: true, hint: 'keep one of them' });
    expect(finding.message).toBe(
      "`org` and `orgs` exclude each other: Dex refuses the connector at startup: `github: cannot use both 'org' and 'orgs' fields simultaneously`",
    );
    expect(only('saml', { ...saml, caData: 'QUJD' }).message).toContain(
      "must provide either 'ca' or 'caData'",
    );
    expect(codes('saml', { ...saml, caData: 'QUJD', insecureSkipSignatureValidation: true })).toEqual([]);
  });

  test('a secret is a string or says where it comes from', () => {
    const check = (clientSecret: unknown): ConnectorFinding => only('oidc', { ...oidc, clientSecret });
    for (const secret of [
      's',
      { env: 'A_B' },
      { file: './a' },
      { existing: { name: 'a', key: 'b' } },
      { generate: {} },
      { generate: { length: 32 } },
    ])
      expect(codes('oidc', { ...oidc, clientSecret: secret })).toEqual([]);
    expect(check({}).message).toContain('exactly one of env, file, existing, generate, and it has no key');
    expect(check({ env: 'A', file: 'b' }).message).toContain('it has the keys env, file');
    for (const value of [{ constructor: 'a' }, { hunter2: null }, { hunter2: 'a' }])
      expect(check(value).message).toMatch(/and it has an unknown key$/);
    expect(check({ hunter2: 'a', hunter3: 'b' }).message).toMatch(/and it has unknown keys$/);
    expect(check({ env: 'A', hunter2: 'b' }).message).toMatch(/and it has the keys env and an unknown key$/);
    expect(check({ existing: { name: 'a', key: 'b', hunter2: 'c' } }).message).toMatch(
      /and existing has an unknown key$/,
    );
    expect(check({ envv: 'A' }).message).toContain('it has the key envv; did you mean "env"?');
    expect(check({ env: 'no name' }).message).toContain('env is not a possible name');
    expect(check({ env: 7 }).message).toContain('env is not a name');
    expect(check({ existing: 'a' }).message).toContain('existing is not a mapping');
    expect(check({ existing: { name: 'a' } }).message).toContain('existing.key is missing');
    expect(check({ generate: { length: 1 } }).message).toContain(
      'generate.length is not a whole number from 16 to 256',
    );
    expect(check(7).message).toContain('number into Go struct field Config.clientSecret of type string');
    expect(only('ldap', { ...ldap, bindPW: '' }).message).toBe('`bindPW` cannot be used: it is empty');
  });

  test('no string of a secret is ever repeated', () => {
    const secret = 'hunter2';
    for (const value of [
      [secret],
      { [`env`]: `${secret}-` },
      { file: [secret] },
      { existing: { name: secret, key: `${secret}!` } },
    ]) {
      const findings = checkConnectorConfig('oidc', { ...oidc, clientSecret: value }, 'dex@2.45');
      expect(findings).toHaveLength(1);
      expect(JSON.stringify(findings)).not.toContain(secret);
    }
  });
});

describe('DEX108, a regular expression that Go does not know', () => {
  const filtered = (groupsFilter: unknown): Record<string, unknown> => ({
    ...oidc,
    claimModifications: { filterGroupClaims: { groupsFilter } },
  });

  test('filters nothing', () => {
    expect(only('oidc', filtered('^(?!admin)(.*'))).toEqual({
      path: ['claimModifications', 'filterGroupClaims', 'groupsFilter'],
      onKey: false,
      code: 'DEX108',
      severity: 'error',
      message:
        '`claimModifications.filterGroupClaims.groupsFilter` is not a valid regular expression in Go (invalid or unsupported Perl syntax: `(?!`): Dex logs "ignoring invalid" and goes on without it, so no group is dropped',
      hint: "write it in RE2's syntax, which has neither look-around nor back-references",
    });
  });

  test('one that it knows, none, and what is no string', () => {
    for (const groupsFilter of ['^data-', '', null])
      expect(codes('oidc', filtered(groupsFilter))).toEqual([]);
    expect(codes('oidc', filtered(7))).toEqual(['DEX103']);
    expect(codes('oidc', filtered('('), 'dex@2.40')).toEqual(['DEX102']);
  });
});
