import { Refusal } from './refusal';

type Json = Record<string, unknown>;

/** What an application has that a call did not give. */
export const DEFAULT_CLIENT: Json = {
  is_first_party: true,
  is_token_endpoint_ip_header_trusted: false,
  oidc_conformant: false,
  jwt_configuration: { secret_encoded: false, lifetime_in_seconds: 36000 },
  sso_disabled: false,
  cross_origin_authentication: false,
  custom_login_page_on: true,
  grant_types: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
  refresh_token: {
    rotation_type: 'non-rotating',
    expiration_type: 'non-expiring',
    leeway: 0,
    token_lifetime: 31557600,
    infinite_token_lifetime: true,
    infinite_idle_token_lifetime: true,
    idle_token_lifetime: 2592000,
  },
};

/** Keys of an application that calls may carry. */
const CLIENT_KEYS = new Set([
  'name',
  'description',
  'app_type',
  'callbacks',
  'allowed_logout_urls',
  'allowed_origins',
  'web_origins',
  'grant_types',
  'oidc_conformant',
  'is_first_party',
  'cross_origin_authentication',
  'sso_disabled',
  'sso',
  'is_token_endpoint_ip_header_trusted',
  'organization_usage',
  'organization_require_behavior',
  'skip_non_verifiable_callback_uri_confirmation_prompt',
  'jwt_configuration',
  'refresh_token',
  'token_endpoint_auth_method',
  'client_secret',
  'client_metadata',
  'addons',
  'session_transfer',
  'token_quota',
  'token_exchange',
  'oidc_backchannel_logout',
  'oidc_logout',
  'organization_discovery_methods',
  'client_authentication_methods',
  'default_organization',
  'native_social_login',
  'mobile',
  'initiate_login_uri',
  'logo_uri',
  'custom_login_page_on',
  'custom_login_page',
  'client_aliases',
  'allowed_clients',
  'encryption_key',
  'form_template',
  'require_pushed_authorization_requests',
  'require_proof_of_possession',
  'compliance_level',
  'signed_request_object',
  'async_approval_notification_channels',
  'express_configuration',
  'my_organization_configuration',
]);

/** Objects of an application that a PATCH merges instead of replacing. */
export const MERGED = new Set(['jwt_configuration', 'refresh_token', 'client_metadata']);

/** What Auth0 itself refuses in an application. */
export function checkClient(client: Json): void {
  const refuse = (message: string): never => {
    throw new Refusal(400, 'Bad Request', message);
  };
  if (String(client['name']).match(/[<>]/)) refuse('The name may not contain < or >');
  if (((client['description'] ?? '') as string).length > 140) refuse('The description is too long');
  const tokens = client['refresh_token'] as Json;
  if (tokens['rotation_type'] === 'rotating' && tokens['expiration_type'] !== 'expiring')
    refuse('Rotating refresh tokens must expire');
  if (
    tokens['infinite_token_lifetime'] === false &&
    tokens['infinite_idle_token_lifetime'] === false &&
    Number(tokens['idle_token_lifetime']) >= Number(tokens['token_lifetime'])
  )
    refuse('The idle lifetime must be shorter than the lifetime');
  for (const url of (client['callbacks'] ?? []) as string[])
    if (!URL.canParse(url) || url.includes('#')) refuse(`${url} is not a valid callback`);
}

/** Auth0 refuses a call about an application with a key that it does not know. */
export function onlyClientKeys(body: Json): void {
  const unknown = Object.keys(body).find((key) => !CLIENT_KEYS.has(key));
  if (unknown !== undefined)
    throw new Refusal(
      400,
      'Bad Request',
      `Payload validation error: 'Additional properties not allowed: ${unknown}'.`,
    );
}
