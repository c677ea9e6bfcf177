import { requestLog, type LogFormat } from './access-log';
import type { JsonObject } from './json-object';

export interface HttpConnectionManagerOptions {
  /** Prefix of its statistics. */
  readonly name: string;
  /** Envoy routes, the first that matches wins. */
  readonly routes: readonly JsonObject[];
  readonly logFormat: LogFormat;
  /** Headers added to every response. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** How requests are logged. @default each on standard output */
  readonly accessLog?: JsonObject;
}

/** The filter that takes a connection apart into requests and sends each along its route. */
export function httpConnectionManager(options: HttpConnectionManagerOptions): JsonObject {
  const { name, routes, logFormat, responseHeaders, accessLog = requestLog(logFormat) } = options;
  return {
    name: 'envoy.http_connection_manager',
    typed_config: {
      '@type':
        'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      stat_prefix: name,
      codec_type: 'auto',
      // The proxy is the edge: it takes the client's address from the connection, not from a header.
      use_remote_address: true,
      common_http_protocol_options: {
        headers_with_underscores_action: 'REJECT_REQUEST',
        idle_timeout: '86400s',
      },
      http_protocol_options: { accept_http_10: false },
      http2_protocol_options: {
        max_concurrent_streams: 100,
        initial_stream_window_size: 524_288,
        initial_connection_window_size: 1_048_576,
      },
      request_timeout: '604800s',
      stream_idle_timeout: '86400s',
      access_log: [accessLog],
      ...(logFormat === 'json' ? { access_log_options: ACCESS_LOG_OPTIONS } : {}),
      http_filters: [...(routes.some(isGrpc) ? [GRPC_STATISTICS] : []), ROUTER],
      route_config: {
        ...(responseHeaders === undefined
          ? {}
          : {
              response_headers_to_add: Object.entries(responseHeaders).map(([key, value]) => ({
                header: { key, value },
              })),
            }),
        virtual_hosts: [
          {
            name: 'any',
            domains: ['*'],
            routes: [...routes],
            // Only where no request has reached the backend yet, so that nothing is done twice.
            retry_policy: {
              retry_on: 'connect-failure',
              num_retries: 4,
              host_selection_retry_max_attempts: 4,
            },
          },
        ],
      },
    },
  };
}

/** Long streams are logged when they begin and while they last, not only at their end. */
const ACCESS_LOG_OPTIONS: JsonObject = {
  access_log_flush_interval: '10s',
  flush_access_log_on_new_request: true,
  flush_log_on_tunnel_successfully_established: true,
};

const GRPC_STATISTICS: JsonObject = {
  name: 'envoy.filters.http.grpc_stats',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.grpc_stats.v3.FilterConfig',
    enable_upstream_stats: true,
    // Statistics by method would grow with every invented name of a method that a stranger sends.
    stats_for_all_methods: false,
  },
};

const ROUTER: JsonObject = {
  name: 'envoy.filters.http.router',
  typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
};

function isGrpc({ match }: JsonObject): boolean {
  return match !== null && typeof match === 'object' && 'grpc' in match;
}
