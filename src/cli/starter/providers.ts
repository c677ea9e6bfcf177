import type { StarterChoices } from './choices';
import { PLACEHOLDER, type StarterRow } from './row';

export type ProviderName =
  | 'mock'
  | 'auth0'
  | 'entra'
  | 'github'
  | 'gitlab'
  | 'google'
  | 'keycloak'
  | 'ldap'
  | 'oidc'
  | 'okta'
  | 'saml';

/** An identity provider to start with. */
interface ProviderRow extends StarterRow {
  /** The e-mail address that is made an administrator; default: someone of the organization. */
  readonly administrator?: string;
  /** Dex compares the callback with its own issuer, which no browser reaches where the cluster is localhost. */
  readonly needsPublicName?: true;
}

/** The lines of `identity`, or of `auth0`, by identity provider. Each lets in one organization and not the world. */
export const providerRows: Readonly<Record<ProviderName, ProviderRow>> = {
  mock: {
    summary: 'a mock login, for dev clusters',
    administrator: 'kilgore@kilgore.trout',
    lines: () =>
      connector(
        [
          '# Logs in as kilgore@kilgore.trout. pachkit explain identity.connectors lists what a connector takes.',
        ],
        'mockPassword',
        'test',
        'Mock login',
        'config: { username: admin, password: password }',
      ),
  },
  auth0: {
    summary: 'Auth0, whose application Terraform creates',
    lines: () => [
      '# Terraform creates the application: run pachkit synth --only terraform and terraform apply first.',
      'auth0:',
      '  domain: example.eu.auth0.com',
      '  application:',
      '    name: Pachyderm',
      '    clientID: hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5 # the output client_id of terraform apply',
      '  # Everyone else with an account in the tenant is refused.',
      `  allow: { emailDomains: [${PLACEHOLDER.domain}] }`,
    ],
  },
  entra: {
    summary: 'Microsoft Entra ID',
    needsPublicName: true,
    lines: () =>
      connector(
        [
          '# The application is registered in Entra ID; tenant is its directory id, and lets in its users alone.',
        ],
        'microsoft',
        'entra',
        'Microsoft',
        'config:',
        '  tenant: 72f988bf-86f1-41af-91ab-2d7cd011db47',
        '  clientID: 6731de76-14a6-49ae-97bc-6eba6914391e',
        '  clientSecret: { env: ENTRA_CLIENT_SECRET }',
        '  emailToLowercase: true # pachd compares addresses as strings',
      ),
  },
  github: {
    summary: 'GitHub, for the members of an organization',
    needsPublicName: true,
    lines: () =>
      connector(
        ['# An OAuth app of the organization; orgs lets in its members alone.'],
        'github',
        'github',
        'GitHub',
        'config:',
        '  clientID: Iv1.8a61f9b3a7aba766',
        '  clientSecret: { env: GITHUB_CLIENT_SECRET }',
        '  orgs: [{ name: example }]',
      ),
  },
  gitlab: {
    summary: 'GitLab, for the members of a group',
    needsPublicName: true,
    lines: () =>
      connector(
        [
          '# An application of the group, with the scopes read_user and openid; groups lets in its members alone.',
        ],
        'gitlab',
        'gitlab',
        'GitLab',
        'config:',
        '  baseURL: https://gitlab.com',
        '  clientID: 3f1c6a4e9d',
        '  clientSecret: { env: GITLAB_CLIENT_SECRET }',
        '  groups: [example]',
      ),
  },
  google: {
    summary: 'Google, for the accounts of a Workspace',
    needsPublicName: true,
    lines: () =>
      connector(
        [
          '# An OAuth client of the kind web application; hostedDomains lets in the accounts of the Workspace alone.',
        ],
        'google',
        'google',
        'Google',
        'config:',
        '  clientID: 1234567890-abc.apps.googleusercontent.com',
        '  clientSecret: { env: GOOGLE_CLIENT_SECRET }',
        `  hostedDomains: [${PLACEHOLDER.domain}]`,
      ),
  },
  keycloak: {
    summary: 'Keycloak',
    lines: () =>
      connector(
        [
          '# A client of the realm with client authentication, and a mapper that puts groups into the ID token.',
        ],
        'oidc',
        'keycloak',
        'Keycloak',
        'config:',
        '  issuer: https://keycloak.example.com/realms/example',
        '  clientID: pachyderm',
        '  clientSecret: { env: KEYCLOAK_CLIENT_SECRET }',
        '  scopes: [profile, email]',
        '  insecureEnableGroups: true',
      ),
  },
  ldap: {
    summary: 'LDAP, such as Active Directory',
    lines: () =>
      connector(
        ['# pachkit doctor binds and searches as written here.'],
        'ldap',
        'ldap',
        'LDAP',
        'config:',
        '  host: ldap.example.com:636',
        '  bindDN: cn=pachyderm,ou=services,dc=example,dc=com',
        '  bindPW: { env: LDAP_BIND_PASSWORD }',
        '  userSearch:',
        '    baseDN: ou=people,dc=example,dc=com',
        '    username: mail',
        '    idAttr: uid',
        '    emailAttr: mail',
        '    nameAttr: cn',
        '  groupSearch:',
        '    baseDN: ou=groups,dc=example,dc=com',
        '    userMatchers: [{ userAttr: DN, groupAttr: member }]',
        '    nameAttr: cn',
      ),
  },
  oidc: {
    summary: 'any other OpenID provider',
    lines: () =>
      connector(
        ['# The issuer as its discovery document has it, down to the slash at its end.'],
        'oidc',
        'oidc',
        'Single sign-on',
        'config:',
        '  issuer: https://login.example.com',
        '  clientID: pachyderm',
        '  clientSecret: { env: OIDC_CLIENT_SECRET }',
      ),
  },
  okta: {
    summary: 'Okta',
    lines: () =>
      connector(
        ['# A web application, assigned to the people who may log in, with a groups claim.'],
        'oidc',
        'okta',
        'Okta',
        'config:',
        '  issuer: https://example.okta.com',
        '  clientID: 0oa1fxphMZexample',
        '  clientSecret: { env: OKTA_CLIENT_SECRET }',
        '  scopes: [profile, email, groups]',
        '  insecureEnableGroups: true',
        '  getUserInfo: true # where Okta tells groups',
        '  insecureSkipEmailVerified: true # Okta may not send the claim',
      ),
  },
  saml: {
    summary: 'SAML',
    lines: () => [
      ...connector(
        [
          "# The provider's certificate is in the Secret below:",
          '# kubectl create secret generic dex-credentials --from-file=saml-ca.pem',
        ],
        'saml',
        'saml',
        'SAML',
        'config:',
        '  ssoURL: https://login.example.com/saml/sso',
        '  ca: /dexcreds/saml-ca.pem',
        '  usernameAttr: name',
        '  emailAttr: email',
        '  groupsAttr: groups',
      ),
      '  credentialFilesSecretName: dex-credentials',
    ],
  },
};

/** `identity` with one connector; `lines` are what comes after its id and name. */
function connector(
  comments: readonly string[],
  type: string,
  id: string,
  name: string,
  ...lines: readonly string[]
): string[] {
  return [
    'identity:',
    '  connectors:',
    ...comments.map((comment) => `    ${comment}`),
    `    - type: ${type}`,
    ...[`id: ${id}`, `name: ${name}`, ...lines].map((line) => `      ${line}`),
  ];
}

/** The e-mail address that the document makes an administrator. */
export function administrator({ provider }: StarterChoices): string {
  return providerRows[provider].administrator ?? `you@${PLACEHOLDER.domain}`;
}
