import type { ConnectorType } from '../connectors/connector-types';
import type { Cluster, Connector } from '../model/cluster';
import { knownProvider } from '../rules/support/known-providers';

/** What has to be set up at the provider of a connector type, beside the callback URL. */
const BY_TYPE: Readonly<Partial<Record<ConnectorType, string>>> = {
  microsoft:
    'delegated Graph permissions User.Read and Directory.Read.All, the latter for groups and with consent of an administrator',
  google:
    'an OAuth client of type web application; for groups domain-wide delegation of admin.directory.group.readonly to the service account',
  github: 'an OAuth app; each organization with access restrictions has to approve it',
  gitlab: 'an application with the scopes read_user and openid',
  gitea: 'an OAuth2 application',
  'bitbucket-cloud': 'an OAuth consumer with the permissions account: read and email',
  linkedin: 'an application with the product for signing in',
  openshift: 'an OAuthClient, or a ServiceAccount with the redirect annotation',
  saml: 'the callback URL as ACS URL for HTTP-POST, and entityIssuer, or the callback URL without one, as audience',
  samlExperimental: 'the callback URL as ACS URL, and entityIssuer as audience',
};

/** The same for providers of oidc connectors, by their name in the table of identity providers. */
const BY_PROVIDER: Readonly<Record<string, string>> = {
  'Entra ID':
    'a platform of type Web; delegated permissions openid, profile and email; a groups claim in the token configuration, where roles are bound to groups',
  Okta: 'an application of type OIDC web application with the grant Authorization Code; a groups claim filter, where roles are bound to groups; assigned people',
  Auth0: 'a regular web application; an Action that sets the groups claim, where roles are bound to groups',
  Google: 'an OAuth client of type web application',
  Cognito:
    'an app client with a secret, the grant authorization code and the scopes openid, email and profile',
  Keycloak:
    'a client with client authentication and standard flow; a mapper of type Group Membership for the claim groups, full group path off',
  authentik: 'a provider of type OAuth2/OpenID with a strict redirect URI',
  GitLab: 'an application with the scopes openid, profile and email',
};

/** One line for each connector whose provider has to be told about this cluster: `microsoft: callback URL …; …`. */
export function registrations({
  identity,
  urls,
  auth0,
}: Pick<Cluster, 'identity' | 'urls' | 'auth0'>): string[] {
  return identity.connectors.flatMap((connector) => {
    // Terraform sets up the connector of the section auth0.
    if (connector.id === auth0?.connectorID) return [];
    const what = whatToSetUp(connector);
    return what === undefined ? [] : [`${connector.id}: ${urls.callback} as redirect URI; ${what}`];
  });
}

function whatToSetUp({ type, config }: Connector): string | undefined {
  const issuer = config['issuer'];
  if (type === 'oidc' && typeof issuer === 'string')
    return (
      BY_PROVIDER[knownProvider(issuer)?.name ?? ''] ??
      'a confidential client with the authorization code flow'
    );
  return BY_TYPE[type as ConnectorType];
}
