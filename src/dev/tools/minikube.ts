import type { ClusterTool } from '../tool';

/**
 * minikube: publishes ports with its drivers docker and podman, which are containers of this machine. It takes arguments and
 * no file.
 */
export const minikube: ClusterTool = {
  name: 'minikube',
  homepage: 'https://minikube.sigs.k8s.io',
  list: { args: ['profile', 'list', '--output', 'json'], names: namesIn },
  create: ({ name, ports, node }) => [
    'start',
    '--profile',
    name,
    '--driver',
    'docker',
    ...(node === undefined ? [] : ['--kubernetes-version', node]),
    ...ports.flatMap(({ port, nodePort }) => ['--ports', `127.0.0.1:${port}:${nodePort}`]),
  ],
  remove: (name) => ['delete', '--profile', name],
  nodeContainer: (name) => name,
  load: (name, archive) => ['image', 'load', archive, '--profile', name],
  keepsDigests: false,
  context: (name) => name,
};

function namesIn(output: string): string[] {
  const { valid, invalid } = JSON.parse(output) as Readonly<
    Record<'valid' | 'invalid', readonly { readonly Name?: unknown }[] | null | undefined>
  >;
  return [...(valid ?? []), ...(invalid ?? [])].flatMap(({ Name: name }) =>
    typeof name === 'string' ? [name] : [],
  );
}
