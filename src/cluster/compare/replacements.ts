/** How an object whose fields cannot be changed gets others. */
export interface Replacement {
  readonly kind: string;
  /** What becomes of what it owns when it is deleted. */
  readonly propagation: 'Background' | 'Orphan' | 'Foreground';
  /** What that means. */
  readonly reason: string;
}

/** Kinds that may be deleted and created again. A claim for a volume may not: its data would go. */
const replacements: readonly Replacement[] = [
  { kind: 'Job', propagation: 'Background', reason: 'a Job cannot be changed: it runs again' },
  {
    kind: 'StatefulSet',
    propagation: 'Orphan',
    reason:
      'these fields of a StatefulSet cannot be changed: it is made again; its Pods and volumes stay, and Pods restart one by one',
  },
  {
    kind: 'Deployment',
    propagation: 'Foreground',
    reason: 'the selector of a Deployment cannot be changed: its Pods stop before the new ones start',
  },
  {
    kind: 'Service',
    propagation: 'Background',
    reason: 'the address of a Service cannot be changed: it gets another one',
  },
  { kind: 'RoleBinding', propagation: 'Background', reason: 'the role of a binding cannot be changed' },
  {
    kind: 'ClusterRoleBinding',
    propagation: 'Background',
    reason: 'the role of a binding cannot be changed',
  },
  { kind: 'Secret', propagation: 'Background', reason: 'the type of a Secret cannot be changed' },
  { kind: 'ConfigMap', propagation: 'Background', reason: 'it is immutable' },
];

/** Words with which API servers refuse to change a field. */
const IMMUTABLE =
  /field is immutable|updates to statefulset spec for fields other than|cannot change roleRef|may not change once set|can not be unset|is immutable/i;

/** How to replace an object of a kind, where that is what a refusal calls for. */
export function replacementFor(kind: string, refusal: string): Replacement | undefined {
  return IMMUTABLE.test(refusal) ? replacements.find((row) => row.kind === kind) : undefined;
}

/** Jobs whose second run would do harm: they stay as they are. */
const ONCE: Readonly<Record<string, string>> = {
  'pachyderm-restore-snapshot':
    'it has restored the snapshot; delete the Job yourself to restore again, which replaces what is there now',
};

/** Why an object that would be replaced stays instead; undefined for one that is replaced. */
export function reasonNotToReplace(kind: string, name: string): string | undefined {
  return kind === 'Job' && Object.hasOwn(ONCE, name) ? ONCE[name] : undefined;
}
