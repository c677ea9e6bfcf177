export { Auth0Provider, PROVIDER_SOURCE, type Auth0ProviderConfig } from './auth0-provider';
export { Auth0Client, type Auth0ClientConfig } from './auth0-client';
export { Auth0ClientCredentials, type Auth0ClientCredentialsConfig } from './auth0-client-credentials';
export {
  Auth0Connection,
  ExistingAuth0Connection,
  type Auth0ConnectionConfig,
  type ExistingAuth0ConnectionConfig,
} from './auth0-connection';
export { Auth0ConnectionClient, type Auth0ConnectionClientConfig } from './auth0-connection-client';
export { Auth0User, type Auth0UserConfig } from './auth0-user';
export { Auth0Role, type Auth0RoleConfig } from './auth0-role';
export { Auth0UserRole, type Auth0UserRoleConfig } from './auth0-user-role';
export { Auth0Action, type Auth0ActionConfig } from './auth0-action';
export { Auth0TriggerAction, type Auth0TriggerActionConfig } from './auth0-trigger-action';
export { Auth0Organization, type Auth0OrganizationConfig } from './auth0-organization';
export {
  Auth0OrganizationConnection,
  type Auth0OrganizationConnectionConfig,
} from './auth0-organization-connection';
export {
  KEYCLOAK_PROVIDER_SOURCE,
  KeycloakProvider,
  KeycloakResource,
  type KeycloakProviderConfig,
  type KeycloakResources,
} from './keycloak';
