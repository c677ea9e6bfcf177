import type { Diagnostic } from '../diagnostics/diagnostic';
import { asApplied, type KubernetesObject } from './api/objects';
import { ApiRefusal } from './api/kubernetes-api';
import type { Resources } from './api/resources';
import { isChange, type ChangeSet } from './compare/change';
import { KnownSecrets } from './compare/known-secrets';
import { compareObjects, planChanges, type Comparison } from './compare/plan-changes';
import { shownChanges, type ShownChange } from './compare/shown-changes';
import { ClusterFailure, failureDiagnostic } from './failure';
import { meaningsOf } from './meaning/meanings';
import type { Meaning } from './meaning/rows';
import { refusalDiagnostic } from './refusal';
import { reviewRights } from './rights/review';
import type { WantedCluster } from './wanted-cluster';

/** What a document and a cluster, or two documents, do not agree about, as it may be shown. */
export interface Difference {
  readonly name: string;
  readonly namespace: string;
  /** The context of the cluster; missing for two documents. */
  readonly context?: string;
  readonly changes: readonly ShownChange[];
  readonly meanings: readonly Meaning[];
  /** Whether anything would be created, changed or deleted. */
  readonly differs: boolean;
}

/** What a comparison comes to. */
export interface Compared {
  /** Missing where nothing could be compared. */
  readonly difference?: Difference;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares a document with a running cluster, which is not changed. */
export async function compareWithCluster(resources: Resources, wanted: WantedCluster): Promise<Compared> {
  const { result: difference, diagnostics } = await afterComparison(
    resources,
    wanted,
    async (comparison, secrets) => differenceOf(comparison, wanted, secrets, resources.api.context),
  );
  return difference === undefined ? { diagnostics } : { difference, diagnostics };
}

/**
 * What follows from a comparison with a running cluster, whose rights are looked at first. Without a result the diagnostics
 * say why; what they quote of the cluster has no secrets in it.
 */
export async function afterComparison<Result>(
  resources: Resources,
  wanted: WantedCluster,
  resultOf: (comparison: Comparison, secrets: KnownSecrets) => Promise<Result>,
): Promise<{ readonly result?: Result; readonly diagnostics: readonly Diagnostic[] }> {
  try {
    const refused = await reviewRights(resources, wanted, 'compare');
    if (refused.length > 0) return { diagnostics: refused };
    const comparison = await planChanges(resources, wanted);
    const secrets = new KnownSecrets().learn(wanted.objects).learn(comparison.live.values());
    if (comparison.diagnostics.length > 0)
      return { diagnostics: comparison.diagnostics.map((diagnostic) => hidden(diagnostic, secrets)) };
    return { result: await resultOf(comparison, secrets), diagnostics: [] };
  } catch (error) {
    return { diagnostics: [diagnosticOf(error, wanted.file)] };
  }
}

/** Compares a document with other objects: those of another document, or of a folder. */
export function compareWithObjects(before: readonly KubernetesObject[], wanted: WantedCluster): Difference {
  const secrets = new KnownSecrets().learn(before.map(asApplied)).learn(wanted.objects);
  return differenceOf(compareObjects(before, wanted.objects, wanted.cluster.namespace), wanted, secrets);
}

/** A set of changes as it may be shown. */
export function differenceOf(
  changeSet: ChangeSet,
  { cluster: { name, namespace } }: Pick<WantedCluster, 'cluster'>,
  secrets: KnownSecrets,
  context?: string,
): Difference {
  return {
    name,
    namespace,
    ...(context === undefined ? {} : { context }),
    changes: shownChanges(changeSet, secrets),
    meanings: meaningsOf(changeSet, secrets),
    differs: changeSet.changes.some(isChange),
  };
}

/** What a request comes to that is refused, or not answered, as a finding; throws everything else. */
export function diagnosticOf(error: unknown, file: string): Diagnostic {
  if (error instanceof ClusterFailure) return failureDiagnostic(error, file);
  if (error instanceof ApiRefusal) return refusalDiagnostic(error, 'a request', file);
  throw error;
}

/** Admission controllers may quote what they refuse. */
export function hidden(diagnostic: Diagnostic, secrets: KnownSecrets): Diagnostic {
  return { ...diagnostic, message: secrets.hide(diagnostic.message) };
}
