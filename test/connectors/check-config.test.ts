import { checkConnectorConfig } from '../../src/connectors/check-config';
import type { Target } from '../../src/releases/target';
import { connectorTypeNames } from '../../src/connectors/connector-types';
import { codes, example, github, ldap, oidc, only, saml } from './support/findings';

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

  test('an unknown key and a missing one that it is not meant for are two mistakes', () => {
    const config = { userSearch: { ...ldap.userSearch, scop: 'sub' } };
    expect(checkConnectorConfig('ldap', config, 'dex@2.45').map(({ message }) => message)).toEqual([
      '`userSearch.scop` is not a key of ldap connectors; Dex ignores it silently',
      '`host` is missing: Dex refuses the connector at startup: `ldap: missing required field "host"`',
    ]);
  });

  test('a key whose value is undefined is not there', () => {
    expect(codes('oidc', { ...oidc, allowedGroup: undefined })).toEqual([]);
    expect(only('oidc', { ...oidc, clientID: undefined, client_id: 'id' }).renameTo).toBe('clientID');
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

  test.each([
    ['ldap', { ...ldap }, 'allowedGroups', 'restrict with a condition in `userSearch.filter`'],
    ['oauth', example('oauth'), 'allowedGroups', 'no setting of oauth connectors restricts who gets in'],
    ['linkedin', { ...github }, 'allowedDomains', 'no setting of linkedin connectors restricts who gets in'],
    ['github', { ...github }, 'allowedUsers', 'restrict with `orgs`'],
  ])('a restriction that %s connectors have not', (type, config, key, hint) => {
    const finding = only(type, { ...(config as Record<string, unknown>), [key]: ['a'] });
    expect(finding.message).toContain(
      `\`${key}\` is not a key of ${type} connectors; Dex ignores it silently, so the restriction that it should be is not there: everyone`,
    );
    expect(finding.hint).toContain(hint);
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

  // pachd wants one setting at least, of a type without keys too.
  test.each<[string, Record<string, unknown>, Target, 'document' | 'file', string[]]>([
    ['pachd reads the file', { mock: true }, 'pachyderm@2.11', 'file', []],
    ['a standalone Dex reads the file', { mock: true }, 'dex@2.45', 'file', ['DEX101']],
    ['a document has it', { mock: true }, 'pachyderm@2.11', 'document', ['DEX101']],
  ])('any key of a type without keys, where %s', (_case, config, target, form, expected) =>
    expect(codes('mockCallback', config, target, { form })).toEqual(expected),
  );

  test('a key that pachd does not know, of a type that has some', () => {
    const config = { username: 'ada', password: 'secret', mock: true };
    expect(codes('mockPassword', config, 'pachyderm@2.11', { form: 'file' })).toEqual(['DEX101']);
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

  test('of a file nothing is said that only a document has', () => {
    const config = { ...oidc, clientSecret: 'b', allowedGroups: ['a'] };
    const [finding] = checkConnectorConfig('oidc', config, 'pachyderm@2.11', { form: 'file' });
    expect(finding?.hint).toMatch(/; or run standalone Dex, which reads it from Dex 2\.38 on$/);
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

  test.each<[string, string, Record<string, unknown>, Target, string]>([
    [
      'a newer Dex reads it',
      'oidc',
      { ...oidc, providerDiscoveryOverrides: { jwksURL: 'https://idp.example.com/keys' } },
      'dex@2.39',
      'it is read by Dex 2.40 and newer and by no Pachyderm release; until then remove it',
    ],
    [
      'only older releases of Pachyderm do',
      'oidc',
      { ...oidc, forwardedLoginParams: ['login_hint'] },
      'pachyderm@2.7',
      'it is read by no standalone Dex and by Pachyderm up to 2.6; remove it: nothing replaces it',
    ],
    [
      'only older releases of either do',
      'oidc',
      { ...oidc, hostedDomains: ['example.com'] },
      'pachyderm@2.4',
      'it is read by Dex up to 2.31 and by Pachyderm up to 2.3; use a connector of type `google`, whose `hostedDomains` every version enforces',
    ],
    [
      'a standalone Dex does',
      'microsoft',
      { ...github, apiURL: 'https://login.example.com' },
      'pachyderm@2.11',
      'it is read by Dex 2.38 and newer and by no Pachyderm release; use a connector of type `oidc` with the issuer of the national cloud; or run standalone Dex, with identity.dex: standalone, which reads it from Dex 2.38 on',
    ],
  ])('where %s', (_case, type, config, target, hint) =>
    expect(only(type, config, target)).toMatchObject({ code: 'DEX102', hint }),
  );

  test('what no release reads yet offers no other Dex', () => {
    const { hint } = only('ldap', { ...ldap, kerberos: { enabled: true } }, 'pachyderm@2.11');
    expect(hint).toContain('put a proxy that speaks SPNEGO before Dex');
    expect(hint).not.toContain('standalone,');
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
    expect(codes('oidc', { ...oidc, promptType: null }, 'pachyderm@2.6')).toEqual([]);
  });

  test('a key that is read and does nothing is a warning', () => {
    const config = { ...oidc, promptType: 'login' };
    expect(only('oidc', config, 'pachyderm@2.6')).toEqual({
      path: ['promptType'],
      onKey: true,
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

describe('DEX105, a type that is unusable', () => {
  test.each([
    ['odic', 'did you mean "oidc"?'],
    ['auth0', 'did you mean "oidc"?'],
    ['Azure AD', 'did you mean "microsoft"?'],
    ['OIDC', 'did you mean "oidc"?'],
    ['githab', 'did you mean "github"?'],
    ['bitbucket', 'did you mean "bitbucket-cloud"?'],
  ])('"%s"', (type, hint) => {
    expect(only(type, { nonsense: 1 })).toEqual({
      path: [],
      onKey: false,
      code: 'DEX105',
      about: 'type',
      severity: 'error',
      message: `"${type}" is not a connector type: \`unknown connector type "${type}"\``,
      hint,
    });
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
    expect(only('local', {})).toMatchObject({
      message:
        '"local" is not a connector type to list under connectors: it comes with `enablePasswordDB`: `unknown connector type "local"`',
      hint: 'set `enablePasswordDB: true` in the configuration of a standalone Dex and remove this connector',
    });
  });

  test('oauth: unknown, broken, of use', () => {
    const config = example('oauth');
    const common = { path: [], onKey: false, code: 'DEX105', about: 'type', severity: 'error' };
    for (const [target, name] of [
      ['pachyderm@2.3', "Pachyderm 2.3's Dex"],
      ['dex@2.30', 'Dex 2.30'],
    ] as const)
      expect(only('oauth', config, target)).toEqual({
        ...common,
        message: `${name} does not know connectors of type oauth: \`unknown connector type "oauth"\``,
        hint: 'they exist from Dex 2.31 and Pachyderm 2.4 on; use another type until then, oidc if the provider speaks it',
      });
    expect(only('oauth', config, 'pachyderm@2.6')).toEqual({
      ...common,
      message:
        'Pachyderm 2.6\'s Dex opens connectors of type oauth, but every login ends in "Requested resource does not exist."',
      hint: 'they work from Pachyderm 2.7 on; use another type until then, oidc if the provider speaks it',
    });
    expect(codes('oauth', config, 'pachyderm@2.7')).toEqual([]);
    expect(codes('oauth', { ...(config as object), nonsense: 1 }, 'pachyderm@2.6')).toEqual([
      'DEX105',
      'DEX101',
    ]);
  });
});
