import { writeFileSync } from 'node:fs';
import { freePort } from './ports';
import { run, startProcess } from './process';
import { startScheduler } from './scheduler';
import { temporaryDirectory } from './temporary-directory';
import { toolPath } from './tools';
import { waitFor } from './wait';

/** Names of the nodes. */
export const nodeNames = ['node-1', 'node-2'] as const;

/** Two nodes, and the scheduler that puts Pods on them. */
export interface Nodes {
  logs(): string;
  stop(): Promise<void>;
}

const nodeOf = (name: string): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
  status: {
    allocatable: { cpu: '32', memory: '256Gi', pods: '110' },
    capacity: { cpu: '32', memory: '256Gi', pods: '110' },
  },
});

/** Starts the scheduler and kwok, and waits until the nodes are ready. */
export async function startNodes(url: string, kubeconfigFile: string, stages?: string): Promise<Nodes> {
  const directory = temporaryDirectory('nodes');
  const scheduler = await startScheduler(kubeconfigFile);
  const configuration = directory.join('kwok.yaml');
  const port = await freePort();
  writeFileSync(configuration, stages ?? '');
  const kubelets = startProcess({
    name: 'kwok',
    program: toolPath('kwok'),
    args: [
      ...[`--kubeconfig=${kubeconfigFile}`, `--config=${configuration}`],
      ...[
        '--manage-all-nodes=true',
        '--node-lease-duration-seconds=40',
        // Where the API server sends what is meant for a container: kwok plays the kubelets too.
        ...['--node-ip=127.0.0.1', `--node-port=${port}`, `--server-address=127.0.0.1:${port}`],
      ],
    ],
    // What kwok keeps beside its configuration is not for the home of whoever runs the tests.
    environment: { HOME: directory.path },
    workingDirectory: directory.path,
  });
  const kubectl = (args: readonly string[], input?: string) =>
    run({
      name: 'kubectl',
      program: toolPath('kubectl'),
      args: ['--kubeconfig', kubeconfigFile, '--cache-dir', directory.join('cache'), ...args],
      ...(input === undefined ? {} : { input }),
    });
  const list = { apiVersion: 'v1', kind: 'List', items: nodeNames.map(nodeOf) };
  const created = await kubectl(['create', '-f', '-'], JSON.stringify(list));
  if (created.code !== 0) throw new Error(`no nodes at ${url}: ${created.output}`);
  await waitFor('the nodes are ready', async () => {
    const { standardOutput } = await kubectl([
      ...['get', 'nodes', '-o'],
      'jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}',
    ]);
    return standardOutput === nodeNames.map(() => 'True').join(' ');
  });
  return {
    logs: () => [scheduler, kubelets].map((server) => server.logs()).join('\n'),
    async stop() {
      await kubelets.stop();
      await scheduler.stop();
      directory.remove();
    },
  };
}
