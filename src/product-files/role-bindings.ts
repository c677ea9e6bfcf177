import { toValue, type PathStep, type SourceNode } from '../document/source-node';
import type { ReleaseTraits } from '../releases/release-traits';
import { subjectProblem } from '../rules/auth/malformed-subject';
import { roleProblem } from '../rules/auth/unknown-role';
import type { FindingDetails, Report } from './report';

/** Checks role bindings of the cluster, a mapping from subjects to roles, with the rules for documents. */
export function reportBindings(
  bindings: SourceNode,
  at: readonly PathStep[],
  release: ReleaseTraits,
  report: Report,
): void {
  for (const [subject, roles] of bindings.entries ?? []) {
    const problem = subjectProblem(subject, release);
    if (problem)
      report.add('AUT002', [...at, subject], problem.message, { ...detailsOf(problem), onKey: true });
    for (const [index, role] of rolesOf(roles).entries()) {
      const unknown = roleProblem(role, release);
      if (unknown) report.add('AUT001', [...at, subject, index], unknown.message, detailsOf(unknown));
    }
  }
}

function detailsOf({ hint, severity }: Pick<FindingDetails, 'hint' | 'severity'>): FindingDetails {
  return { ...(hint === undefined ? {} : { hint }), ...(severity === undefined ? {} : { severity }) };
}

function rolesOf(roles: SourceNode): readonly string[] {
  const list = toValue(roles);
  return Array.isArray(list) ? list.map(String) : [];
}
