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
      'the tenant is common: everyone with a Microsoft account gets in',
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
