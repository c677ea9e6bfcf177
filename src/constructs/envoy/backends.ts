import { DEX_PORT } from '../../model/standalone';
import type { ReleaseTraits } from '../../releases/release-traits';
import type { JsonObject } from './json-object';

/** A server that the proxy leads to. Envoy calls it a cluster. */
export interface Backend {
  readonly name: BackendName;
  /**
   * Service in the namespace. Those of pachd and Console are headless: their addresses are those of the pods, so ports are
   * those of the containers.
   */
  readonly service: 'pachd-proxy-backend' | 'console-proxy-backend' | 'dex';
  readonly port: number;
  /** Name of the port in the pods behind. */
  readonly portName: string;
  /** Written out where the official chart does so; Kubernetes takes it for granted. */
  readonly protocol?: 'TCP';
  /** Name of the port of the proxy that leads to this backend alone. */
  readonly ownPortName: string;
  /** How the proxy finds out whether a pod takes requests; without it every pod counts as healthy. */
  readonly health?: { readonly path: string } | 'grpc';
}

export type BackendName =
  | 'console'
  | 'dex'
  | 'pachd-grpc'
  | 'pachd-http'
  | 'pachd-identity'
  | 'pachd-metrics'
  | 'pachd-oidc'
  | 'pachd-s3';

/** The ports of pachd and Console behind the proxy (official chart 2.11.6), in the order of their numbers. */
const BACKENDS: readonly Backend[] = [
  {
    name: 'pachd-s3',
    service: 'pachd-proxy-backend',
    port: 1600,
    portName: 's3gateway-port',
    ownPortName: 's3-direct',
  },
  {
    name: 'pachd-grpc',
    service: 'pachd-proxy-backend',
    port: 1650,
    portName: 'api-grpc-port',
    ownPortName: 'grpc-direct',
    health: 'grpc',
  },
  {
    name: 'pachd-metrics',
    service: 'pachd-proxy-backend',
    port: 1656,
    portName: 'prom-metrics',
    protocol: 'TCP',
    ownPortName: 'metrics-direct',
  },
  {
    name: 'pachd-oidc',
    service: 'pachd-proxy-backend',
    port: 1657,
    portName: 'oidc-port',
    ownPortName: 'oidc-direct',
    health: { path: '/' },
  },
  {
    name: 'pachd-identity',
    service: 'pachd-proxy-backend',
    port: 1658,
    portName: 'identity-port',
    ownPortName: 'identity-direct',
    // Dex serves this below the path of its issuer: the reason why an issuer behind the proxy has to end in /dex.
    health: { path: '/dex/.well-known/openid-configuration' },
  },
  {
    name: 'pachd-http',
    service: 'pachd-proxy-backend',
    port: 1659,
    portName: 'archive-port',
    ownPortName: 'archive-direct',
    health: { path: '/healthz' },
  },
  {
    name: 'console',
    service: 'console-proxy-backend',
    port: 4000,
    portName: 'console-http',
    ownPortName: 'console-direct',
    health: { path: '/health' },
  },
  {
    name: 'dex',
    service: 'dex',
    port: DEX_PORT,
    portName: 'http',
    ownPortName: 'dex-direct',
    health: { path: '/dex/healthz' },
  },
];

/** The backends that exist in a release: for logins pachd, or the Dex beside it. */
export function backendsOf({ pachd }: Pick<ReleaseTraits, 'pachd'>, hasStandaloneDex = false): Backend[] {
  const missing: readonly BackendName[] = [
    hasStandaloneDex ? 'pachd-identity' : 'dex',
    ...(pachd.hasArchivePort ? [] : ['pachd-http' as const]),
  ];
  return BACKENDS.filter(({ name }) => !missing.includes(name));
}

/** The Envoy cluster for a backend. */
export function backendCluster({ name, service, port, health }: Backend): JsonObject {
  return {
    name,
    type: 'strict_dns',
    dns_lookup_family: 'V4_ONLY',
    // Pods come and go; a headless Service tells only through DNS.
    dns_refresh_rate: '1s',
    dns_failure_refresh_rate: { base_interval: '0.1s', max_interval: '1s' },
    connect_timeout: '10s',
    lb_policy: 'random',
    // Without healthy pods a request fails at once; Envoy would otherwise send it to an unhealthy one.
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
    upstream_connection_options: { tcp_keepalive: {} },
    health_checks:
      health === undefined ? [] : [health === 'grpc' ? grpcHealthCheck() : httpHealthCheck(health.path)],
    ...(health === 'grpc' ? HTTP2_TO_BACKEND : {}),
    load_assignment: {
      cluster_name: name,
      endpoints: [
        {
          lb_endpoints: [
            { endpoint: { address: { socket_address: { address: service, port_value: port } } } },
          ],
        },
      ],
    },
  };
}

const HTTP2_TO_BACKEND: JsonObject = {
  typed_extension_protocol_options: {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
      '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
      explicit_http_config: { http2_protocol_options: {} },
    },
  },
};

const HEALTH_CHECK: JsonObject = {
  timeout: '10s',
  healthy_threshold: 1,
  unhealthy_threshold: 2,
  no_traffic_healthy_interval: '10s',
};

function httpHealthCheck(path: string): JsonObject {
  return {
    ...HEALTH_CHECK,
    interval: '30s',
    no_traffic_interval: '10s',
    http_health_check: { host: 'localhost', path },
  };
}

/** More often than the others: pachctl waits for this one. */
function grpcHealthCheck(): JsonObject {
  return { ...HEALTH_CHECK, interval: '10s', no_traffic_interval: '1s', grpc_health_check: {} };
}
