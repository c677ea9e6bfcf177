import type { ReleaseTraits } from '../../releases/release-traits';
import { adminLog, type LogFormat } from './access-log';
import { backendCluster, backendsOf } from './backends';
import type { JsonObject } from './json-object';
import { plainListeners, tlsListeners, type ListenerOptions } from './listeners';
import { ADMIN_CLUSTER, ADMIN_PORT, probeListener } from './probes';
import { compare } from '../../diagnostics/diagnostic';

/** Envoy stops to take requests near this size; its container has 512 MiB unless the document says otherwise. */
const MAXIMUM_HEAP_BYTES = 500_000_000;

/**
 * The configuration of Pachyderm's proxy, as data: one port for everything, sorted by what a request looks like. For
 * 2.11 and 2.12 it equals that of the official charts 2.11.6 and 2.12.0-rc.3; what earlier releases, or the Envoy that
 * came with them, do not have is left out.
 */
export function envoyConfiguration(options: {
  readonly release: Pick<ReleaseTraits, 'envoy' | 'pachd'>;
  /** Whether TLS ends at the proxy. */
  readonly tls: boolean;
  /** Whether logins go to a standalone Dex. @default false */
  readonly hasStandaloneDex?: boolean;
  /** Whether Envoy's own HTTP interface is for its pod alone, and probes come in at a port of theirs. @default false */
  readonly keepsAdminToItself?: boolean;
}): JsonObject {
  const { release, tls, hasStandaloneDex, keepsAdminToItself = false } = options;
  const logFormat: LogFormat = release.envoy.logsAsJson ? 'json' : 'default';
  const backends = backendsOf(release, hasStandaloneDex);
  const listenerOptions: ListenerOptions = { logFormat, backends };
  return {
    admin: {
      address: {
        socket_address: { address: keepsAdminToItself ? '127.0.0.1' : '0.0.0.0', port_value: ADMIN_PORT },
      },
      access_log: [adminLog(logFormat)],
    },
    static_resources: {
      listeners: [
        ...(tls ? tlsListeners(listenerOptions) : plainListeners(listenerOptions)),
        ...(keepsAdminToItself ? [probeListener(logFormat)] : []),
      ],
      clusters: [
        ...(keepsAdminToItself ? [ADMIN_CLUSTER] : []),
        ...[...backends].sort((a, b) => compare(a.name, b.name)).map(backendCluster),
      ],
    },
    layered_runtime: {
      layers: [
        { name: 'static_layer_0', static_layer: { overload: { global_downstream_max_connections: 50_000 } } },
      ],
    },
    overload_manager: {
      refresh_interval: '0.25s',
      resource_monitors: [
        {
          name: HEAP_MONITOR,
          typed_config: {
            '@type': 'type.googleapis.com/envoy.extensions.resource_monitors.fixed_heap.v3.FixedHeapConfig',
            max_heap_size_bytes: MAXIMUM_HEAP_BYTES,
          },
        },
      ],
      actions: [whenHeapReaches(0.95, 'shrink_heap'), whenHeapReaches(0.98, 'stop_accepting_requests')],
    },
  };
}

const HEAP_MONITOR = 'envoy.resource_monitors.fixed_heap';

function whenHeapReaches(share: number, action: string): JsonObject {
  return {
    name: `envoy.overload_actions.${action}`,
    triggers: [{ name: HEAP_MONITOR, threshold: { value: share } }],
  };
}
