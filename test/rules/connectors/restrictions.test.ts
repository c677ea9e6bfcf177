import { describeRule } from '../../support/rule-cases';
import { LOCAL, PUBLIC, withConnectors } from './documents';

describeRule('DEX020', [
  {
    shows: 'groups that are not looked at',
    document: withConnectors(
      PUBLIC,
      '{ type: microsoft, id: a, config: { groups: ▸[ops] } }',
      '{ type: microsoft, id: b, config: { groups: ▸[ops], tenant: organizations } }',
      '{ type: google, id: c, config: { groups: ▸[ops] } }',
      '{ type: saml, id: e, config: { allowedGroups: ▸[ops] } }',
    ),
    says: [
      'the tenant is common: everyone with a Microsoft account, personal or of any organization, gets in',
      'the tenant is organizations',
      'everyone with a Google account gets in',
      'user not a member of allowed groups',
    ],
    severity: 'error',
  },
  {
    shows: 'groups that pachd does not ask for',
    document: withConnectors(
      `${PUBLIC}\nauth: { scopes: [openid, email] }`,
      '{ type: atlassian-crowd, id: a, config: { groups: ▸[ops] } }',
      '{ type: google, id: b, config: { groups: ▸[ops], adminEmail: a@b.c, serviceAccountFilePath: /a.json } }',
      '{ type: samlExperimental, id: c, config: { allowedGroups: ▸[ops], groupsAttr: groups } }',
    ),
    says: ['pachd does not ask for groups'],
  },
  {
    shows: 'groups of people whom the domains let in',
    document: withConnectors(
      PUBLIC,
      '{ type: google, id: a, config: { groups: ▸[ops@acme.com], hostedDomains: [acme.com] } }',
    ),
    says: ['everyone of the domains in hostedDomains gets in'],
    hints: ['add serviceAccountFilePath and adminEmail; or remove the line'],
  },
  ...(
    [
      ['2.3.9', 'requires both serviceAccountFilePath and adminEmail', 'requires both'],
      ['2.6.0', 'requires both serviceAccountFilePath and adminEmail', 'requires both'],
      ['2.11.6', 'alone has no effect', 'everyone with a Google account gets in'],
      ['2.12.0-rc.3', 'alone has no effect', 'everyone with a Google account gets in'],
    ] as const
  ).flatMap(([release, alone, withGroups]) => {
    const place = withGroups.startsWith('everyone') ? (['', '▸'] as const) : (['▸', ''] as const);
    return [
      {
        shows: `half of the access to the Directory API with ${release}`,
        document: withConnectors(
          `release: ${release}\n${PUBLIC}`,
          '{ type: google, id: a, config: { ▸serviceAccountFilePath: /dexcreds/sa.json } }',
          '{ type: google, id: b, config: { ▸adminEmail: a@b.c } }',
        ),
        says: [alone],
      },
      {
        shows: `the same beside groups with ${release}`,
        document: withConnectors(
          `release: ${release}\n${PUBLIC}`,
          `{ type: google, id: a, config: { groups: ${place[1]}[ops], ${place[0]}serviceAccountFilePath: /dexcreds/sa.json } }`,
          `{ type: google, id: b, config: { groups: ${place[1]}[ops], ${place[0]}adminEmail: a@b.c } }`,
        ),
        says: [withGroups],
        severity: 'error' as const,
      },
    ];
  }),
  {
    shows: "a Dex of one's own that asks with the machine's credentials",
    document: `${withConnectors(
      PUBLIC,
      '{ type: google, id: a, config: { groups: [ops], adminEmail: a@b.c } }',
      '{ type: google, id: b, config: { groups: [ops], domainToAdminEmail: { acme.com: a@b.c } } }',
      '{ type: google, id: c, config: { ▸serviceAccountFilePath: /dexcreds/sa.json } }',
      '{ type: google, id: d, config: { groups: ▸[ops], domainToAdminEmail: {} } }',
    )}\n  dex: standalone\ndex: { version: 2.41.1 }`,
    says: ['requires the domainToAdminEmail option', 'everyone with a Google account gets in'],
  },
  {
    shows: 'a scope that stands in for half of the access',
    document: withConnectors(
      PUBLIC,
      '{ type: google, id: a, config: { groups: [ops], scopes: [email, groups] } }',
      '{ type: google, id: b, config: { groups: [ops], scopes: [email, groups], ▸serviceAccountFilePath: /a.json } }',
    ),
    says: ['`could not create directory service: directory service requires adminEmail`'],
  },
  {
    shows: 'teams that do not narrow',
    document: withConnectors(
      PUBLIC,
      '{ type: gitea, id: a, config: { orgs: [{ name: x }, { name: acme, teams: ▸[ops] }] } }',
    ),
    says: ['Dex lets every member of the organization in'],
    severity: 'error',
  },
  {
    shows: 'teams that roles are bound to, whose groups are wanted',
    document: withConnectors(
      `${PUBLIC}\nauth: { roleBindings: { 'group:acme:ops': [repoReader] } }`,
      '{ type: gitea, id: a, config: { orgs: [{ name: acme, teams: ▸[dev, ops] }] } }',
    ),
    says: ['Dex lets every member of the organization in'],
    severity: 'warning',
  },
  {
    shows: 'restrictions that hold',
    document: withConnectors(
      PUBLIC,
      '{ type: microsoft, id: a, config: { groups: [ops], tenant: acme.com } }',
      '{ type: microsoft, id: b, config: { groups: [] } }',
      '{ type: google, id: c, config: { groups: [ops], serviceAccountFilePath: /a.json, adminEmail: a@b.c } }',
      '{ type: atlassian-crowd, id: d, config: { groups: [ops] } }',
      '{ type: saml, id: e, config: { allowedGroups: [ops], groupsAttr: groups } }',
    ),
  },
]);

describeRule('DEX040', [
  {
    shows: 'ways in that ask no one who they are',
    document: withConnectors(PUBLIC, '{ type: ▸authproxy, id: ap }'),
    says: [
      'in the header X-Remote-User (and X-Remote-Group) of a request to /dex/callback/ap, and nothing that pachkit puts in front of it asks who they are',
    ],
    severity: 'error',
  },
  ...[
    'access: { via: nodePort, host: 10.1.2.3 }',
    'access: { via: portForward }',
    'access: { via: ingress, host: pach.acme.com }',
    'access: { via: ingress, host: pach.acme.com, ingress: { annotations: { cert-manager.io/cluster-issuer: a } } }',
  ].map((access) => ({
    shows: access,
    document: withConnectors(access, '{ type: ▸authproxy, id: ap }'),
    says: ['nothing that pachkit puts in front of it'],
    severity: 'error' as const,
  })),
  {
    shows: 'the headers that the version reads, by the names that they have',
    document: `${withConnectors(
      PUBLIC,
      '{ type: ▸authproxy, id: ap, config: { userHeader: X-User, emailheader: X-Mail } }',
    )}\n  dex: standalone\ndex: { version: 2.41.1 }`,
    says: ['in the header X-User (and X-Remote-User-Id, X-Mail, X-Remote-Group) of'],
    severity: 'error',
  },
  {
    shows: 'a release that reads one header',
    document: withConnectors(`release: 2.3.9\n${PUBLIC}`, '{ type: ▸authproxy, id: ap }'),
    says: ['in the header X-Remote-User of a request'],
  },
  {
    shows: 'an ingress that may log people in',
    document: withConnectors(
      'access: { via: ingress, host: pach.acme.com, ingress: { annotations: { "nginx.ingress.kubernetes.io/auth-url": https://auth.acme.com } } }',
      '{ type: ▸authproxy, id: ap }',
    ),
    says: ['unless the annotations of the Ingress have them overwritten'],
    severity: 'warning',
  },
  {
    shows: 'profile dev, where mocks are at home too',
    document: withConnectors(LOCAL, '{ type: ▸authproxy, id: ap }'),
    says: ['nothing that pachkit puts in front of it'],
    severity: 'warning',
  },
  {
    shows: 'connectors that ask for a login themselves',
    document: withConnectors(PUBLIC, '{ type: github, id: a }', '{ type: ldap, id: b }'),
  },
]);

describeRule('DEX051', [
  {
    shows: 'lists of which no one is in any entry',
    document: withConnectors(
      PUBLIC,
      "{ type: google, id: a, config: { hostedDomains: [▸'@acme.com'] } }",
      '{ type: google, id: b, config: { hostedDomains: [▸gmail.com, ▸Acme.com] } }',
      "{ type: google, id: c, config: { hostedDomains: [▸'*'] } }",
      "{ type: google, id: d, config: { hostedDomains: [▸' acme.com'] } }",
      "{ type: google, id: w, config: { hostedDomains: [▸'*.acme.com'] } }",
      '{ type: gitlab, id: e, config: { groups: [▸/acme/data] } }',
      "{ type: gitlab, id: f, config: { groups: [▸'@acme'] } }",
      '{ type: github, id: g, config: { orgs: [{ name: ▸https://github.com/acme }] } }',
      '{ type: github, id: h, config: { orgs: [{ name: ▸acme/data }] } }',
      "{ type: github, id: i, config: { orgs: [{ name: acme, teams: [▸'acme:data'] }, { name: ops, teams: [▸'@Ops/on-call'] }] } }",
      '{ type: github, id: j, config: { teamNameField: slug, orgs: [{ name: acme, teams: [▸Data Science] }] } }',
      '{ type: gitea, id: k, config: { orgs: [{ name: ▸https://git.acme.com/acme }] } }',
      '{ type: bitbucket-cloud, id: l, config: { teams: [▸https://bitbucket.org/acme] } }',
      "{ type: openshift, id: m, config: { groups: [▸''] } }",
      "{ type: atlassian-crowd, id: n, config: { groups: [▸'ops '] } }",
      "{ type: saml, id: o, config: { groupsAttr: groups, allowedGroups: [▸' '] } }",
      '{ type: microsoft, id: p, config: { tenant: acme.com, groupNameFormat: id, groups: [▸ops] } }',
      '{ type: microsoft, id: q, config: { tenant: acme.com, groups: [▸11111111-2222-3333-4444-555555555555] } }',
      '{ type: google, id: r, config: { hostedDomains: [acme.com], groups: [▸data science], adminEmail: a@b.c, serviceAccountFilePath: /a.json } }',
      '{ type: github, id: s, config: { orgs: [{ name: ▸https://github.com/orgs/acme/teams/data-eng }] } }',
      '{ type: github, id: t, config: { teamNameField: both, orgs: [{ name: ▸https://github.com/orgs/acme/teams/data-eng }] } }',
      '{ type: microsoft, id: u, config: { tenant: acme.com, groupNameFormat: id, groups: [▸ops], useGroupsAsWhitelist: true } }',
    ),
    says: [
      'Google names domains alone, without scheme, path or @; no one can log in: `oidc: unexpected hd claim`',
      'accounts of gmail.com are in no Workspace',
      'Google names domains in lowercase',
      'Google names domains alone',
      'the blanks around it are a part of the name',
      'Google names domains alone',
      'No one is ever in the group "/acme/data"',
      'No one is ever in the group "@acme"',
      'No organization is called "https://github.com/acme"',
      'No organization is called "acme/data"',
      'No one is ever in the team "acme:data": the team stands there without its organization',
      'No one is ever in the team "@Ops/on-call"',
      'with teamNameField: slug teams go by their slugs',
      'No organization is called "https://git.acme.com/acme"',
      'Bitbucket has workspaces by their ids',
      'the name is empty; no one can log in: `openshift: user',
      'the blanks around it are a part of the name; no one can log in: `crowd: user',
      'the name is empty',
      'Dex sends the object ids of groups',
      'Dex sends the names of groups, not their ids',
      'Google names groups by their addresses',
      'No organization is called "https://github.com/orgs/acme/teams/data-eng"',
      'No organization is called "https://github.com/orgs/acme/teams/data-eng"',
      'Dex sends the object ids of groups',
    ],
    hints: [
      'write acme.com',
      'write the domain of the Workspace whose accounts may log in',
      'write acme.com',
      'write what is behind the @ in the addresses of the people who log in, such as acme.com',
      'write acme.com',
      'write acme.com',
      'write acme/data',
      'write acme',
      'write acme',
      'write { name: acme, teams: [data] }',
      'write data',
      'write on-call',
      'write data-science, if that is the slug in its URL; or set teamNameField: name',
      'write its name as it is in its URL, such as acme',
      'write its id as it is in its URL, such as acme',
      'remove the entry, or write a name',
      'write ops',
      'remove the entry, or write a name',
      'write the object id of the group',
      'write the name of the group; or set groupNameFormat: id',
      'write its address, such as data-science@acme.com',
      'write { name: acme, teams: [data-eng] }, and set teamNameField: slug',
      'write { name: acme, teams: [data-eng] }',
      'write the object id of the group',
    ],
    severity: 'error',
  },
  {
    shows: 'entries that no one is in beside others',
    document: withConnectors(
      PUBLIC,
      '{ type: google, id: a, config: { hostedDomains: [acme.com, ▸https://acme.org/] } }',
      '{ type: gitlab, id: b, config: { groups: [acme, ▸acme data] } }',
      "{ type: github, id: c, config: { orgs: [{ name: acme }, { name: ops, teams: [▸'ops:on-call'] }] } }",
      '{ type: github, id: d, config: { orgs: [{ name: acme }, { name: ▸acme:data }] } }',
    ),
    says: ['No one of "https://acme.org/" can log in', 'acme data', 'ops:on-call', 'acme:data'],
    severity: 'warning',
  },
  {
    shows: 'groups in the other form of the provider behind oidc, with a Dex that reads the list',
    document: withConnectors(
      `${PUBLIC}\ndex: { version: 2.45.1, storage: { kubernetes: {} } }`,
      '{ type: oidc, id: a, config: { issuer: https://keycloak.acme.com/realms/acme, insecureEnableGroups: true, allowedGroups: [▸ops/data] } }',
    ).replace('identity:', 'identity:\n  dex: standalone'),
    says: ['Keycloak sends groups by their full paths'],
    hints: ['write /ops/data; or data, where the mapper has no full paths'],
  },
  {
    shows: 'names that someone may have',
    document: withConnectors(
      PUBLIC,
      '{ type: google, id: a, config: { hostedDomains: [acme.com, xn--acm-dma.com] } }',
      '{ type: google, id: b, config: { groups: [data] } }',
      '{ type: gitlab, id: c, config: { groups: [acme, acme/data_science.x] } }',
      "{ type: github, id: d, config: { orgs: [{ name: acme-1, teams: ['on:call', 'a/b', Data Science] }] } }",
      "{ type: bitbucket-cloud, id: e, config: { teams: [acme_1, 'acme/ops'] } }",
      '{ type: microsoft, id: f, config: { groups: [11111111-2222-3333-4444-555555555555] } }',
      '{ type: microsoft, id: g, config: { tenant: acme.com, groups: [Data Science] } }',
      "{ type: saml, id: h, config: { groupsAttr: groups, allowedGroups: ['CN=ops,DC=acme'] } }",
      "{ type: saml, id: i, config: { allowedGroups: [''] } }",
    ),
  },
]);

describeRule('DEX020', [
  {
    shows: 'an empty domain, which accounts without a Workspace have',
    document: withConnectors(PUBLIC, "{ type: google, id: a, config: { hostedDomains: [acme.com, ▸''] } }"),
    says: ['everyone with a Google account of their own gets in'],
    severity: 'error',
  },
  {
    shows: 'the same behind oidc, where Dex compared domains once',
    document: withConnectors(
      `release: 2.3.9\n${PUBLIC}`,
      "{ type: oidc, id: a, config: { issuer: https://accounts.google.com, hostedDomains: [▸''] } }",
    ),
    says: ['everyone with a Google account of their own gets in'],
  },
  {
    shows: 'the same at a provider that knows no such domains',
    document: withConnectors(
      `release: 2.3.9\n${PUBLIC}`,
      "{ type: oidc, id: a, config: { issuer: https://acme.okta.com, hostedDomains: [acme.com, ▸''] } }",
    ),
    says: [
      'An empty domain is that of tokens without the claim hd, which Google alone sends: everyone who can log in at the provider gets in',
    ],
  },
  {
    shows: 'the domains of an organization',
    document: withConnectors(
      PUBLIC,
      '{ type: google, id: a, config: { hostedDomains: [acme.com, acme.org] } }',
    ),
  },
]);

describeRule(
  'DEX045',
  ([true, false] as const).map((asks) => ({
    shows: `a group of GitLab with a role, where Dex ${asks ? 'asks' : 'does not ask'} for roles`,
    document: withConnectors(
      `${PUBLIC}
dex: { version: 2.45.1, storage: { kubernetes: {} } }
auth: { roleBindings: { ${asks ? '' : '▸'}'group:acme:owner': [clusterAdmin] } }`,
      `{ type: gitlab, id: a, config: { getGroupsPermission: ${asks} } }`,
    ).replace('identity:', 'identity:\n  dex: standalone'),
    ...(asks ? {} : { says: ['GitLab has groups by their full paths'], hints: ['bind group:acme/owner'] }),
  })),
);
