import { SCOPES, type ClientPreset } from './preset';

/**
 * Grafana, through `auth.generic_oauth`: callback, keys and `$__env{}` as in the documentation of Grafana 12.4
 * (setup-grafana/configure-access/configure-authentication/generic-oauth). The callback is `root_url` and `/login/generic_oauth`.
 */
export const grafana: ClientPreset = {
  name: 'grafana',
  title: 'Grafana',
  callbacks: ['/login/generic_oauth'],
  scopes: SCOPES,
  settings: ({ id, url, authorizationURL, tokenURL, userInfoURL }) => ({
    file: 'grafana.ini',
    language: 'ini',
    lines: [
      '[server]',
      `root_url = ${value(`${url}/`)}`,
      '',
      '[auth.generic_oauth]',
      'enabled = true',
      'name = Pachyderm',
      'allow_sign_up = true',
      `client_id = ${value(id)}`,
      'client_secret = $__env{GRAFANA_OIDC_CLIENT_SECRET}',
      `scopes = ${SCOPES.join(' ')}`,
      `auth_url = ${value(authorizationURL)}`,
      `token_url = ${value(tokenURL)}`,
      `api_url = ${value(userInfoURL)}`,
      'use_pkce = true',
      'groups_attribute_path = groups',
    ],
  }),
  namespace: 'monitoring',
  notes: [
    "Everyone whom Dex logs in gets the role of auto_assign_org_role, a viewer: allowed_groups lets members of groups in alone, and role_attribute_path gives roles, such as contains(groups[*], 'platform') && 'Admin' || 'Viewer'",
    'Grafana gets the secret from the variable GRAFANA_OIDC_CLIENT_SECRET of its container; in values of its chart envValueFrom leads to the Secret',
  ],
};

/** A value of an INI file: in backticks what its reader would take for a comment or a reference. */
function value(text: string): string {
  return /^[\w.~:/[\]-]+$/.test(text) ? text : `\`${text}\``;
}
