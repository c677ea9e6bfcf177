import { keycloak } from '../../src/outputs/keycloak';
import { checkDocument, type CheckedDocument } from '../../src/pipeline/check-document';
import { setupPages } from '../../src/setup/page';
import { whoOf } from '../../src/who/who';
import { documentOf } from '../support/input-of';

function check(section: string, bindings = "{ 'group:data-science': [clusterAdmin] }"): CheckedDocument {
  const text = `apiVersion: pachkit/v1
name: prod
release: 2.11.6
profile: dev
enterprise: { licenseKey: { env: LICENSE } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
keycloak:
  url: https://keycloak.acme.com
  realm: acme
${section.replace(/^(?=.)/gm, '  ')}
auth: { roleBindings: ${bindings} }
`;
  return checkDocument(documentOf({ 'pachyderm.yaml': text }));
}

function clusterOf(section: string, bindings?: string): NonNullable<CheckedDocument['cluster']> {
  const { cluster, diagnostics } = check(section, bindings);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  if (!cluster) throw new Error('no cluster');
  return cluster;
}

/** Both files, by their names. */
function filesOf(section: string, bindings?: string): { client: Client; realm: Realm; text: string } {
  const files = keycloak.emit(clusterOf(section, bindings), []);
  expect(files.map(({ path, isSecret }) => [path, isSecret])).toEqual([
    ['keycloak/client.json', false],
    ['keycloak/realm.json', false],
  ]);
  const [client, realm] = files.map(({ content }) => JSON.parse(content) as unknown);
  return {
    client: client as Client,
    realm: realm as Realm,
    text: files.map(({ content }) => content).join(''),
  };
}

interface Client {
  readonly [key: string]: unknown;
  readonly protocolMappers: readonly { readonly protocolMapper: string; readonly config: object }[];
}

interface Realm {
  readonly groups?: readonly object[];
  readonly roles?: object;
  readonly clients: readonly Client[];
  readonly users: readonly object[];
}

it('adds the connector that uses the client', () => {
  const { identity } = clusterOf('clientSecret: { env: SECRET }');
  expect(identity.connectors).toMatchObject([
    {
      type: 'oidc',
      id: 'keycloak',
      name: 'Keycloak',
      config: {
        issuer: 'https://keycloak.acme.com/realms/acme',
        clientID: 'pachyderm',
        insecureEnableGroups: true,
        redirectURI: 'https://pachyderm.acme.com/dex/callback',
      },
    },
  ]);
});

it('stands beside connectors of the list', () => {
  const { cluster } = check(`clientID: other
`);
  expect(cluster?.identity.connectors.map(({ id }) => id)).toEqual(['keycloak']);
});

it('writes a confidential client that takes codes alone, and only to these URLs', () => {
  const { client } = filesOf('additionalRedirectURIs: [https://old.acme.com/dex/callback]');
  expect(client).toMatchObject({
    clientId: 'pachyderm',
    publicClient: false,
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    redirectUris: ['https://pachyderm.acme.com/dex/callback', 'https://old.acme.com/dex/callback'],
  });
});

it('has no secret in its files, but names of variables', () => {
  const { client, realm, text } = filesOf(`clientSecret: a-secret-in-the-document
users: [{ email: ada@acme.com, password: a-password-in-the-document }]`);
  expect(client['secret']).toBeUndefined();
  expect(realm.clients).toMatchObject([{ secret: '${KEYCLOAK_CLIENT_SECRET}' }]);
  expect(realm.users).toMatchObject([{ credentials: [{ value: '${KEYCLOAK_PASSWORD_1}' }] }]);
  expect(text).not.toContain('in-the-document');
});

it('makes the groups that roles are bound to, and puts users into theirs', () => {
  const { realm, client } = filesOf('users: [{ email: Ada@acme.com, groups: [data-science, others] }]');
  expect(realm.groups).toEqual([
    { name: 'data-science', subGroups: [] },
    { name: 'others', subGroups: [] },
  ]);
  expect(realm.users).toMatchObject([
    { email: 'ada@acme.com', emailVerified: true, groups: ['/data-science', '/others'] },
  ]);
  expect(client.protocolMappers).toMatchObject([
    {
      protocolMapper: 'oidc-group-membership-mapper',
      config: { 'claim.name': 'groups', 'full.path': 'false' },
    },
  ]);
});

it('makes groups in groups where they go by their paths', () => {
  const { realm } = filesOf(
    'fullGroupPath: true\nusers: [{ email: ada@acme.com, groups: [/acme/data] }]',
    "{ 'group:/acme/data': [clusterAdmin], 'group:/acme/ops': [projectCreator] }",
  );
  expect(realm.groups).toEqual([
    {
      name: 'acme',
      subGroups: [
        { name: 'data', subGroups: [] },
        { name: 'ops', subGroups: [] },
      ],
    },
  ]);
  expect(realm.users).toMatchObject([{ groups: ['/acme/data'] }]);
});

it('takes realm roles for groups where the document says so', () => {
  const { realm, client } = filesOf(
    'groupsFrom: roles\nusers: [{ email: ada@acme.com, groups: [data-science] }]',
  );
  expect(realm).toMatchObject({ roles: { realm: [{ name: 'data-science' }] } });
  expect(realm.groups).toBeUndefined();
  expect(realm.users).toMatchObject([{ realmRoles: ['data-science'] }]);
  expect(client['fullScopeAllowed']).toBe(true);
  expect(client.protocolMappers).toMatchObject([{ protocolMapper: 'oidc-usermodel-realm-role-mapper' }]);
});

it('leaves a group out that Keycloak would take for a variable of its environment', () => {
  const { text } = filesOf('', "{ 'group:${HOME}': [clusterAdmin] }");
  expect(text).not.toContain('${HOME}');
});

it('has no page to set up by hand', () => {
  expect(setupPages(clusterOf(''))).toEqual([]);
});

it.each([
  ['', 'group:<name of the group>', "{ 'group:/data': [clusterAdmin] }", 'bind group:data'],
  [
    'fullGroupPath: true',
    'group:/<path of the group>',
    "{ 'group:data': [clusterAdmin] }",
    'bind group:/data',
  ],
  ['groupsFrom: roles', 'group:<name of the realm role>', "{ 'group:data': [clusterAdmin] }", undefined],
])(
  'says with "%s" what groups are called, and which bindings no one is ever in',
  (section, form, bindings, note) => {
    const { ways, bindings: bound } = whoOf(clusterOf(section, bindings));
    expect(ways[0]?.groups.subjects).toEqual([form]);
    if (note === undefined) expect(bound?.[0]?.through).toEqual(['keycloak']);
    else expect(bound?.[0]).toMatchObject({ through: [], note: expect.stringContaining(note) as unknown });
  },
);

it.each([
  ['url: https://keycloak.acme.com/realms/acme', 'leads into Keycloak'],
  ['realm: master', "for Keycloak's own administrators"],
])('refuses %s, once', (field, message) => {
  const [name = ''] = field.split(':');
  const text = `apiVersion: pachkit/v1
release: 2.11.6
profile: dev
enterprise: { licenseKey: { env: LICENSE } }
keycloak:
${['url: https://keycloak.acme.com', 'realm: acme'].map((line) => `  ${line.startsWith(`${name}:`) ? field : line}`).join('\n')}
`;
  const { diagnostics } = checkDocument(documentOf(text));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code, path }) => [code, path])).toEqual([['SCH005', `/keycloak/${name}`]]);
  expect(errors[0]?.message).toContain(message);
});

it.each(['a"b', 'a\\\\b', 'a${HOME}b'])('refuses the secret %s, which Keycloak changes', (secret) => {
  const { diagnostics } = check(`clientSecret: '${secret}'`);
  expect(diagnostics.filter(({ code }) => code === 'IDN019')).toHaveLength(1);
});
