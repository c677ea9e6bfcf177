import type { ConnectorType } from '../../connectors/connector-types';
import { providerOf } from '../../rules/support/known-providers';
import type { DocumentConnector } from '../../subjects/document-connectors';
import { directorySetup } from './directory';
import { entraSetup, microsoftSetup } from './entra';
import { githubSetup } from './github';
import { gitlabOpenIdSetup, gitlabSetup } from './gitlab';
import { googleSetup } from './google';
import { auth0Setup, authentikSetup, cognitoSetup, openIdSetup } from './hosted';
import { keycloakSetup } from './keycloak';
import { oktaSetup } from './okta';
import {
  authproxySetup,
  bitbucketSetup,
  crowdSetup,
  giteaSetup,
  keystoneSetup,
  linkedinSetup,
  oauthSetup,
  openshiftSetup,
} from './others';
import { adfsSetup, samlSetup } from './saml';
import type { Setup } from './setup';

/** By the name of the provider in the table of identity providers, for connectors of type oidc. */
const AT_PROVIDER: Readonly<Record<string, Setup>> = {
  Auth0: auth0Setup,
  Okta: oktaSetup,
  'Entra ID': entraSetup,
  Google: googleSetup,
  Cognito: cognitoSetup,
  Keycloak: keycloakSetup,
  authentik: authentikSetup,
  GitLab: gitlabOpenIdSetup,
};

/** For connectors of other types, and for providers of which nothing more is known. */
const OF_TYPE: Readonly<Partial<Record<ConnectorType, Setup>>> = {
  oidc: openIdSetup,
  oauth: oauthSetup,
  ldap: directorySetup,
  microsoft: microsoftSetup,
  google: googleSetup,
  github: githubSetup,
  gitlab: gitlabSetup,
  gitea: giteaSetup,
  'bitbucket-cloud': bitbucketSetup,
  linkedin: linkedinSetup,
  openshift: openshiftSetup,
  saml: samlSetup,
  samlExperimental: samlSetup,
  authproxy: authproxySetup,
  'atlassian-crowd': crowdSetup,
  keystone: keystoneSetup,
};

/** What has to be set up for a connector; undefined for the mock ones, behind which there is no one. */
export function setupOf(connector: DocumentConnector): Setup | undefined {
  if (connector.type === 'oidc') {
    const provider = providerOf(connector);
    return (provider && AT_PROVIDER[provider.name]) ?? OF_TYPE.oidc;
  }
  if (connector.type === 'saml' && /\/adfs\//i.test(connector.text('ssoURL') ?? '')) return adfsSetup;
  return OF_TYPE[connector.type];
}
