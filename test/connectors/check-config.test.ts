import { canonicalConfig } from '../../src/connectors/canonical-keys';
import { checkConnectorConfig } from '../../src/connectors/check-config';
import { connectorTypeNames } from '../../src/connectors/connector-types';
import { codes, example, github, ldap, oidc, only, saml } from './support/findings';
import { without } from './support/schemas';

test('samlExperimental is saml', () => {
  expect(codes('samlExperimental', example('saml'))).toEqual([]);
  expect(only('samlExperimental', { ...saml, emailAttr: null }).message).toContain(
    'missing required field "emailAttr"',
  );
});

describe('DEX101, a key that Dex has not', () => {
  test('a slip in a restriction says what it costs', () => {
    expect(only('oidc', { ...oidc, allowedGroup: ['a'] })).toEqual({
      path: ['allowedGroup'],
      onKey: true,
      code: 'DEX101',
      about: 'unknown key',
      severity: 'error',
      message:
        '`allowedGroup` is not a key of oidc connectors; Dex ignores it silently, so the restriction that it should be is not there: everyone who can log in at the identity provider gets in',
      hint: 'did you mean `allowedGroups`?',
      means: 'allowedGroups',
      renameTo: 'allowedGroups',
    });
  });

  test.each<[string, string, Record<string, unknown>, string[]]>([
    ['with other signs', 'oidc', { issuer: oidc.issuer, client_id: 'a', client_secret: 'b' }, ['', '']],
    ['by another name', 'ldap', { url: 'a:636', userSearch: ldap.userSearch }, ['`ldap: missing required']],
    [
      'beside the mapping that it belongs in',
      'ldap',
      { host: 'a:636', baseDN: 'dc=a', userSearch: { ...ldap.userSearch, baseDN: undefined } },
      ['`userSearch.baseDN` is missing: Dex refuses the connector'],
    ],
    [
      'without the mapping that it belongs in',
      'ldap',
      { host: 'a:636', ...ldap.userSearch },
      ['`userSearch` is missing: Dex refuses', '', '', ''],
    ],
    ['inside a list', 'github', { ...github, orgs: [{ nam: 'acme' }] }, ['`orgs[0].name` is missing']],
  ])('a required key written %s has one finding, with what happens', (_case, type, config, says) => {
    const findings = checkConnectorConfig(type, config, 'dex@2.45');
    expect(findings.map(({ code }) => code)).toEqual(says.map(() => 'DEX101'));
    findings.forEach(({ message }, index) => expect(message).toContain(says[index]));
  });

  test('a required key that is meant and empty has one finding too', () => {
    const { code, message } = only('oidc', { ...oidc, clientID: undefined, client_id: '' });
    expect([code, message]).toEqual(['DEX101', expect.stringContaining('`clientID` is missing')]);
  });

  test('what is meant may be unusable either', () => {
    const finding = only('oidc', { ...oidc, allowedGroup: ['a'] }, 'pachyderm@2.11');
    expect(finding.hint).toMatch(
      /^`allowedGroups` may be meant, but Pachyderm 2.11's Dex does not read that either; it is read by Dex 2.38 and newer and by no Pachyderm release; until then restrict at the identity provider/,
    );
    expect(finding.renameTo).toBeUndefined();
  });

  test.each([
    ['oidc', 'client_id', 'clientID', 'a'],
    ['oidc', 'redirect_uri', 'redirectURI', 'a'],
    ['saml', 'groups', 'allowedGroups', ['a']],
    ['authproxy', 'groups', 'staticGroups', ['a']],
    ['ldap', 'bindPassword', 'bindPW', { env: 'PASSWORD' }],
    ['ldap', 'bindPassword', 'bindPW', null],
  ])('%s: for %s only %s can be meant', (type, written, meant, value) => {
    const finding = checkConnectorConfig(type, { [written]: value }, 'dex@2.45')[0];
    expect(finding).toMatchObject({
      code: 'DEX101',
      path: [written],
      hint: `did you mean \`${meant}\`?`,
      renameTo: meant,
    });
  });

  test.each<[string, string, Record<string, unknown>]>([
    ['a value of another kind', 'microsoft', { group: 'admins' }],
    ['a secret that a file cannot have so', 'ldap', { bindPassword: { env: 'PASSWORD' } }],
    ['the key itself beside it', 'microsoft', { group: ['admins'], groups: ['staff'] }],
    ['the key itself in another case', 'microsoft', { group: ['admins'], Groups: ['staff'] }],
    ['another key that means the same', 'ldap', { bind_pw: 'a', bindPassword: 'b' }],
  ])('is not renamed safely: %s', (_case, type, config) => {
    const findings = checkConnectorConfig(type, config, 'dex@2.45', { form: 'file' });
    const unknown = findings.filter(({ code }) => code === 'DEX101');
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.map(({ renameTo }) => renameTo)).toEqual(unknown.map(() => undefined));
  });

  test('what is meant may be there already', () => {
    const claimMapping = { name: 'n', userNameKey: 'm' };
    const oauth = example('oauth') as Record<string, unknown>;
    expect(only('oauth', { ...oauth, claimMapping })).toMatchObject({
      path: ['claimMapping', 'name'],
      hint: 'remove it: `claimMapping.userNameKey`, which may be meant, is there already',
    });
  });

  test.each([
    ['oauth', 'email', 'emailKey'],
    ['oauth', 'groups', 'groupsKey'],
    ['oidc', 'emailKey', 'email'],
    ['oidc', 'groupsKey', 'groups'],
  ])("%s: claimMapping.%s is another connector type's name for %s", (type, written, meant) => {
    const finding = checkConnectorConfig(type, { claimMapping: { [written]: 'a' } }, 'dex@2.45')[0];
    expect(finding).toMatchObject({
      code: 'DEX101',
      path: ['claimMapping', written],
      hint: `did you mean \`claimMapping.${meant}\`?`,
      renameTo: meant,
    });
  });

  test('a key of other connector types', () => {
    expect(only('linkedin', { ...github, claimMapping: {} }).hint).toBe(
      '`claimMapping` is a key of oidc, oauth connectors, not of this one; remove it; valid keys: clientID, clientSecret, redirectURI',
    );
    expect(only('mockCallback', { username: 'a' }).hint).toBe(
      '`username` is a key of mockPassword connectors, not of this one; remove it; there are no keys here',
    );
  });

  test('a key of another mapping of the same connector', () => {
    expect(only('ldap', { ...ldap, emailAttr: 'mail' })).toMatchObject({
      hint: 'did you mean `userSearch.emailAttr`?',
    });
    expect(only('ldap', { ...ldap, emailAttr: 'mail' }).renameTo).toBeUndefined();
  });

  test('a key that resembles none', () => {
    const finding = only('linkedin', { ...github, fortyTwo: 42 });
    expect(finding.message).toBe('`fortyTwo` is not a key of linkedin connectors; Dex ignores it silently');
    expect(finding.hint).toBe('remove it; valid keys: clientID, clientSecret, redirectURI');
  });

  test('deep in lists, where it says where, and does not cry wolf', () => {
    const finding = only('github', { ...github, orgs: [{ name: 'a' }, { name: 'b', team: ['c'] }] });
    expect(finding.path).toEqual(['orgs', 1, 'team']);
    expect(finding.message).toBe(
      '`orgs[1].team` is not a key of github connectors; Dex ignores it silently, so the restriction that it should be is not there',
    );
    expect(finding.hint).toBe('did you mean `orgs[].teams`?');
  });

  test('null does not excuse it', () =>
    expect(codes('oidc', { ...oidc, nonsense: null })).toEqual(['DEX101']));

  test('names that every object has are no keys', () => {
    const config = JSON.parse('{"constructor": 1, "__proto__": 2, "toString": 3}') as object;
    expect(codes('mockCallback', config)).toEqual(['DEX101', 'DEX101', 'DEX101']);
  });
});

describe('DEX102, a key that the target does not read', () => {
  test('a restriction of newer Dexes opens the door', () => {
    expect(only('oidc', { ...oidc, allowedGroups: ['a'] }, 'pachyderm@2.11')).toEqual({
      path: ['allowedGroups'],
      onKey: true,
      code: 'DEX102',
      severity: 'error',
      message:
        "Pachyderm 2.11's Dex ignores `allowedGroups`: everyone who can log in at the identity provider gets in",
      hint: 'it is read by Dex 2.38 and newer and by no Pachyderm release; restrict at the identity provider who may use this application (an assignment, a policy or an action that denies the login); or run standalone Dex, with identity.dex: standalone, which reads it from Dex 2.38 on',
    });
    expect(codes('oidc', { ...oidc, allowedGroups: ['a'] }, 'dex@2.38')).toEqual([]);
  });

  test('hostedDomains of oidc: read, then ignored, then refused', () => {
    const config = { ...oidc, hostedDomains: ['example.com'] };
    expect(codes('oidc', config, 'dex@2.31')).toEqual([]);
    expect(codes('oidc', config, 'pachyderm@2.3')).toEqual([]);
    for (const target of ['dex@2.32', 'dex@2.36', 'pachyderm@2.4', 'pachyderm@2.12'] as const)
      expect(only('oidc', config, target).message).toMatch(
        / ignores `hostedDomains`: everyone who can log in /,
      );
    for (const target of ['dex@2.37', 'dex@2.45'] as const)
      expect(only('oidc', config, target).message).toMatch(
        / refuses `hostedDomains`: `support for the Hosted domains option had been deprecated and removed, consider switching to the Google connector`$/,
      );
    expect(only('oidc', config, 'dex@2.45').hint).toMatch(/use a connector of type `google`/);
  });

  test('what is read later gets advice until then', () => {
    expect(only('oidc', { ...oidc, rootCAs: ['/ca.pem'] }, 'pachyderm@2.6').hint).toMatch(
      /; until then put the certificate/,
    );
  });

  test("Pachyderm's own keys", () => {
    const skips = { ...oidc, insecureSkipIssuerCallbackDomainCheck: true };
    expect(codes('oidc', skips, 'pachyderm@2.12')).toEqual([]);
    expect(only('oidc', skips, 'dex@2.36').message).toMatch(
      /^Dex 2.36 ignores `insecureSkipIssuerCallbackDomainCheck`: /,
    );
    const forwards = { ...oidc, forwardedLoginParams: ['login_hint'] };
    expect(codes('oidc', forwards, 'pachyderm@2.6')).toEqual([]);
    expect(only('oidc', forwards, 'pachyderm@2.7').code).toBe('DEX102');
  });

  test('nothing inside of it is looked at, and no more than it is said', () => {
    const config = { ...oidc, claimModifications: { nonsense: 1, newGroupFromClaims: 'a' } };
    expect(only('oidc', config, 'dex@2.37').path).toEqual(['claimModifications']);
  });

  test('a key inside of one that is read', () => {
    const config = { ...oidc, providerDiscoveryOverrides: { jwksURL: 'https://idp.example.com/keys' } };
    expect(only('oidc', config, 'dex@2.39').path).toEqual(['providerDiscoveryOverrides', 'jwksURL']);
    expect(codes('oidc', config, 'dex@2.40')).toEqual([]);
  });

  test('null is the same as no key', () => {
    expect(codes('oidc', { ...oidc, allowedGroups: null }, 'pachyderm@2.11')).toEqual([]);
  });

  test('a key that is read and does nothing is a warning', () => {
    const config = { ...oidc, promptType: 'login' };
    expect(only('oidc', config, 'pachyderm@2.6')).toMatchObject({
      code: 'DEX102',
      severity: 'warning',
      message:
        "Pachyderm 2.6's Dex reads `promptType`, but it has no effect: that Dex never sends a `prompt`",
      hint: 'it has one from Pachyderm 2.7 on; remove it until then',
    });
    expect(codes('oidc', config, 'pachyderm@2.7')).toEqual([]);
    expect(codes('oidc', config, 'dex@2.29')).toEqual([]);
  });
});

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
    expect(only('ldap', { ...ldap, host: null })).toMatchObject({
      path: ['host'],
      onKey: true,
      message: expect.stringMatching(/^`host` is without a value/) as string,
    });
    expect(only('ldap', { ...ldap, host: '' })).toMatchObject({
      path: ['host'],
      onKey: false,
      message: expect.stringMatching(/^`host` is empty: /) as string,
      hint: 'write a value, for example `ldap.example.com:636`',
    });
    expect(only('oidc', { ...oidc, clientSecret: '' }).message).toMatch(
      /^`clientSecret` is empty: Dex uses PKCE where the provider offers it/,
    );
    for (const config of [undefined, null, {}])
      expect(codes('mockPassword', config)).toEqual(['DEX104', 'DEX104']);
  });

  test('every key at once', () => {
    expect(codes('oidc', {})).toEqual(['DEX104', 'DEX104', 'DEX104']);
    expect(codes('mockCallback', {})).toEqual([]);
    expect(codes('authproxy', undefined)).toEqual([]);
  });

  test('one of several', () => {
    const userSearch = without(ldap.userSearch, 'emailAttr');
    expect(only('ldap', { ...ldap, userSearch })).toMatchObject({
      path: ['userSearch'],
      hint: 'add one of them',
    });
    expect(only('ldap', { ...ldap, userSearch }).message).toMatch(
      /^there is neither `userSearch.emailAttr` nor `userSearch.emailSuffix`: every login fails/,
    );
    expect(
      codes('ldap', { ...ldap, userSearch: { ...userSearch, emailSuffix: 'example.com', nameAttr: 'uid' } }),
    ).toEqual([]);
    const bare = only('saml', { ca: saml['ca'] });
    expect(bare.code).toBe('DEX104');
    expect(bare.message).toContain('`missing required fields ["ssoURL" "usernameAttr" "emailAttr"]`');
    expect(only('saml', without(saml, 'emailAttr')).message).toContain(
      '`missing required field "emailAttr"`',
    );
    const unsigned = without(saml, 'ca');
    expect(only('saml', unsigned).message).toContain("must provide either 'ca' or 'caData'");
    expect(codes('saml', { ...unsigned, insecureSkipSignatureValidation: true })).toEqual([]);
    expect(codes('saml', { ...unsigned, insecureSkipSignatureValidation: false })).toEqual(['DEX104']);
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

  test('in files a secret is a string', () => {
    expect(only('ldap', { ...ldap, bindPW: '' }, 'dex@2.45', { form: 'file' }).hint).toBe(
      'write the secret, or leave the key out',
    );
    const config = { ...oidc, redirectURI: 'https://dex.example.com/callback' };
    expect(only('oidc', config, 'dex@2.45', { form: 'file' }).message).toContain(
      'object into Go struct field Config.clientSecret of type string',
    );
  });
});

describe('DEX105, a type that is unusable', () => {
  test.each([
    ['odic', 'did you mean "oidc"?'],
    ['auth0', 'did you mean "oidc"?'],
    ['Azure AD', 'did you mean "microsoft"?'],
    ['OIDC', 'did you mean "oidc"?'],
    ['githab', 'did you mean "github"?'],
    ['bitbucket', 'did you mean "bitbucket-cloud"?'],
  ])('"%s"', (type, hint) => {
    const finding = only(type, { nonsense: 1 });
    expect(finding).toMatchObject({ code: 'DEX105', path: [], onKey: false, hint });
    expect(finding.message).toBe(`"${type}" is not a connector type: \`unknown connector type "${type}"\``);
  });

  test('a guess is never a type that the target has not', () => {
    expect(only('oauth2', {}, 'dex@2.45').hint).toBe('did you mean "oauth"?');
    expect(only('oauth2', {}, 'pachyderm@2.3').hint).not.toContain('"oauth"');
  });

  test('nothing like it', () => {
    expect(only('xyzzy', {}).hint).toBe(`the types are ${connectorTypeNames.join(', ')}`);
    expect(only('toString', {}).code).toBe('DEX105');
  });

  test('local exists, but not here', () => {
    expect(only('local', {}).message).toContain('`enablePasswordDB`');
  });

  test('oauth: unknown, broken, of use', () => {
    const config = example('oauth');
    expect(only('oauth', config, 'pachyderm@2.3').message).toBe(
      'Pachyderm 2.3\'s Dex does not know connectors of type oauth: `unknown connector type "oauth"`',
    );
    expect(only('oauth', config, 'dex@2.30').hint).toMatch(/^they exist from Dex 2.31 and Pachyderm 2.4 on/);
    expect(only('oauth', config, 'pachyderm@2.6')).toMatchObject({
      message:
        'Pachyderm 2.6\'s Dex opens connectors of type oauth, but every login ends in "Requested resource does not exist."',
      hint: expect.stringMatching(/^they work from Pachyderm 2.7 on/) as string,
    });
    expect(codes('oauth', config, 'pachyderm@2.7')).toEqual([]);
    expect(codes('oauth', { ...(config as object), nonsense: 1 }, 'pachyderm@2.6')).toEqual([
      'DEX105',
      'DEX101',
    ]);
  });
});

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

test.each(['ldap.acme.com', 'ldap.acme.com:636', '10.0.0.1:', '[::1]', '[fe80::1%eth0]:389'])(
  'the host %s of a directory is taken',
  (host) => expect(codes('ldap', { ...ldap, host })).toEqual([]),
);

test.each(['::1', 'fe80::1:389', 'ldap://ldap.acme.com', 'a:b:c', '[::1', 'a b'])(
  'the host %s of a directory fails at every login',
  (host) => expect(only('ldap', { ...ldap, host }).message).toContain('too many colons in address'),
);
