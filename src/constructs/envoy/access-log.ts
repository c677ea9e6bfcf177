import type { JsonObject } from './json-object';

/** One line of JSON for each request: the field's name, and the operator of Envoy that fills it. */
const FIELDS: JsonObject = {
  authority: '%REQ(authority)%',
  connection_id: '%CONNECTION_ID%',
  connection_termination_details: '%CONNECTION_TERMINATION_DETAILS%',
  downstream_remote_address: '%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%',
  duration_ms: '%DURATION%',
  grpc_message: '%RESP(GRPC-MESSAGE):64%',
  grpc_status_code: '%GRPC_STATUS(SNAKE_STRING)%',
  method: '%REQ(:method)%',
  pachctl_command: '%REQ(COMMAND):64%',
  path: '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  protocol: '%PROTOCOL%',
  request_attempt_count: '%UPSTREAM_REQUEST_ATTEMPT_COUNT%',
  request_headers_bytes: '%REQUEST_HEADERS_BYTES%',
  response_code: '%RESPONSE_CODE%',
  response_code_details: '%RESPONSE_CODE_DETAILS%',
  response_flags: '%RESPONSE_FLAGS%',
  route: '%ROUTE_NAME%',
  rx_bytes: '%BYTES_RECEIVED%',
  severity: 'info',
  stream_id: '%STREAM_ID%',
  timestamp: '%START_TIME%',
  tx_bytes: '%BYTES_SENT%',
  upgrade: '%RESP(UPGRADE)%',
  upstream: '%UPSTREAM_CLUSTER%',
  upstream_host: '%UPSTREAM_HOST%',
  upstream_local_address: '%UPSTREAM_LOCAL_ADDRESS%',
  upstream_protocol: '%UPSTREAM_PROTOCOL%',
  upstream_service_time_ms: '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%',
  user_agent: '%REQ(USER-AGENT)%',
  'x-request-id': '%REQ(X-REQUEST-ID)%',
  xff: '%REQ(X-FORWARDED-FOR)%',
};

/** How Envoy logs: as JSON, or, where the release's Envoy does not know these operators, in Envoy's own format. */
export type LogFormat = 'json' | 'default';

/** Logs of requests, on standard output. */
export function requestLog(format: LogFormat): JsonObject {
  return accessLog('Stdout', format, { message: 'http response' });
}

/** Logs of connections of a listener that never became a request, on standard error. */
export function listenerLog(format: LogFormat, listener: string): JsonObject {
  return accessLog('Stderr', format, { message: 'listener log', listener });
}

/** Logs of requests for the admin port, on standard error; those of Kubernetes' probes only when they fail. */
export function adminLog(format: LogFormat): JsonObject {
  return { ...accessLog('Stderr', format, { message: 'admin response' }), filter: NOT_A_GOOD_PROBE };
}

function accessLog(stream: 'Stdout' | 'Stderr', format: LogFormat, fields: JsonObject): JsonObject {
  return {
    name: 'envoy.access_loggers.stdout',
    typed_config: {
      '@type': `type.googleapis.com/envoy.extensions.access_loggers.stream.v3.${stream}AccessLog`,
      ...(format === 'json'
        ? { log_format: { json_format: { ...FIELDS, ...fields }, omit_empty_values: true } }
        : {}),
    },
  };
}

/** Either not a probe, or not a status in the 200s. */
const NOT_A_GOOD_PROBE: JsonObject = {
  or_filter: {
    filters: [
      { or_filter: { filters: [statusIs('le', 199), statusIs('ge', 300)] } },
      {
        header_filter: {
          header: { name: 'user-agent', string_match: { prefix: 'kube-probe/' }, invert_match: true },
        },
      },
    ],
  },
};

function statusIs(operator: 'le' | 'ge', status: number): JsonObject {
  // Envoy wants the key of a runtime override for every number; this one is never set.
  const value = { default_value: status, runtime_key: 'invalid.ignore_kubeprobe_response_code' };
  return { status_code_filter: { comparison: { op: operator, value } } };
}
