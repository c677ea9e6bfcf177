import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dump } from 'js-yaml';
import { connectorTypes } from '../../src/connectors/connector-types';
import type { JsonValue } from '../../src/document/source-node';
import { expandedExample } from '../../src/identity-providers/example';
import { providers } from '../../src/identity-providers/registry';
import { checkDocument } from '../../src/pipeline/check-document';
import { setupMarkdown } from '../../src/setup/markdown';
import { setupPages, type SetupPage } from '../../src/setup/page';
import { documentOf } from '../support/input-of';
import { commandLineProblem } from './command-lines';

const CALLBACK = 'https://pachyderm.acme.com/dex/callback';

const AROUND = `apiVersion: pachkit/v1
name: prod
release: 2.11.6
profile: dev
enterprise: { licenseKey: { env: LICENSE } }
access: { host: pachyderm.acme.com, tls: { secretName: tls } }
identity:
  credentialFilesSecretName: dex-credentials
  connectors:
`;

/** The pages of a document with these connectors. */
function pagesOf(connectors: string, around = AROUND): readonly SetupPage[] {
  const text = around + connectors.replace(/^(?=.)/gm, '    ');
  const { cluster, diagnostics } = checkDocument(documentOf(text));
  if (!cluster) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return setupPages(cluster);
}

function pageOf(connectors: string): SetupPage {
  const [page, ...others] = pagesOf(connectors);
  if (!page || others.length > 0) throw new Error('there has to be one page');
  return page;
}

function plain(type: string, config: Readonly<Record<string, JsonValue>>): string {
  return dump([{ type, id: type, config }], { lineWidth: -1 });
}

/** What a shell, jq, sed, a directory or Markdown could take for something else. */
const HOSTILE = `a'; touch PWNED; $(touch PWNED) \`touch PWNED\` "b" \\(1) \\ $HOME | #*`;

/** A connector of every type that has a page, with hostile strings wherever its form lets it have them. */
const PLAIN: Readonly<Record<string, Readonly<Record<string, JsonValue>>>> = {
  oidc: { issuer: 'https://id.acme.com/a', clientID: HOSTILE, clientSecret: 'c', insecureEnableGroups: true },
  oauth: {
    clientID: HOSTILE,
    clientSecret: 'c',
    authorizationURL: 'https://a.com/a',
    tokenURL: 'https://a.com/t',
    userInfoURL: 'https://a.com/u',
  },
  ldap: {
    host: 'ldap.acme.com:389',
    startTLS: true,
    rootCA: `/dexcreds/${HOSTILE}`,
    bindDN: `cn=${HOSTILE}`,
    bindPW: 'p',
    userSearch: {
      baseDN: `ou=${HOSTILE}`,
      filter: `(cn=${HOSTILE.replace(/[()\\*]/g, '')})`,
      username: 'uid',
      idAttr: 'uid',
      emailAttr: 'mail',
      nameAttr: 'cn',
    },
    groupSearch: {
      baseDN: `ou=${HOSTILE}`,
      userMatchers: [
        { userAttr: 'DN', groupAttr: 'member' },
        { userAttr: HOSTILE, groupAttr: 'memberUid' },
      ],
      nameAttr: HOSTILE,
    },
  },
  github: { clientID: 'c', clientSecret: 'c', orgs: [{ name: HOSTILE }] },
  gitlab: { clientID: HOSTILE, clientSecret: 'c' },
  gitea: { clientID: HOSTILE, clientSecret: 'c' },
  google: { clientID: HOSTILE, clientSecret: 'c', serviceAccountFilePath: '/a', adminEmail: 'a@acme.com' },
  microsoft: { clientID: HOSTILE, clientSecret: 'c', tenant: HOSTILE },
  saml: {
    ssoURL: 'https://a.com/s',
    ca: '/dexcreds/ca.pem',
    usernameAttr: HOSTILE,
    emailAttr: HOSTILE,
    groupsAttr: HOSTILE,
    entityIssuer: HOSTILE,
  },
  openshift: { issuer: 'https://api.acme.com:6443', clientID: HOSTILE, clientSecret: 'c' },
  'bitbucket-cloud': { clientID: HOSTILE, clientSecret: 'c' },
  linkedin: { clientID: HOSTILE, clientSecret: 'c' },
  authproxy: { userHeader: 'X-User' },
  'atlassian-crowd': { baseURL: 'https://crowd.acme.com', clientID: HOSTILE, clientSecret: 'c' },
  keystone: {
    domain: HOSTILE,
    keystoneHost: 'https://keystone.acme.com',
    keystoneUsername: HOSTILE,
    keystonePassword: 'p',
  },
};

const oidc = (issuer: string): string =>
  plain('oidc', {
    issuer,
    clientID: HOSTILE,
    clientSecret: 'c',
    insecureEnableGroups: true,
    claimMapping: { groups: HOSTILE },
  });

/** Every page that there is, by what it is about. */
const PAGES: readonly (readonly [about: string, page: SetupPage])[] = [
  ...providers.map((provider) => {
    const { written } = expandedExample(provider);
    const items = written.replace(/^identity:\n {2}connectors:\n/, '').replace(/^ {4}/gm, '');
    return [`provider: ${provider.name}`, pageOf(items)] as const;
  }),
  ...Object.entries(PLAIN).map(([type, config]) => [`type: ${type}`, pageOf(plain(type, config))] as const),
  ...[
    'https://acme.okta.com',
    'https://acme.okta.com/oauth2/default',
    'https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0',
    'https://accounts.google.com',
    'https://acme.auth0.com/',
    'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_aBcDeFgHi',
    'https://keycloak.acme.com/realms/acme',
    'https://authentik.acme.com/application/o/pachyderm/',
    'https://gitlab.com',
  ].map((issuer) => [issuer, pageOf(oidc(issuer))] as const),
];

/** Runs commands with programs that write down what they are given. */
function run(lines: readonly string[]): {
  readonly calls: readonly (readonly string[])[];
  readonly files: string[];
} {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-setup-'));
  try {
    const work = path.join(folder, 'work');
    const programs = path.join(folder, 'programs');
    fs.mkdirSync(work);
    fs.mkdirSync(programs);
    const log = path.join(folder, 'log');
    // One write: programs of a pipe run side by side.
    const stub = `#!/bin/sh\nprintf '%s\\036' "\${0##*/}" "$@" '\x1d' >> '${log}'\necho answer\n`;
    for (const name of PROGRAMS) fs.writeFileSync(path.join(programs, name), stub, { mode: 0o755 });
    const { status, stderr } = spawnSync('sh', ['-eu', '-c', lines.join('\n')], {
      cwd: work,
      encoding: 'utf8',
      env: {
        PATH: `${programs}:/usr/bin:/bin`,
        HOME: '/nowhere',
        OKTA_API_TOKEN: 'token',
        GITEA_TOKEN: 'token',
        CLIENT_SECRET: 'secret',
      },
    });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const calls = fs
      .readFileSync(log, 'utf8')
      .split('\x1d\x1e')
      .slice(0, -1)
      .map((call) => call.split('\x1e').slice(0, -1));
    return { calls, files: fs.readdirSync(work) };
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

const PROGRAMS = [
  ...['okta', 'az', 'gcloud', 'gh', 'glab', 'kcadm.sh', 'auth0', 'aws', 'oc', 'openstack'],
  ...['curl', 'jq', 'ldapsearch'],
];

/** A word with the escapes taken out that JSON, jq or, in a path of GitHub's API, URLs have. */
function unescaped(word: string): string {
  if (word.startsWith('orgs/')) return decodeURIComponent(word);
  return word.replaceAll('\\\\', '\\').replaceAll('\\"', '"');
}

const scriptsOf = ({ commands, look }: SetupPage): (readonly string[])[] =>
  [commands, look].flatMap((each) => (each === undefined ? [] : [each.lines]));

test('the directory of dev.users is in the manifests, and no one has to set it up', () => {
  const people = 'dev: { users: [{ email: ada@acme.com, groups: [ops] }] }\nidentity:\n  connectors:\n';
  const [page, ...others] = pagesOf(
    plain('ldap', PLAIN['ldap'] ?? {}),
    AROUND.replace(/identity:[^]*/, people),
  );
  expect([page?.connector, others]).toEqual(['ldap', []]);
});

describe.each(PAGES)('%s', (_, page) => {
  it('names the callback URL wherever the provider asks for it', () => {
    const hasNone = ['ldap', 'atlassian-crowd', 'keystone'].includes(page.type);
    expect(page.entered.some(([, value]) => value.includes(CALLBACK))).toBe(!hasNone);
  });

  it('has commands that a POSIX shell reads word for word', () => {
    for (const lines of scriptsOf(page)) {
      expect(spawnSync('bash', ['-n', '-c', lines.join('\n')]).status).toBe(0);
      const { calls, files } = run(lines);
      expect(files).toEqual([]);
      expect(calls.flatMap((call) => commandLineProblem(call) ?? [])).toEqual([]);
      // No word has been taken apart: what is hostile is in it whole, or not at all.
      for (const word of calls.flat().filter((each) => each.includes('PWNED')))
        expect(unescaped(word)).toContain(word.includes('(cn=') ? HOSTILE.replace(/[()\\*]/g, '') : HOSTILE);
    }
  });

  it('is Markdown in which nothing of the document is markup', () => {
    const text = setupMarkdown(page, 'prod');
    for (const lines of scriptsOf(page)) expect(text).toContain(`\`sh\n${lines.join('\n')}\n\``);
    const rows = text.split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(4);
  });

  it('says what people become as who says it', () => {
    expect(page.who.user.subject).toMatch(/^user:/);
    if (page.who.groups.subjects.length === 0) expect(page.groups).toBeUndefined();
  });
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
    plain('oidc', { issuer, clientID: 'c', clientSecret: 's', insecureEnableGroups: true }),
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

it.each([
  [undefined, 'AzureADMyOrg', true],
  ['72f988bf-86f1-41af-91ab-2d7cd011db47', 'AzureADMyOrg', true],
  ['organizations', 'AzureADMultipleOrgs', false],
  ['common', 'AzureADandPersonalMicrosoftAccount', false],
  ['consumers', 'PersonalMicrosoftAccount', false],
])('registers an application at Entra that the tenant %s lets in', (tenant, audience, comesBack) => {
  const config = { clientID: 'c', clientSecret: 's', ...(tenant === undefined ? {} : { tenant }) };
  const page = pageOf(plain('microsoft', config));
  const create = run(page.commands?.lines ?? []).calls.find((call) => call.includes('create'));
  expect(create?.[create.indexOf('--sign-in-audience') + 1]).toBe(audience);
  // Microsoft accepts no other version for personal accounts.
  expect(create?.includes('--requested-access-token-version')).toBe(
    audience === 'AzureADandPersonalMicrosoftAccount' || audience === 'PersonalMicrosoftAccount',
  );
  expect(page.returned.some(({ field }) => field.endsWith('.tenant'))).toBe(comesBack);
});

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

it.each([
  [undefined, 'Persistent Identifier'],
  ['emailAddress', 'Email'],
  ['urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified', 'Unspecified'],
])('has AD FS send Name IDs of the format that Dex asks for: %s', (format, name) => {
  const page = pageOf(
    plain('saml', {
      ssoURL: 'https://adfs.acme.com/adfs/ls/',
      ca: '/dexcreds/adfs.pem',
      redirectURI: CALLBACK,
      usernameAttr: 'name',
      emailAttr: 'email',
      ...(format === undefined ? {} : { nameIDPolicyFormat: format }),
    }),
  );
  expect(page.steps.join('\n')).toContain(`with the outgoing format ${name}.`);
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
