import { spawnSync } from 'node:child_process';
import { dump } from 'js-yaml';
import { connectorTypes } from '../../src/connectors/connector-types';
import type { JsonValue } from '../../src/document/source-node';
import { setupMarkdown } from '../../src/setup/markdown';
import { commandLineProblem } from './command-lines';
import {
  CALLBACK,
  AROUND,
  pagesOf,
  pageOf,
  plain,
  HOSTILE,
  PLAIN,
  oidc,
  PAGES,
  run,
  scriptsOf,
} from './pages-of';

test('the directory of dev.users is in the manifests, and no one has to set it up', () => {
  const people = 'dev: { users: [{ email: ada@acme.com, groups: [ops] }] }\nidentity:\n  connectors:\n';
  const [page, ...others] = pagesOf(
    plain('ldap', PLAIN['ldap'] ?? {}),
    AROUND.replace(/identity:[^]*/, people),
  );
  expect([page?.connector, others]).toEqual(['ldap', []]);
});

it.each([
  ['az ad app create --name Pachyderm', "Unknown option '--name'"],
  ['az ad app create --sign-in-audience AzureADMyOrg', 'missing display-name'],
  ['az app create --display-name Pachyderm', 'no such command: az app create'],
  ['kcadm.sh get -r acme', '0 arguments'],
  ['gh auth login --scopes', "Option '--scopes <value>' argument missing"],
])('knows that there is no %s', (line, problem) =>
  expect(commandLineProblem(line.split(' '))).toContain(problem),
);

it('has a page for every connector type but the mock ones', () => {
  const types = Object.keys(connectorTypes).filter((type) => !type.startsWith('mock'));
  const covered = new Set(PAGES.map(([, { type }]) => type));
  // It differs from saml in nothing that a provider is told.
  expect(types.filter((type) => !covered.has(type))).toEqual(['samlExperimental']);
});

/** What comes back into which field of the only connector. */
const returnedTo = (connectors: string): Record<string, string> =>
  Object.fromEntries(
    pageOf(connectors).returned.map(({ label, field }) => [
      field.replace(/^identity\.connectors\[0\]\./, ''),
      label,
    ]),
  );

const CLIENT = { clientID: 'Client ID', clientSecret: 'Client secret' };

it.each<[string, Readonly<Record<string, JsonValue>>, Record<string, string>]>([
  [
    'okta',
    { domain: 'login.acme.com' },
    { ...CLIENT, domain: 'Okta domain, in the menu at the upper right' },
  ],
  [
    'okta',
    { domain: 'login.acme.com', authorizationServer: 'default' },
    {
      ...CLIENT,
      domain: 'Okta domain, in the menu at the upper right',
      authorizationServer: 'ID of the authorization server',
    },
  ],
  [
    'keycloak',
    { url: 'https://keycloak.acme.com', realm: 'acme' },
    {
      clientID: 'Client ID',
      clientSecret: 'Client Secret, under Credentials',
      url: 'URL of Keycloak, without /realms',
      realm: 'Name of the realm',
    },
  ],
  ['auth0', { domain: 'acme.eu.auth0.com' }, { ...CLIENT, domain: 'Domain' }],
  ['cognito', { userPoolID: 'eu-central-1_aBcDeFgHi' }, { ...CLIENT, userPoolID: 'User pool ID' }],
  [
    'authentik',
    { host: 'authentik.acme.com', application: 'pachyderm' },
    { ...CLIENT, application: 'Slug of the application' },
  ],
  ['google', { domains: ['acme.com'] }, CLIENT],
])('says in the words of provider: %s what its fields take, with %j', (provider, fields, returned) => {
  const connector = { provider, clientID: 'c', clientSecret: 's', ...fields };
  expect(returnedTo(dump([connector], { lineWidth: -1 }))).toEqual(returned);
});

it('says of AD FS which host the document takes', () => {
  const connector = { provider: 'adfs', host: 'adfs.acme.com', certificateFile: '/dexcreds/adfs.pem' };
  expect(returnedTo(dump([connector], { lineWidth: -1 }))).toEqual({
    host: 'Host of the federation service',
    certificateFile: 'Certificate that signs, as PEM',
  });
});

it.each([
  ['https://acme.okta.com', 'Issuer: https:// and the Okta domain'],
  ['https://acme.okta.com/oauth2/default', 'Issuer of the authorization server'],
  ['https://keycloak.acme.com/realms/acme', 'URL of Keycloak, followed by /realms/ and the realm'],
  ['https://acme.auth0.com/', 'Domain, as https://DOMAIN/ with the slash'],
  [
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi',
    'Token signing key URL, without /.well-known/jwks.json',
  ],
])('says what the issuer %s is at its provider', (issuer, label) => {
  const page = returnedTo(plain('oidc', { issuer, clientID: 'c', clientSecret: 's' }));
  expect(page['config.issuer']).toBe(label);
});

it('names settings of Dex where the document has them', () => {
  expect(returnedTo(plain('microsoft', { clientID: 'c', clientSecret: 's', tenant: 't' }))).toHaveProperty([
    'config.tenant',
  ]);
});

it.each([
  ['https://acme.okta.com', 'a groups claim with a filter, and the scope groups'],
  ['https://acme.okta.com/oauth2/default', 'a groups claim with a filter'],
])('asks for the scope groups where Okta has it: %s', (issuer, groups) => {
  const page = pageOf(
    plain('oidc', {
      ...{ issuer, clientID: 'c', clientSecret: 's', insecureEnableGroups: true },
      ...{ getUserInfo: true, scopes: ['profile', 'email', 'groups'] },
    }),
  );
  expect([page.groups, page.who.groups.needs]).toEqual([groups, groups]);
});

it('shows no groups that Dex will not see', () => {
  const look = (type: string, config: Readonly<Record<string, JsonValue>>): unknown =>
    pageOf(plain(type, { clientID: 'c', clientSecret: 's', ...config })).look;
  const issuer = 'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0';
  expect(look('oidc', { issuer })).toBeUndefined();
  expect(look('oidc', { issuer, insecureEnableGroups: true })).toBeDefined();
  expect(look('oidc', { issuer: 'https://gitlab.com' })).toBeUndefined();
  expect(look('microsoft', { tenant: 'organizations' })).toBeUndefined();
});

it('asks an issuer for its discovery document where Dex does', () => {
  const page = pageOf(plain('oidc', { issuer: 'https://id.acme.com/a/', clientID: 'c', clientSecret: 's' }));
  expect(page.look?.lines).toEqual([
    'curl --fail --silent https://id.acme.com/a/.well-known/openid-configuration',
  ]);
});

it('gives OpenShift a secret that no list of processes shows', () => {
  const page = pageOf(
    plain('openshift', { issuer: 'https://api.acme.com:6443', clientID: 'c', clientSecret: 's' }),
  );
  const script = (page.commands?.lines ?? []).join('\n').replace(/\boc create -f -$/, 'cat');
  const made = (environment: NodeJS.ProcessEnv): ReturnType<typeof spawnSync> =>
    spawnSync('bash', ['-o', 'pipefail', '-c', script], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...environment },
    });
  expect(JSON.parse(String(made({ CLIENT_SECRET: `a"b'c` }).stdout))).toMatchObject({
    kind: 'OAuthClient',
    secret: `a"b'c`,
    redirectURIs: [CALLBACK],
  });
  expect(made({}).status).not.toBe(0);
  const { calls } = run(page.commands?.lines ?? []);
  expect(calls.flat()).not.toContain('secret');
});

it('knows a provider by its name, whatever its domain', () => {
  const page = pageOf(`- provider: okta
  domain: login.acme.com
  clientID: c
  clientSecret: s
`);
  expect(page.provider).toBe('Okta');
  expect(page.commands?.lines.join('\n')).toContain(`--redirect-uri=${CALLBACK}`);
});

it('asks for the API of a custom authorization server of Okta alone to set the claim', () => {
  const [, commands] = scriptsOf(pageOf(oidc('https://acme.okta.com/oauth2/default')));
  expect(commands).toBeUndefined();
  const { calls } = run(pageOf(oidc('https://acme.okta.com/oauth2/default')).commands?.lines ?? []);
  const curl = calls.find(([program]) => program === 'curl');
  expect(curl).toContain('https://acme.okta.com/api/v1/authorizationServers/default/claims');
  expect(curl).toContain('Authorization: SSWS token');
  expect(JSON.parse(curl?.at(-1) ?? '')).toMatchObject({ name: HOSTILE, valueType: 'GROUPS' });
  expect(run(pageOf(oidc('https://acme.okta.com')).commands?.lines ?? []).calls).toHaveLength(2);
});

it('makes the scopes that a client of Keycloak does not have by itself', () => {
  const page = pageOf(`- type: oidc
  id: keycloak
  config:
    issuer: https://keycloak.acme.com/realms/acme
    clientID: pachyderm
    clientSecret: s
    insecureEnableGroups: true
    scopes: [openid, profile email, offline_access, groups, 'teams  groups']
`);
  expect(page.steps.filter((step) => step.includes('Create client scope'))).toEqual([
    'Client scopes > Create client scope: groups, and Clients > pachyderm > Client scopes > Add client scope: Keycloak refuses logins with a scope that the client does not have (invalid_scope)',
    expect.stringMatching(/^Client scopes > Create client scope: teams, /) as string,
  ]);
  const lines = page.commands?.lines ?? [];
  expect(lines.filter((line) => line.includes('scope'))).toEqual([
    'SCOPE_1_UUID=$(kcadm.sh create client-scopes -r acme -i -s name=groups -s protocol=openid-connect)',
    'kcadm.sh update clients/"$CLIENT_UUID"/optional-client-scopes/"$SCOPE_1_UUID" -r acme',
    'SCOPE_2_UUID=$(kcadm.sh create client-scopes -r acme -i -s name=teams -s protocol=openid-connect)',
    'kcadm.sh update clients/"$CLIENT_UUID"/optional-client-scopes/"$SCOPE_2_UUID" -r acme',
  ]);
});

it('has the claim of Okta called as Dex reads it, and every scope that a custom server has to know', () => {
  const page = pageOf(`- provider: okta
  domain: acme.okta.com
  authorizationServer: aus1
  clientID: c
  clientSecret: s
  config:
    scopes: [profile, email, groups]
    overrideClaimMapping: true
    claimMapping: { groups: teams }
`);
  expect(page.entered).toContainEqual(['Groups claim', 'name teams, filter: Matches regex .*']);
  expect(page.steps.join('\n')).toContain('aus1 > Claims > Add Claim: teams');
  expect(page.steps.filter((step) => step.includes('Add Scope'))).toEqual([
    expect.stringContaining('aus1 > Scopes > Add Scope: groups') as string,
  ]);
  expect(
    run(page.commands?.lines ?? [])
      .calls.at(-1)
      ?.at(-1),
  ).toContain('"name":"teams"');
});

it('asks a directory what Dex asks it', () => {
  const page = pageOf(`- provider: openldap
  domain: acme.com
  server: ldap.acme.com
  bindDN: cn=dex,dc=acme,dc=com
  bindPassword: p
  groupClass: posixGroup
`);
  const { calls } = run(page.look?.lines ?? []);
  const asked = calls.map((call) => call.slice(call.indexOf('-b') + 1));
  expect(asked).toEqual([
    [
      'ou=people,dc=acme,dc=com',
      ...['-s', 'sub', '(&(objectClass=inetOrgPerson)(uid=ada))'],
      ...['uid', 'mail', 'cn'],
    ],
    ['ou=people,dc=acme,dc=com', '-s', 'sub', '(&(objectClass=inetOrgPerson)(uid=ada))', 'uid'],
    ['ou=groups,dc=acme,dc=com', '-s', 'sub', '(&(objectClass=posixGroup)(|))', 'cn', 'memberUid'],
  ]);
});

it('shows groups by what Dex calls them', () => {
  const google = (more: Readonly<Record<string, JsonValue>>): string =>
    pageOf(
      plain('google', {
        clientID: 'c',
        clientSecret: 's',
        serviceAccountFilePath: '/dexcreds/google.json',
        adminEmail: 'ada@acme.com',
        ...more,
      }),
    ).look?.lines.join('\n') ?? '';
  const answer = JSON.stringify({
    memberships: [
      { groupKey: { id: 'data@acme.com' }, relationType: 'DIRECT' },
      { groupKey: { id: 'all@acme.com' }, relationType: 'INDIRECT' },
      { groupKey: { id: 'both@acme.com' }, relationType: 'DIRECT_AND_INDIRECT' },
    ],
  });
  expect(withGcloud(google({}), answer)).toEqual(['group:data@acme.com', 'group:both@acme.com']);
  expect(withGcloud(google({ fetchTransitiveGroupMembership: true }), answer)).toEqual([
    'group:data@acme.com',
    'group:all@acme.com',
    'group:both@acme.com',
  ]);

  const github = (teamNameField: string): string[] => {
    const config = { clientID: 'c', clientSecret: 's', orgs: [{ name: 'acme' }], teamNameField };
    const [gh] = run(pageOf(plain('github', config)).look?.lines ?? []).calls;
    const teams = JSON.stringify([{ name: 'Data Science', slug: 'data-science' }]);
    return jq(gh?.at(-1) ?? '', teams);
  };
  expect(github('name')).toEqual(['group:acme:Data Science']);
  expect(github('slug')).toEqual(['group:acme:data-science']);
  expect(github('both')).toEqual(['group:acme:Data Science', 'group:acme:data-science']);
});

/** What the commands of a page print where gcloud answers this. */
function withGcloud(script: string, answer: string): string[] {
  const { stdout, stderr } = spawnSync('sh', ['-eu', '-c', `gcloud() { printf %s "$ANSWER"; }\n${script}`], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ANSWER: answer },
  });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

function jq(filter: string, input: string): string[] {
  const { stdout, stderr } = spawnSync('jq', ['--raw-output', filter], { input, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trimEnd().split('\n');
}

it('asks Entra for the claims that the document wants', () => {
  const claims = (more: Readonly<Record<string, JsonValue>>): unknown => {
    const issuer = 'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0';
    const page = pageOf(plain('oidc', { issuer, clientID: 'c', clientSecret: 's', ...more }));
    const update = run(page.commands?.lines ?? []).calls.find((call) => call.includes('--optional-claims'));
    const { idToken } = JSON.parse(update?.at(-1) ?? '') as { idToken: { name: string }[] };
    return idToken.map(({ name }) => name);
  };
  expect(claims({})).toEqual(['email']);
  expect(claims({ insecureEnableGroups: true })).toEqual(['email', 'groups']);
});

it('has addresses in Markdown that can be followed', () => {
  const page = pageOf(plain('github', { clientID: 'c', clientSecret: 's', orgs: [{ name: 'acme_data' }] }));
  const step = page.steps[0] ?? '';
  const address = /https:\S+(?=,)/.exec(step)?.[0] ?? '';
  expect(new URL(address).searchParams.get('oauth_application[callback_url]')).toBe(CALLBACK);
  expect(setupMarkdown(page, 'prod')).toContain(`1. Open <${address}>, which`);
});

it('shows names as they are, also those that look like a character of HTML', () => {
  const orgs = [{ name: 'a&amp;b & ~~c~~' }];
  const page = pageOf(plain('github', { clientID: 'c', clientSecret: 's', orgs }));
  expect(setupMarkdown(page, 'prod')).toContain(String.raw`As an owner of a\&amp;b & \~\~c\~\~: Settings`);
});
