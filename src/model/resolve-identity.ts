import { canonicalConfig } from '../connectors/canonical-keys';
import { connectorType, isConnectorType } from '../connectors/connector-types';
import type { JsonValue, PathStep } from '../document/source-node';
import type { ClusterDocument, SecretValue } from '../generated/cluster-document';
import type { Cluster, ConfigMapping, ConfigValue, Connector, Identity } from './cluster';
import { auth0Connector, resolveAuth0 } from './resolve-auth0';
import type { ResolveContext } from './resolve-context';
import { defined } from './defined';
import { resolveKeycloak } from './resolve-keycloak';
import { isStandalone } from './standalone';
import { ReferredSecret } from './secret';
import type { ClusterUrls } from './urls';

type ConnectorDocument = NonNullable<NonNullable<ClusterDocument['identity']>['connectors']>[number];

/** The key with which Pachyderm's Dex skips the comparison of redirectURI and issuer; oidc connectors only. */
export const SKIP_CALLBACK_CHECK = 'insecureSkipIssuerCallbackDomainCheck';

/** Dex's connectors and clients, and the connector that the `auth0` section stands for. */
export function resolveIdentity(
  context: ResolveContext,
  urls: ClusterUrls,
): Pick<Cluster, 'identity' | 'auth0' | 'keycloak'> {
  const { document, secret } = context;
  const given = document.identity ?? {};
  const connectors = (given.connectors ?? []).map((connector, index) =>
    resolveConnector(context, connector, index, urls),
  );
  const auth0 = resolveAuth0(context, urls);
  const ownConnector = auth0 && auth0Connector(context, auth0);
  if (ownConnector)
    connectors.push({ ...ownConnector, config: withCallback(ownConnector.type, ownConnector.config, urls) });

  const identity: Identity = {
    idTokenExpiry: given.idTokenExpiry ?? '24h',
    rotationTokenExpiry: given.rotationTokenExpiry ?? '48h',
    connectors,
    ...(given.connectorsFrom === undefined
      ? {}
      : {
          connectorsFrom: {
            name: given.connectorsFrom.existing.name,
            key: given.connectorsFrom.existing.key ?? 'upstream-idps',
          },
        }),
    clients: (given.clients ?? []).map(({ id = '', preset, url, ...client }, index) => ({
      id,
      name: client.name ?? id,
      ...(preset === undefined ? {} : { preset: { name: preset, ...defined({ url }) } }),
      ...(client.public === true || client.secret === undefined
        ? {}
        : { secret: secret(['identity', 'clients', index, 'secret'], client.secret) }),
      redirectURIs: client.redirectURIs ?? [],
      trustedPeers: client.trustedPeers ?? [],
    })),
    ...(given.clientsFrom === undefined
      ? {}
      : {
          clientsFrom: {
            name: given.clientsFrom.existing.name,
            key: given.clientsFrom.existing.key ?? 'additional-oidc-clients',
          },
        }),
    trustedPeers: given.trustedPeers ?? [],
    ...(given.credentialFilesSecretName === undefined
      ? {}
      : { credentialFilesSecretName: given.credentialFilesSecretName }),
  };
  return { identity, ...(auth0 ? { auth0 } : {}), ...defined({ keycloak: resolveKeycloak(context, urls) }) };
}

function resolveConnector(
  context: ResolveContext,
  connector: ConnectorDocument,
  index: number,
  urls: ClusterUrls,
): Connector {
  const given = connector.config ?? {};
  const config = readSecrets(
    // Dex reads keys in any case; what is derived here must find them.
    isConnectorType(connector.type) ? canonicalConfig(connector.type, given) : given,
    new Set<string>(connectorType(connector.type)?.secretKeys ?? []),
    ['identity', 'connectors', index, 'config'],
    '',
    context,
  );
  return {
    type: connector.type,
    id: connector.id,
    name: connector.name ?? connector.id,
    version: connector.version ?? 0,
    config: withCallback(connector.type, config, urls),
    ...defined({ provider: context.providers?.get(index) }),
  };
}

/**
 * Fills in what follows from the cluster's URLs: `redirectURI` for types that send browsers away, and for oidc the
 * switch that lets it differ from the issuer, where the issuer is a name that browsers cannot reach.
 */
function withCallback(typeName: string, config: ConfigMapping, urls: ClusterUrls): ConfigMapping {
  const type = connectorType(typeName);
  if (type?.callback !== 'strict' && type?.callback !== 'saml') return config;
  const redirectURI = config['redirectURI'] ?? urls.callback;
  const skips = typeName === 'oidc' && redirectURI === urls.callback && urls.callback !== urls.issuerCallback;
  return { ...(skips ? { [SKIP_CALLBACK_CHECK]: true } : {}), ...config, redirectURI };
}

function readSecrets(
  mapping: Record<string, JsonValue>,
  secretKeys: ReadonlySet<string>,
  path: readonly PathStep[],
  prefix: string,
  context: ResolveContext,
): ConfigMapping {
  const result: Record<string, ConfigValue> = {};
  Object.keys(mapping).forEach((key) => {
    const value = mapping[key] as JsonValue;
    const here = `${prefix}${key}`;
    if (value !== null && secretKeys.has(here)) {
      const reference = context.secret([...path, key], value as SecretValue);
      // The Dex inside pachd reads its connectors as one document; a rule has refused references to single keys for it.
      if (reference.kind === 'literal') result[key] = reference.value;
      else if (isStandalone(context.document)) result[key] = new ReferredSecret(reference);
    } else if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      result[key] = readSecrets(value, secretKeys, [...path, key], `${here}.`, context);
    } else if (value !== null) result[key] = value;
  });
  return result;
}
