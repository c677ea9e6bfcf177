import { CERTIFICATE } from '../support/certificate';
import { SourceFile } from '../../src/document/source-file';
import { readYaml } from '../../src/document/read-yaml';
import { connectorTypeNames } from '../../src/connectors/connector-types';
import { checkConnectorRules } from '../../src/product-files/connector-rules';
import { connectorFacts } from '../../src/generated/connector-facts';
import { connectorTypes } from '../../src/connectors/connector-types';
import { check } from './support/check';

/** A setting for every key of a type, of a kind that Dex takes. */
function settings(type: (typeof connectorTypeNames)[number]): string {
  const texts: Record<string, unknown> = {
    string: 'https://acme.eu.auth0.com',
    base64: 'QUJD',
    secret: 's',
    boolean: true,
    integer: 1,
    list: ['a'],
    map: { a: 'b' },
    object: {},
  };
  const { keys } = connectorFacts[connectorTypes[type].schema];
  return JSON.stringify(
    Object.fromEntries(Object.entries(keys).map(([key, { value }]) => [key, texts[value.kind]])),
  );
}

/** A rule that looked at the cluster, which a connector by itself has not, would throw. */
test.each(connectorTypeNames)('every rule manages with a connector of type %s alone', (type) => {
  for (const config of [
    '{}',
    settings(type),
    '{"issuer": 5, "scopes": "a", "claimMapping": [1]}',
    undefined,
  ]) {
    const text = `{"type": "${type}", "id": "a", "name": "A"${config === undefined ? '' : `, "config": ${config}`}}`;
    const root = readYaml(new SourceFile('f', text, '/')).nodes[0];
    if (!root) throw new Error('no root');
    for (const target of ['pachyderm@2.11', 'dex@2.45'] as const)
      expect(() => [...checkConnectorRules(root, ['config'], target)]).not.toThrow();
  }
});

test.each([
  ['dex@2.45', 'add overrideClaimMapping: true, or remove the line'],
  [
    'dex@2.30',
    'remove the line; overrideClaimMapping, which makes it win, is read from Dex 2.31 and from Pachyderm 2.4 on',
  ],
])('what helps a claim mapping at %s', (target, hint) => {
  const text = `{ type: oidc, id: g, name: G, config: { issuer: https://acme.auth0.com/, clientID: a, clientSecret: b, redirectURI: https://x.example.com/callback, claimMapping: { email: upn } } }`;
  expect(check('connector', text, target)).toMatchObject([{ code: 'DEX008', hint }]);
});

test('an LDAP URL is said to be none, and not what its port would mean', () => {
  const text = `{ type: ldap, id: l, name: L, config: { host: "ldap://l.example.com:389", userSearch: { baseDN: dc=a, username: uid, idAttr: uid, emailAttr: mail } } }`;
  expect(check('connector', text, 'dex@2.45').map(({ code }) => code)).toEqual(['DEX103']);
});

test('the issuer of Auth0 has its slash', () => {
  const text = `type: oidc
id: auth0
name: Auth0
config:
  issuer: https://acme.eu.auth0.com
  clientID: a
  clientSecret: b
  redirectURI: https://x.example.com/dex/callback
`;
  expect(check('connector', text, 'pachyderm@2.11')).toMatchObject([
    { code: 'DEX003', path: '/config/issuer', fix: { replacement: 'https://acme.eu.auth0.com/' } },
  ]);
});

test.each<[string, string, string[]]>([
  ['a line break', 'clientID: a, clientSecret: "b\\n"', ['DEX053?']],
  ['blanks', 'clientID: "a ", clientSecret: b', ['DEX053?']],
  ['neither', 'clientID: a, clientSecret: b', []],
])('credentials of a file with %s around them', (_, settings, codes) => {
  const connector = `{ type: gitea, id: a, name: A, config: { ${settings}, baseURL: "https://git.acme.com", orgs: [{ name: acme }], redirectURI: "https://a.com/dex/callback" } }`;
  expect(codesOf(check('connector', connector, 'pachyderm@2.11'))).toEqual(codes);
  expect(codesOf(check('upstream-idps', `- ${connector}\n`, 'pachyderm@2.11'))).toEqual(codes);
});

test.each<[string, string, string[]]>([
  ['gitea', 'https://a.com/dex/callback', []],
  ['gitea', 'https://a.com/dex/callback/a', ['DEX001']],
  ['gitea', 'https://a.com/dex', ['DEX001']],
  ['gitea', 'https://a.com/authorization-code/callback', ['DEX001']],
  ['saml', 'https://a.com/dex/callback/a', []],
  ['saml', 'https://a.com/dex/saml/acs', ['DEX001']],
])('%s comes back to %s, whatever the issuer is', (type, redirectURI, codes) => {
  const settings =
    type === 'saml'
      ? 'ssoURL: "https://id.acme.com/sso", ca: /dexcreds/a.pem, usernameAttr: name, emailAttr: mail'
      : 'clientID: a, clientSecret: b, baseURL: "https://git.acme.com", orgs: [{ name: acme }]';
  const connector = `{ type: ${type}, id: a, name: A, config: { ${settings}, redirectURI: "${redirectURI}" } }`;
  expect(codesOf(check('connector', connector, 'pachyderm@2.11'))).toEqual(codes);
  expect(codesOf(check('upstream-idps', `- ${connector}\n`, 'pachyderm@2.11'))).toEqual(codes);
});

/** One connector with its settings as each of the three files has it, and the target that reads it. */
const SAME_EVERYWHERE: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['microsoft', 'groups: [admins]', 'dex@2.45', ['DEX020']],
  ['microsoft', 'groups: [admins]', 'pachyderm@2.11', ['DEX020']],
  ['google', 'groups: [admins@example.com]', 'dex@2.45', ['DEX020']],
  ['google', 'groups: [a@example.com], adminEmail: b@example.com', 'pachyderm@2.11', ['DEX020']],
  ['google', 'hostedDomains: [acme.com], scopes: [profile]', 'pachyderm@2.11', ['DEX011']],
  ['google', 'hostedDomains: [acme.com], scopes: [profile]', 'dex@2.45', ['DEX011?']],
  [
    'gitea',
    'baseURL: http://git.example.com, orgs: [{ name: a, teams: [b] }]',
    'dex@2.45',
    ['DEX020', 'DEX033'],
  ],
  ['oidc', 'insecureSkipVerify: true', 'dex@2.45', ['DEX033']],
  ['oidc', 'insecureSkipEmailVerified: true', 'dex@2.45', ['PCH101?']],
  ['oidc', 'insecureSkipEmailVerified: true', 'pachyderm@2.11', ['PCH101?']],
  ['oidc', 'allowedGroups: [x]', 'dex@2.45', ['DEX316']],
  ['oidc', 'rootCAs: ["-----BEGIN CERTIFICATE-----"]', 'pachyderm@2.11', ['DEX014']],
  ['oidc', 'rootCAs: ["-----BEGIN CERTIFICATE-----"]', 'dex@2.45', ['DEX014']],
  ['oidc', `rootCAs: [${JSON.stringify(CERTIFICATE)}]`, 'dex@2.45', []],
  ['oidc', 'issuer: https://id.acme.internal', 'dex@2.45', ['DEX014?']],
  ['github', 'hostName: git.example.com, rootCA: "-----BEGIN CERTIFICATE-----"', 'dex@2.40', ['DEX014']],
  ['github', `hostName: git.example.com, rootCA: ${JSON.stringify(CERTIFICATE)}`, 'dex@2.42', []],
  ['saml', 'ca: "-----BEGIN CERTIFICATE-----"', 'dex@2.45', ['DEX014']],
  [
    'saml',
    'ssoURL: http://id.example.com/sso, insecureSkipSignatureValidation: true, allowedGroups: [a]',
    'dex@2.45',
    ['DEX020', 'DEX033', 'DEX033'],
  ],
  ['mockPassword', 'username: admin, password: b', 'dex@2.45', ['PRO001']],
  ['mockPassword', 'username: admin, password: b', 'pachyderm@2.11', ['PRO001']],
  ['saml', 'ca: /etc/kube/idp.cer', 'pachyderm@2.11', ['IDN010']],
  ['saml', 'ca: /etc/kube/idp.cer', 'dex@2.45', []],
  ['saml', 'ca: /etc/ssl/certs/ca-certificates.crt', 'pachyderm@2.11', []],
  ['github', 'org: acme', 'pachyderm@2.11', ['DEX041']],
  ['github', 'loadAllGroups: true', 'dex@2.45', ['DEX041?']],
  ['oidc', 'clientSecret: b$1', 'dex@2.45', ['DEX208']],
  ['oidc', 'clientSecret: b$1', 'pachyderm@2.11', []],
  ['authproxy', 'userHeader: X-User', 'dex@2.45', ['DEX040?']],
  ['authproxy', 'userHeader: X-User', 'pachyderm@2.11', ['DEX040?']],
];

/** What every type has to have beside the settings in question. */
const NEEDED: Readonly<Record<string, Record<string, string>>> = {
  oidc: { issuer: 'https://id.example.com' },
  gitea: { baseURL: 'https://git.example.com' },
  saml: { ssoURL: 'https://id.example.com/sso', usernameAttr: 'n', emailAttr: 'e', ca: '/dexcreds/ca.pem' },
};
const REDIRECT = 'https://x.example.com/dex/callback';

function connectorOf(type: string, settings: string): string {
  const client = ['oidc', 'github', 'gitea', 'google', 'microsoft'].includes(type)
    ? { clientID: 'a', clientSecret: 'b' }
    : {};
  const redirect = Object.keys(client).length > 0 || type === 'saml' ? { redirectURI: REDIRECT } : {};
  const needed = Object.entries({ ...NEEDED[type], ...client, ...redirect })
    .filter(([key]) => !new RegExp(`\\b${key}: `).test(settings))
    .filter(([key]) => key !== 'ca' || !settings.includes('insecureSkipSignatureValidation'))
    .map(([key, value]) => `${key}: "${value}"`);
  return `{ type: ${type}, id: c, name: C, config: { ${[...needed, settings].join(', ')} } }`;
}

function codesOf(found: ReturnType<typeof check>): string[] {
  return found.map(({ code, severity }) => (severity === 'warning' ? `${code}?` : code)).sort();
}

describe('a connector has the same findings wherever it stands', () => {
  test.each(SAME_EVERYWHERE)('%s with %s for %s', (type, settings, target, codes) => {
    const connector = connectorOf(type, settings);
    expect(codesOf(check('connector', `${connector}\n`, target))).toEqual(codes);
    expect(codesOf(check('upstream-idps', `- ${connector}\n`, target))).toEqual(codes);
    if (target.startsWith('pachyderm'))
      expect(codesOf(check('upstream-idps', `oidc: { upstreamIDPs: [${connector}] }\n`, target))).toEqual(
        codes,
      );
    else {
      const server = `issuer: https://x.example.com/dex\nstorage: { type: memory }\nweb: { http: ":5556" }\nconnectors: [${connector}]\n`;
      expect(codesOf(check('dex-config', server, target))).toEqual(codes);
    }
  });

  test('a Dex that only its own machine reaches may have a mock', () => {
    const server = (issuer: string): string =>
      `issuer: ${issuer}\nstorage: { type: memory }\nweb: { http: ":5556" }\nconnectors: [{ type: mockCallback, id: m, name: M }]\n`;
    expect(codesOf(check('dex-config', server('http://127.0.0.1:5556/dex'), 'dex@2.45'))).toEqual([]);
    expect(codesOf(check('dex-config', server('https://x.example.com/dex'), 'dex@2.45'))).toEqual(['PRO001']);
  });

  test('hints do not speak of cluster documents', () => {
    for (const [type, settings, target] of SAME_EVERYWHERE)
      for (const { hint } of check('connector', connectorOf(type, settings), target))
        expect(hint).not.toMatch(/profile: dev|auth\.scopes|identity\./);
  });
});

describe('a filter with the name of a variable', () => {
  const filterOf = (filter: string): string =>
    `{ type: ldap, id: l, name: L, config: { host: ldap.acme.com, userSearch: { baseDN: "dc=a", username: uid, idAttr: uid, emailAttr: mail, nameAttr: cn, filter: "${filter}" } } }\n`;

  test.each(['(ou=$UNIT)', '(uid=$USER)', '(uid=${USERNAME})', '(cn=x${OU})'])(
    'is right in a Dex that puts the variable in, and wrong in pachd: %s',
    (filter) => {
      expect(codesOf(check('connector', filterOf(filter), 'dex@2.45'))).toEqual([]);
      expect(codesOf(check('connector', filterOf(filter), 'pachyderm@2.11'))).toEqual(['DEX016']);
    },
  );

  test('that stands for the name that was entered is a placeholder in both', () => {
    const messageFor = (target: string): string | undefined =>
      check('connector', filterOf('(uid=${username})'), target).find(({ code }) => code === 'DEX050')
        ?.message;
    expect(messageFor('dex@2.45')).toContain(
      'by an environment variable when it starts, and never by the name',
    );
    expect(messageFor('pachyderm@2.11')).toContain('looks for the string ${username}');
  });
});
