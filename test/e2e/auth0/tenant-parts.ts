import { randomBytes } from 'node:crypto';
import type { Json } from './tenant';

/** What Auth0 says of something that is not there. */
export const UNKNOWN = {
  client: 'The client does not exist',
  connection: 'The connection does not exist',
  user: 'The user does not exist.',
  role: 'The role does not exist',
  action: 'That action does not exist.',
  organization: 'No organization found by that id or name',
} as const;

/** How the build of an Action goes on. */
export const AFTER_STATUS: Readonly<Record<string, string>> = {
  pending: 'building',
  building: 'retrying',
  retrying: 'built',
  built: 'built',
  failed: 'failed',
};

/** With every application, whatever fields are asked for. */
export const SIGNING_KEYS: Json = { signing_keys: [{ subject: 'deprecated' }] };

/** Id of the Action of a binding. */
export const boundAction = (binding: Json): unknown => (binding['action'] as Json)['id'];

/** Steps of paths that are names of the API; every other one is an id. */
const NAMES = new Set([
  'clients',
  'credentials',
  'connections',
  'enabled_connections',
  'users',
  'roles',
  'organizations',
  'actions',
  'triggers',
  'post-login',
  'bindings',
  'deploy',
]);

export function isName(steps: readonly string[], index: number): boolean {
  return NAMES.has(steps[index] ?? '');
}

export const DEFAULT_DATABASE_OPTIONS: Json = {
  mfa: { active: true, return_enroll_settings: true },
  passwordPolicy: 'good',
  strategy_version: 2,
  brute_force_protection: true,
  authentication_methods: { password: { enabled: true }, passkey: { enabled: false } },
  passkey_options: {
    challenge_ui: 'both',
    local_enrollment_enabled: true,
    progressive_enrollment_enabled: true,
  },
};

export function onlyFields(value: Json, query: URLSearchParams): Json {
  const fields = query.get('fields')?.split(',');
  if (!fields) return value;
  const included = query.get('include_fields') !== 'false';
  return Object.fromEntries(Object.entries(value).filter(([key]) => fields.includes(key) === included));
}

export function dropNulls(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
}

export function withoutPassword(user: Json): Json {
  return onlyFields(user, new URLSearchParams({ fields: 'password', include_fields: 'false' }));
}

/** The policy "good": eight characters, three of four kinds. */
export function isStrong(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password));
  return password.length >= 8 && kinds.length >= 3;
}

export const text = (length: number): string =>
  randomBytes(length * 2)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, length);

export const randomId = (): string =>
  randomBytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
