import { fromPointer, type PathStep, type SourceNode } from '../document/source-node';

/** Something of objects that Kubernetes has given up, by the name that only it has. */
export interface Deprecation {
  /** Key of an annotation or a label, of which one that ends with a slash is the beginning; the field of a volume that says its kind. */
  readonly name: string;
  /** The first minor version of Kubernetes 1 that calls it deprecated; missing where it was given up at once. */
  readonly since?: number;
  /** The first minor version of Kubernetes 1 in which it does nothing; missing where it still works. */
  readonly goneIn?: number;
  /** What to do instead, as an imperative. */
  readonly instead: string;
}

/** Where names of a list are looked for. */
export type DeprecatedIn = 'Ingress' | 'Service' | 'claim' | 'pod' | 'node' | 'volume';

/**
 * What the API server of Kubernetes 1.34 warns of: pkg/api/pod/warnings.go, pkg/api/node/util.go, pkg/api/service/warnings.go,
 * pkg/api/persistentvolumeclaim/util.go and pkg/registry/networking/ingress/strategy.go, with the versions of its deprecation guide
 * and its annotations' reference. Annotations of an Ingress, a Service, a claim and a pod; labels of nodes that pods are placed by;
 * kinds of volumes.
 */
export const DEPRECATIONS: Readonly<Record<DeprecatedIn, readonly Deprecation[]>> = {
  Ingress: [
    {
      name: 'kubernetes.io/ingress.class',
      since: 18,
      instead: 'write the class as access.ingress.className, whose IngressClass the controller brings',
    },
  ],
  Service: [
    {
      name: 'service.kubernetes.io/topology-aware-hints',
      since: 27,
      instead: 'write the annotation service.kubernetes.io/topology-mode',
    },
  ],
  claim: [
    {
      name: 'volume.beta.kubernetes.io/storage-class',
      since: 8,
      instead: 'write the storage class as spec.storageClassName of the claim',
    },
  ],
  pod: [
    {
      name: 'scheduler.alpha.kubernetes.io/critical-pod',
      goneIn: 16,
      instead: 'write priorityClassName in the placement of the component',
    },
    {
      name: 'security.alpha.kubernetes.io/sysctls',
      goneIn: 11,
      instead: 'write securityContext.sysctls of the pod',
    },
    {
      name: 'security.alpha.kubernetes.io/unsafe-sysctls',
      goneIn: 11,
      instead: 'write securityContext.sysctls of the pod',
    },
    {
      name: 'seccomp.security.alpha.kubernetes.io/pod',
      since: 19,
      goneIn: 27,
      instead: 'write securityContext.seccompProfile of the pod',
    },
    {
      name: 'container.seccomp.security.alpha.kubernetes.io/',
      since: 19,
      goneIn: 27,
      instead: 'write securityContext.seccompProfile of the container',
    },
    {
      name: 'container.apparmor.security.beta.kubernetes.io/',
      since: 30,
      instead: 'write securityContext.appArmorProfile of the container',
    },
  ],
  node: [
    { name: 'beta.kubernetes.io/arch', since: 14, instead: 'write kubernetes.io/arch' },
    { name: 'beta.kubernetes.io/os', since: 14, instead: 'write kubernetes.io/os' },
    {
      name: 'failure-domain.beta.kubernetes.io/region',
      since: 17,
      instead: 'write topology.kubernetes.io/region',
    },
    {
      name: 'failure-domain.beta.kubernetes.io/zone',
      since: 17,
      instead: 'write topology.kubernetes.io/zone',
    },
    {
      name: 'beta.kubernetes.io/instance-type',
      since: 17,
      instead: 'write node.kubernetes.io/instance-type',
    },
    {
      name: 'node-role.kubernetes.io/master',
      since: 20,
      goneIn: 24,
      instead: 'write node-role.kubernetes.io/control-plane',
    },
  ],
  volume: [
    {
      name: 'gitRepo',
      since: 11,
      goneIn: 33,
      instead: 'clone into an emptyDir in an init container',
    },
    { name: 'photonPersistentDisk', since: 11, goneIn: 16, instead: 'use a volume of a CSI driver' },
    { name: 'scaleIO', since: 16, goneIn: 22, instead: 'use a volume of a CSI driver' },
    { name: 'flocker', since: 22, goneIn: 25, instead: 'use a volume of a CSI driver' },
    { name: 'storageos', since: 22, goneIn: 25, instead: 'use a volume of a CSI driver' },
    { name: 'quobyte', since: 22, goneIn: 25, instead: 'use a volume of a CSI driver' },
    { name: 'glusterfs', since: 25, goneIn: 26, instead: 'use a volume of a CSI driver' },
    { name: 'cephfs', since: 28, goneIn: 31, instead: 'use a volume of the CSI driver of Ceph' },
    { name: 'rbd', since: 28, goneIn: 31, instead: 'use a volume of the CSI driver of Ceph' },
  ],
};

/** Whether a name is one of the table; of those that end with a slash only the beginning is there. */
export function isCalled(name: string, deprecated: string): boolean {
  return deprecated.endsWith('/') ? name.startsWith(deprecated) : name === deprecated;
}

/** Whether a name in a document is looked for. The path is good until the call returns. */
type IsWanted = (name: string, path: readonly PathStep[]) => boolean;

/**
 * Whether a name below a node is wanted, all that may be of the table in turn: keys, steps of the paths of overrides, and strings
 * that look like keys of labels.
 */
export function hasName(node: SourceNode, isWanted: IsWanted): boolean {
  const path: PathStep[] = [];
  let isFound = false;
  const enter = (inner: SourceNode, step: PathStep): void => {
    if (isFound) return;
    path.push(step);
    isFound = typeof step === 'string' && isWanted(step, path);
    if (!isFound) visit(inner);
    path.pop();
  };
  const visit = ({ entries, items, scalar }: SourceNode): void => {
    entries?.forEach(enter);
    items?.forEach(enter);
    if (typeof scalar !== 'string' || !scalar.includes('/')) return;
    isFound =
      isWanted(scalar, path) ||
      (path.at(-1) === 'path' && fromPointer(scalar).some((step) => isWanted(step, path)));
  };
  visit(node);
  return isFound;
}

const NAMES = Object.values(DEPRECATIONS).flatMap((all) => all.map(({ name }) => name));
const WHOLE_NAMES: ReadonlySet<string> = new Set(NAMES);
const BEGINNINGS = NAMES.filter((name) => name.endsWith('/'));

/** Whether a document names anything of the table, wherever it may come to. */
export function namesDeprecated(root: SourceNode): boolean {
  return hasName(
    root,
    (name) =>
      WHOLE_NAMES.has(name) ||
      (name.includes('/') && BEGINNINGS.some((beginning) => isCalled(name, beginning))),
  );
}
