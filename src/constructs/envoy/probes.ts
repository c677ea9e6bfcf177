import { adminLog, type LogFormat } from './access-log';
import { httpConnectionManager } from './http-connection-manager';
import type { JsonObject } from './json-object';
import { listener } from './listeners';

/** Port of Envoy's own HTTP interface, which stops Envoy, changes how it logs, and shows all that it is configured with. */
export const ADMIN_PORT = 9901;

/** Port that leads to what Kubernetes' probes ask, where the interface itself is for Envoy's own pod alone. */
export const PROBE_PORT = 9902;

const CLUSTER = 'admin';

/** What probes ask of the interface; nothing else of it is led to. */
const PATHS = ['/ready', '/server_info'];

/** The listener for probes. */
export function probeListener(logFormat: LogFormat): JsonObject {
  const name = 'probes';
  const routes = PATHS.map((path): JsonObject => ({ match: { path }, route: { cluster: CLUSTER } }));
  return {
    ...listener(name, PROBE_PORT),
    filter_chains: [
      { filters: [httpConnectionManager({ name, routes, logFormat, accessLog: adminLog(logFormat) })] },
    ],
  };
}

/** Envoy's own interface, as what a listener leads to. */
export const ADMIN_CLUSTER: JsonObject = {
  name: CLUSTER,
  type: 'static',
  connect_timeout: '1s',
  load_assignment: {
    cluster_name: CLUSTER,
    endpoints: [
      {
        lb_endpoints: [
          { endpoint: { address: { socket_address: { address: '127.0.0.1', port_value: ADMIN_PORT } } } },
        ],
      },
    ],
  },
};
