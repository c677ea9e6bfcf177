import { findingsOf } from '../support/check-document';
import { describeRule } from '../support/rule-cases';

/** A connector with which nothing is said about groups. */
const LDAP = '{ type: ldap, id: ldap, config: { host: ldap.acme.com } }';

describeRule('AUT003', [
  {
    shows: 'a member without a license, which needs one too',
    document: `
release: 2.11.6
access: { urls: { issuer: http://pach-enterprise.enterprise:31658/dex } }
▸enterprise:
  member: { serverAddress: grpc://e:31650, callbackAddress: grpc://p:30650, serverToken: { env: TOKEN } }
`,
    says: ['A member of an enterprise server needs the license key too'],
    severity: 'error',
  },
  {
    shows: 'a section without the license',
    document: 'release: 2.2.8\n▸enterprise: { secret: { env: SECRET } }',
    says: [
      'Pachyderm Enterprise is not active in this cluster, and the Pachyderm auth API is an Enterprise-level feature',
    ],
  },
  {
    shows: 'a member whose license its server has',
    document: `
release: 2.2.8
enterprise: { member: { serverAddress: grpc://e:1, callbackAddress: grpc://p:1, serverToken: { env: T } } }
`,
  },
  { shows: 'a license', document: 'release: 2.11.6\nenterprise: { licenseKey: { env: LICENSE } }' },
  { shows: 'no authentication', document: 'release: 2.11.6\nprofile: dev\nauth: { enabled: false }' },
  { shows: 'a release that needs none', document: 'release: 2.12.0\nauth: { enabled: true }' },
]);

test('AUT003 stands at the beginning of a document without the section', () => {
  expect(findingsOf('apiVersion: pachkit/v1\nrelease: 2.11.6\n')).toContainEqual([
    'AUT003',
    1,
    1,
    expect.stringContaining('Authentication needs a license up to release 2.11'),
  ]);
});

describeRule('AUT004', [
  {
    shows: 'administrators through a group alone',
    document: `
release: 2.11.6
auth: { ▸roleBindings: { 'group:admins': [clusterAdmin], 'robot:ci': [clusterAdmin] } }
`,
    says: ['when the license lapses, everyone but the root token is locked out'],
    severity: 'warning',
  },
  {
    shows: 'no one at all, without licenses',
    document: "auth: { ▸roleBindings: { 'user:ada@acme.com': [repoReader] } }",
    says: ['only the root token can administer the cluster'],
  },
  {
    shows: 'a person',
    document: "auth: { roleBindings: { 'user:ada@acme.com': [repoReader, clusterAdmin] } }",
  },
  {
    shows: 'a person, with slips that have findings of their own',
    document: "auth: { roleBindings: { 'usr:ada@acme.com': [clusterAdmn] } }",
  },
  {
    shows: 'a person whose prefix is missing',
    document: "auth: { roleBindings: { 'ada@acme.com': [clusteradmin] } }",
  },
  {
    shows: 'no bindings, which leaves those of the cluster alone',
    document: 'auth: { sessionDuration: 1d }',
  },
  { shows: 'profile dev', document: "profile: dev\nauth: { roleBindings: { 'group:a': [clusterAdmin] } }" },
]);

describeRule('AUT005', [
  {
    shows: 'a pachd that does not ask for groups',
    document: "auth: { scopes: ▸[openid, email], roleBindings: { 'group:a': [repoReader] } }",
    says: ['pachd does not ask for groups, so no one is ever group:a'],
    severity: 'warning',
  },
  {
    shows: 'connectors that bring none along',
    document: `
release: 2.3.9
auth:
  roleBindings:
    'user:ada@acme.com': [clusterAdmin]
    ▸'group:a': [repoReader]
    'group:b': [repoReader]
identity:
  connectors:
    - { type: oidc, id: a, config: { issuer: https://id.acme.com } }
    - { type: ldap, id: b, config: { host: ldap.acme.com, groupSearch: { nameAttr: cn } } }
    - { type: saml, id: c, config: { ssoURL: https://id.acme.com } }
    - { type: google, id: d, config: { groups: [a] } }
    - { type: microsoft, id: e, config: { tenant: organizations } }
    - { type: microsoft, id: j, config: { tenant: acme.com, useGroupsAsWhitelist: true } }
    - { type: gitea, id: f, config: { orgs: [{ name: acme }] } }
    - { type: authproxy, id: g, config: { groupHeader: X-Groups } }
    - { type: linkedin, id: h }
    - { type: mockPassword, id: i, config: { username: a, password: { env: P } } }
`,
    says: ['No connector brings groups along, so no one is ever group:a'],
  },
  ...[
    '{ type: oidc, id: a, config: { issuer: https://id.acme.com, InsecureEnableGroups: true } }',
    '{ type: ldap, id: a, config: { host: ldap.acme.com, groupSearch: { baseDN: "ou=groups" } } }',
    '{ type: saml, id: a, config: { groupsAttr: groups } }',
    '{ type: google, id: a, config: { serviceAccountFilePath: /dexcreds/a.json, adminEmail: a@b.c } }',
    '{ type: microsoft, id: a, config: { tenant: acme.com } }',
    '{ type: microsoft, id: a, config: { tenant: acme.com, useGroupsAsWhitelist: true, groups: [a] } }',
    '{ type: gitea, id: a }',
    '{ type: authproxy, id: a }',
    '{ type: github, id: a }',
    '{ type: mockCallback, id: a }',
    '{ type: nothing-known, id: a }',
  ].map((connector) => ({
    shows: `one that does: ${connector}`,
    document: `
auth: { roleBindings: { 'group:a': [repoReader] } }
identity: { connectors: [${connector}, ${LDAP}] }
`,
  })),
  {
    shows: 'Auth0 with groups',
    document: `
auth: { roleBindings: { 'group:a': [repoReader] } }
identity: { connectors: [${LDAP}] }
auth0: { domain: acme.eu.auth0.com, groups: { claim: https://acme.com/groups } }
`,
  },
  {
    shows: 'Auth0 without, beside a connector that brings none',
    document: `
auth: { roleBindings: { ▸'group:a': [repoReader] } }
identity: { connectors: [${LDAP}] }
auth0: { domain: acme.eu.auth0.com }
`,
    says: ['No connector brings groups along'],
  },
  {
    shows: "users of a Dex of one's own with groups",
    document: `
auth: { roleBindings: { 'group:a': [repoReader] } }
identity: { dex: standalone, connectors: [${LDAP}] }
dex: { staticPasswords: [{ email: ada@acme.com, hash: { env: HASH }, userID: '1', groups: [a] }] }
`,
  },
  {
    shows: 'connectors that are not known here',
    document: `
auth: { roleBindings: { 'group:a': [repoReader] } }
identity: { connectorsFrom: { existing: { name: idps } } }
`,
  },
]);

describeRule('AUT006', [
  {
    shows: 'bindings without it',
    document: "auth: { ▸roleBindings: { 'user:ada@acme.com': [clusterAdmin] } }",
    says: ['then only administrators can'],
    severity: 'warning',
  },
  {
    shows: 'bindings with it',
    document: "auth: { roleBindings: { 'user:a@b.c': [clusterAdmin], allClusterUsers: [projectCreator] } }",
  },
  {
    shows: 'a choice of who may',
    document: "auth: { roleBindings: { 'user:a@b.c': [clusterAdmin], 'group:leads': [projectCreator] } }",
  },
  {
    shows: 'a decision about all users',
    document: "auth: { roleBindings: { 'user:a@b.c': [clusterAdmin], allClusterUsers: [repoReader] } }",
  },
  {
    shows: 'bindings with it, with a slip that has a finding of its own',
    document: "auth: { roleBindings: { 'user:a@b.c': [clusterAdmin], allclusterusers: [projectCreater] } }",
  },
  {
    shows: 'a release without projects',
    document: "release: 2.4.6\nauth: { roleBindings: { 'user:a@b.c': [clusterAdmin] } }",
  },
]);

describeRule('AUT011', [
  {
    shows: 'line breaks and blanks in place of a secret',
    document: `
profile: dev
auth: { rootToken: ▸"\\n", clientSecret: ▸"  " }
identity:
  connectors: [{ type: mockPassword, id: mock, config: { username: admin, password: ▸"\\r\\n\\t" } }]
  clients: [{ id: hub, secret: ▸"\\n\\n", redirectURIs: ['https://hub.acme.com/'] }]
`,
    says: ['holds nothing but white space, and the secret is empty'],
    severity: 'error',
  },
  {
    shows: 'a secret with a line break at its end',
    document: 'profile: dev\nauth: { rootToken: "token\\n" }',
  },
]);

describeRule('AUT010', [
  {
    shows: 'an empty list',
    document: 'auth: { ▸roleBindings: {} }',
    says: ['every role binding on the cluster is removed, and only the root token'],
    severity: 'warning',
  },
  {
    shows: 'an empty list on a cluster of the bootstrap Job',
    document: 'release: 2.2.8\nprofile: dev\nenterprise: { licenseKey: abc }\nauth: { ▸roleBindings: {} }',
    says: ['every role binding on the cluster is removed'],
  },
  { shows: 'no list', document: 'auth: { sessionDuration: 1h }' },
  { shows: 'a binding', document: "auth: { roleBindings: { 'user:ada@acme.com': [clusterAdmin] } }" },
  {
    shows: 'an empty list without authentication, which nothing reads',
    document: 'profile: dev\nauth: { enabled: false, roleBindings: {} }',
  },
]);

describeRule('AUT007', [
  {
    shows: 'no time at all',
    document: 'auth: { sessionDuration: ▸0d0h }',
    says: ['token expiration is in the past'],
    severity: 'error',
  },
  {
    shows: 'a password for a decade',
    document: 'auth: { sessionDuration: ▸3651d }',
    says: ['more than ten years'],
    severity: 'warning',
  },
  {
    shows: 'more than a duration of Go holds, which nothing makes one of',
    document: 'auth: { sessionDuration: ▸1000000d }',
    says: ['more than ten years'],
    severity: 'warning',
  },
  {
    shows: 'more than PostgreSQL can store',
    document: 'auth: { sessionDuration: ▸200000000d }',
    says: ['the year 294276', 'timestamp out of range'],
    severity: 'error',
  },
  { shows: 'ten years', document: 'auth: { sessionDuration: 3650d }' },
  { shows: 'a minute', document: 'auth: { sessionDuration: 1m }' },
]);

describeRule('AUT008', [
  {
    shows: 'fields beside enabled: false',
    document: `
profile: dev
auth:
  enabled: false
  ▸rootToken: secret
  ▸roleBindings: { 'user:ada@acme.com': [clusterAdmin] }
`,
    says: ['auth.rootToken has no effect', 'auth.roleBindings has no effect'],
    severity: 'warning',
  },
  { shows: 'enabled: false alone', document: 'profile: dev\nauth: { enabled: false }' },
  { shows: 'an authentication that is on', document: 'auth: { enabled: true, sessionDuration: 1d }' },
]);

describeRule('AUT009', [
  {
    shows: 'scopes without both',
    document: 'auth: { scopes: ▸▸[profile, groups] }',
    says: ['Without the scope openid', 'everyone becomes one user with the name user:'],
    severity: 'error',
  },
  { shows: 'scopes with both', document: 'auth: { scopes: [email, openid] }' },
  { shows: 'the default', document: 'auth: { enabled: true }' },
]);

describeRule('REL002', [
  {
    shows: 'a license for a release that knows none',
    document: `
release: 2.12.0-rc.3
▸enterprise:
  licenseKey: { env: LICENSE }
`,
    says: ['Release 2.12.0-rc.3 has no licenses and no enterprise servers'],
    severity: 'error',
  },
  { shows: 'a release that does', document: 'release: 2.11.6\nenterprise: { licenseKey: { env: LICENSE } }' },
]);

describeRule('AUT012', [
  {
    shows: 'a robot that is listed twice',
    document: 'auth: { robots: [{ name: ci, ttl: 90d }, { name: build }, { name: ▸ci, ttl: 1d }] }',
    says: ['The robot ci is auth.robots[0] too'],
    severity: 'error',
  },
  {
    shows: 'two whose Secrets have one name',
    document: `
auth:
  robots:
    - { name: build_bot }
    - { name: ▸Build-Bot }
    - { name: ci, secretName: ▸pachyderm-robot-build-bot }
    - { name: other, secretName: mine }
    - { name: another, secretName: ▸mine }
`,
    says: [
      'that of the robot build_bot too, whose token the one of Build-Bot replaces',
      'that of the robot build_bot too, whose token the one of ci replaces',
      'that of the robot other too',
    ],
  },
  {
    shows: "a Secret of pachkit's own",
    document: 'auth: { robots: [{ name: ci, secretName: ▸pachyderm-auth }] }',
    says: ['pachyderm-auth, a Secret that pachkit writes itself'],
  },
  {
    shows: 'robots with names and Secrets of their own',
    document: 'auth: { robots: [{ name: ci }, { name: CI2 }, { name: build, secretName: ci-token }] }',
  },
]);

describeRule('AUT014', [
  {
    shows: 'an administrator role for everyone',
    document:
      "auth: { roleBindings: { allClusterUsers: [projectCreator, ▸clusterAdmin], 'user:ada@acme.com': [clusterAdmin] } }",
    says: ['Everyone who logs in is clusterAdmin'],
    severity: 'warning',
  },
  {
    shows: 'profile dev',
    document: 'profile: dev\nauth: { roleBindings: { allClusterUsers: [clusterAdmin] } }',
  },
  {
    shows: 'other roles for everyone, and the role for some',
    document: "auth: { roleBindings: { allClusterUsers: [projectCreator], 'group:ops': [clusterAdmin] } }",
  },
]);
