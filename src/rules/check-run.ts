import type { Diagnostic } from '../diagnostics/diagnostic';
import { toDiagnostic } from './check-rules';
import { runRules } from './run';
import type { RunCluster } from './run-rule';

/** What the rules about several clusters find in those of one run: for each of these, what has its place in its document. */
export function checkRun(clusters: readonly RunCluster[]): Diagnostic[][] {
  const found = new Map(clusters.map((cluster) => [cluster, [] as Diagnostic[]]));
  if (clusters.length > 1)
    for (const rule of runRules)
      for (const finding of rule.check(clusters))
        found.get(finding.of)?.push(toDiagnostic(rule, finding, finding.of.root));
  return [...found.values()];
}
