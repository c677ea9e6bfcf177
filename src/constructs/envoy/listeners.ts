import { listenerLog, type LogFormat } from './access-log';
import type { Backend } from './backends';
import { httpConnectionManager } from './http-connection-manager';
import type { JsonObject } from './json-object';
import { answer, backendRoute, REDIRECT_TO_HTTPS, ROUTES, type Route } from './routes';
import { SERVER_TLS } from './tls';

/** Ports of the proxy's container. */
export const HTTP_PORT = 8080;
export const HTTPS_PORT = 8443;

/** What the listeners are made for. */
export interface ListenerOptions {
  readonly logFormat: LogFormat;
  /** The backends that exist in the release. */
  readonly backends: readonly Backend[];
}

/**
 * Without TLS: everything on one port, and each backend on its own port too, as it was before there was a proxy. The
 * port for https answers in clear text that there is no TLS.
 */
export function plainListeners(options: ListenerOptions): JsonObject[] {
  return [
    httpListener('proxy-http', HTTP_PORT, sharedRoutes(options), options),
    httpListener('https-warning', HTTPS_PORT, [answer(500, NO_TLS_HERE)], options),
    ...options.backends.map((backend) =>
      httpListener(
        `direct-${backend.name}`,
        backend.port,
        routesWhere(({ backend: name }) => name === backend.name),
        options,
      ),
    ),
  ];
}

const NO_TLS_HERE =
  'This is the cleartext installation of pachyderm-proxy; enable TLS in the helm chart and reinstall.';

/** With TLS: everything on the port for https, and nothing else; other ports would undo the encryption. */
export function tlsListeners(options: ListenerOptions): JsonObject[] {
  return [
    httpListener('https-redirect', HTTP_PORT, [REDIRECT_TO_HTTPS], options),
    httpsListener('proxy-https', HTTPS_PORT, sharedRoutes(options), options),
  ];
}

function sharedRoutes({ backends }: ListenerOptions): JsonObject[] {
  const names = new Set(backends.map(({ name }) => name));
  return routesWhere(({ backend, ownPortOnly }) => !ownPortOnly && names.has(backend));
}

function routesWhere(accept: (route: Route) => boolean): JsonObject[] {
  return ROUTES.filter(accept).map(backendRoute);
}

function httpListener(
  name: string,
  port: number,
  routes: JsonObject[],
  { logFormat }: ListenerOptions,
): JsonObject {
  return {
    ...listener(name, port),
    ...(logFormat === 'json' ? { access_log: [listenerLog(logFormat, name)] } : {}),
    filter_chains: [{ filters: [httpConnectionManager({ name, routes, logFormat })] }],
  };
}

/** Looks at the first bytes of a connection: TLS is served, anything else is sent to https. */
function httpsListener(
  name: string,
  port: number,
  routes: JsonObject[],
  { logFormat }: ListenerOptions,
): JsonObject {
  return {
    ...listener(name, port),
    listener_filters: [
      {
        name: 'envoy.filters.listener.tls_inspector',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
        },
      },
    ],
    filter_chains: [
      {
        filter_chain_match: { transport_protocol: 'tls' },
        transport_socket: SERVER_TLS,
        filters: [
          httpConnectionManager({ name, routes, logFormat, responseHeaders: STRICT_TRANSPORT_SECURITY }),
        ],
      },
      {
        filter_chain_match: { transport_protocol: 'raw_buffer' },
        filters: [
          httpConnectionManager({ name: `${name}-cleartext`, routes: [REDIRECT_TO_HTTPS], logFormat }),
        ],
      },
    ],
  };
}

/** For a week browsers ask for https of their own accord. */
const STRICT_TRANSPORT_SECURITY = { 'strict-transport-security': 'max-age=604800' };

/** A listener at a port of the pod, without what it does. */
export function listener(name: string, port: number): JsonObject {
  return {
    name,
    address: { socket_address: { address: '0.0.0.0', port_value: port } },
    traffic_direction: 'INBOUND',
    // Slow clients make the proxy read slower, not hold more.
    per_connection_buffer_limit_bytes: 32_768,
  };
}
