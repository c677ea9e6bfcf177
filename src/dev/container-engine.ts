import { findProgram } from '../files/find-program';
import { quantityOf } from '../model/quantity';
import type { ClusterObject } from '../outputs/objects';
import { runTool, type ToolEnd, type ToolSettings } from '../files/run-tool';

/** What Docker says of itself, as far as a cluster in it depends on that. */
export interface EngineState {
  /** Why it cannot be asked: its own words. */
  readonly refusal?: string;
  /** Memory of the machine that runs containers, in bytes; missing where it does not say. */
  readonly memory?: number;
  readonly hasOldControlGroups?: boolean;
}

/** What `docker info --format` is asked for: a line of JSON that every release writes. */
const QUESTION = '{"memory":{{json .MemTotal}},"groups":{{json .CgroupVersion}}}';

/** Variables that tell kind and minikube to use another engine. */
const OTHER_ENGINES = ['KIND_EXPERIMENTAL_PROVIDER', 'MINIKUBE_DRIVER'];

/** What is asked of the user's Docker. */
type EngineSettings = Pick<ToolSettings, 'environment' | 'signal'> & { readonly workingDirectory: string };

/** Starts the user's Docker; undefined where there is none on PATH, or another engine is chosen. */
async function askDocker(
  args: readonly string[],
  { environment, workingDirectory, signal }: EngineSettings,
): Promise<ToolEnd | undefined> {
  if (OTHER_ENGINES.some((name) => !['', 'docker'].includes(environment[name] ?? ''))) return undefined;
  const docker = findProgram('docker', { path: environment['PATH'], workingDirectory });
  return docker === undefined ? undefined : runTool(docker, args, { environment, signal });
}

/** The image that a container was started from, as it was named; undefined where Docker does not say. */
export async function imageOfContainer(name: string, settings: EngineSettings): Promise<string | undefined> {
  const end = await askDocker(
    ['inspect', '--type', 'container', '--format', '{{.Config.Image}}', name],
    settings,
  );
  return end?.code === 0 && end.output.trim() !== '' ? end.output.trim() : undefined;
}

/** Asks Docker; undefined where there is none on PATH or another one is chosen, and the tool finds another engine or says so itself. */
export async function engineState(settings: EngineSettings): Promise<EngineState | undefined> {
  const end = await askDocker(['info', '--format', QUESTION], settings);
  if (end === undefined) return undefined;
  const { code, output, said } = end;
  const refusal = said.join(' ');
  // Podman under the name docker has other fields.
  if (code !== 0) return /template/.test(refusal) ? {} : { refusal: refusal || 'it could not be started' };
  const { memory, groups } = answerOf(output) ?? {};
  return {
    ...(typeof memory === 'number' && memory > 0 ? { memory } : {}),
    ...(groups === '1' ? { hasOldControlGroups: true } : {}),
  };
}

function answerOf(
  output: string,
): Readonly<Partial<Record<'memory' | 'groups', unknown>>> | null | undefined {
  try {
    return JSON.parse(output) as ReturnType<typeof answerOf>;
  } catch {
    return undefined;
  }
}

/** Memory that the pods of these objects ask for, in bytes: no node takes them all that has less. */
export function requestedMemory(objects: readonly ClusterObject[]): number {
  let sum = 0;
  for (const { manifest } of objects) {
    const { replicas = 1, template } = (manifest['spec'] ?? {}) as WorkloadSpec;
    for (const { resources } of template?.spec?.containers ?? []) {
      const asked = quantityOf(resources?.requests?.['memory'] ?? resources?.limits?.['memory'] ?? 0);
      if (Number.isFinite(asked)) sum += asked * replicas;
    }
  }
  return sum;
}

/** What a workload looks like, as far as it is looked at. */
interface WorkloadSpec {
  readonly replicas?: number;
  readonly template?: {
    readonly spec?: {
      readonly containers?: readonly {
        readonly resources?: Readonly<
          Partial<Record<'requests' | 'limits', Record<string, string | number>>>
        >;
      }[];
    };
  };
}
