import type { ConnectorType } from './connector-types';

/** A key that people write where it is not, and the one that they mean. */
export interface CommonSlip {
  readonly type: ConnectorType;
  /** Path of the mapping that it is written in; empty for `config` itself. */
  readonly at: string;
  /** As it is written, in lower case. */
  readonly written: string;
  /** Path of the key that is meant, from `config` on. */
  readonly meant: string;
  /** Whether nothing else can be meant and the value stays as it is, so that renaming the key fixes it. */
  readonly isCertain: boolean;
}

type Row = readonly [type: ConnectorType, at: string, written: string, meant: string];

/** Another name for the very same thing. */
const RENAMED: readonly Row[] = [
  ['oidc', 'claimMapping', 'emailkey', 'claimMapping.email'],
  ['oidc', 'claimMapping', 'groupskey', 'claimMapping.groups'],
  ['oidc', 'claimMapping', 'preferredusernamekey', 'claimMapping.preferred_username'],
  ['oidc', '', 'skipemailverified', 'insecureSkipEmailVerified'],
  ['oidc', '', 'enablegroups', 'insecureEnableGroups'],
  ['oauth', 'claimMapping', 'email', 'claimMapping.emailKey'],
  ['oauth', 'claimMapping', 'email_verified', 'claimMapping.emailVerifiedKey'],
  ['oauth', 'claimMapping', 'groups', 'claimMapping.groupsKey'],
  ['oauth', 'claimMapping', 'preferred_username', 'claimMapping.preferredUsernameKey'],
  ['oauth', 'claimMapping', 'user_name', 'claimMapping.userNameKey'],
  ['oauth', 'claimMapping', 'name', 'claimMapping.userNameKey'],
  ['oauth', '', 'authurl', 'authorizationURL'],
  ['ldap', '', 'bindpassword', 'bindPW'],
  ['ldap', 'userSearch', 'usernameattr', 'userSearch.username'],
  ['ldap', 'userSearch', 'emailattribute', 'userSearch.emailAttr'],
  ['ldap', 'userSearch', 'idattribute', 'userSearch.idAttr'],
  ['ldap', 'userSearch', 'nameattribute', 'userSearch.nameAttr'],
  ['ldap', 'groupSearch', 'nameattribute', 'groupSearch.nameAttr'],
  ['gitlab', '', 'allowedgroups', 'groups'],
  ['google', '', 'allowedgroups', 'groups'],
  ['microsoft', '', 'allowedgroups', 'groups'],
  ['openshift', '', 'allowedgroups', 'groups'],
  ['atlassian-crowd', '', 'allowedgroups', 'groups'],
  ['saml', '', 'groups', 'allowedGroups'],
  ['bitbucket-cloud', '', 'workspaces', 'teams'],
  ['authproxy', '', 'groups', 'staticGroups'],
  ['keystone', '', 'host', 'keystoneHost'],
  ['keystone', '', 'username', 'keystoneUsername'],
  ['keystone', '', 'password', 'keystonePassword'],
];

/** A guess, or a key whose value must change along with it. */
const LIKELY: readonly Row[] = [
  ['oidc', 'claimMapping', 'name', 'userNameKey'],
  ['oidc', 'claimMapping', 'username', 'userNameKey'],
  ['oidc', '', 'groups', 'allowedGroups'],
  ['oidc', '', 'groupsclaim', 'claimMapping.groups'],
  ['oidc', '', 'emailclaim', 'claimMapping.email'],
  ['github', '', 'organizations', 'orgs'],
  ['github', '', 'organization', 'orgs'],
  ['github', '', 'organisations', 'orgs'],
  ['github', '', 'organisation', 'orgs'],
  ['github', '', 'groups', 'orgs'],
  ['github', '', 'allowedgroups', 'orgs'],
  ['gitea', '', 'organizations', 'orgs'],
  ['gitea', '', 'organization', 'orgs'],
  ['gitea', '', 'organisations', 'orgs'],
  ['gitea', '', 'organisation', 'orgs'],
  ['gitea', '', 'org', 'orgs'],
  ['gitea', '', 'allowedgroups', 'orgs'],
  ['bitbucket-cloud', '', 'groups', 'teams'],
  ['bitbucket-cloud', '', 'allowedgroups', 'teams'],
  ['google', '', 'domains', 'hostedDomains'],
  ['google', '', 'domain', 'hostedDomains'],
  ['google', '', 'alloweddomains', 'hostedDomains'],
  ['google', '', 'hd', 'hostedDomains'],
  ['ldap', '', 'url', 'host'],
  ['ldap', '', 'server', 'host'],
  ['ldap', '', 'password', 'bindPW'],
  ['gitlab', '', 'url', 'baseURL'],
  ['gitea', '', 'url', 'baseURL'],
  ['atlassian-crowd', '', 'url', 'baseURL'],
  ['saml', '', 'entityid', 'entityIssuer'],
  ['saml', '', 'acsurl', 'redirectURI'],
];

/** Names of identity providers and protocols, and the connector type that serves them; letters and digits only. */
export const typeSynonyms: ReadonlyMap<string, ConnectorType> = new Map([
  ['openid', 'oidc'],
  ['openidconnect', 'oidc'],
  ['odic', 'oidc'],
  ['auth0', 'oidc'],
  ['okta', 'oidc'],
  ['keycloak', 'oidc'],
  ['adfs', 'oidc'],
  ['cognito', 'oidc'],
  ['awscognito', 'oidc'],
  ['onelogin', 'oidc'],
  ['ping', 'oidc'],
  ['pingone', 'oidc'],
  ['pingfederate', 'oidc'],
  ['pingidentity', 'oidc'],
  ['jumpcloud', 'oidc'],
  ['authentik', 'oidc'],
  ['authelia', 'oidc'],
  ['zitadel', 'oidc'],
  ['dex', 'oidc'],
  ['duo', 'oidc'],
  ['rippling', 'oidc'],
  ['fusionauth', 'oidc'],
  ['identityserver', 'oidc'],
  ['casdoor', 'oidc'],
  ['kanidm', 'oidc'],
  ['ory', 'oidc'],
  ['hydra', 'oidc'],
  ['salesforce', 'oidc'],
  ['slack', 'oidc'],
  ['oraclecloud', 'oidc'],
  ['idcs', 'oidc'],
  ['cyberark', 'oidc'],
  ['googleworkspace', 'google'],
  ['gsuite', 'google'],
  ['githubenterprise', 'github'],
  ['freeipa', 'ldap'],
  ['aad', 'microsoft'],
  ['azureactivedirectory', 'microsoft'],
  ['oauth2', 'oauth'],
  ['azure', 'microsoft'],
  ['azuread', 'microsoft'],
  ['entra', 'microsoft'],
  ['entraid', 'microsoft'],
  ['ad', 'ldap'],
  ['activedirectory', 'ldap'],
  ['openldap', 'ldap'],
  ['saml2', 'saml'],
  ['bitbucket', 'bitbucket-cloud'],
  ['crowd', 'atlassian-crowd'],
]);

/** Keys that are written in place of others often enough to know what is meant. */
export const commonSlips: readonly CommonSlip[] = [
  ...RENAMED.map((row) => slip(row, true)),
  ...LIKELY.map((row) => slip(row, false)),
];

function slip([type, at, written, meant]: Row, isCertain: boolean): CommonSlip {
  return { type, at, written, meant, isCertain };
}
