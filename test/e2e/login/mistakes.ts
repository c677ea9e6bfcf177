import type { ClusterText } from './documents';
import { AUTH0_HOST, change, GROUPS_CLAIM, HOST } from './documents';
import type { IdTokenClaims } from './id-token';
import type { ProviderSettings, ProviderUser } from './identity-provider';
import { OKTA_HOST, PRIVATE_HOST } from './stage';

/** One thing that is wrong, and what comes of it. */
export interface Mistake {
  readonly title: string;
  /** The slip in the document; missing where the document is right. */
  readonly slip?: (document: ClusterText) => void;
  /** What is otherwise at the identity provider than the document expects. */
  readonly provider?: (settings: ProviderSettings) => ProviderSettings;
  /** Default: the image of Dex trusts the authority that signed the provider's certificate. */
  readonly isUnknownAuthority?: boolean;
  /** Who tries to log in; default: through the identity provider. */
  readonly through?: 'auth0' | 'corp';
  /** Code and place of the one finding; `network` where the document is right, and only the other end can tell. */
  readonly finding: string;
  /** Whether the finding quotes someone else than Dex; default: its quotations are what Dex says. */
  readonly quotesOthers?: boolean;
  readonly outcome: Outcome;
}

/**
 * What comes of a login: Dex does not start and says why, the browser finds no one, a page says these things, or the token
 * says something else than it should.
 */
export type Outcome =
  | { readonly stops: string }
  | { readonly nobody: true }
  | {
      readonly page: readonly string[];
      /** What Dex's log says besides. */
      readonly log?: string;
      /** No one is asked for a password. */
      readonly isBeforeForm?: boolean;
      /** The page is the provider's, which was asked to send the browser back to the callback URL of the summary. */
      readonly asksForCallback?: boolean;
    }
  | { readonly token: { readonly [Claim in keyof IdTokenClaims]?: IdTokenClaims[Claim] | undefined } };

const CONFIG = 'identity.connectors.0.config';
const at = (key: string): string => `/identity/connectors/0/config/${key}`;

const withUsers =
  (edit: (user: ProviderUser) => ProviderUser) =>
  (settings: ProviderSettings): ProviderSettings => ({ ...settings, users: settings.users.map(edit) });

export const MISTAKES: readonly Mistake[] = [
  {
    title: 'a callback URL that is not registered',
    provider: (settings) => ({
      ...settings,
      client: { ...settings.client, redirectURIs: [`https://${HOST}/callback`] },
    }),
    finding: 'network',
    outcome: {
      page: ["redirect_uri did not match any of the client's registered redirect_uris"],
      isBeforeForm: true,
      asksForCallback: true,
    },
  },
  {
    title: 'a redirectURI of another host',
    slip: (document) => change(document, `${CONFIG}.redirectURI`, 'https://old.acme.com/dex/callback'),
    provider: (settings) => ({
      ...settings,
      client: { ...settings.client, redirectURIs: ['https://old.acme.com/dex/callback'] },
    }),
    finding: `DEX001 ${at('redirectURI')}`,
    outcome: {
      page: ['Login error.'],
      log: `expected callback URL "https://${HOST}/dex/callback" did not match the URL in the config "https://old.acme.com/dex/callback"`,
      isBeforeForm: true,
    },
  },
  {
    title: 'an issuer without its slash',
    slip: (document) => change(document, `${CONFIG}.issuer`, `https://${AUTH0_HOST}`),
    finding: `DEX003 ${at('issuer')}`,
    outcome: {
      stops: `issuer did not match the issuer returned by provider, expected "https://${AUTH0_HOST}" got "https://${AUTH0_HOST}/"`,
    },
  },
  {
    title: 'an issuer whose certificate no one knows',
    slip: (document) => change(document, `${CONFIG}.issuer`, `https://${PRIVATE_HOST}/`),
    provider: (settings) => ({ ...settings, issuer: `https://${PRIVATE_HOST}/` }),
    isUnknownAuthority: true,
    finding: `DEX014 ${at('issuer')}`,
    outcome: { stops: 'x509: certificate signed by unknown authority' },
  },
  {
    title: 'a groups claim that is not mapped',
    slip: (document) => change(document, `${CONFIG}.claimMapping`, undefined),
    finding: `DEX007 ${at('insecureEnableGroups')}`,
    outcome: { token: { email: 'ada@acme.com', groups: undefined } },
  },
  {
    title: 'groups that are not switched on',
    slip: (document) => change(document, `${CONFIG}.insecureEnableGroups`, undefined),
    finding: `DEX006 ${at('claimMapping/groups')}`,
    outcome: { token: { email: 'ada@acme.com', groups: undefined } },
  },
  {
    title: 'scopes without email',
    slip: (document) => change(document, `${CONFIG}.scopes`, ['profile']),
    finding: `DEX011 ${at('scopes')}`,
    outcome: { token: { name: 'Ada Lovelace', email: undefined } },
  },
  {
    title: 'scopes without profile',
    slip: (document) => change(document, `${CONFIG}.scopes`, ['email']),
    finding: `DEX011 ${at('scopes')}`,
    outcome: { page: ['missing "name" claim'] },
  },
  {
    title: 'a provider that does not say whether addresses are verified',
    slip: (document) => {
      change(document, `${CONFIG}.issuer`, `https://${OKTA_HOST}`);
      change(document, `${CONFIG}.claimMapping`, { groups: GROUPS_CLAIM });
    },
    provider: (settings) => ({
      ...withUsers(({ email_verified: _, ...user }) => user)(settings),
      issuer: `https://${OKTA_HOST}`,
    }),
    finding: `DEX009 ${at('issuer')}`,
    outcome: { page: ['missing "email_verified" claim'] },
  },
  {
    title: 'a client secret that was revoked',
    provider: (settings) => ({ ...settings, client: { ...settings.client, secret: 'another secret' } }),
    finding: 'network',
    outcome: { page: ['Failed to authenticate: oidc: failed to get token: oauth2: ', 'invalid_client'] },
  },
  {
    title: 'a client that was removed',
    provider: (settings) => ({ ...settings, client: { ...settings.client, id: 'another-client' } }),
    finding: 'network',
    outcome: { page: ['client is invalid'], isBeforeForm: true },
  },
  {
    title: "an identity provider's clock that is behind",
    provider: (settings) => ({ ...settings, clockOffsetSeconds: -settings.idTokenLifetimeSeconds - 60 }),
    finding: 'network',
    outcome: {
      page: ['Failed to authenticate: oidc: failed to verify ID Token: oidc: token is expired'],
    },
  },
  {
    title: 'an issuer that the way in does not lead to Dex',
    slip: (document) => change(document, 'access.urls.issuer', `https://${HOST}/auth-server`),
    provider: (settings) => ({
      ...settings,
      client: { ...settings.client, redirectURIs: [`https://${HOST}/auth-server/callback`] },
    }),
    finding: 'ACC004 /access/urls/issuer',
    // The official chart, which would not render this.
    quotesOthers: true,
    outcome: { nobody: true },
  },
  {
    title: 'a search for groups that does not say who is in them',
    slip: (document) => change(document, 'identity.connectors.1.config.groupSearch.userMatchers', undefined),
    through: 'corp',
    finding: 'DEX024 /identity/connectors/1/config/groupSearch',
    outcome: { token: { email: 'grace@acme.com', groups: undefined } },
  },
  {
    title: 'a directory that does not know the bind DN',
    slip: (document) => change(document, 'identity.connectors.1.config.bindDN', 'cn=dex,dc=acme,dc=com'),
    through: 'corp',
    finding: 'network',
    outcome: {
      page: [
        'Login error: ldap: initial bind for user "cn=dex,dc=acme,dc=com" failed: LDAP Result Code 49 "Invalid Credentials"',
      ],
    },
  },
  {
    title: 'a directory that is asked without TLS',
    slip: (document) => {
      change(document, 'identity.connectors.1.config.insecureNoSSL', true);
    },
    through: 'corp',
    finding: 'DEX033 /identity/connectors/1/config/insecureNoSSL',
    outcome: { page: ['Login error: '] },
  },
];
