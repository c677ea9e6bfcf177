import { freePort } from './ports';
import { startProcess } from './process';
import { temporaryDirectory } from './temporary-directory';
import { toolPath } from './tools';

/** What puts Pods on nodes. */
export interface Scheduler {
  logs(): string;
  stop(): Promise<void>;
}

/** Starts the scheduler; waits for nothing. */
export async function startScheduler(kubeconfigFile: string): Promise<Scheduler> {
  const directory = temporaryDirectory('scheduler');
  const running = startProcess({
    name: 'kube-scheduler',
    program: toolPath('kube-scheduler'),
    args: [
      ...[`--kubeconfig=${kubeconfigFile}`, `--authentication-kubeconfig=${kubeconfigFile}`],
      `--authorization-kubeconfig=${kubeconfigFile}`,
      ...['--bind-address=127.0.0.1', `--secure-port=${await freePort()}`, '--leader-elect=false'],
      `--cert-dir=${directory.path}`,
      // A Pod that is looked at before its claim is bound waits for an event that has been, five minutes by default.
      '--pod-max-in-unschedulable-pods-duration=5s',
    ],
    workingDirectory: directory.path,
  });
  return {
    logs: running.logs,
    async stop() {
      await running.stop();
      directory.remove();
    },
  };
}
