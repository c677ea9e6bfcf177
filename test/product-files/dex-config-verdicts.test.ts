import { check } from './support/check';

/** What Dex 2.36 to 2.45 do with fragments laid over the smallest sound configuration, and what is said of them. */
const SMALLEST: Readonly<Record<string, string>> = {
  issuer: 'http://127.0.0.1:5556/dex',
  storage: '{ type: memory }',
  web: '{ http: 127.0.0.1:5556 }',
  enablePasswordDB: 'true',
};

const textOf = (sections: Readonly<Record<string, string>>): string =>
  Object.entries({ ...SMALLEST, ...sections })
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');

const client = (more: string): string => `[{ id: a, name: A, ${more} }]`;
const connector = (type: string, config: string): string =>
  `[{ type: ${type}, id: one, name: One, config: { ${config} } }]`;
const postgres = (more: string): string =>
  `{ type: postgres, config: { host: db, ssl: { mode: disable }, ${more} } }`;
const REDIRECT = 'redirectURI: "http://127.0.0.1:5556/dex/callback"';
const LDAP =
  'host: "ldap:636", userSearch: { baseDN: dc=a, username: uid, idAttr: uid, emailAttr: mail, filter: "(a=<b>)" }';

test.each<[string, Record<string, string>, string?]>([
  [
    'a path for the redirect of a client',
    { staticClients: client('secret: s, redirectURIs: [/oauth2/callback]') },
  ],
  ['a string that is neither', { staticClients: client('secret: s, redirectURIs: [app]') }],
  ['limits of a database below zero', { storage: postgres('maxIdleConns: -1, connectionTimeout: -1') }],
  [
    'a variable for a word of a list',
    { connectors: connector('github', `clientID: a, clientSecret: b, ${REDIRECT}, teamNameField: $TNF`) },
  ],
  [
    'a public client at the provider',
    { connectors: connector('oidc', `issuer: "https://id.example.com", clientID: a, ${REDIRECT}`) },
  ],
  [
    'a named group in an expression',
    {
      connectors: connector(
        'oidc',
        `issuer: "https://id.example.com", clientID: a, clientSecret: x<y>z, ${REDIRECT}, claimModifications: { filterGroupClaims: { groupsFilter: "^(?P<team>a)$" } }`,
      ),
    },
  ],
  ['brackets in a filter', { connectors: connector('ldap', LDAP) }],
  ['Vault without its settings in the file', { signer: '{ type: vault, config: { keyName: dex } }' }],
  [
    'a wrong duration that a signer of its own overrules',
    { signer: '{ type: local, config: { keysRotationPeriod: 6h } }', expiry: '{ signingKeys: 1d }' },
  ],
  ['an interval below zero', { expiry: '{ refreshTokens: { reuseInterval: -3s } }' }],
  ['a key in two spellings of one meaning', { EnablePasswordDB: 'true' }],
  ['a section for anchors', { 'x-anchors': '{ a: 1 }' }],
  ['a section for anchors behind a dot', { '.anchors': '{ a: 1 }' }],
  ['a section for anchors in capitals', { 'X-Anchors': '{ a: 1 }' }],
  ['a section that nothing but its anchor tells of', { shared: '&shared { a: 1 }' }],
  ['a section for anchors of another release', { 'x-anchors': '&a b' }, 'dex@2.36'],
  [
    'a mode of the driver of MySQL',
    { storage: '{ type: mysql, config: { host: db, ssl: { mode: preferred } } }' },
  ],
  [
    'a key that an older release does not read, of whatever form',
    { connectors: connector('gitlab', `clientID: a, clientSecret: b, ${REDIRECT}, rootCAData: aGVsbG8=`) },
    'dex@2.41',
  ],
  [
    'a certificate that is not looked at',
    {
      connectors: connector(
        'saml',
        `ssoURL: "https://id.example.com", ${REDIRECT}, usernameAttr: name, emailAttr: e, insecureSkipSignatureValidation: true, caData: aGVsbG8=`,
      ),
    },
  ],
  [
    'null where it is none',
    { staticClients: client('secret: s, redirectURIs: [null], trustedPeers: [null]') },
  ],
])('Dex starts: %s', (_shows, sections, target = 'dex@2.45') => {
  const errors = check('dex-config', textOf(sections), target).filter(
    ({ code, severity }) => severity === 'error' && !['DEX102', 'DEX033'].includes(code),
  );
  expect(errors.map(({ code, message }) => [code, message])).toEqual([]);
});

test.each<[string, Record<string, string>, string?]>([
  ['error unmarshaling JSON: invalid syntax', { logger: '\n  level:' }],
  ['error unmarshaling JSON: invalid syntax', { logger: '{ level: 0 }' }],
  ['unknown signer type ""', { signer: '' }],
  ['unknown storage type ""', { storage: '' }],
  ['Name field is required for a client', { staticClients: '[null]' }],
  ['no password hash provided', { staticPasswords: '[null]' }],
  ['unsupported response_type ""', { oauth2: '{ responseTypes: [null] }' }],
  ['failed to parse CIDR ""', { web: '{ http: ":5556", clientRemoteIP: { trustedProxies: [null] } }' }],
  ['listen tcp: address 99999: invalid port', { web: '{ http: "127.0.0.1:99999" }' }],
  [
    'listening (grcp) on ::1:5557: listen tcp: address ::1:5557: too many colons',
    { grpc: '{ addr: "::1:5557" }' },
  ],
  ['listening (telemetry) on :nosuch', { telemetry: '{ http: ":nosuch" }' }],
  ["can't parse issuer URL", { issuer: 'https://h:port/dex' }],
  ['invalid duration', { expiry: '{ idTokens: 9999999h }' }],
  ['for local signer rotation period', { signer: '{ type: local, config: { keysRotationPeriod: 1d } }' }],
  ['for local signer rotation period', { expiry: '{ signingKeys: 1d }' }],
  ['for signing keys expiry', { expiry: '{ signingKeys: 1d }' }, 'dex@2.41'],
  ['missing protocol scheme', { signer: '{ type: vault, config: { keyName: k, addr: "::bad" } }' }],
  ['of type fs.FS', { frontend: '{ webFS: x }' }],
  ['unmarshal config for env expansion', { storage: '{ type: etcd, config: [] }' }],
  ['cannot unmarshal array into Go value', { storage: '{ type: etcd, config: [] }' }, 'dex@2.41'],
  [
    'must be a string, not a number',
    { connectors: connector('github', `clientID: 1_000, clientSecret: 0b11, ${REDIRECT}`) },
  ],
  [
    'failed to read root-ca',
    {
      connectors: connector(
        'oidc',
        `issuer: "https://id.example.com", clientID: a, clientSecret: b, ${REDIRECT}, rootCAs: [LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t]`,
      ),
    },
    'dex@2.41',
  ],
])('Dex refuses: %s', (error, sections, target = 'dex@2.45') => {
  const errors = check('dex-config', textOf(sections), target).filter(({ severity }) => severity === 'error');
  expect(errors.map(({ message }) => message).join('\n')).toContain(error);
});

test('the string that Dex keeps of a number is said, but not of a secret', () => {
  const found = check(
    'dex-config',
    textOf({ staticClients: '[{ id: 1.10, name: 0123, secret: 0123 }]' }),
    'dex@2.45',
  );
  expect(found.map(({ code, severity, path }) => [code, severity, path])).toEqual([
    ['DEX231', 'error', '/staticClients/0/id'],
    ['DEX231', 'warning', '/staticClients/0/name'],
    ['DEX231', 'error', '/staticClients/0/secret'],
  ]);
  expect(found[0]?.message).toContain(
    'takes 1.10 for a number with a fraction or an exponent, and Dex keeps "1.1"',
  );
  expect(found[1]?.message).toContain('Dex keeps "83"');
  expect(found[2]?.message).toContain(
    'an octal number, because of the zero in front, and Dex keeps another string',
  );
});

test('of two spellings the last in the order of bytes counts', () => {
  const found = check('dex-config', textOf({ EnablePasswordDB: 'false' }), 'dex@2.45');
  expect(found.map(({ code }) => code)).toEqual(['DEX230']);
  const other = check('dex-config', textOf({ enablepassworddb: 'false' }), 'dex@2.45');
  expect(other.map(({ code }) => code).sort()).toEqual(['DEX218', 'DEX230']);
});

test('the issuer is what has to change when browsers do not reach it', () => {
  const text = textOf({
    issuer: 'http://dex.auth.svc.cluster.local:5556/dex',
    connectors: connector(
      'github',
      'clientID: a, clientSecret: b, redirectURI: "https://app.example.com/dex/callback"',
    ),
  });
  const [found] = check('dex-config', text, 'dex@2.45').filter(({ code }) => code === 'DEX001');
  expect(found?.hint).toContain('write the issuer as https://app.example.com/dex');
});

test('keys of a later version are said to be that', () => {
  const text = textOf({
    sessions: '{ cookieName: a }',
    connectors: '[{ type: mockCallback, id: m, name: M, grantTypes: [password] }]',
  });
  const codes = check('dex-config', text, 'dex@2.45').map(({ code, path }) => [code, path]);
  expect(codes).toContainEqual(['DEX202', '/sessions']);
  expect(codes).toContainEqual(['DEX202', '/connectors/0/grantTypes']);
});

test('a list of connectors is checked for Dex', () => {
  const list =
    '- { type: oidc, id: a, name: A, config: { issuer: "https://id.example.com/", clientID: a } }\n';
  const codes = check('upstream-idps', list, 'dex@2.45').map(({ code, severity }) => `${code} ${severity}`);
  expect(codes).toEqual(['DEX104 warning', 'DEX104 error']);
});

test('of a value that another spelling overrules only the kind matters', () => {
  const overruled = check(
    'dex-config',
    textOf({ expiry: '{ signingKeys: 6h, SIGNINGKEYS: 1d }' }),
    'dex@2.41',
  );
  expect(overruled.map(({ code }) => code)).toEqual(['DEX230']);
  const wrong = check('dex-config', textOf({ expiry: '{ signingKeys: 6h, SIGNINGKEYS: [] }' }), 'dex@2.41');
  expect(wrong.map(({ code }) => code).sort()).toEqual(['DEX203', 'DEX230']);
});
