import type { ClusterDocument } from '../generated/cluster-document';
import type { PachdJob, RestoreSnapshot } from './cluster';
import type { ResolveContext } from './resolve-context';
import { resolvePlacement, resolveResources, resolveUnprefixedImage } from './resolve-pod';

/** The Jobs that run pachd's program once, in releases that have them. */
export function resolveJobs(context: ResolveContext): {
  readonly preflightJob: PachdJob | undefined;
  readonly restoreSnapshot: RestoreSnapshot | undefined;
} {
  const { document, release } = context;
  const { preflightJob, restoreSnapshot } = document;
  return {
    preflightJob: preflightJob && release.hasPreflightJob ? resolveJob(context, preflightJob) : undefined,
    restoreSnapshot:
      restoreSnapshot && release.hasSnapshots
        ? { ...resolveJob(context, restoreSnapshot), snapshotID: restoreSnapshot.snapshotID }
        : undefined,
  };
}

function resolveJob(context: ResolveContext, given: NonNullable<ClusterDocument['preflightJob']>): PachdJob {
  return {
    image: resolveUnprefixedImage(context, context.release.images.pachd, given.image),
    resources: resolveResources(given.resources),
    placement: resolvePlacement(given.placement),
    disableLogSampling: given.disableLogSampling ?? false,
    sqlQueryLogs: given.sqlQueryLogs ?? false,
  };
}
