import { describeRule } from '../../support/rule-cases';
import { oidc, PUBLIC, withConnectors } from './documents';

const TENANT = '7a5b4c3d-1111-2222-3333-444455556666';
const ENTRA = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const COGNITO = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc';
const bound = (...subjects: readonly string[]): string =>
  `${PUBLIC}\nauth:\n  roleBindings:\n${subjects.map((subject) => `    ${subject}: [repoReader]`).join('\n')}`;

/** Connectors that have a client at their provider. */
const withClients = (head: string, ...connectors: readonly string[]): string =>
  withConnectors(
    head,
    ...connectors.map((connector) =>
      connector
        .replace('config: { ', 'config: { clientID: a, ')
        .replace(/, id: (\w+) \}$/, ', id: $1, config: { clientID: a } }'),
    ),
  );

describeRule('DEX041', [
  {
    shows: 'every type without what restricts it',
    document: withClients(
      PUBLIC,
      '{ type: ▸github, id: a }',
      '{ type: ▸github, id: b, config: { orgs: [] } }',
      '{ type: ▸google, id: c }',
      '{ type: ▸microsoft, id: d }',
      '{ type: microsoft, id: e, config: { tenant: ▸organizations } }',
      '{ type: microsoft, id: l, config: { tenant: ▸Common } }',
      '{ type: microsoft, id: m, config: { tenant: ▸9188040d-6c67-4c5b-b112-36a304b66dad } }',
      '{ type: ▸gitlab, id: f }',
      '{ type: ▸gitlab, id: g, config: { baseURL: https://gitlab.com } }',
      '{ type: ▸gitea, id: h }',
      '{ type: ▸bitbucket-cloud, id: i }',
      '{ type: ▸linkedin, id: j }',
      oidc('{ issuer: ▸https://accounts.google.com }'),
      oidc('{ issuer: ▸https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0 }'),
      oidc('{ issuer: ▸https://gitlab.com }'),
      oidc('{ issuer: ▸https://www.linkedin.com/oauth }'),
      '{ type: oauth, id: k, config: { authorizationURL: ▸https://github.com/login/oauth/authorize } }',
    ),
    says: [
      'Everyone with a GitHub account logs in through "a"',
      'GitHub',
      'Everyone with a Google account',
      'Everyone with a Microsoft account, personal or of any organization',
      'work or school account of any organization',
      'Everyone with a Microsoft account, personal or of any organization',
      'Everyone with a personal Microsoft account',
      'gitlab.com',
      'gitlab.com',
      'gitea.com',
      'Bitbucket',
      'LinkedIn',
      'Google',
      'personal Microsoft account',
      'gitlab.com',
      'LinkedIn',
      'GitHub',
    ],
    severity: 'warning',
  },
  {
    shows: 'the old key that refuses no one',
    document: withClients(
      `${PUBLIC}\nauth: { roleBindings: { allClusterUsers: [projectCreator] } }`,
      '{ type: github, id: a, config: { org: ▸acme } }',
      '{ type: github, id: b, config: { org: ▸acme, hostName: git.acme.com } }',
    ),
    says: [
      'refuses no one: everyone with a GitHub account logs in through "a", and may do what allClusterUsers may: projectCreator',
      'everyone with an account at git.acme.com',
    ],
    severity: 'error',
  },
  {
    shows: 'the old key in profile dev',
    document: withClients('profile: dev', '{ type: github, id: a, config: { org: ▸acme } }'),
    says: ['refuses no one'],
    severity: 'warning',
  },
  {
    shows: 'restrictions, and servers of one organization',
    document: withClients(
      PUBLIC,
      '{ type: github, id: a, config: { orgs: [{ name: acme }] } }',
      '{ type: github, id: b, config: { hostName: git.acme.com } }',
      '{ type: google, id: c, config: { hostedDomains: [acme.com] } }',
      // No issuer, which is an error of its own.
      oidc('{ issuer: https://login.microsoftonline.com/common/v2.0 }'),
      '{ type: microsoft, id: d, config: { tenant: acme.com } }',
      '{ type: gitlab, id: e, config: { groups: [acme] } }',
      '{ type: gitlab, id: f, config: { baseURL: https://git.acme.com } }',
      '{ type: gitea, id: g, config: { baseURL: https://git.acme.com } }',
      '{ type: bitbucket-cloud, id: h, config: { teams: [acme] } }',
      oidc(`{ issuer: ${ENTRA} }`),
      oidc('{ issuer: https://acme.okta.com }'),
      oidc('{ issuer: https://acme.eu.auth0.com/ }'),
      oidc('{ issuer: https://id.acme.com/realms/a }'),
    ),
  },
  {
    shows: 'misspelt restrictions, which have a finding of their own',
    document: withClients(
      PUBLIC,
      '{ type: github, id: a, config: { orgz: [{ name: acme }] } }',
      '{ type: github, id: b, config: { organizations: [acme] } }',
      '{ type: google, id: c, config: { hosted_domains: [acme.com] } }',
      '{ type: bitbucket-cloud, id: d, config: { workspaces: [acme] } }',
      '{ type: microsoft, id: e, config: { tenant_: acme.com } }',
    ),
  },
  {
    shows: 'misspelt keys, at the place where they stand',
    document: withConnectors(
      PUBLIC,
      '{ type: github, id: a, config: { client_id: a, orgz: [], org: ▸acme } }',
      '{ type: oidc, id: b, config: { client_id: a, issuer_url: ▸https://accounts.google.com } }',
    ),
    says: ['refuses no one', 'Google'],
  },
  {
    shows: 'a connector without a client, through which no one logs in',
    document: withConnectors(PUBLIC, '{ type: github, id: a }'),
  },
  { shows: 'profile dev', document: withClients('profile: dev', '{ type: github, id: a }') },
]);

describeRule('DEX042', [
  {
    shows: 'scopes that end every login',
    document: withConnectors(
      PUBLIC,
      oidc(`{ issuer: ${ENTRA}, scopes: [profile, email, ▸groups] }`),
      oidc('{ issuer: https://accounts.google.com, scopes: [▸profile email offline_access] }'),
      '{ type: google, id: g, config: { hostedDomains: [acme.com], scopes: [profile, email, ▸groups] } }',
      oidc(`{ issuer: ${COGNITO}, scopes: [profile, email, ▸groups] }`),
      '{ type: microsoft, id: m, config: { tenant: organizations, scopes: [user.read, ▸groups] } }',
    ),
    says: [
      "AADSTS650053: The application … asked for scope 'groups'",
      ...Array<string>(3).fill('invalid_scope'),
      "Entra ID refuses the scope groups, and every login fails: `AADSTS650053: The application … asked for scope 'groups'",
    ],
    severity: 'error',
  },
  {
    shows: 'scopes that are there',
    document: withConnectors(
      PUBLIC,
      oidc(`{ issuer: ${ENTRA}, scopes: [profile, email, offline_access] }`),
      oidc('{ issuer: https://acme.okta.com, scopes: [profile, email, groups, offline_access] }'),
      oidc('{ issuer: https://id.acme.com/realms/a, scopes: [profile, email, groups] }'),
      '{ type: microsoft, id: m, config: { tenant: organizations, scopes: [user.read, offline_access] } }',
    ),
  },
]);

describeRule('DEX043', [
  {
    shows: 'a scope that Dex adds itself',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.com/application/o/a/, scopes: [▸openid, profile, email] }'),
      oidc('{ issuer: https://id.acme.com/application/o/a/, scopes: [profile, email, ▸openid] }'),
    ),
    says: ['authentik refuses a request that has it twice'],
    severity: 'warning',
    fixed: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.com/application/o/a/, scopes: [profile, email] }'),
      oidc('{ issuer: https://id.acme.com/application/o/a/, scopes: [profile, email] }'),
    ),
  },
  {
    shows: 'a list in lines',
    document: withConnectors(
      PUBLIC,
      '{ type: oidc, id: a, config: { issuer: https://id.acme.com/application/o/a/, scopes: [▸openid] } }',
      '{ type: oidc, id: b, config: { issuer: https://id.acme.com/application/o/b/, scopes: [▸profile openid, email] } }',
    ),
    says: ['Dex asks for openid itself'],
    unfixed: true,
  },
  {
    shows: 'providers that do not mind',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://acme.okta.com, scopes: [openid, profile, email] }'),
    ),
  },
]);

describeRule('DEX044', [
  {
    shows: 'groups in another claim, at another endpoint, and nowhere',
    document: withConnectors(
      PUBLIC,
      oidc(`{ issuer: ${COGNITO}, insecureEnableGroups: ▸true }`),
      oidc('{ issuer: https://acme.okta.com, insecureEnableGroups: ▸true }'),
      oidc(
        '{ issuer: https://acme.okta.com, insecureEnableGroups: ▸true, scopes: [profile, email, groups] }',
      ),
      oidc('{ issuer: https://gitlab.com, insecureEnableGroups: ▸true }'),
      oidc('{ issuer: https://accounts.google.com, insecureEnableGroups: ▸true }'),
    ),
    says: [
      'Cognito has groups in the claim cognito:groups',
      'Okta leaves groups out of the ID token',
      'Okta leaves groups out of the ID token',
      'GitLab leaves groups out of the ID token',
      'Google sends no groups',
    ],
    severity: 'warning',
  },
  {
    shows: 'groups where they are',
    document: withConnectors(
      PUBLIC,
      oidc(`{ issuer: ${COGNITO}, insecureEnableGroups: true, claimMapping: { groups: "cognito:groups" } }`),
      oidc(
        '{ issuer: https://acme.okta.com, insecureEnableGroups: true, getUserInfo: true, scopes: [profile, email, groups] }',
      ),
      oidc('{ issuer: https://acme.okta.com/oauth2/default, insecureEnableGroups: true }'),
      oidc(`{ issuer: ${ENTRA}, insecureEnableGroups: true }`),
      oidc('{ issuer: https://id.acme.com/realms/a, insecureEnableGroups: true }'),
    ),
  },
]);

describeRule('DEX045', [
  ...(
    [
      [
        'the organization itself',
        'group:acme',
        '{ type: github, id: a, config: { orgs: [{ name: acme }], loadAllGroups: true } }',
        'sends ORG:TEAM only',
      ],
      [
        'any group where GitHub is not asked for them',
        '"group:acme:dev"',
        '{ type: github, id: a, config: {} }',
        'sends no groups without orgs or loadAllGroups',
      ],
      [
        'any group where Gitea is not asked for them',
        '"group:acme:dev"',
        '{ type: gitea, id: a, config: { baseURL: https://git.acme.com } }',
        'sends no groups without orgs or loadAllGroups',
      ],
      [
        'a team that is not listed',
        '"group:acme:dev"',
        '{ type: github, id: a, config: { orgs: [{ name: acme, teams: [ops] }] } }',
        'for acme:ops',
      ],
      [
        'the name of a team where slugs are sent',
        '"group:acme:Data Team"',
        '{ type: github, id: a, config: { orgs: [{ name: acme }], teamNameField: slug } }',
        'sends slugs of teams',
      ],
      [
        'a name of a group of Entra ID',
        'group:data',
        oidc(`{ issuer: ${ENTRA}, insecureEnableGroups: true }`),
        'object ids of groups',
      ],
      [
        'an id at microsoft',
        `group:${TENANT}`,
        '{ type: microsoft, id: a, config: { tenant: acme.com } }',
        'the names of groups',
      ],
      [
        'a name where ids are sent',
        'group:data',
        '{ type: microsoft, id: a, config: { tenant: acme.com, groupNameFormat: id } }',
        'object ids',
      ],
      [
        'a group that is not listed',
        'group:other',
        '{ type: gitlab, id: a, config: { groups: [acme/data] } }',
        'listed in groups',
      ],
      [
        'a group that Crowd is not asked for',
        'group:other',
        '{ type: atlassian-crowd, id: a, config: { baseURL: https://crowd.acme.com, groups: [data] } }',
        'listed in groups',
      ],
      [
        'a workspace that is not listed',
        'group:other',
        '{ type: bitbucket-cloud, id: a, config: { teams: [acme] } }',
        'listed in teams',
      ],
      [
        'a group that useGroupsAsWhitelist takes away',
        'group:other',
        '{ type: microsoft, id: a, config: { tenant: acme.com, groups: [data], useGroupsAsWhitelist: true } }',
        'listed in groups',
      ],
      [
        'a name at google',
        'group:data',
        '{ type: google, id: a, config: { hostedDomains: [acme.com], adminEmail: a@acme.com, serviceAccountFilePath: /dexcreds/a } }',
        'by their address',
      ],
    ] as const
  ).map(([shows, subject, connector, says]) => ({
    shows,
    document: withConnectors(bound(`▸${subject}`), connector),
    says: [says],
    severity: 'warning' as const,
  })),
  {
    shows: 'names that are sent',
    document: withConnectors(
      bound('"group:acme:ops"'),
      '{ type: github, id: a, config: { orgs: [{ name: acme }] } }',
    ),
  },
  {
    shows: 'another connector that may send it',
    document: withConnectors(
      bound('group:acme'),
      '{ type: github, id: a, config: { orgs: [{ name: acme }] } }',
      oidc('{ issuer: https://id.acme.com/realms/a, insecureEnableGroups: true }'),
    ),
  },
]);

describeRule('DEX046', [
  {
    shows: 'roles for addresses that come with capitals',
    document: withConnectors(
      bound('user:ada@acme.com'),
      '{ type: ▸microsoft, id: a, config: { tenant: acme.com } }',
    ),
    says: ['Microsoft keeps the capitals of addresses'],
    severity: 'warning',
  },
  {
    shows: 'capitals that never come',
    document: withConnectors(
      bound('▸user:Ada@acme.com'),
      '{ type: microsoft, id: a, config: { tenant: acme.com, emailToLowercase: true } }',
    ),
    says: ['no one is ever user:Ada@acme.com'],
  },
  {
    shows: 'lowercase on both sides',
    document: withConnectors(
      bound('user:ada@acme.com'),
      '{ type: microsoft, id: a, config: { tenant: acme.com, emailToLowercase: true } }',
    ),
  },
  {
    shows: 'that addresses need no change',
    document: withConnectors(
      bound('user:ada@acme.com'),
      '{ type: microsoft, id: a, config: { tenant: acme.com, emailToLowercase: false } }',
    ),
  },
  {
    shows: 'roles for groups alone',
    document: withConnectors(bound('group:data'), '{ type: microsoft, id: a, config: { tenant: acme.com } }'),
  },
]);

describeRule('DEX047', [
  {
    shows: 'a prompt that forbids the login page',
    document: withConnectors(PUBLIC, oidc('{ issuer: https://id.acme.com, promptType: ▸none }')),
    says: ['`login_required` or `consent_required`'],
    severity: 'warning',
  },
  {
    shows: 'others',
    document: withConnectors(PUBLIC, oidc('{ issuer: https://id.acme.com, promptType: login }')),
  },
  {
    shows: 'a Dex that never sends it',
    document: withConnectors(
      `release: 2.6.0\n${PUBLIC}`,
      oidc('{ issuer: https://id.acme.com, promptType: none }'),
    ),
  },
]);

describeRule('DEX048', [
  {
    shows: 'the bare id of an application',
    document: withConnectors(
      PUBLIC,
      `{ type: saml, id: a, config: { ssoURL: https://login.microsoftonline.com/${TENANT}/saml2, entityIssuer: ▸${TENANT} } }`,
    ),
    says: [`was not in Response audiences [spn:${TENANT}]`],
    severity: 'warning',
  },
  {
    shows: 'identifiers, and other providers',
    document: withConnectors(
      PUBLIC,
      `{ type: saml, id: a, config: { ssoURL: https://login.microsoftonline.com/${TENANT}/saml2, entityIssuer: "spn:${TENANT}" } }`,
      `{ type: saml, id: b, config: { ssoURL: https://id.acme.com/sso, entityIssuer: ${TENANT} } }`,
    ),
  },
]);

describeRule('DEX044', [
  {
    shows: 'claims that hold a mapping',
    document: withConnectors(
      PUBLIC,
      ...[
        'https://acme.zitadel.cloud, claimMapping: { groups: ▸"urn:zitadel:iam:org:project:roles" }',
        'https://login.acme.com, claimMapping: { groups: ▸"urn:zitadel:iam:org:project:123:roles" }',
        'https://id.acme.com/realms/acme, claimMapping: { groups: ▸realm_access.roles }',
        'https://id.acme.com/realms/acme, claimMapping: { groups: ▸acme.groups }',
        'https://login.acme.com, claimMapping: { groups: ▸realm_access }',
      ].map(
        (issuer, index) =>
          `{ type: oidc, id: a${index}, config: { insecureEnableGroups: true, issuer: ${issuer} } }`,
      ),
    ),
    says: ['as the keys of a mapping', 'as the keys of a mapping', 'of Keycloak is a mapping'],
    severity: 'warning',
  },
  {
    shows: 'claims that hold a list',
    document: withConnectors(
      PUBLIC,
      ...[
        'https://acme.zitadel.cloud, claimMapping: { groups: groups }',
        'https://id.acme.com/realms/acme, claimMapping: { groups: roles }',
        'https://acme.eu.auth0.com/, claimMapping: { groups: https://acme.com/groups }',
      ].map(
        (issuer, index) =>
          `{ type: oidc, id: a${index}, config: { insecureEnableGroups: true, issuer: ${issuer} } }`,
      ),
    ),
  },
]);
