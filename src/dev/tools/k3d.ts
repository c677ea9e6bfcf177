import { configurationText } from './configuration-text';
import type { ClusterTool } from '../tool';

/** k3d: a node is a container with k3s. Form of the configuration: k3d.io/v1alpha5, k3d 5.5 and newer. */
export const k3d: ClusterTool = {
  name: 'k3d',
  homepage: 'https://k3d.io',
  configuration: ({ name, ports, node }) =>
    configurationText({
      apiVersion: 'k3d.io/v1alpha5',
      kind: 'Simple',
      metadata: { name },
      servers: 1,
      ...(node === undefined ? {} : { image: node }),
      // The node itself answers, and not k3d's load balancer, which knows no ports of nodes.
      ports: ports.map(({ port, nodePort }) => ({
        port: `127.0.0.1:${port}:${nodePort}`,
        nodeFilters: ['server:0:direct'],
      })),
      options: { k3d: { wait: true, timeout: '300s' } },
    }),
  list: { args: ['cluster', 'list', '--output', 'json'], names: namesIn },
  create: (_, file) => ['cluster', 'create', '--config', file],
  remove: (name) => ['cluster', 'delete', name],
  nodeContainer: (name) => `k3d-${name}-server-0`,
  load: (name, archive) => ['image', 'import', archive, '--cluster', name],
  keepsDigests: true,
  context: (name) => `k3d-${name}`,
};

function namesIn(output: string): string[] {
  const clusters = JSON.parse(output) as readonly { readonly name?: unknown }[] | null;
  return (clusters ?? []).flatMap(({ name }) => (typeof name === 'string' ? [name] : []));
}
