import type { ClusterDocument } from '../generated/cluster-document';
import { defined } from './defined';

/** The repository that engines roll a cluster out from, and where in it. */
export interface GitOps {
  readonly url: string;
  /** Whether it is an artifact in an OCI registry, which has tags alone. */
  readonly isArtifact: boolean;
  readonly ref: { readonly branch: string } | { readonly tag: string };
  /** The folder that holds those of the clusters, without slashes at its ends; empty for the root. */
  readonly path: string;
  readonly argocd: {
    /** Namespace that Argo CD is in. */
    readonly namespace: string;
    readonly project: string;
    /** URL of the cluster's API server, or the name that Argo CD knows it by. */
    readonly destination: { readonly server: string } | { readonly name: string };
  };
  readonly flux: {
    /** Namespace that Flux is in. */
    readonly namespace: string;
    /** A duration of Go. */
    readonly interval: string;
    /** Secret with the credentials for the repository; missing for one that anyone may read. */
    readonly secretName?: string;
    /** Secret with what decrypts what sops encrypted; missing where Flux is known to the key service by its own account. */
    readonly decryptionSecret?: string;
  };
}

/** The API server of the cluster that Argo CD itself is in. */
const OWN_CLUSTER = 'https://kubernetes.default.svc';

type SopsSection = NonNullable<NonNullable<ClusterDocument['secrets']>['sops']>;

/** The section `gitops` of a document; undefined without one. */
export function resolveGitOps({ gitops, secrets }: ClusterDocument): GitOps | undefined {
  if (gitops === undefined) return undefined;
  const { url, ref, path = '', argocd = {}, flux = {} } = gitops;
  const isArtifact = url.startsWith('oci://');
  const usual = isArtifact ? { tag: 'latest' } : { branch: 'main' };
  return {
    url,
    isArtifact,
    ref:
      ref?.tag !== undefined ? { tag: ref.tag } : ref?.branch !== undefined ? { branch: ref.branch } : usual,
    path: path
      .split('/')
      .filter((step) => step !== '' && step !== '.')
      .join('/'),
    argocd: {
      namespace: argocd.namespace ?? 'argocd',
      project: argocd.project ?? 'default',
      destination:
        argocd.cluster !== undefined ? { name: argocd.cluster } : { server: argocd.server ?? OWN_CLUSTER },
    },
    flux: defined({
      namespace: flux.namespace ?? 'flux-system',
      interval: flux.interval ?? '10m',
      secretName: flux.secretName,
      decryptionSecret:
        flux.decryptionSecret ?? (hasKeyOfItsOwn(secrets?.sops ?? {}) ? 'sops-age' : undefined),
    }),
  };
}

/** Whether some recipient is a key, or has a token, that Flux has to be given. Clouds know it by its service account. */
function hasKeyOfItsOwn({ age, pgp, vaultTransit, ...clouds }: SopsSection): boolean {
  return [age, pgp, vaultTransit].some((keys) => keys !== undefined) || Object.keys(clouds).length === 0;
}
