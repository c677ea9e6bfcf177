import { isSharedTenant } from '../../rules/support/group-delivery';
import type { ConnectorType } from '../../connectors/connector-types';
import { scopesIn } from '../../connectors/scopes';
import type { ConfigMapping } from '../../model/cluster';
import { discoveryUrl } from '../../model/url-text';
import { configText } from '../config-text';
import type { Discovery } from '../subjects';

/** Where Dex sends browsers to log in with a connector of one type, and what it asks for there. */
export interface ProviderFacts {
  /** Where its discovery document is; missing for types whose addresses Dex knows by itself. */
  readonly discoveryURL?: (config: ConfigMapping) => string;
  /** Whether the discovery document has to name the issuer of the settings, as a string. */
  readonly issuer?: (config: ConfigMapping) => string;
  /** The page for the login; undefined where the settings do not have it. */
  readonly authorizationURL: (config: ConfigMapping, discovery: Discovery | undefined) => string | undefined;
  /** Where codes are exchanged for tokens. */
  readonly tokenURL: (config: ConfigMapping, discovery: Discovery | undefined) => string | undefined;
  /** Scopes that Dex asks for. */
  readonly scopes: (config: ConfigMapping) => readonly string[];
  /** Whether the provider looks at the callback URL only after people have logged in, so that a visit does not tell. */
  readonly checksCallbackAfterLogin?: true;
  /** Whether ID tokens are verified with keys that the provider publishes. */
  readonly hasKeys?: true;
  /** Where the document names the host: the key of the settings. */
  readonly hostKey: string;
}

function scopesOf({ scopes }: ConfigMapping, ...otherwise: readonly string[]): readonly string[] {
  const written = scopesIn(scopes);
  return written.length > 0 ? written : otherwise;
}

const GOOGLE = 'https://accounts.google.com';

const discovered = {
  authorizationURL: (_config: ConfigMapping, discovery: Discovery | undefined) =>
    discovery?.authorization_endpoint,
  tokenURL: (_config: ConfigMapping, discovery: Discovery | undefined) => discovery?.token_endpoint,
} as const;

const microsoft = (config: ConfigMapping, path: string): string =>
  `${configText(config, 'apiURL', 'https://login.microsoftonline.com')}/${configText(config, 'tenant', 'common')}/oauth2/v2.0/${path}`;

const openidScopes = (config: ConfigMapping): string[] => ['openid', ...scopesOf(config, 'profile', 'email')];

const gitHubHost = (config: ConfigMapping): string => configText(config, 'hostName', 'github.com');

/** The types that send browsers away with OAuth, as their code in Dex does. SAML and password forms have hops of their own. */
export const providerFacts: Readonly<Partial<Record<ConnectorType, ProviderFacts>>> = {
  oidc: {
    ...discovered,
    discoveryURL: (config) => discoveryUrl(configText(config, 'issuer')),
    issuer: (config) => configText(config, 'issuerAlias', configText(config, 'issuer')),
    scopes: openidScopes,
    hasKeys: true,
    hostKey: 'issuer',
  },
  google: {
    ...discovered,
    discoveryURL: () => discoveryUrl(GOOGLE),
    issuer: () => GOOGLE,
    scopes: openidScopes,
    hasKeys: true,
    hostKey: 'clientID',
  },
  openshift: {
    ...discovered,
    discoveryURL: (config) =>
      `${configText(config, 'issuer').replace(/\/$/, '')}/.well-known/oauth-authorization-server`,
    scopes: () => ['user:info'],
    hostKey: 'issuer',
  },
  oauth: {
    authorizationURL: (config) => configText(config, 'authorizationURL') || undefined,
    tokenURL: (config) => configText(config, 'tokenURL') || undefined,
    scopes: (config) => scopesOf(config),
    hostKey: 'authorizationURL',
  },
  github: {
    authorizationURL: (config) => `https://${gitHubHost(config)}/login/oauth/authorize`,
    tokenURL: (config) => `https://${gitHubHost(config)}/login/oauth/access_token`,
    scopes: (config) =>
      config['orgs'] !== undefined || config['org'] !== undefined || config['loadAllGroups'] === true
        ? ['user:email', 'read:org']
        : ['user:email'],
    checksCallbackAfterLogin: true,
    hostKey: 'hostName',
  },
  gitlab: {
    authorizationURL: (config) => `${configText(config, 'baseURL', 'https://gitlab.com')}/oauth/authorize`,
    tokenURL: (config) => `${configText(config, 'baseURL', 'https://gitlab.com')}/oauth/token`,
    scopes: () => ['read_user', 'openid'],
    hostKey: 'baseURL',
  },
  gitea: {
    authorizationURL: (config) =>
      `${configText(config, 'baseURL', 'https://gitea.com')}/login/oauth/authorize`,
    tokenURL: (config) => `${configText(config, 'baseURL', 'https://gitea.com')}/login/oauth/access_token`,
    scopes: () => [],
    checksCallbackAfterLogin: true,
    hostKey: 'baseURL',
  },
  microsoft: {
    authorizationURL: (config) => microsoft(config, 'authorize'),
    tokenURL: (config) => microsoft(config, 'token'),
    // pachd asks for groups, which Dex passes on where there is one directory.
    scopes: (config) => [
      ...scopesOf(config, 'user.read'),
      ...(isSharedTenant(configText(config, 'tenant', 'common')) ? [] : ['directory.read.all']),
    ],
    hostKey: 'tenant',
  },
  'bitbucket-cloud': {
    authorizationURL: () => 'https://bitbucket.org/site/oauth2/authorize',
    tokenURL: () => 'https://bitbucket.org/site/oauth2/access_token',
    scopes: () => ['account', 'email'],
    checksCallbackAfterLogin: true,
    hostKey: 'clientID',
  },
  linkedin: {
    authorizationURL: () => 'https://www.linkedin.com/oauth/v2/authorization',
    tokenURL: () => 'https://www.linkedin.com/oauth/v2/accessToken',
    scopes: () => ['r_liteprofile', 'r_emailaddress'],
    hostKey: 'clientID',
  },
};
