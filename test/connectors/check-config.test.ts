import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { canonicalConfig } from '../../src/connectors/canonical-keys';
import {
  checkConnectorConfig,
  type CheckConnectorOptions,
  type ConnectorFinding,
} from '../../src/connectors/check-config';
import { connectorTypeNames } from '../../src/connectors/connector-types';
import { targets, type Target } from '../../src/connectors/target';
import { derivedValidator, schemaNames, without } from './support/schemas';

const EXAMPLES = path.resolve(__dirname, '../fixtures/connectors/examples');
const oidc = { issuer: 'https://acme.eu.auth0.com/', clientID: 'id', clientSecret: { env: 'SECRET' } };
const github = { clientID: 'id', clientSecret: { env: 'SECRET' } };
const ldap = {
  host: 'ldap.example.com:636',
  userSearch: { baseDN: 'dc=example', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
};
const saml = {
  ssoURL: 'https://idp.example.com/sso',
  usernameAttr: 'name',
  emailAttr: 'email',
  ca: '/ca.pem',
};

function example(name: string): unknown {
  return parse(fs.readFileSync(path.join(EXAMPLES, `${name}.yaml`), 'utf8'));
}

/** Checks a configuration in which exactly one thing is wrong. */
function only(
  type: string,
  config: unknown,
  target: Target = 'dex@2.45',
  options?: CheckConnectorOptions,
): ConnectorFinding {
  const findings = checkConnectorConfig(type, config, target, options);
  expect(findings).toHaveLength(1);
  return findings[0] as ConnectorFinding;
}

function codes(
  type: string,
  config: unknown,
  target: Target = 'dex@2.45',
  options?: CheckConnectorOptions,
): readonly string[] {
  return checkConnectorConfig(type, config, target, options).map(({ code }) => code);
}

describe('configurations from real life', () => {
  test.each(schemaNames)('%s is fine for every target that has the type, and for the schema', (name) => {
    for (const target of targets) {
      const isUnusable = name === 'oauth' && /dex@2[.](29|30)$|pachyderm@2[.][2-6]$/.test(target);
      const config = example(name);
      expect([target, codes(name, config, target)]).toEqual([target, isUnusable ? ['DEX105'] : []]);
      if (!isUnusable)
        expect([target, derivedValidator(`connectors/${name}`, target)(config)]).toEqual([target, true]);
    }
  });

  test('samlExperimental is saml', () => {
    expect(codes('samlExperimental', example('saml'))).toEqual([]);
    expect(only('samlExperimental', { ...saml, emailAttr: null }).message).toContain(
      'missing required field "emailAttr"',
    );
  });
});

describe('DEX101, a key that Dex has not', () => {
  test('a slip in a restriction says what it costs', () => {
    expect(only('oidc', { ...oidc, allowedGroup: ['a'] })).toEqual({
      path: ['allowedGroup'],
      onKey: true,
      code: 'DEX101',
      severity: 'error',
      message:
        '`allowedGroup` is not a key of oidc connectors; Dex ignores it without a word, so the restriction that it should be is not there: everybody who can log in at the identity provider gets in',
      hint: 'did you mean `allowedGroups`?',
      renameTo: 'allowedGroups',
    });
  });

  test('what is meant may be of no use either', () => {
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
  ])('is not renamed for certain: %s', (_case, type, config) => {
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
      '`claimMapping` is a key of oidc, oauth connectors, not of this one; remove it; the keys here are clientID, clientSecret, redirectURI',
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
    expect(finding.message).toBe(
      '`fortyTwo` is not a key of linkedin connectors; Dex ignores it without a word',
    );
    expect(finding.hint).toBe('remove it; the keys here are clientID, clientSecret, redirectURI');
  });

  test('deep in lists, where it says where, and does not cry wolf', () => {
    const finding = only('github', { ...github, orgs: [{ name: 'a' }, { name: 'b', team: ['c'] }] });
    expect(finding.path).toEqual(['orgs', 1, 'team']);
    expect(finding.message).toBe(
      '`orgs[1].team` is not a key of github connectors; Dex ignores it without a word, so the restriction that it should be is not there',
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
        "Pachyderm 2.11's Dex ignores `allowedGroups`: everybody who can log in at the identity provider gets in",
      hint: 'it is read by Dex 2.38 and newer and by no Pachyderm release; restrict at the identity provider who may use this application (an assignment, a policy or an action that denies the login)',
    });
    expect(codes('oidc', { ...oidc, allowedGroups: ['a'] }, 'dex@2.38')).toEqual([]);
  });

  test('hostedDomains of oidc: read, then ignored, then refused', () => {
    const config = { ...oidc, hostedDomains: ['example.com'] };
    expect(codes('oidc', config, 'dex@2.31')).toEqual([]);
    expect(codes('oidc', config, 'pachyderm@2.3')).toEqual([]);
    for (const target of ['dex@2.32', 'dex@2.36', 'pachyderm@2.4', 'pachyderm@2.12'] as const)
      expect(only('oidc', config, target).message).toMatch(
        / ignores `hostedDomains`: everybody who can log in /,
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
      'write one of sub, one',
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
      'write one of name, id',
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
  ])('%s %#: references that Pachyderm does not fill in', (type, config) => {
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

  test('base64: PEM in its place, and other texts', () => {
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
      "`ca` and `caData` exclude each other: Dex refuses the connector at start: `must provide either 'ca' or 'caData'`",
    );
    expect(only('saml', { ...saml, ca: '', caData: '' })).toMatchObject({
      path: ['caData'],
      code: 'DEX104',
      message: '`caData` is empty: Dex refuses the connector at start: `no certificates found in ca data`',
    });
    expect(codes('saml', { ...saml, caData: '', insecureSkipSignatureValidation: true })).toEqual([]);
  });

  test('keys that exclude each other', () => {
    const finding = only('github', { ...github, org: 'a', orgs: [{ name: 'b' }] });
    expect(finding).toMatchObject({ code: 'DEX103', path: ['orgs'], onKey: true, hint: 'keep one of them' });
    expect(finding.message).toBe(
      "`org` and `orgs` exclude each other: Dex refuses the connector at start: `github: cannot use both 'org' and 'orgs' fields simultaneously`",
    );
    expect(only('saml', { ...saml, caData: 'QUJD' }).message).toContain(
      "must provide either 'ca' or 'caData'",
    );
    expect(codes('saml', { ...saml, caData: 'QUJD', insecureSkipSignatureValidation: true })).toEqual([]);
  });

  test('a secret is a text or says where it comes from', () => {
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
    expect(check({ constructor: 'a' }).message).toContain('it has the key constructor');
    expect(check({ vault: 'a' }).message).toContain('it has the key vault');
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

  test('no text of a secret is ever repeated', () => {
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

describe('DEX104, a key that is missing', () => {
  test('from the config itself', () => {
    expect(only('ldap', { userSearch: ldap.userSearch })).toEqual({
      path: [],
      onKey: true,
      code: 'DEX104',
      severity: 'error',
      message: '`host` is missing: Dex refuses the connector at start: `ldap: missing required field "host"`',
      hint: 'add `host` to the config, for example `ldap.example.com:636`',
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
      /^`clientSecret` is empty: Dex starts without it/,
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
    const unsigned = without(saml, 'ca');
    expect(only('saml', unsigned).message).toContain("must provide either 'ca' or 'caData'");
    expect(codes('saml', { ...unsigned, insecureSkipSignatureValidation: true })).toEqual([]);
    expect(codes('saml', { ...unsigned, insecureSkipSignatureValidation: false })).toEqual(['DEX104']);
  });

  test('one that another needs', () => {
    expect(only('github', { ...github, rootCA: '/ca.pem' }).message).toBe(
      '`hostName` is missing, which `rootCA` needs: Dex refuses the connector at start: `invalid connector config: Host name field required for a root certificate file`',
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

  test('in files a secret is a text', () => {
    expect(only('ldap', { ...ldap, bindPW: '' }, 'dex@2.45', { form: 'file' }).hint).toBe(
      'write the secret, or leave the key out',
    );
    const config = { ...oidc, redirectURI: 'https://dex.example.com/callback' };
    expect(only('oidc', config, 'dex@2.45', { form: 'file' }).message).toContain(
      'object into Go struct field Config.clientSecret of type string',
    );
  });
});

describe('DEX105, a type that is of no use', () => {
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
    expect(finding.message).toBe(
      `there is no connector type "${type}": \`unknown connector type "${type}"\``,
    );
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
      message: '`redirectUri` is spelt `redirectURI`; Dex reads it all the same, other tools may not',
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
    expect(canonicalConfig('oidc', { issuer: 'first', Issuer: 'last' })).toEqual({ issuer: 'last' });
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
        '`allowedGroups` and `allowedgroups` are one key to Dex, and one overrules the other without a word: the restriction may be lost',
      hint: 'keep one of them, spelt `allowedGroups`',
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

  test('a key that is there once is not', () => {
    expect(codes('oidc', { ...oidc, allowedGroups: undefined, allowedgroups: ['a'] })).toEqual(['DEX106']);
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
        '`claimModifications.filterGroupClaims.groupsFilter` is no regular expression to Go (invalid or unsupported Perl syntax: `(?!`): Dex logs "ignoring invalid" and goes on without it, so no group is dropped',
      hint: "write it in RE2's syntax, which has neither look-around nor back-references",
    });
  });

  test('one that it knows, none, and what is no text', () => {
    for (const groupsFilter of ['^data-', '', null])
      expect(codes('oidc', filtered(groupsFilter))).toEqual([]);
    expect(codes('oidc', filtered(7))).toEqual(['DEX103']);
    expect(codes('oidc', filtered('('), 'dex@2.40')).toEqual(['DEX102']);
  });
});
