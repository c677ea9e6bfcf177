import type { Diagnostic } from '../diagnostics/diagnostic';
import { toDiagnostic } from './check-rules';
import { runRules } from './run';
import type { RunCluster } from './run-rule';

/** Everything that the rules about several clusters find in those of one run. */
export function checkRun(clusters: readonly RunCluster[]): Diagnostic[] {
  if (clusters.length < 2) return [];
  return runRules.flatMap((rule) =>
    [...rule.check(clusters)].map((finding) => toDiagnostic(rule, finding, finding.of.root)),
  );
}
