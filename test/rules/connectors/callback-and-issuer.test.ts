import { describeRule } from '../../support/rule-cases';
import { LOCAL, PUBLIC, oidc, withConnectors } from './documents';

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
    shows: 'saml at the same place, written another way',
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
    shows: 'ids of directories in capitals, which discovery documents have in lowercase',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸https://login.microsoftonline.com/AAAAAAAA-2222-3333-4444-555555555555/v2.0 }'),
    ),
    says: ['got "https://login.microsoftonline.com/aaaaaaaa-2222-3333-4444-555555555555/v2.0"'],
    severity: 'warning',
    unfixed: true,
  },
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
    // It may be someone else's after all.
    unfixed: true,
  },
  {
    shows: 'issuers of providers in clouds, with a slash too many or too few, and endpoints of them',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸https://oauth.id.eu.jumpcloud.com }'),
      oidc('{ issuer: ▸https://sso-1.sso.duosecurity.com/oidc/DI1/authorize }'),
      oidc('{ issuer: ▸https://acme-1.zitadel.cloud/ }'),
      oidc('{ issuer: ▸https://acme.onelogin.com/oidc/2/auth }'),
      oidc('{ issuer: ▸https://auth.pingone.eu/0b0e9d3e/as/authorize }'),
    ),
    says: [
      'got "https://oauth.id.eu.jumpcloud.com/"',
      'got "https://sso-1.sso.duosecurity.com/oidc/DI1"',
      'got "https://acme-1.zitadel.cloud"',
      'got "https://acme.onelogin.com/oidc/2"',
      'got "https://auth.pingone.eu/0b0e9d3e/as"',
    ],
    severity: 'error',
    fixed: withConnectors(
      'profile: dev',
      oidc('{ issuer: https://oauth.id.eu.jumpcloud.com/ }'),
      oidc('{ issuer: https://sso-1.sso.duosecurity.com/oidc/DI1 }'),
      oidc('{ issuer: https://acme-1.zitadel.cloud }'),
      oidc('{ issuer: https://acme.onelogin.com/oidc/2 }'),
      oidc('{ issuer: https://auth.pingone.eu/0b0e9d3e/as }'),
    ),
  },
  {
    shows: 'hosts of the same providers without the path of an issuer, and GitLab at a host of its own',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸https://acme.onelogin.com }'),
      oidc('{ issuer: ▸https://auth.pingone.com/0b0e9d3e }'),
      oidc('{ issuer: ▸https://auth.pingone.com/ }'),
      oidc('{ issuer: ▸https://gitlab.acme.com/ }'),
      oidc('{ issuer: ▸https://gitlab.acme.com/git/oauth/authorize }'),
    ),
    says: [
      'got "https://acme.onelogin.com/oidc/2"',
      'got "https://auth.pingone.com/0b0e9d3e/as"',
      'PingOne calls itself https://auth.pingone.com/{id of the environment}/as,',
      'got "https://gitlab.acme.com"',
      'got "https://gitlab.acme.com/git"',
    ],
    severity: 'warning',
    unfixed: true,
  },
  {
    shows: 'pages and endpoints at hosts that tell nothing',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸https://id.acme.com/realms/acme/account }'),
      oidc('{ issuer: ▸https://fs.acme.com/adfs/ls/ }'),
      oidc('{ issuer: ▸https://fs.acme.com:444/adfs/services/trust }'),
      oidc('{ issuer: ▸https://login.acme.com/oauth2/default/v1/authorize }'),
      oidc('{ issuer: ▸https://id.acme.com/oauth/v2/authorize }'),
      oidc('{ issuer: ▸https://id.acme.com/connect/userinfo }'),
    ),
    says: [
      'Keycloak has no discovery document there',
      'AD FS has no discovery document there',
      'AD FS has no discovery document there',
      'The provider has no discovery document there',
    ],
    hints: [
      'write https://id.acme.com/realms/acme',
      'write https://fs.acme.com/adfs',
      'write https://fs.acme.com:444/adfs',
      ...['/login.acme.com/oauth2/default', '/id.acme.com', '/id.acme.com'].map(
        (issuer) =>
          `write what "issuer" in the discovery document of the provider says, such as https:/${issuer}`,
      ),
    ],
    severity: 'error',
    unfixed: true,
  },
  {
    shows: 'the issuers themselves, and one of WSO2',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://oauth.id.jumpcloud.com/ }'),
      oidc('{ issuer: https://sso-1.sso.duosecurity.com/oidc/DI1 }'),
      oidc('{ issuer: https://acme-1.zitadel.cloud }'),
      oidc('{ issuer: https://acme.onelogin.com/oidc/2 }'),
      oidc('{ issuer: https://openid-connect.onelogin.com/oidc }'),
      oidc('{ issuer: https://auth.pingone.com/0b0e9d3e/as }'),
      oidc('{ issuer: https://gitlab.acme.com/git }'),
      oidc('{ issuer: https://fs.acme.com/adfs }'),
      oidc('{ issuer: https://is.acme.com:9443/oauth2/token }'),
    ),
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
    shows: 'every way to write a directory of Entra ID but its own',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸https://login.microsoftonline.com/7a5b4c3d-1111-2222-3333-444455556666 }'),
      oidc('{ issuer: ▸https://sts.windows.net/7a5b4c3d-1111-2222-3333-444455556666/v2.0 }'),
      oidc('{ issuer: ▸https://login.windows.net/7a5b4c3d-1111-2222-3333-444455556666/v2.0/ }'),
    ),
    says: [
      'got "https://sts.windows.net/7a5b4c3d-1111-2222-3333-444455556666/"',
      'got "https://login.microsoftonline.com/7a5b4c3d-1111-2222-3333-444455556666/v2.0"',
    ],
    severity: 'error',
    fixed: withConnectors(
      'profile: dev',
      oidc('{ issuer: https://login.microsoftonline.com/7a5b4c3d-1111-2222-3333-444455556666/v2.0 }'),
      oidc('{ issuer: https://login.microsoftonline.com/7a5b4c3d-1111-2222-3333-444455556666/v2.0 }'),
      oidc('{ issuer: https://login.microsoftonline.com/7a5b4c3d-1111-2222-3333-444455556666/v2.0 }'),
    ),
  },
  {
    shows: 'issuers for which something has to be looked up',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸https://login.microsoftonline.com/acme.onmicrosoft.com/v2.0 }'),
      oidc('{ issuer: ▸https://login.microsoftonline.com/consumers/v2.0 }'),
      oidc('{ issuer: ▸https://idcs-fd65079a19ab43ab808d264c927d3401.identity.oraclecloud.com }'),
      oidc('{ issuer: ▸https://acme.auth.eu-west-1.amazoncognito.com }'),
    ),
    says: [
      'got "https://login.microsoftonline.com/{id of the directory}/v2.0"',
      'got "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"',
      'got "https://identity.oraclecloud.com/"',
      'gets 404, and the connector cannot be opened',
    ],
    severity: 'error',
    unfixed: true,
  },
  {
    shows: 'issuers that settings at the provider may make right',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸https://acme.ciamlogin.com/acme.onmicrosoft.com/v2.0 }'),
      oidc('{ issuer: ▸https://acme.b2clogin.com/acme.onmicrosoft.com/B2C_1_in/v2.0 }'),
    ),
    says: [
      'ciamlogin.com/{id of the directory}/v2.0"',
      'got "https://acme.b2clogin.com/{id of the directory}/v2.0/"',
    ],
    severity: 'warning',
    unfixed: true,
  },
  {
    shows: 'discovery documents and endpoints of providers that are known',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: ▸https://acme.okta.com/.well-known/openid-configuration }'),
      oidc('{ issuer: ▸https://acme.auth0.com/.well-known/openid-configuration }'),
      oidc('{ issuer: ▸https://acme-admin.okta.com }'),
      oidc(
        '{ issuer: ▸https://login.microsoftonline.com/7a5b4c3d-1111-2222-3333-444455556666/oauth2/v2.0/authorize }',
      ),
    ),
    says: [
      'it asks for https://acme.okta.com/.well-known/openid-configuration/.well-known/openid-configuration, gets 404',
      'That is the URL of the discovery document',
      'Okta has no discovery document there',
      'Entra ID has no discovery document there',
    ],
    severity: 'error',
    fixed: withConnectors(
      'profile: dev',
      oidc('{ issuer: https://acme.okta.com }'),
      oidc('{ issuer: https://acme.auth0.com/ }'),
      oidc('{ issuer: https://acme.okta.com }'),
      oidc('{ issuer: https://login.microsoftonline.com/7a5b4c3d-1111-2222-3333-444455556666/v2.0 }'),
    ),
  },
  {
    shows: 'the discovery document of a provider that may end in a slash or not',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸https://id.acme.com/.well-known/openid-configuration }'),
      oidc('{ issuer: ▸https://id.acme.com/realms/a/.well-known/openid-configuration }'),
    ),
    says: ['That is the URL of the discovery document'],
    severity: 'error',
    unfixed: true,
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
    shows: 'a way back that Dex refuses, which is told with the URL to write',
    document: withConnectors(PUBLIC, oidc('{ redirectURI: http://pach.acme.com/dex/callback }')),
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
