import { revealConfig } from '../../model/connector-config';
import type { Auth, Cluster, Client, ConfigMapping } from '../../model/cluster';
import type { ReleaseTraits } from '../../releases/release-traits';
import { pachdClientID } from '../../model/auth-state';

/** How pachd and config-pod want their settings and Dex's, as data. Keys and their order are those of the official charts. */

/** Dex's own settings (message IdentityServerConfig). */
export function identityConfigDocument({ identity, urls }: Pick<Cluster, 'identity' | 'urls'>): object {
  return {
    issuer: urls.issuer,
    id_token_expiry: identity.idTokenExpiry,
    rotation_token_expiry: identity.rotationTokenExpiry,
  };
}

/** pachd as a client of Dex (message OIDCConfig), without its secret or with `clientSecret`. */
export function authConfigDocument(
  auth: Auth,
  { urls }: Pick<Cluster, 'urls'>,
  clientSecret?: string,
): object {
  return {
    client_id: auth.clientID,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
    issuer: urls.issuer,
    localhost_issuer: urls.localhostIssuer,
    require_email_verified: auth.requireVerifiedEmail,
    ...(urls.userAccessibleIssuer === undefined
      ? {}
      : { user_accessible_issuer_host: urls.userAccessibleIssuer }),
    redirect_uri: urls.pachdRedirect,
    scopes: [...auth.scopes],
  };
}

/** Secrets of the clients pachd and Console, where the list of clients has them. */
export interface OwnClientSecrets {
  readonly pachd: string;
  readonly console: string;
}

/** pachd and Console as clients that Dex knows (messages OIDCClient). `peers` may ask for tokens for pachd besides Console. */
export function ownClientDocuments(
  cluster: Pick<Cluster, 'auth' | 'console' | 'urls'>,
  secrets?: OwnClientSecrets,
  peers: readonly string[] = [],
): object[] {
  const { console: webApplication, urls } = cluster;
  const trusted = [...(webApplication.enabled ? [webApplication.clientID] : []), ...peers];
  const pachd = pachdClientID(cluster);
  return [
    {
      id: pachd,
      name: pachd,
      ...(secrets === undefined ? {} : { secret: secrets.pachd }),
      redirect_uris: [urls.pachdRedirect],
      ...(trusted.length === 0 ? {} : { trusted_peers: trusted }),
    },
    ...(webApplication.enabled
      ? [
          {
            id: webApplication.clientID,
            name: webApplication.clientID,
            ...(secrets === undefined ? {} : { secret: secrets.console }),
            redirect_uris: [urls.consoleRedirect],
          },
        ]
      : []),
  ];
}

/** A client of the document as Dex knows it; `secret` is its secret or what stands for it. */
export function clientDocument(client: Client, secret: string): object {
  return {
    id: client.id,
    name: client.name,
    secret,
    redirect_uris: [...client.redirectURIs],
    ...(client.trustedPeers.length === 0 ? {} : { trusted_peers: [...client.trustedPeers] }),
  };
}

/** The connectors in the form of the release, their secrets in clear text. For writing only. */
export function connectorDocuments({ identity, release }: Pick<Cluster, 'identity' | 'release'>): object[] {
  const form = CONNECTOR_FORMS[release.connectorForm];
  // No `version`: pachd refuses the key here ('unknown field "version"') and counts versions itself.
  return identity.connectors.map(({ id, name, type, config }) => ({ id, name, type, ...form(config) }));
}

const CONNECTOR_FORMS: Readonly<Record<ReleaseTraits['connectorForm'], (config: ConfigMapping) => object>> = {
  jsonConfig: (config) => ({ jsonConfig: JSON.stringify(revealConfig(config)) }),
  config: (config) =>
    // pachd 2.3 to 2.12 answers an empty `config` with "no configs are defined"; an empty `jsonConfig` it takes.
    Object.keys(config).length === 0 ? { jsonConfig: '{}' } : { config: revealConfig(config) },
};
