import type { BackendName } from './backends';
import type { JsonObject } from './json-object';

/** Which requests go to a backend, and for how long. */
export interface Route {
  readonly backend: BackendName;
  /** What a request has to have: gRPC's content type, a beginning of the header `authorization`, or of the path. */
  readonly accepts: { readonly grpc: true } | { readonly authorization: string } | { readonly path: string };
  /** Longest duration of a request, in seconds. */
  readonly limitSeconds: number;
  /** Longest pause in a request, in seconds; missing for the limit of all streams. */
  readonly idleSeconds?: number;
  readonly webSocket?: boolean;
  /** Only on the backend's own port, never on the shared one. */
  readonly ownPortOnly?: boolean;
}

/** Uploads and subscriptions last. */
const WEEK_SECONDS = 604_800;

/** All routes; on the shared port the first that accepts a request wins (official chart 2.11.6). */
export const ROUTES: readonly Route[] = [
  { backend: 'pachd-grpc', accepts: { grpc: true }, limitSeconds: WEEK_SECONDS },
  // Clients of S3 may ask for any path and are known by their signature, of version 4 or 2.
  {
    backend: 'pachd-s3',
    accepts: { authorization: 'AWS4-HMAC-SHA256' },
    limitSeconds: WEEK_SECONDS,
    idleSeconds: 600,
  },
  { backend: 'pachd-s3', accepts: { authorization: 'AWS ' }, limitSeconds: WEEK_SECONDS, idleSeconds: 600 },
  { backend: 'pachd-identity', accepts: { path: '/dex' }, limitSeconds: 60, idleSeconds: 60 },
  { backend: 'dex', accepts: { path: '/dex' }, limitSeconds: 60, idleSeconds: 60 },
  {
    backend: 'pachd-oidc',
    accepts: { path: '/authorization-code/callback' },
    limitSeconds: 60,
    idleSeconds: 60,
  },
  { backend: 'pachd-http', accepts: { path: '/archive/' }, limitSeconds: WEEK_SECONDS, idleSeconds: 600 },
  { backend: 'pachd-http', accepts: { path: '/jsonschema/' }, limitSeconds: WEEK_SECONDS, idleSeconds: 600 },
  { backend: 'pachd-http', accepts: { path: '/pfs' }, limitSeconds: WEEK_SECONDS, idleSeconds: 600 },
  { backend: 'pachd-http', accepts: { path: '/api/' }, limitSeconds: WEEK_SECONDS, idleSeconds: 600 },
  { backend: 'pachd-metrics', accepts: { path: '/' }, limitSeconds: 60, idleSeconds: 60, ownPortOnly: true },
  { backend: 'console', accepts: { path: '/' }, limitSeconds: 3_600, idleSeconds: 600, webSocket: true },
];

/** The Envoy route for a row of the table. */
export function backendRoute({ backend, accepts, limitSeconds, idleSeconds, webSocket }: Route): JsonObject {
  return {
    match: matchOf(accepts),
    route: {
      cluster: backend,
      timeout: `${limitSeconds}s`,
      ...(idleSeconds === undefined ? {} : { idle_timeout: `${idleSeconds}s` }),
      ...(webSocket ? { upgrade_configs: [{ upgrade_type: 'websocket', enabled: true }] } : {}),
    },
  };
}

function matchOf(accepts: Route['accepts']): JsonObject {
  if ('path' in accepts) return { prefix: accepts.path };
  if ('grpc' in accepts) return { prefix: '/', grpc: {} };
  return {
    prefix: '/',
    headers: [{ name: 'authorization', string_match: { prefix: accepts.authorization } }],
  };
}

/** Sends every request to the same URL with https. */
export const REDIRECT_TO_HTTPS: JsonObject = { match: { prefix: '/' }, redirect: { https_redirect: true } };

/** Answers every request with `status` and `text`. */
export function answer(status: number, text: string): JsonObject {
  return { match: { prefix: '/' }, direct_response: { status, body: { inline_string: text } } };
}
