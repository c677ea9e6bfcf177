import type { Diagnostic } from '../../diagnostics/diagnostic';
import { shellWord } from '../../diagnostics/shell-word';
import type { Comparison } from '../compare/plan-changes';
import type { Resources } from '../api/resources';
import { groupKindOf } from '../api/objects';
import type { WantedCluster } from '../wanted-cluster';
import { missingRights, userOf } from './missing-rights';
import { neededRights, rightOf, type Purpose } from './needed-rights';
import { resourceName, type Right } from './right';

/** What rights are asked about for: something that is done with a document, or what the doctor does in its cluster. */
type Need = Purpose | 'look' | 'read';

/** What is said of it. */
const NAMES: Readonly<Record<Need, string>> = {
  compare: 'comparing with it',
  deploy: 'a deploy',
  destroy: 'deleting it',
  look: 'a look from its Pods',
  read: 'reading Secrets',
};

/** What is done with kinds of objects, all in all: the verbs of the role that is proposed. */
const VERBS: Readonly<Record<Need, string>> = {
  compare: 'get,list,create,patch',
  deploy: 'get,list,create,patch,update,delete',
  destroy: 'get,list,create,patch,update,delete',
  look: 'get,list,create,delete',
  read: 'get',
};

/** All rights that are missing for something, as one finding; nothing is changed, and nothing compared yet. */
export async function reviewRights(
  resources: Resources,
  wanted: WantedCluster,
  purpose: Purpose,
): Promise<readonly Diagnostic[]> {
  const rights = await neededRights(resources, wanted, purpose);
  return reviewed(resources, wanted, purpose, rights);
}

/** The same for what is known only when a document was compared: deleting what goes, or is made again. */
export async function reviewDeleting(
  resources: Resources,
  wanted: WantedCluster,
  { changes, formerParent }: Pick<Comparison, 'changes' | 'formerParent'>,
): Promise<readonly Diagnostic[]> {
  const gone = changes.filter(({ action }) => action === 'delete' || action === 'replace');
  const kinds = new Map(gone.map(({ object }) => [groupKindOf(object), object]));
  if (formerParent !== undefined) kinds.set(groupKindOf(formerParent), formerParent);
  const { namespace } = wanted.cluster;
  // The Lease of a former name goes with its inventory.
  const rights: Right[] =
    formerParent === undefined
      ? []
      : [{ verb: 'delete', group: 'coordination.k8s.io', resource: 'leases', namespace }];
  for (const kind of kinds.values()) {
    const resource = await resources.of(kind);
    if (resource === undefined) continue;
    for (const verb of ['get', 'delete']) rights.push(rightOf(verb, resource, namespace));
  }
  return reviewed(resources, wanted, 'deploy', rights);
}

/** What the doctor does in a cluster. */
const LOOKING = {
  /** Reads the Secrets that a document refers to. */
  secrets: { need: 'read', verbs: { secrets: ['get'] } },
  /** Looks which Pods run, and runs something in one. */
  exec: { need: 'look', verbs: { pods: ['list'], 'pods/exec': ['get', 'create'] } },
  /** Makes a Pod of its own, and deletes it. */
  ownPod: { need: 'look', verbs: { pods: ['create', 'get', 'delete'] } },
} as const;

/** Rights that are missing for what the doctor does in a cluster, a finding for each. */
export async function reviewLooking(
  resources: Resources,
  looked: Looked,
  doing: readonly (keyof typeof LOOKING)[],
): Promise<readonly Diagnostic[]> {
  const { namespace } = looked.cluster;
  const found: Diagnostic[] = [];
  for (const each of doing) {
    const { need, verbs } = LOOKING[each];
    const rights = Object.entries(verbs).flatMap(([resource, own]: [string, readonly string[]]) =>
      own.map((verb) => ({ verb, group: '', resource, namespace })),
    );
    found.push(...(await reviewed(resources, looked, need, rights)));
  }
  return found;
}

/** The cluster that something is done with, and the file that findings are about. */
interface Looked {
  readonly cluster: Pick<WantedCluster['cluster'], 'name' | 'namespace'>;
  readonly file: string;
}

async function reviewed(
  { api }: Resources,
  { cluster: { name, namespace }, file }: Looked,
  purpose: Need,
  rights: readonly Right[],
): Promise<readonly Diagnostic[]> {
  const missing = await missingRights(api, rights);
  if (missing.length === 0) return [];
  const user = await userOf(api);
  const who =
    user === undefined ? `The user of the context ${api.context}` : `${user} (context ${api.context})`;
  return [
    {
      code: 'CLU005',
      severity: 'error',
      message: `${who} may not do what ${NAMES[purpose]} needs for ${name} in the namespace ${namespace}: ${listed(missing)}. Nothing is changed`,
      location: { file },
      path: '',
      hint: `have someone who may give rights run: ${commands(rights, missing, { purpose, place: namespace, user }).join(' && ')}`,
    },
  ];
}

/** `create, patch on secrets, deployments.apps; list on jobs.batch`: kinds with the same verbs together. */
function listed(rights: readonly Right[]): string {
  const verbs = new Map<string, string[]>();
  for (const right of rights)
    for (const name of [placedName(right)]) verbs.set(name, [...(verbs.get(name) ?? []), right.verb]);
  const kinds = new Map<string, string[]>();
  for (const [name, own] of verbs) {
    const key = [...new Set(own)].sort().join(', ');
    kinds.set(key, [...(kinds.get(key) ?? []), name]);
  }
  return [...kinds].map(([own, names]) => `${own} on ${names.sort().join(', ')}`).join('; ');
}

function placedName(right: Right): string {
  return `${resourceName(right)}${right.namespace === undefined ? ' of the whole cluster' : ''}`;
}

/** Commands that give the rights: Roles in the namespace, ClusterRoles for what belongs to no namespace. */
function commands(
  rights: readonly Right[],
  missing: readonly Right[],
  {
    purpose,
    place,
    user,
  }: { readonly purpose: Need; readonly place: string; readonly user: string | undefined },
): string[] {
  const name = `pachkit-${purpose}`;
  const isNamespace = ({ group, resource }: Right): boolean => group === '' && resource === 'namespaces';
  const made = missing.some(isNamespace) ? [`kubectl create namespace ${place}`] : [];
  const lasting = missing.filter((right) => !isNamespace(right));
  const roles = [false, true].flatMap((isGiving) => {
    const verbs = isGiving ? GIVING.join(',') : VERBS[purpose];
    const isMeant = ({ verb }: Right): boolean => GIVING.includes(verb) === isGiving;
    return [...new Set(lasting.filter(isMeant).map(({ namespace }) => namespace))].flatMap((namespace) => {
      // A role that is there for some of them would not be made again: it has all of them.
      const own = rights.filter((right) => isMeant(right) && right.namespace === namespace);
      const given = namespace === undefined ? own.filter((right) => lasting.includes(right)) : own;
      const kinds = [...new Set(given.map(resourceName))].sort().join(',');
      const role = isGiving ? `${name}-roles` : name;
      const subject = subjectOption(user);
      const option = namespace === undefined ? '' : ` -n ${namespace}`;
      const prefix = namespace === undefined ? 'cluster' : '';
      return [
        `kubectl${option} create ${prefix}role ${role} --verb=${verbs} --resource=${kinds}`,
        `kubectl${option} create ${prefix}rolebinding ${role} --${prefix}role=${role} ${subject}`,
      ].map((command) => `${command} ${RECONCILED}`);
    });
  });
  return [...made, ...roles];
}

/** Adds rights and users to a role that is there already. */
const RECONCILED = '--dry-run=client -o yaml | kubectl auth reconcile -f -';

/** Verbs on roles that kubectl takes with no other. */
const GIVING = ['escalate', 'bind'];

/** How kubectl is told whom a role is for. */
function subjectOption(user = 'USER'): string {
  const [, namespace, account] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user) ?? [];
  return account === undefined ? `--user=${shellWord(user)}` : `--serviceaccount=${namespace}:${account}`;
}
