import type { Target } from '../../src/releases/target';
import { codes, github, ldap, oidc, only, saml } from './support/findings';
import { without } from './support/schemas';

describe('DEX104, a key that is missing', () => {
  test('from the config itself', () => {
    expect(only('ldap', { userSearch: ldap.userSearch })).toEqual({
      path: [],
      onKey: true,
      code: 'DEX104',
      severity: 'error',
      message:
        '`host` is missing: Dex refuses the connector at startup: `ldap: missing required field "host"`',
      hint: 'add `host` to the config, for example `ldap.example.com:636`',
      lacks: 'host',
    });
  });

  test('from a mapping in it', () => {
    const userSearch = without(ldap.userSearch, 'idAttr');
    const finding = only('ldap', { ...ldap, userSearch });
    expect(finding.path).toEqual(['userSearch']);
    expect(finding.message).toMatch(
      /^`userSearch.idAttr` is missing: .*names a default `uid`, its code has none$/,
    );
    expect(finding.hint).toBe('add `idAttr` to `userSearch`, for example `uid`');
  });

  test('null and empty are as good as missing', () => {
    const effect = 'Dex refuses the connector at startup: `ldap: missing required field "host"`';
    const common = {
      path: ['host'],
      code: 'DEX104',
      severity: 'error',
      hint: 'write a value, for example `ldap.example.com:636`',
    };
    expect(only('ldap', { ...ldap, host: null })).toEqual({
      ...common,
      onKey: true,
      message: `\`host\` is without a value: ${effect}`,
    });
    expect(only('ldap', { ...ldap, host: '' })).toEqual({
      ...common,
      onKey: false,
      message: `\`host\` is empty: ${effect}`,
    });
    for (const config of [undefined, null, {}])
      expect(codes('mockPassword', config)).toEqual(['DEX104', 'DEX104']);
  });

  test.each<[string, string, Record<string, unknown>, string]>([
    ['the config', 'oidc', without(oidc, 'clientID'), 'add `clientID` to the config'],
    ['a list', 'github', { ...github, orgs: [{}] }, 'add `name` to `orgs[0]`, for example `acme`'],
    ['nowhere but without a value', 'oidc', { ...oidc, clientID: null }, 'write a value'],
  ])('from %s', (_case, type, config, hint) =>
    expect(only(type, config)).toMatchObject({ code: 'DEX104', hint }),
  );

  test.each<[Target, string, RegExp]>([
    ['dex@2.45', 'warning', /^`clientSecret` is empty: Dex uses PKCE where the provider offers it/],
    ['dex@2.44', 'error', /^`clientSecret` is empty: .*every login fails when the code is traded/],
    ['pachyderm@2.12', 'error', /^`clientSecret` is empty: .*every login fails when the code is traded/],
  ])('the secret of an OpenID Connect client at %s: %s', (target, severity, message) => {
    const finding = only('oidc', { ...oidc, clientSecret: '' }, target);
    expect([finding.severity, finding.message]).toEqual([severity, expect.stringMatching(message)]);
  });

  test('every key at once', () => {
    expect(codes('oidc', {})).toEqual(['DEX104', 'DEX104', 'DEX104']);
    expect(codes('mockCallback', {})).toEqual([]);
    expect(codes('authproxy', undefined)).toEqual([]);
  });

  test('several that the product names in one error', () => {
    const effect = 'Dex refuses the connector at startup: `missing required fields';
    expect(only('saml', { ca: saml.ca })).toEqual({
      path: [],
      onKey: true,
      code: 'DEX104',
      severity: 'error',
      message: `\`ssoURL\`, \`usernameAttr\` and \`emailAttr\` are missing: ${effect} ["ssoURL" "usernameAttr" "emailAttr"]\``,
      hint: 'add them to the config',
    });
    expect(only('saml', { ...saml, ssoURL: '', emailAttr: undefined }).message).toBe(
      `\`ssoURL\` and \`emailAttr\` are missing or empty: ${effect} ["ssoURL" "emailAttr"]\``,
    );
  });

  test('one of several', () => {
    const userSearch = without(ldap.userSearch, 'emailAttr');
    expect(only('ldap', { ...ldap, userSearch })).toEqual({
      path: ['userSearch'],
      onKey: true,
      code: 'DEX104',
      severity: 'error',
      message:
        'there is neither `userSearch.emailAttr` nor `userSearch.emailSuffix`: every login fails: `ldap: entry "…" missing following required attribute(s): [""]`',
      hint: 'add one of them',
    });
    expect(
      codes('ldap', { ...ldap, userSearch: { ...userSearch, emailSuffix: 'example.com', nameAttr: 'uid' } }),
    ).toEqual([]);
    expect(only('saml', without(saml, 'emailAttr')).message).toContain(
      '`missing required field "emailAttr"`',
    );
    const unsigned = without(saml, 'ca');
    expect(only('saml', unsigned).message).toContain("must provide either 'ca' or 'caData'");
    expect(codes('saml', { ...unsigned, insecureSkipSignatureValidation: true })).toEqual([]);
    expect(codes('saml', { ...unsigned, insecureSkipSignatureValidation: false })).toEqual(['DEX104']);
  });

  test('both of several, where one is enough', () => {
    const userSearch = { ...ldap.userSearch, emailSuffix: 'example.com', nameAttr: 'uid' };
    expect(codes('ldap', { ...ldap, userSearch })).toEqual([]);
  });

  test.each<[string, string, Record<string, unknown>, string[]]>([
    [
      'one of several',
      'ldap',
      { ...ldap, userSearch: { ...without(ldap.userSearch, 'emailAttr'), email_attr: 'mail' } },
      ['DEX101'],
    ],
    [
      'one that another needs',
      'github',
      { ...github, rootCA: '/ca.pem', host_name: 'a.example.com' },
      ['DEX101'],
    ],
    [
      'several at once',
      'saml',
      { ca: '/ca.pem', sso_url: saml.ssoURL, username_attr: 'name', email_attr: 'email' },
      ['DEX101', 'DEX101', 'DEX101'],
    ],
  ])('what an unknown key is certainly meant for counts as %s', (_case, type, config, expected) =>
    expect(codes(type, config)).toEqual(expected),
  );

  test('what an unknown key may be meant for does not count', () => {
    const userSearch = { ...without(ldap.userSearch, 'emailAttr'), emailAt: 'mail' };
    expect(codes('ldap', { ...ldap, userSearch })).toEqual(['DEX101', 'DEX104']);
  });

  test('one that another needs', () => {
    expect(only('github', { ...github, rootCA: '/ca.pem' }).message).toBe(
      '`hostName` is missing, which `rootCA` needs: Dex refuses the connector at startup: `invalid connector config: Host name field required for a root certificate file`',
    );
    expect(only('ldap', { ...ldap, groupSearch: { baseDN: 'dc=example' } }).message).toMatch(
      /^`groupSearch.nameAttr` is missing, which `baseDN` needs/,
    );
    expect(codes('ldap', { ...ldap, groupSearch: { filter: '(a=b)' } })).toEqual([]);
  });

  test('redirectURI is derived in documents, and needed in files', () => {
    const config = { ...oidc, clientSecret: 'text' };
    expect(codes('oidc', config, 'dex@2.45', { form: 'document' })).toEqual([]);
    expect(only('oidc', config, 'dex@2.45', { form: 'file' }).message).toMatch(
      /^`redirectURI` is missing: every login ends in "Login error."/,
    );
    expect(only('saml', saml, 'dex@2.45', { form: 'file' }).message).toContain(
      'missing required field "redirectURI"',
    );
    expect(codes('ldap', ldap, 'dex@2.45', { form: 'file' })).toEqual([]);
    expect(
      codes('oidc', { ...config, redirectURI: 'https://dex.example.com/callback' }, 'dex@2.45', {
        form: 'file',
      }),
    ).toEqual([]);
  });
});

describe('keys that exclude each other', () => {
  test('keys that exclude each other', () => {
    const finding = only('github', { ...github, org: 'a', orgs: [{ name: 'b' }] });
    expect(finding).toEqual({
      path: ['orgs'],
      onKey: true,
      code: 'DEX103',
      severity: 'error',
      message:
        "`org` and `orgs` exclude each other: Dex refuses the connector at startup: `github: cannot use both 'org' and 'orgs' fields simultaneously`",
      hint: 'keep one of them',
    });
    expect(only('saml', { ...saml, caData: 'QUJD' }).message).toContain(
      "must provide either 'ca' or 'caData'",
    );
    expect(codes('saml', { ...saml, caData: 'QUJD', insecureSkipSignatureValidation: true })).toEqual([]);
  });
  test('what Dex takes for unset excludes nothing', () => {
    expect(codes('github', { ...github, org: 'acme', orgs: [] })).toEqual([]);
    expect(codes('github', { ...github, org: '', orgs: [{ name: 'acme' }] })).toEqual([]);
    expect(codes('github', { ...github, rootCA: '' })).toEqual([]);
    expect(codes('saml', { ...saml, ca: '', caData: 'QUJD' })).toEqual([]);
    expect(codes('saml', { ...saml, caData: null })).toEqual([]);
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
});
