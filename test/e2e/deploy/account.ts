import { writeFileSync } from 'node:fs';
import type { KubernetesServer } from '../harness';
import type { Workplace } from './program';

/** Makes a service account that may do nothing; returns the name of a kubeconfig file of it in the folder of a workplace. */
export async function restrictedAccount(
  kubernetes: KubernetesServer,
  place: Pick<Workplace, 'folder'>,
  name: string,
): Promise<string> {
  const made = await kubernetes.kubectl(['create', 'serviceaccount', name, '--namespace', 'default']);
  if (made.code !== 0) throw new Error(made.output);
  const token = await kubernetes.kubectl(['create', 'token', name, '--namespace', 'default']);
  const view = await kubernetes.kubectl(['config', 'view', '--raw', '-o', 'json']);
  const config = JSON.parse(view.standardOutput) as { users: { user: object }[] };
  config.users[0] = { ...config.users[0], user: { token: token.standardOutput.trim() } };
  writeFileSync(`${place.folder}/${name}.kubeconfig`, JSON.stringify(config), { mode: 0o600 });
  return `${name}.kubeconfig`;
}
