import { checkDocument } from '../../src/pipeline/check-document';
import { documentOf } from '../support/input-of';

/** What is said about the one connector of a document, as `CODE /field: hint`. */
function said(connector: string): readonly string[] {
  const text = `apiVersion: pachkit/v1
release: 2.11.6
enterprise: { licenseKey: { env: LICENSE } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
storage: { s3: { bucket: data, region: eu-central-1 } }
auth: { roleBindings: { user:ada@acme.com: [clusterAdmin], allClusterUsers: [projectCreator] } }
identity:
  credentialFilesSecretName: dex-credentials
  connectors:
    - { ${connector} }
`;
  return checkDocument(documentOf({ 'pachyderm.yaml': text })).diagnostics.map(
    ({ code, path, hint }) => `${code} ${path.replace('/identity/connectors/0', '')}: ${hint ?? ''}`,
  );
}

const CLIENT = 'clientID: a, clientSecret: { env: A }';

test.each([
  ['google', `domain: acme.com, ${CLIENT}`, ['SCH001 /domain: did you mean "domains"?']],
  ['google', `hostedDomains: [acme.com], ${CLIENT}`, ['SCH001 /hostedDomains: did you mean "domains"?']],
  ['github', `orgs: [acme], ${CLIENT}`, ['SCH001 /orgs: did you mean "organizations"?']],
  ['gitlab', `groups: [acme], url: git.acme.com, ${CLIENT}`, ['SCH001 /url: did you mean "host"?']],
  [
    'active-directory',
    'domain: corp.acme.com, host: dc1.acme.com, bindDN: cn=dex, bindPW: { env: A }',
    ['SCH001 /bindPW: did you mean "bindPassword"?', 'SCH001 /host: did you mean "server"?'],
  ],
  [
    'entra',
    `tenant: 72f988bf-86f1-41af-91ab-2d7cd011db47, groups: true, ${CLIENT}`,
    ['SCH001 /groups: remove it: groups always come along'],
  ],
  [
    'okta',
    `domain: acme.okta.com, promptType: login, ${CLIENT}`,
    ['SCH001 /promptType: settings of a connector belong under config: config.promptType'],
  ],
  [
    'okta',
    `domain: acme.okta.com, orgs: [acme], ${CLIENT}`,
    ['SCH001 /orgs: valid keys: domain, authorizationServer, clientID, clientSecret, groups'],
  ],
  [
    'openldap',
    'domain: acme.com, server: ldap.acme.com, encryption: tls, bindDN: "cn=a,dc=acme,dc=com", bindPassword: { env: A }',
    ['SCH004 /encryption: one of: ldaps, startTLS, none'],
  ],
  [
    'cognito',
    `userPoolID: eu-central-1_a, region: eu-central-1, ${CLIENT}`,
    ['SCH001 /region: valid keys: userPoolID, clientID, clientSecret, groups'],
  ],
  ['okta', 'domain: acme.okta.com, clientID: "", clientSecret: { env: A }', ['SCH005 /clientID: ']],
  ['okta', 'domain: acme.okta.com, clientID: 0oA xY, clientSecret: { env: A }', ['SCH005 /clientID: ']],
  [
    'okta',
    `domain: acme.okta.com, groups: [ops], ${CLIENT}`,
    [expect.stringMatching(/^SCH003 \/groups: write true, and all groups of a user come along/)],
  ],
])(
  'a setting of Dex beside provider: %s (%s) is one mistake, and the field that it means is named',
  (name, fields, expected) => expect([...said(`provider: ${name}, ${fields}`)].sort()).toEqual(expected),
);

test.each([
  ['okta', 'okta'],
  ['Keycloak', 'keycloak'],
  ['azure-ad', 'entra'],
])('where a type is the name of a provider, %s, its key is named', (type, name) => {
  const [hint, ...others] = said(`type: ${type}, id: a, config: { issuer: https://id.acme.com }`);
  expect(hint).toMatch(/^DEX105 \/type: did you mean "\w+"\?/);
  expect(hint).toContain(`write provider: ${name} in place of type`);
  expect(others).toEqual([]);
});

test('a type that is that of the provider too is said to be nothing but a type', () =>
  expect(said('type: githbu, id: a, config: {}')).toEqual(['DEX105 /type: did you mean "github"?']));

test('settings beside config are not said to be missing, and nothing else is said of them', () => {
  expect([...said(`type: oidc, id: a, issuer: https://id.acme.com, ${CLIENT}`)].sort()).toEqual(
    ['clientID', 'clientSecret', 'issuer'].map(
      (key) => `SCH001 /${key}: settings of a connector belong under config: config.${key}`,
    ),
  );
  expect(said(`type: oidc, id: a, issuer: https://id.acme.com, config: { ${CLIENT} }`)).toEqual([
    'SCH001 /issuer: settings of a connector belong under config: config.issuer',
  ]);
  expect(
    said('type: saml, id: a, ssoURL: "https://a.b", usernameAttr: a, emailAttr: b, caData: QUJD').filter(
      (each) => each.startsWith('DEX104'),
    ),
  ).toEqual([]);
});

test('a missing setting is said to be missing where none stands beside config', () =>
  expect(said('type: oidc, id: a, config: { issuer: https://id.acme.com, clientID: a }')).toEqual([
    'DEX104 /config: add `clientSecret` to the config',
  ]));
