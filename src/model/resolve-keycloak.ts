import type { SecretValue } from '../generated/cluster-document';
import type { Keycloak } from './cluster';
import { boundGroups, resolveBackend } from './resolve-auth0';
import type { ResolveContext } from './resolve-context';
import type { ClusterUrls } from './urls';

/** Versions of the provider that the resources of `src/terraform` are written for; older ones leave a secret in the state. */
const PROVIDER_VERSION = '~> 5.8';

/** Characters of a generated password. */
const PASSWORD_LENGTH = 24;

/** Id of the connector that the section adds. */
export function keycloakConnectorID({ id = 'keycloak' }: { readonly id?: string }): string {
  return id;
}

/** The `keycloak` section with its defaults; undefined when the document has none. */
export function resolveKeycloak(context: ResolveContext, urls: ClusterUrls): Keycloak | undefined {
  const given = context.document.keycloak;
  if (!given) return undefined;
  const connectorID = keycloakConnectorID(given);
  const connectors = context.document.identity?.connectors ?? [];
  const index = connectors.findIndex(({ id }) => id === connectorID);
  const path = ['identity', 'connectors', index, 'config', 'clientSecret'];
  const config = connectors[index]?.config as { readonly clientSecret?: SecretValue } | undefined;
  const secret = config?.clientSecret;
  const reference = secret === undefined ? undefined : context.secret(path, secret);
  return {
    url: given.url,
    realm: given.realm,
    connectorID,
    clientID: given.clientID ?? 'pachyderm',
    ...(reference === undefined ? {} : { clientSecret: reference }),
    clientSecretPath: path,
    redirectURIs: [...new Set([urls.callback, ...(given.additionalRedirectURIs ?? [])])],
    ...(given.groups === false
      ? {}
      : { groups: { from: given.groupsFrom ?? 'groups', fullPath: given.fullGroupPath ?? false } }),
    boundGroups: boundGroups(context),
    ...(given.terraform === undefined
      ? {}
      : {
          terraform: {
            client: given.terraform.client ?? 'create',
            createsGroups: given.terraform.groups === 'create',
            clientSecretVersion: given.terraform.clientSecretVersion ?? 1,
            backend: resolveBackend(given.terraform.backend),
            providerVersion: given.terraform.providerVersion ?? PROVIDER_VERSION,
          },
        }),
    users: (given.users ?? []).map((user, index) => {
      const [local = '', domain = ''] = user.email.split('@');
      return {
        // Keycloak keeps addresses in lowercase.
        email: user.email.toLowerCase(),
        firstName: user.firstName ?? local,
        lastName: user.lastName ?? domain,
        password: context.secret(['keycloak', 'users', index, 'password'], user.password, {
          generate: { length: PASSWORD_LENGTH },
        }),
        groups: user.groups ?? [],
      };
    }),
  };
}
