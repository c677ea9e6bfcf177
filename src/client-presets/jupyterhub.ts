import { quoted, redirectURIs, SCOPES, type ClientPreset } from './preset';

/**
 * JupyterHub, through GenericOAuthenticator: read in the source of oauthenticator 17.3.0 (`oauth_callback` below the hub's prefix,
 * `auth_state_groups_key` with `manage_groups`, the entry point `generic-oauth`), for JupyterHub 5.
 */
export const jupyterhub: ClientPreset = {
  name: 'jupyterhub',
  title: 'JupyterHub',
  callbacks: ['/hub/oauth_callback'],
  scopes: SCOPES,
  settings: ({ id, url, authorizationURL, tokenURL, userInfoURL }) => ({
    file: 'jupyterhub_config.py',
    language: 'python',
    lines: [
      'import os',
      '',
      'c.JupyterHub.authenticator_class = "generic-oauth"',
      'c.GenericOAuthenticator.login_service = "Pachyderm"',
      `c.GenericOAuthenticator.client_id = ${quoted(id)}`,
      'c.GenericOAuthenticator.client_secret = os.environ["OAUTH_CLIENT_SECRET"]',
      ...redirectURIs(jupyterhub, url).map(
        (uri) => `c.GenericOAuthenticator.oauth_callback_url = ${quoted(uri)}`,
      ),
      `c.GenericOAuthenticator.authorize_url = ${quoted(authorizationURL)}`,
      `c.GenericOAuthenticator.token_url = ${quoted(tokenURL)}`,
      `c.GenericOAuthenticator.userdata_url = ${quoted(userInfoURL)}`,
      `c.GenericOAuthenticator.scope = [${SCOPES.map(quoted).join(', ')}]`,
      'c.GenericOAuthenticator.username_claim = "email"',
      'c.GenericOAuthenticator.manage_groups = True',
      'c.GenericOAuthenticator.auth_state_groups_key = "oauth_user.groups"',
    ],
  }),
  namespace: 'jupyterhub',
  notes: [
    'JupyterHub 5 lets no one in until it is told whom: c.GenericOAuthenticator.allowed_groups = {"data-science"}, or allow_all = True for everyone whom Dex logs in',
    'JupyterHub gets the secret from the variable OAUTH_CLIENT_SECRET of its container; in values of its chart hub.extraEnv leads to the Secret',
  ],
};
