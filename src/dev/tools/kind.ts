import { configurationText } from './configuration-text';
import type { ClusterTool } from '../tool';

/** kind: a node is a container of Docker or Podman. Form of the configuration: kind.x-k8s.io/v1alpha4, kind 0.11 to 0.30. */
export const kind: ClusterTool = {
  name: 'kind',
  homepage: 'https://kind.sigs.k8s.io',
  configuration: ({ name, ports, node }) =>
    configurationText({
      kind: 'Cluster',
      apiVersion: 'kind.x-k8s.io/v1alpha4',
      name,
      nodes: [
        {
          role: 'control-plane',
          ...(node === undefined ? {} : { image: node }),
          extraPortMappings: ports.map(({ port, nodePort }) => ({
            containerPort: nodePort,
            hostPort: port,
            listenAddress: '127.0.0.1',
            protocol: 'TCP',
          })),
        },
      ],
    }),
  list: {
    args: ['get', 'clusters'],
    names: (output) => output.split('\n').filter((line) => line !== '' && !line.startsWith('No kind')),
  },
  create: (_, file) => ['create', 'cluster', '--config', file, '--wait', '5m'],
  remove: (name) => ['delete', 'cluster', '--name', name],
  nodeContainer: (name) => `${name}-control-plane`,
  load: (name, archive) => ['load', 'image-archive', archive, '--name', name],
  keepsDigests: true,
  context: (name) => `kind-${name}`,
};
