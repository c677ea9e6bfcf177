import { waitFor, type KubernetesServer } from '../harness';

/** What became of a workload: how many Pods it has, or what of them Pod Security objected to. */
export type Outcome = { readonly pods: number } | { readonly violations: readonly string[] };

interface Workload {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number; readonly active?: number };
}

interface Event {
  readonly involvedObject: { readonly kind: string; readonly name: string };
  readonly reason: string;
  readonly message: string;
}

/** A kind that yields Pods. */
interface WorkloadKind {
  /** Where the API server lists it, below the API group. */
  readonly list: readonly [group: string, resource: string];
  /** Pods that there are. */
  readonly count: (status: NonNullable<Workload['status']>) => number | undefined;
  /** Whether events about this object tell of the workload's Pods. */
  readonly isTeller: (object: Event['involvedObject'], workload: string) => boolean;
}

const WORKLOAD_KINDS: readonly WorkloadKind[] = [
  {
    list: ['apis/apps/v1', 'deployments'],
    count: ({ replicas }) => replicas,
    isTeller: ({ kind, name }, deployment) =>
      kind === 'ReplicaSet' && name.slice(0, name.lastIndexOf('-')) === deployment,
  },
  {
    list: ['apis/apps/v1', 'statefulsets'],
    count: ({ replicas }) => replicas,
    isTeller: ({ kind, name }, statefulSet) => kind === 'StatefulSet' && name === statefulSet,
  },
  {
    list: ['apis/batch/v1', 'jobs'],
    count: ({ active }) => active,
    isTeller: ({ kind, name }, job) => kind === 'Job' && name === job,
  },
];

/**
 * Waits until the controllers have made all Pods of every workload of the namespace, or were refused one by Pod
 * Security; the outcomes by the name of the workload.
 */
export async function outcomesOf(
  kubernetes: KubernetesServer,
  namespace: string,
): Promise<Readonly<Record<string, Outcome>>> {
  const list = async <T>(group: string, resource: string): Promise<readonly T[]> => {
    const { status, body } = await kubernetes.get(`/${group}/namespaces/${namespace}/${resource}`);
    if (status !== 200) throw new Error(body);
    return (JSON.parse(body) as { items: T[] }).items;
  };
  return waitFor(`the Pods of ${namespace}`, async () => {
    const events = await list<Event>('api/v1', 'events');
    const outcomes: Record<string, Outcome> = {};
    for (const kind of WORKLOAD_KINDS)
      for (const workload of await list<Workload>(...kind.list)) {
        const { name } = workload.metadata;
        const outcome = outcomeOf(workload, kind, events);
        if (outcome === undefined) throw new Error(`${name} has neither its Pods nor a refusal`);
        outcomes[name] = outcome;
      }
    return outcomes;
  });
}

function outcomeOf(
  { metadata, spec, status = {} }: Workload,
  kind: WorkloadKind,
  events: readonly Event[],
): Outcome | undefined {
  const refusal = events.find(
    ({ involvedObject, reason, message }) =>
      reason === 'FailedCreate' &&
      message.includes('violates PodSecurity') &&
      kind.isTeller(involvedObject, metadata.name),
  );
  if (refusal) return { violations: violationsIn(refusal.message) };
  const pods = kind.count(status) ?? 0;
  return pods === (spec.replicas ?? 1) ? { pods } : undefined;
}

/**
 * The checks that failed, without the containers they failed on. The API server says `pods "a-b" is forbidden: violates
 * PodSecurity "restricted:latest": runAsNonRoot != true (pod or container "a" must set …), seccompProfile (…)`.
 */
function violationsIn(message: string): readonly string[] {
  const [, checks = ''] = /violates PodSecurity "[^"]*": (.*)$/s.exec(message) ?? [];
  return withoutBrackets(checks)
    .split(',')
    .map((check) => check.trim())
    .sort();
}

function withoutBrackets(text: string): string {
  const shorter = text.replace(/\([^()]*\)/g, '');
  return shorter === text ? text : withoutBrackets(shorter);
}
