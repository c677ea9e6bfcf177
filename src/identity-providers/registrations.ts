import type { ConnectorType } from '../connectors/connector-types';
import { knownProvider } from '../rules/support/known-providers';
import type { DocumentConnector } from '../subjects/document-connectors';

/** What has to be set up at a provider before people can log in through a connector, beside the callback URL. */
export interface Registration {
  /** As what the cluster is registered there. */
  readonly application: string;
  /** What brings groups along; missing where nothing has to be set up for them. */
  readonly groups?: string;
}

/** By the name of the provider in the table of identity providers, for connectors of type oidc. */
const AT_PROVIDER: Readonly<Record<string, Registration>> = {
  Auth0: {
    application: 'a regular web application',
    groups: 'an Action that sets the claim at the login',
  },
  Okta: {
    application:
      'an application of type OIDC web application with the grant Authorization Code; assigned people',
    groups: 'a groups claim with a filter, and the scope groups',
  },
  'Entra ID': {
    application: 'a platform of type Web; delegated permissions openid, profile and email',
    groups: 'a groups claim in the token configuration of the application',
  },
  Google: { application: 'an OAuth client of type web application' },
  Cognito: {
    application:
      'an app client with a secret, the grant authorization code and the scopes openid, email and profile',
    groups: 'groups in the user pool',
  },
  Keycloak: {
    application: 'a client with client authentication and standard flow',
    groups:
      'a mapper of type Group Membership for the claim groups; with Full group path on, names begin with /',
  },
  authentik: {
    application: 'a provider of type OAuth2/OpenID with a strict redirect URI',
    groups: 'the scope mapping profile, which has the groups',
  },
  GitLab: { application: 'an application with the scopes openid, profile and email' },
};

/** For connectors of other types, and for providers of which nothing more is known. */
const OF_TYPE: Readonly<Partial<Record<ConnectorType, Registration>>> = {
  oidc: { application: 'a confidential client with the authorization code flow' },
  microsoft: {
    application: 'a platform of type Web; the delegated permission User.Read',
    groups: 'the delegated permission Directory.Read.All, with consent of an administrator',
  },
  google: {
    application: 'an OAuth client of type web application',
    groups:
      'domain-wide delegation of admin.directory.group.readonly to the service account, and adminEmail of an administrator',
  },
  github: {
    application: 'an OAuth app',
    groups: 'each organization approves the OAuth app where it restricts access',
  },
  gitlab: { application: 'an application with the scopes read_user and openid' },
  gitea: { application: 'an OAuth2 application' },
  'bitbucket-cloud': { application: 'an OAuth consumer with the permissions account: read and email' },
  linkedin: { application: 'an application with the product for signing in' },
  openshift: { application: 'an OAuthClient, or a ServiceAccount with the redirect annotation' },
  saml: {
    application:
      'the callback URL as ACS URL for HTTP-POST, and entityIssuer, or the callback URL without one, as audience',
    groups: 'a claim or attribute rule that sends groupsAttr',
  },
  samlExperimental: {
    application: 'the callback URL as ACS URL, and entityIssuer as audience',
    groups: 'a claim or attribute rule that sends groupsAttr',
  },
};

/** What has to be set up at the provider of a connector; undefined where there is no one to tell of the cluster. */
export function registrationOf(connector: DocumentConnector): Registration | undefined {
  const provider = connector.type === 'oidc' ? knownProvider(connector.text('issuer')) : undefined;
  return (provider && AT_PROVIDER[provider.name]) ?? OF_TYPE[connector.type];
}
