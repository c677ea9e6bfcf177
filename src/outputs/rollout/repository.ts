import type { Cluster } from '../../model/cluster';
import type { GitOps } from '../../model/gitops';

/** Where a cluster is rolled out from. The outputs of engines are not written without it. */
export function repositoryOf({ gitops, name }: Pick<Cluster, 'gitops' | 'name'>): GitOps {
  if (gitops === undefined) throw new Error(`${name} has no repository`);
  return gitops;
}

/** A folder of a cluster in its repository, such as `clusters/prod/flux/data`. */
export function folderInRepository(
  { gitops, name }: Pick<Cluster, 'gitops' | 'name'>,
  inside: string,
): string {
  return [...(gitops?.path === undefined || gitops.path === '' ? [] : [gitops.path]), name, inside].join('/');
}
