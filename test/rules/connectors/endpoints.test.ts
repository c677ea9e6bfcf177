import { describeRule } from '../../support/rule-cases';
import { PUBLIC, withConnectors } from './documents';

const of = (type: string, config: string): string => `{ type: ${type}, id: a, config: { ${config} } }`;

describeRule('DEX052', [
  {
    shows: 'URLs to which Dex adds what they have already',
    document: withConnectors(
      PUBLIC,
      of('gitlab', 'baseURL: ▸https://gitlab.acme.com/git/api/v4'),
      of('gitlab', 'baseURL: ▸https://gitlab.acme.com/oauth/authorize'),
      of('gitea', 'baseURL: ▸https://git.acme.com/login/oauth/authorize'),
      of('atlassian-crowd', 'baseURL: ▸https://crowd.acme.com/crowd/rest/usermanagement/1'),
      of('keystone', 'keystoneHost: ▸https://ks.acme.com:5000/v3'),
    ),
    says: [
      'nothing is at https://gitlab.acme.com/git/api/v4/oauth/authorize',
      'Dex adds /oauth/authorize to baseURL itself',
      'Dex adds /login/oauth/authorize',
      'Dex adds /rest/usermanagement/1',
      'Dex adds /v3/auth/tokens/ to keystoneHost',
    ],
    hints: [
      'write https://gitlab.acme.com/git',
      'write https://gitlab.acme.com',
      'write https://git.acme.com',
      'write https://crowd.acme.com/crowd',
      'write https://ks.acme.com:5000',
    ],
    severity: 'error',
  },
  {
    shows: 'hosts of the cloud for a server, metadata for a page, and two clouds of Microsoft',
    document: `${withConnectors(
      PUBLIC,
      of('github', 'hostName: ▸GitHub.com, orgs: [{ name: acme }]'),
      of('github', 'hostName: ▸api.github.com, orgs: [{ name: acme }]'),
      of('saml', 'ssoURL: ▸https://acme.okta.com/app/exk1/sso/saml/metadata'),
      of('saml', 'ssoURL: ▸https://fs.acme.com/FederationMetadata/2007-06/FederationMetadata.xml'),
      of('saml', 'ssoURL: ▸https://acme.auth0.com/samlp/metadata/abc'),
      of('samlExperimental', 'ssoURL: ▸https://kc.acme.com/realms/a/protocol/saml/descriptor'),
      of('microsoft', 'tenant: acme.com, apiURL: ▸https://login.microsoftonline.us'),
      of('microsoft', 'tenant: acme.com, apiURL: ▸https://login.microsoftonline.com/acme.com'),
      of('microsoft', 'tenant: acme.com, graphURL: ▸https://graph.microsoft.com/v1.0/'),
    )}\n  dex: standalone\ndex: { version: 2.45.1, storage: { kubernetes: {} } }`,
    says: [
      'at https://github.com/api/v3, which github.com is not',
      'at https://api.github.com/api/v3',
      ...Array<string>(4).fill('the provider has its metadata there, or nothing'),
      'Dex takes a token of login.microsoftonline.us to https://graph.microsoft.com',
      'Dex adds /{tenant}/oauth2/v2.0/authorize to apiURL',
      'Dex adds /v1.0/me to graphURL',
    ],
  },
  {
    shows: 'servers',
    document: `${withConnectors(
      PUBLIC,
      of('gitlab', 'baseURL: https://gitlab.acme.com/oauthors'),
      of('gitea', 'baseURL: https://git.acme.com/gitea'),
      of('atlassian-crowd', 'baseURL: https://crowd.acme.com/crowd'),
      of('keystone', 'keystoneHost: https://ks.acme.com/identity'),
      of('github', 'hostName: github.acme.com, orgs: [{ name: acme }]'),
      of('saml', 'ssoURL: https://fs.acme.com/adfs/ls/'),
      of('saml', 'ssoURL: https://acme.okta.com/app/metadata-tool/exk1/sso/saml'),
      of(
        'microsoft',
        'tenant: acme.com, apiURL: https://login.microsoftonline.us/, graphURL: https://graph.microsoft.us',
      ),
    )}\n  dex: standalone\ndex: { version: 2.45.1, storage: { kubernetes: {} } }`,
  },
]);

describeRule('DEX053', [
  {
    shows: 'ids with blanks, and secrets with more than the line break that is not part of them',
    document: withConnectors(
      PUBLIC,
      of('oidc', `issuer: https://id.acme.com, clientID: ▸' c', clientSecret: ▸"s\\n\\n"`),
    ),
    says: ['clientID of "a" has blanks around it', 'clientSecret of "a" has a line break around it'],
    severity: 'warning',
  },
  {
    shows: 'a line break that is not part of a secret, and a password that begins with a blank',
    document: withConnectors(
      PUBLIC,
      of('oidc', 'issuer: https://id.acme.com, clientID: c, clientSecret: "s\\n"'),
      of('ldap', "bindDN: 'cn=a,dc=acme,dc=com', bindPW: ' s'"),
    ),
  },
]);

const OAUTH = 'authorizationURL: https://id.acme.com/auth, tokenURL: https://id.acme.com/token';

describeRule('DEX054', [
  {
    shows: 'a provider of OpenID Connect behind oauth',
    document: withConnectors(
      PUBLIC,
      of('oauth', `${OAUTH}, userInfoURL: ▸https://id.acme.com/userinfo`),
      of('oauth', `${OAUTH}, userInfoURL: https://id.acme.com/me, userIDKey: ▸id, scopes: [openid email]`),
    ),
    says: ['OAuth Connector: not found id claim'],
    severity: 'warning',
  },
  {
    shows: 'its name for a user, and one that has ids',
    document: withConnectors(
      PUBLIC,
      of('oauth', `${OAUTH}, userInfoURL: https://id.acme.com/userinfo, userIDKey: sub`),
      of('oauth', `${OAUTH}, userInfoURL: https://id.acme.com/api/user, scopes: [email]`),
    ),
  },
]);

const ENTRA = 'ssoURL: https://login.microsoftonline.com/0b0e9d3e-1111-2222-3333-444455556666/saml2';
const CLAIM = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress';

describeRule('DEX055', [
  {
    shows: 'the subject for an attribute, and attributes of Entra ID without their namespace',
    document: withConnectors(
      PUBLIC,
      of('saml', 'ssoURL: https://acme.okta.com/sso, usernameAttr: ▸NameID, emailAttr: ▸name_id'),
      of('saml', `${ENTRA}, usernameAttr: displayname, emailAttr: ▸emailaddress, groupsAttr: ▸groups`),
    ),
    says: ['no attribute with name "NameID"', 'none of its attributes', CLAIM, 'claims/groups'],
    severity: 'warning',
  },
  {
    shows: 'attributes',
    document: withConnectors(
      PUBLIC,
      of('saml', 'ssoURL: https://acme.okta.com/sso, usernameAttr: name, emailAttr: emailaddress'),
      of('saml', `${ENTRA}, usernameAttr: ${CLAIM}, emailAttr: email`),
    ),
  },
]);

describeRule('DEX056', [
  {
    shows: 'the issuer of Dex in the place of that of a provider',
    document: withConnectors(
      PUBLIC,
      of('oidc', 'issuer: ▸https://pach.acme.com/dex'),
      of('oidc', 'issuer: ▸https://PACH.acme.com:443/dex/'),
    ),
    says: ['https://pach.acme.com/dex is the issuer of this Dex itself', 'failed to get provider'],
    severity: 'error',
  },
  {
    shows: 'another one, at the same host too',
    document: withConnectors(
      PUBLIC,
      of('oidc', 'issuer: https://pach.acme.com/realms/acme'),
      of('oidc', 'issuer: https://dex.acme.com/dex'),
    ),
  },
]);

describeRule('DEX052', [
  {
    shows: 'routes of OpenShift and the console of Crowd',
    document: withConnectors(
      PUBLIC,
      '{ type: openshift, id: a, config: { issuer: ▸https://console-openshift-console.apps.ocp.acme.com } }',
      '{ type: openshift, id: b, config: { issuer: ▸https://oauth-openshift.apps.ocp.acme.com } }',
      '{ type: atlassian-crowd, id: c, config: { baseURL: ▸https://crowd.acme.com/crowd/console } }',
    ),
    says: ['the route of its console', 'the route of its logins', 'Dex adds /rest/usermanagement/1'],
    hints: [
      'write the URL that oc whoami --show-server prints, such as https://api.ocp.acme.com:6443',
      'write the URL that oc whoami --show-server prints, such as https://api.ocp.acme.com:6443',
      'write https://crowd.acme.com/crowd',
    ],
  },
  {
    shows: 'the API server of OpenShift',
    document: withConnectors(
      PUBLIC,
      '{ type: openshift, id: a, config: { issuer: https://api.ocp.acme.com:6443 } }',
    ),
  },
]);
