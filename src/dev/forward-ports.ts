import type { Diagnostic } from '../diagnostics/diagnostic';
import { findProgram } from '../files/find-program';
import type { ClusterPlan } from '../plan/plan';
import { localPorts, type LocalPort } from './local-ports';
import { runTool } from '../files/run-tool';
import { usedPorts } from './used-ports';

/** What kubectl is started with. */
export interface ForwardSettings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute folder that relative paths start from. */
  readonly workingDirectory: string;
  readonly context: string;
  /** The value of `--kubeconfig`. */
  readonly kubeconfig?: string;
  readonly signal: AbortSignal;
  readonly onLine: (tool: string, line: string) => void;
}

/** Has kubectl open every port of this machine that the document's URLs name, until it is interrupted. */
export async function forwardPorts(
  { cluster, document, objects }: ClusterPlan,
  settings: ForwardSettings,
): Promise<readonly Diagnostic[]> {
  const { environment, workingDirectory, signal, onLine } = settings;
  const problem = (
    code: 'DEV001' | 'DEV003' | 'DEV004' | 'DEV006',
    message: string,
    hint: string,
  ): Diagnostic => ({ code, severity: 'error', message, location: { file: document.file }, path: '', hint });
  const kubectl = findProgram('kubectl', { path: environment['PATH'], workingDirectory });
  if (kubectl === undefined)
    return [
      problem(
        'DEV001',
        'There is no kubectl in a folder of PATH: nothing can open ports',
        'install it from https://kubernetes.io/docs/tasks/tools/',
      ),
    ];
  const ports = localPorts(cluster, objects);
  const busy = await usedPorts(ports.map(({ port }) => port));
  if (busy.length > 0)
    return busy.map(({ port, by }) =>
      problem(
        'DEV003',
        `Port ${port} of this machine is in use${by === undefined ? '' : ` by ${by}`}`,
        'end what listens there; a cluster of pachkit dev up opens the ports itself',
      ),
    );
  const ends = await Promise.all(
    byService(ports).map(([service, pairs]) =>
      runTool(kubectl, argumentsOf(cluster.namespace, service, pairs, settings), {
        ...{ environment, signal },
        onLine: (line) => onLine('kubectl', line),
      }),
    ),
  );
  if (signal.aborted) return [];
  return ends
    .filter(({ code }) => code !== 0)
    .map(({ said }) =>
      problem(
        'DEV004',
        `kubectl could not open the ports: ${said.join(' ') || 'it could not be started'}`,
        'see that the cluster is deployed: pachkit dev status',
      ),
    );
}

/** Ports by Service: kubectl forwards to one Service at a time. */
function byService(ports: readonly LocalPort[]): [string, string[]][] {
  const services = new Map<string, string[]>();
  for (const { port, service } of ports)
    services.set(service.name, [...(services.get(service.name) ?? []), `${port}:${service.port}`]);
  return [...services];
}

function argumentsOf(
  namespace: string,
  service: string,
  pairs: readonly string[],
  { context, kubeconfig }: ForwardSettings,
): string[] {
  return [
    ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
    '--context',
    context,
    '--namespace',
    namespace,
    'port-forward',
    `service/${service}`,
    ...pairs,
  ];
}
