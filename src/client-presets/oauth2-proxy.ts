import { quoted, redirectURIs, SCOPES, type ClientPreset } from './preset';

/**
 * OAuth2 Proxy, in front of anything that has no login: keys and callback as in its documentation for 7.14
 * (configuration/overview, configuration/providers/openid_connect).
 */
export const oauth2Proxy: ClientPreset = {
  name: 'oauth2-proxy',
  title: 'OAuth2 Proxy',
  callbacks: ['/oauth2/callback'],
  needsOneIssuer: true,
  scopes: SCOPES,
  settings: ({ id, url, issuer }) => ({
    file: 'oauth2-proxy.cfg',
    language: 'toml',
    lines: [
      'provider = "oidc"',
      'provider_display_name = "Pachyderm"',
      `oidc_issuer_url = ${quoted(issuer)}`,
      `client_id = ${quoted(id)}`,
      ...redirectURIs(oauth2Proxy, url).map((uri) => `redirect_url = ${quoted(uri)}`),
      `scope = ${quoted(SCOPES.join(' '))}`,
      'code_challenge_method = "S256"',
      'email_domains = ["*"]',
    ],
  }),
  namespace: 'oauth2-proxy',
  notes: [
    'email_domains = ["*"] admits everyone whom Dex logs in; allowed_groups = ["platform"] admits members of groups alone',
    'It gets the secret from the variable OAUTH2_PROXY_CLIENT_SECRET of its container, and needs an OAUTH2_PROXY_COOKIE_SECRET of its own; it refuses people whose address is not verified',
  ],
};
