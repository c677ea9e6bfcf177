import { checkConnectorConfig, type ConnectorFinding } from '../../src/connectors/check-config';
import { checkValue, ValuePlace } from '../../src/connectors/check-value';
import type { KeyFacts, ObjectFacts } from '../../src/connectors/key-facts';
import { connectorFacts } from '../../src/generated/connector-facts';
import type { Target } from '../../src/releases/target';
import { codes, github, ldap, oidc, only, saml } from './support/findings';

/** What a file has to say that a document leaves to be derived. */
const redirectURI = 'https://dex.example.com/dex/callback';
const gitlab = { clientID: 'id', clientSecret: 'secret', redirectURI };

describe('DEX103, a value of the wrong kind or form', () => {
  test('says what is wrong with which value, what comes of it, and what to write', () => {
    expect(only('oidc', { ...oidc, issuer: ['a'] })).toStrictEqual({
      path: ['issuer'],
      onKey: false,
      code: 'DEX103',
      about: 'value',
      severity: 'error',
      message:
        '`issuer` cannot be used: it must be a string, not a list: `parse connector config: json: cannot unmarshal array into Go struct field Config.issuer of type string`',
      hint: 'write one string instead of a list',
    });
  });

  // Who forgets the name of a key writes what belongs under it, a secret for one, in place of the mapping.
  test.each<[string, string, Record<string, unknown>, true | undefined]>([
    ['a mapping', 'oidc', { ...oidc, claimMapping: 'hunter2' }, true],
    ['an item that is one', 'github', { ...github, orgs: ['hunter2'] }, true],
    ['a string', 'oidc', { ...oidc, issuer: 7 }, undefined],
    ['a secret', 'oidc', { ...oidc, clientSecret: 7 }, undefined],
  ])('where %s belongs, the value may be one whose key is missing: %#', (_case, type, config, lacksKey) =>
    expect(only(type, config).lacksKey).toBe(lacksKey),
  );

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

  test.each<[string, string, Record<string, unknown>]>([
    ['a list of strings', 'oidc', { ...oidc, clientSecret: 's', redirectURI, scopes: ['openid', 'email'] }],
    ['a list of mappings', 'github', { ...gitlab, orgs: [{ name: 'acme', teams: ['data'] }] }],
    ['certificates in base64', 'ldap', { ...ldap, rootCAData: 'QUJD', bindPW: 's' }],
    ['true and false', 'oidc', { ...oidc, clientSecret: 's', redirectURI, getUserInfo: true }],
    ['a mapping with names of its own', 'google', { ...gitlab, domainToAdminEmail: { '*': 'ada@acme.com' } }],
  ])('a file may have %s', (_case, type, config) =>
    expect(codes(type, config, 'dex@2.45', { form: 'file' })).toEqual([]),
  );

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
    for (const nothing of [null, undefined])
      expect(codes('oidc', { ...oidc, scopes: ['email', nothing] })).toEqual([]);
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
    expect(check(['a']).hint).toBe('write one string instead of a list');
    expect(check({}).hint).toBe('write for example `{ env: NAME_OF_THE_VARIABLE }`');
    expect(only('ldap', { ...ldap, bindPW: '' })).toMatchObject({
      message: '`bindPW` cannot be used: it is empty',
      hint: 'write where it comes from (one of env, file, existing, generate), or leave the key out',
    });
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

describe('what Dex reads in its main branch and in no release', () => {
  const kerberos = connectorFacts.ldap.keys['kerberos']?.value as ObjectFacts;

  /** What is said of a key of `kerberos`. */
  function said(key: string, value: unknown): readonly ConnectorFinding[] {
    const findings: ConnectorFinding[] = [];
    const facts = kerberos.keys[key] as KeyFacts;
    const config = new ValuePlace({
      target: 'dex@2.45',
      goType: 'ldap.Config',
      isDocument: true,
      report: (finding) => findings.push(finding),
      checkMapping: () => undefined,
    });
    checkValue(value, facts.value, config.inside('kerberos', 'kerberos').inside(key, key, facts));
    return findings;
  }

  test.each([0, 30])('a clock skew of %j seconds', (value) =>
    expect(said('maxClockSkew', value)).toEqual([]),
  );

  test.each([
    [1.5, '1.5 is not a whole number from 0 on', 'write a whole number'],
    [-1, '-1 is not a whole number from 0 on', 'write a whole number'],
    [
      '30',
      'it must be a number, not a string: `parse connector config: json: cannot unmarshal string into Go struct field ….kerberos.maxClockSkew of type int`',
      'write it without quotes',
    ],
  ])('a clock skew of %j is none', (value, problem, hint) =>
    expect(said('maxClockSkew', value)).toMatchObject([
      { message: `\`kerberos.maxClockSkew\` cannot be used: ${problem}`, hint },
    ]),
  );

  test('a name that the login is not made of', () => {
    expect(said('usernameFromPrincipal', 'localpart')).toEqual([]);
    expect(said('usernameFromPrincipal', 'upn')).toMatchObject([
      {
        message: '`kerberos.usernameFromPrincipal` cannot be used: "upn" is not one of its values',
        hint: 'write one of: localpart, userPrincipalName',
      },
    ]);
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
