import { describeRule } from '../support/rule-cases';

/** A cluster that browsers and pods reach alike; its callback URL is https://pach.acme.com/dex/callback. */
const PUBLIC = 'access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }';

/** A cluster whose issuer only pods reach; its callback URL is http://localhost/dex/callback. */
const LOCAL = 'profile: dev\naccess: { via: proxy }';

/** A document with connectors, one a line. */
function withConnectors(head: string, ...connectors: readonly string[]): string {
  return [head, 'identity:', '  connectors:', ...connectors.map((connector) => `    - ${connector}`)].join(
    '\n',
  );
}

function oidc(config: string): string {
  return `{ type: oidc, id: sso, config: ${config} }`;
}

describeRule('DEX001', [
  {
    shows: 'URLs that Dex refuses at the login, in the words of each type',
    document: withConnectors(
      PUBLIC,
      '{ type: oidc, id: a, config: { redirectURI: ▸https://pach.acme.com/callback } }',
      '{ type: github, id: b, config: { redirecturi: ▸"https://pach.acme.com/dex/callback/" } }',
      '{ type: gitlab, id: c, config: { redirectURI: ▸https://PACH.acme.com/dex/callback } }',
    ),
    says: [
      'Every login through "a" ends in "Login error.": `expected callback URL "https://pach.acme.com/dex/callback" did not match the URL in the config "https://pach.acme.com/callback"`',
      '"https://pach.acme.com/dex/callback" did not match the URL in the config "https://pach.acme.com/dex/callback/"',
      'expected callback URL "https://PACH.acme.com/dex/callback" did not match the URL in the config "https://pach.acme.com/dex/callback"',
    ],
    severity: 'error',
    fixed: withConnectors(
      PUBLIC,
      '{ type: oidc, id: a, config: { redirectURI: https://pach.acme.com/dex/callback } }',
      '{ type: github, id: b, config: { redirecturi: "https://pach.acme.com/dex/callback" } }',
      '{ type: gitlab, id: c, config: { redirectURI: https://pach.acme.com/dex/callback } }',
    ),
  },
  {
    shows: 'a URL that the issuer has to be made for, and that no fix changes',
    document: withConnectors(
      PUBLIC.replace('pach.acme.com', 'Pach.acme.com'),
      '{ type: github, id: a, config: { redirectURI: ▸https://pach.acme.com/dex/callback } }',
    ),
    says: ['"https://Pach.acme.com/dex/callback" did not match the URL in the config "https://pach.acme.com'],
    severity: 'error',
    unfixed: true,
  },
  {
    shows: 'a comparison that is switched on where it cannot succeed',
    document: withConnectors(LOCAL, oidc('{ insecureSkipIssuerCallbackDomainCheck: ▸false }')),
    says: ['expected callback URL "http://pachd:30658/dex/callback" did not match'],
    severity: 'error',
  },
  {
    shows: 'a comparison that is switched off over a wrong URL',
    document: withConnectors(
      PUBLIC,
      oidc(
        '{ redirectURI: ▸https://old.acme.com/dex/callback, insecureSkipIssuerCallbackDomainCheck: true }',
      ),
    ),
    says: ["this cluster's Dex is reached at https://pach.acme.com/dex/callback"],
    severity: 'warning',
  },
  {
    shows: "a switch that a Dex of one's own does not know",
    document: `${withConnectors(
      PUBLIC,
      oidc('{ redirectURI: ▸https://old.acme.com/callback, insecureSkipIssuerCallbackDomainCheck: true }'),
    )}\n  dex: standalone`,
    severity: 'error',
    says: ['did not match the URL in the config "https://old.acme.com/callback"'],
  },
  {
    shows: 'a password in the URL, which is not shown',
    document: withConnectors(
      PUBLIC,
      '{ type: github, id: b, config: { redirectURI: ▸https://ops:hunter2@pach.acme.com/dex/callback } }',
    ),
    says: ['the config "https://ops:*******@pach.acme.com/dex/callback"'],
  },
  {
    shows: 'an overridden callback that the connector repeats',
    document: withConnectors(
      'access: { via: proxy, host: pach.acme.com, tls: { secretName: tls }, urls: { callback: https://b.acme.com/dex/callback } }',
      '{ type: github, id: b, config: { redirectURI: ▸https://b.acme.com/dex/callback } }',
      '{ type: github, id: c }',
    ),
    says: ['did not match the URL in the config "https://b.acme.com/dex/callback"'],
  },
  {
    shows: 'saml, whose response goes elsewhere',
    document: withConnectors(
      LOCAL,
      '{ type: saml, id: idp, config: { redirectURI: ▸http://pachd:30658/dex/callback } }',
      '{ type: samlExperimental, id: ok, config: { redirectURI: http://localhost/dex/callback/ok } }',
    ),
    says: ['post its response to http://pachd:30658/dex/callback'],
    fixed: withConnectors(
      LOCAL,
      '{ type: saml, id: idp, config: { redirectURI: http://localhost/dex/callback } }',
      '{ type: samlExperimental, id: ok, config: { redirectURI: http://localhost/dex/callback/ok } }',
    ),
  },
  {
    shows: 'saml at the same place, spelt another way',
    document: withConnectors(
      PUBLIC,
      '{ type: saml, id: idp, config: { redirectURI: "https://Pach.acme.com:443/dex/callback" } }',
    ),
  },
  {
    shows: 'URLs that agree, and types without one',
    document: withConnectors(
      PUBLIC,
      oidc('{ insecureSkipIssuerCallbackDomainCheck: true }'),
      '{ type: github, id: b, config: { redirectURI: https://pach.acme.com/dex/callback } }',
      '{ type: ldap, id: c, config: { redirectURI: https://elsewhere.acme.com } }',
    ),
  },
  {
    shows: 'a local cluster, where the switch is set by itself',
    document: withConnectors(
      LOCAL,
      oidc('{}'),
      '{ type: oidc, id: b, config: { redirectURI: http://localhost/dex/callback } }',
    ),
  },
  {
    shows: 'a type that cannot work locally, which ACC011 says',
    document: withConnectors(
      LOCAL,
      '{ type: github, id: b, config: { redirectURI: http://localhost:1/callback } }',
    ),
  },
]);

describeRule('DEX003', [
  {
    shows: 'issuers that are not the own ones of providers with a host of their own',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸https://acme.eu.auth0.com }'),
      oidc("{ issuer: ▸'http://ACME.auth0.com/authorize' }"),
      oidc('{ issuer: ▸https://accounts.google.com/ }'),
      oidc('{ issuer: ▸"https://acme.okta.com/oauth2/default/" }'),
      oidc('{ Issuer: ▸https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0/ }'),
      oidc('{ issuer: ▸https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc/ }'),
    ),
    says: [
      'issuer did not match the issuer returned by provider, expected "https://acme.eu.auth0.com" got "https://acme.eu.auth0.com/"',
      'got "https://acme.auth0.com/"',
      'expected "https://accounts.google.com/" got "https://accounts.google.com"',
      'got "https://acme.okta.com/oauth2/default"',
      'Entra ID calls itself',
      'Cognito calls itself',
    ],
    severity: 'error',
    fixed: withConnectors(
      'profile: dev',
      oidc('{ issuer: https://acme.eu.auth0.com/ }'),
      oidc("{ issuer: 'https://acme.auth0.com/' }"),
      oidc('{ issuer: https://accounts.google.com }'),
      oidc('{ issuer: "https://acme.okta.com/oauth2/default" }'),
      oidc('{ Issuer: https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0 }'),
      oidc('{ issuer: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc }'),
    ),
  },
  {
    shows: 'issuers whose path looks like that of a provider',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸https://id.acme.com/auth/realms/acme/ }'),
      oidc('{ issuer: ▸https://id.acme.com:9443/application/o/pachyderm }'),
    ),
    says: [
      'Keycloak calls itself https://id.acme.com/auth/realms/acme,',
      'authentik calls itself https://id.acme.com:9443/application/o/pachyderm/,',
    ],
    severity: 'warning',
    // It may be somebody else's after all.
    unfixed: true,
  },
  {
    shows: 'an alias, which is the name that counts',
    document: `${withConnectors(
      PUBLIC,
      oidc('{ issuer: https://acme.auth0.com, issuerAlias: https://acme.auth0.com/ }'),
      oidc('{ issuer: https://acme.auth0.com/, issuerAlias: ▸https://acme.auth0.com }'),
      oidc(
        '{ issuer: https://login.microsoftonline.com/common/v2.0, issuerAlias: "https://login.microsoftonline.com/1a/v2.0" }',
      ),
    )}\n  dex: standalone\ndex: { version: 2.45.1 }`,
    says: [
      'every login fails: `oidc: id token issued by a different provider, expected "https://acme.auth0.com" got "https://acme.auth0.com/"`',
    ],
  },
  {
    shows: 'an alias that the version does not read',
    document: `${withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸https://acme.auth0.com, issuerAlias: https://acme.auth0.com/ }'),
    )}\n  dex: standalone\ndex: { version: 2.41.1 }`,
    says: ['the connector cannot be opened'],
  },
  {
    shows: 'a name that stands for many directories',
    document: withConnectors(PUBLIC, oidc('{ issuer: ▸https://login.microsoftonline.com/common/v2.0 }')),
    says: ['got "https://login.microsoftonline.com/{tenantid}/v2.0"'],
  },
  {
    shows: 'issuers as they are, other providers, other types',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://acme.eu.auth0.com/ }'),
      oidc('{ issuer: https://keycloak.acme.com/realms/acme }'),
      oidc('{ issuer: https://auth0.com.acme.com }'),
      oidc('{ issuer: $ISSUER }'),
      oidc('{ issuer: 7 }'),
      '{ type: openshift, id: b, config: { issuer: https://acme.auth0.com } }',
    ),
  },
]);

describeRule('DEX006', [
  {
    shows: 'a claim without the switch',
    document: withConnectors(PUBLIC, oidc('{ claimMapping: { groups: ▸roles } }')),
    says: ['Dex drops the groups of "sso" without a word'],
    severity: 'error',
  },
  {
    shows: 'the switch',
    document: withConnectors(PUBLIC, oidc('{ insecureEnableGroups: true, claimMapping: { groups: roles } }')),
  },
  { shows: 'no claim', document: withConnectors(PUBLIC, oidc('{ claimMapping: { email: upn } }')) },
]);

describeRule('DEX007', [
  {
    shows: 'no claim for the groups',
    document: withConnectors(PUBLIC, oidc('{ issuer: https://a.auth0.com/, insecureEnableGroups: ▸true }')),
    says: ['Auth0 sends no claim called groups'],
    severity: 'warning',
  },
  {
    shows: 'claims that Auth0 drops',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://a.auth0.com/, insecureEnableGroups: true, claimMapping: { groups: ▸roles } }'),
      oidc(
        '{ issuer: https://a.auth0.com/, insecureEnableGroups: true, claimMapping: { groups: ▸https://a.auth0.com/g } }',
      ),
    ),
    says: ['lets no action set the claim roles', 'lets no action set the claim https://a.auth0.com/g'],
    severity: 'error',
  },
  {
    shows: 'a claim of its own, and other providers',
    document: withConnectors(
      PUBLIC,
      oidc(
        '{ issuer: https://a.auth0.com/, insecureEnableGroups: true, claimMapping: { groups: https://acme.com/g } }',
      ),
      oidc('{ issuer: https://a.okta.com, insecureEnableGroups: true }'),
      oidc('{ issuer: https://a.auth0.com/ }'),
    ),
  },
]);

describeRule('DEX008', [
  {
    shows: 'a mapping that is never used',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://accounts.google.com, claimMapping: { email: ▸upn } }'),
    ),
    says: ['Google sends the claim email, so upn is never read'],
    severity: 'warning',
  },
  {
    shows: 'the same at a release that has no way out',
    document: withConnectors(
      `release: 2.3.9\n${PUBLIC}`,
      oidc('{ issuer: https://accounts.google.com, claimMapping: { email: ▸upn } }'),
    ),
    says: ['so upn is never read'],
  },
  {
    shows: 'one that wins, one of a provider that may send nothing',
    document: withConnectors(
      PUBLIC,
      oidc(
        '{ issuer: https://accounts.google.com, overrideClaimMapping: true, claimMapping: { email: upn } }',
      ),
      oidc('{ issuer: https://login.microsoftonline.com/acme/v2.0, claimMapping: { email: upn } }'),
    ),
  },
]);

describeRule('DEX009', [
  {
    shows: 'a provider that does not say it',
    document: withConnectors(PUBLIC, oidc('{ issuer: ▸https://login.microsoftonline.com/acme/v2.0 }')),
    says: ['missing "email_verified" claim'],
    severity: 'warning',
  },
  {
    shows: 'a decision, and providers that say it',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://acme.okta.com, insecureSkipEmailVerified: false }'),
      oidc('{ issuer: https://acme.okta.com, insecureSkipEmailVerified: true }'),
      oidc('{ issuer: https://a.auth0.com/ }'),
    ),
  },
]);

describeRule('DEX010', [
  {
    shows: 'users without a mailbox',
    document: withConnectors(PUBLIC, oidc('{ issuer: ▸https://login.microsoftonline.com/acme/v2.0 }')),
    says: ['missing email claim, not found "email" key'],
    severity: 'error',
  },
  {
    shows: 'the other claim',
    document: withConnectors(
      PUBLIC,
      oidc(
        '{ issuer: https://login.microsoftonline.com/acme/v2.0, claimMapping: { email: preferred_username } }',
      ),
      oidc('{ issuer: https://login.microsoftonline.com/acme/v2.0, claimMapping: { email: email } }'),
      oidc('{ issuer: https://acme.okta.com }'),
    ),
  },
]);

describeRule('DEX011', [
  {
    shows: 'scopes without the default ones',
    document: withConnectors(PUBLIC, oidc('{ scopes: ▸▸[groups] }')),
    says: ['all of them are one user in Pachyderm, user:', 'missing "name" claim'],
  },
  {
    shows: 'google, which has no name to miss',
    document: withConnectors(PUBLIC, '{ type: google, id: a, config: { scopes: ▸[profile] } }'),
    says: ['all of them are one user in Pachyderm, user:'],
    severity: 'error',
  },
  {
    shows: "a Dex of one's own, whose client is pachd all the same",
    document: `${withConnectors(PUBLIC, oidc('{ scopes: ▸[profile] }'))}\n  dex: standalone`,
    says: ['all of them are one user in Pachyderm, user:'],
    severity: 'error',
  },
  {
    shows: 'other sources for both',
    document: withConnectors(
      PUBLIC,
      oidc('{ scopes: [groups], claimMapping: { email: upn }, userNameKey: upn }'),
    ),
  },
  {
    shows: 'scopes with them, and none',
    document: withConnectors(
      PUBLIC,
      oidc('{ scopes: [email, profile, groups] }'),
      oidc('{ scopes: [] }'),
      oidc('{ scopes: email }'),
    ),
  },
]);

describeRule('DEX014', [
  {
    shows: 'texts where files belong',
    document: withConnectors(
      'profile: dev',
      oidc('{ rootCAs: [/etc/ca.pem, ▸"-----BEGIN CERTIFICATE-----\\nMIIB"] }'),
      '{ type: ldap, id: b, config: { rootCA: ▸"-----BEGIN CERTIFICATE-----" } }',
      '{ type: saml, id: c, config: { ca: ▸"-----BEGIN CERTIFICATE-----" } }',
      '{ type: google, id: d, config: { serviceAccountFilePath: ▸"{ }" } }',
    ),
    says: [
      'takes rootCAs for the path of a file, and cannot open the connector: `failed to read root-ca: open …`',
      '`ldap: read ca file: open …`',
      '`read ca file: open …`',
      'error reading credentials from file',
    ],
    severity: 'error',
  },
  {
    shows: "a Dex of one's own, which takes some texts and from some version on",
    document: `${withConnectors(
      'profile: dev',
      oidc('{ rootCAs: ["-----BEGIN CERTIFICATE-----"] }'),
      '{ type: ldap, id: b, config: { rootCA: ▸"-----BEGIN CERTIFICATE-----" } }',
    )}\n  dex: standalone\ndex: { version: 2.45.1 }`,
    says: ['Dex takes rootCA for the path of a file'],
  },
  {
    shows: 'an older one, which takes none',
    document: `${withConnectors(
      'profile: dev',
      oidc('{ rootCAs: [▸"-----BEGIN CERTIFICATE-----"] }'),
    )}\n  dex: standalone\ndex: { version: 2.41.0 }`,
    says: ['Dex takes rootCAs for the path of a file'],
  },
  {
    shows: 'providers with certificates of their own',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸https://keycloak.sso.svc.cluster.local/realms/a }'),
      oidc('{ issuer: ▸https://id.acme.internal }'),
      oidc('{ issuer: ▸https://10.1.2.3:8443 }'),
    ),
    says: ['x509: certificate signed by unknown authority'],
    severity: 'warning',
  },
  {
    shows: 'certificates in files, public hosts, plain http',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.internal, rootCAs: [/dexcreds/ca.pem] }'),
      oidc('{ issuer: https://id.acme.internal, insecureSkipVerify: true }'),
      oidc('{ issuer: https://id.acme.com }'),
      oidc('{ issuer: http://id.acme.internal }'),
      '{ type: ldap, id: b, config: { rootCAData: "-----BEGIN CERTIFICATE-----" } }',
    ),
  },
]);

describeRule('DEX016', [
  {
    shows: 'references to variables',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸$ISSUER, clientSecret: ▸"${DEX_SECRET}", scopes: [email, ▸$SCOPE] }'),
    ),
    says: ['issuer as it stands', 'clientSecret as it stands', 'scopes[1] as it stands'],
    severity: 'error',
  },
  {
    shows: 'references in parts of texts',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸"https://${HOST}/", clientID: ▸"${ID}x", clientSecret: ▸$FOO-bar }'),
    ),
    says: ['issuer as it stands', 'clientID as it stands', 'clientSecret as it stands'],
  },
  {
    shows: "a Dex of one's own, of which DEX307 speaks",
    document: `${withConnectors('profile: dev', oidc('{ clientSecret: $SECRET }'))}\n  dex: standalone`,
  },
  {
    shows: 'texts with a $ in them',
    document: withConnectors(
      'profile: dev',
      oidc('{ clientSecret: "pa$$word", clientID: "$5" }'),
      oidc('{ clientSecret: Winter$A1 }'),
    ),
  },
]);

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
      'the tenant is common: everybody with a Microsoft account gets in',
      'the tenant is organizations',
      'everybody with a Google account gets in',
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
      ['2.11.6', 'alone has no effect', 'everybody with a Google account gets in'],
      ['2.12.0-rc.3', 'alone has no effect', 'everybody with a Google account gets in'],
    ] as const
  ).flatMap(([release, alone, withGroups]) => {
    const place = withGroups.startsWith('everybody') ? (['', '▸'] as const) : (['▸', ''] as const);
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
    says: ['requires the domainToAdminEmail option', 'everybody with a Google account gets in'],
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

describeRule('DEX024', [
  {
    shows: 'ways to the server that cannot work or are not safe',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { host: ▸ldap.acme.com, startTLS: true } }',
      '{ type: ldap, id: b, config: { host: "ldap.acme.com:389", startTLS: true, insecureNoSSL: ▸true } }',
    ),
    says: ['Dex takes port 636', 'insecureNoSSL wins over startTLS'],
    severity: 'error',
  },
  {
    shows: 'ports for something else',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { host: ▸"ldap.acme.com:389" } }',
      '{ type: ldap, id: b, config: { host: ▸"ldap.acme.com:636", startTLS: true } }',
      '{ type: ldap, id: c, config: { host: ▸"ldap.acme.com:636", insecureNoSSL: true } }',
    ),
    says: ['Dex speaks TLS from the start', 'Dex begins without'],
    severity: 'warning',
  },
  {
    shows: 'half a client certificate, and two @',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { ▸clientCert: /dexcreds/tls.crt } }',
      '{ type: ldap, id: b, config: { userSearch: { emailSuffix: ▸"@acme.com" } } }',
    ),
    says: ['because clientKey is missing', 'NAME@@acme.com'],
    severity: 'error',
  },
  {
    shows: 'the fix of a suffix',
    document: withConnectors(
      PUBLIC,
      "{ type: ldap, id: b, config: { userSearch: { emailSuffix: ▸'@acme.com' } } }",
    ),
    says: ['Dex puts an @ before the suffix'],
    fixed: withConnectors(
      PUBLIC,
      "{ type: ldap, id: b, config: { userSearch: { emailSuffix: 'acme.com' } } }",
    ),
  },
  {
    shows: 'groups that are not searched for',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { ▸groupSearch: { baseDN: "ou=groups", userMatchers: [] } } }',
    ),
    says: ['users have none'],
    severity: 'warning',
  },
  {
    shows: 'settings that fit',
    document: withConnectors(
      'profile: dev',
      '{ type: ldap, id: a, config: { host: "ldap.acme.com:389", startTLS: true, clientCert: /a, clientKey: /b } }',
      '{ type: ldap, id: b, config: { host: ldap.acme.com, groupSearch: { baseDN: x, userMatchers: [{ userAttr: DN }] } } }',
      '{ type: ldap, id: c, config: { host: ldap, insecureNoSSL: true, groupSearch: { baseDN: x, userAttr: DN, groupAttr: m } } }',
    ),
  },
]);

describeRule('DEX025', [
  {
    shows: 'a name for one login',
    document: withConnectors(
      PUBLIC,
      '{ type: saml, id: a, config: { nameIDPolicyFormat: ▸transient } }',
      '{ type: saml, id: b, config: { nameIDPolicyFormat: ▸urn:oasis:names:tc:SAML:2.0:nameid-format:transient } }',
    ),
    says: ['Dex takes it for another user each time'],
    severity: 'warning',
  },
  {
    shows: 'a lasting one',
    document: withConnectors(PUBLIC, '{ type: saml, id: a, config: { nameIDPolicyFormat: emailAddress } }'),
  },
]);

describeRule('DEX029', [
  {
    shows: 'what providers have switched off',
    document: withConnectors(
      PUBLIC,
      '{ type: ▸linkedin, id: a }',
      '{ type: bitbucket-cloud, id: b, config: { ▸includeTeamGroups: true } }',
    ),
    says: ['unauthorized_scope_error', 'Bitbucket has removed the interface'],
    severity: 'warning',
  },
  {
    shows: 'what they have not',
    document: withConnectors(PUBLIC, '{ type: bitbucket-cloud, id: b, config: { teams: [a] } }'),
  },
]);

describeRule('DEX031', [
  {
    shows: 'connectors whose addresses never count as verified',
    document: withConnectors(
      `${PUBLIC}\nauth: { requireVerifiedEmail: true }`,
      '{ type: ▸openshift, id: a }',
      '{ type: ▸oauth, id: b }',
      '{ type: oauth, id: c, config: { claimMapping: { emailVerifiedKey: verified } } }',
      '{ type: github, id: d }',
    ),
    says: ['nobody can log in through "a"', 'Unless the provider sends email_verified'],
  },
  { shows: 'a pachd that does not mind', document: withConnectors(PUBLIC, '{ type: openshift, id: a }') },
]);

describeRule('DEX033', [
  {
    shows: 'checks that are switched off, and clear text',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸http://id.acme.com, insecureSkipVerify: ▸true }'),
      '{ type: saml, id: b, config: { ssoURL: ▸http://id.acme.com, insecureSkipSignatureValidation: ▸true } }',
      '{ type: openshift, id: c, config: { insecureCA: ▸true } }',
      '{ type: ldap, id: d, config: { host: "ldap.acme.com:389", insecureNoSSL: ▸true } }',
    ),
    says: [
      'Dex speaks to the provider in clear text',
      'With insecureSkipVerify whoever can answer',
      'Dex speaks to the provider in clear text',
      'With insecureSkipSignatureValidation everybody can write a response',
      'With insecureCA',
      'Dex speaks to the provider in clear text',
    ],
    severity: 'error',
  },
  {
    shows: 'clear text inside the cluster',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸http://keycloak.sso.svc:8080/realms/a }'),
      '{ type: ldap, id: d, config: { host: "openldap:389", insecureNoSSL: ▸true } }',
    ),
    says: ['in clear text, inside the cluster'],
    severity: 'warning',
  },
  {
    shows: 'profile dev',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: http://id.acme.com, insecureSkipVerify: true }'),
    ),
  },
  {
    shows: 'safe connections',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.com, insecureSkipVerify: false }'),
      oidc('{ issuer: http://localhost:8080 }'),
    ),
  },
]);

describeRule('DEX040', [
  {
    shows: 'ways in that ask nobody who they are',
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

describeRule('PCH012', [
  {
    shows: 'no time at all',
    document: 'identity: { idTokenExpiry: ▸0s }',
    says: ['ID tokens are valid for 24h'],
    severity: 'warning',
  },
  {
    shows: 'no time, which is no limit',
    document: 'identity: { rotationTokenExpiry: ▸0h0m }',
    says: ['a refresh token never expires'],
    severity: 'warning',
  },
  {
    shows: 'more than Go can count',
    document: 'identity: { rotationTokenExpiry: ▸9999999h }',
    says: ['time: invalid duration "9999999h"'],
    severity: 'error',
  },
  { shows: 'usual durations', document: 'identity: { idTokenExpiry: 1h30m, rotationTokenExpiry: 720h }' },
]);

describeRule('PCH101', [
  {
    shows: 'a provider where people may choose their address',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.com/realms/a, insecureSkipEmailVerified: ▸true }'),
    ),
    says: ['everybody who logs in through "sso" can be anybody'],
    severity: 'warning',
  },
  {
    shows: 'a demand that it undoes',
    document: withConnectors(
      'profile: dev\nauth: { requireVerifiedEmail: true }',
      oidc('{ issuer: https://acme.okta.com, insecureSkipEmailVerified: ▸true }'),
    ),
    says: ['auth.requireVerifiedEmail demands verified addresses'],
  },
  {
    shows: 'providers that are known, and profile dev',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://acme.okta.com, insecureSkipEmailVerified: true }'),
    ),
  },
  {
    shows: 'profile dev',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: https://id.acme.com, insecureSkipEmailVerified: true }'),
    ),
  },
]);

describeRule('PCH110', [
  {
    shows: 'secrets of connectors and of a database elsewhere',
    document: `${withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { bindPW: ▸{ generate: {} } } }',
      oidc('{ clientSecret: ▸{ generate: { length: 20 } } }'),
    )}
  dex: standalone
dex: { storage: { postgres: { host: db2.acme.com, user: dex, password: ▸{ generate: { length: 20 } } } } }`,
    says: [
      'identity.connectors[0].config.bindPW is drawn for this cluster',
      'clientSecret',
      'dex.storage.postgres.password',
    ],
    severity: 'warning',
  },
  {
    shows: 'secrets that the other side has, and those of this cluster',
    document: `${withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { bindPW: { env: LDAP } } }',
      '{ type: mockPassword, id: m, config: { username: a, password: { generate: {} } } }',
      oidc('{ clientID: a }'),
    )}
auth: { rootToken: { generate: {} } }
database: { internal: { password: { generate: {} } } }`,
  },
]);

describeRule('PCH106', [
  {
    shows: 'a way back without TLS',
    document: withConnectors(
      PUBLIC,
      oidc(
        '{ redirectURI: ▸http://pach.acme.com/dex/callback, insecureSkipIssuerCallbackDomainCheck: true }',
      ),
    ),
    says: ['browsers come back from "sso" over plain http'],
    severity: 'warning',
  },
  {
    shows: 'a way back with TLS, and a cluster without',
    document: withConnectors(PUBLIC, oidc('{ redirectURI: https://pach.acme.com/dex/callback }')),
  },
  {
    shows: 'a cluster without TLS',
    document: withConnectors(LOCAL, oidc('{ redirectURI: http://10.0.0.1/dex/callback }')),
  },
]);
