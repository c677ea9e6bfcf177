import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import { newestReleaseWith, releaseTraits } from '../releases/release-traits';
import { subjectProblem } from '../rules/auth/malformed-subject';
import { roleProblem } from '../rules/auth/unknown-role';
import { ambiguitiesOf, COMPARED_AS_TEXT } from '../rules/support/ambiguous-url';
import { readEmbedded } from './embedded-text';
import { decoded } from './kubernetes-manifest';
import { Report } from './report';

/** The Secret whose keys are the files of the config Job of Pachyderm 2.2. */
export const JOB_SECRET = 'pachyderm-bootstrap-config';

/** What a file of the Job says, by its key in the Secret. */
const FILES: Readonly<Record<string, (content: SourceNode, report: Report) => void>> = {
  authConfig: (content, report) => reportIssuer(content, report),
  identityServiceConfig: (content, report) => reportIssuer(content, report),
  clusterRoleBindings: (content, report) => reportBindings(content, report),
};

/** Checks what the bootstrap Secret holds besides connectors, with the rules for documents. */
export function checkJobSecret(root: SourceNode): Diagnostic[] {
  return ['stringData', 'data'].flatMap((section) =>
    Object.entries(FILES).flatMap(([name, check]) => {
      const node = nodeAt(root, [section, name]);
      // A string that begins with a dollar is the name of a variable.
      if (typeof node?.scalar !== 'string' || node.scalar.startsWith('$')) return [];
      const text = section === 'data' ? decoded(node.scalar) : node.scalar;
      const { roots, diagnostics } = readEmbedded(node, text);
      const [content] = roots;
      if (!content) return [...diagnostics];
      const report = new Report(content, [section, name]);
      check(content, report);
      return [...diagnostics, ...report.diagnostics];
    }),
  );
}

function reportIssuer(content: SourceNode, report: Report): void {
  const issuer = nodeAt(content, ['issuer'])?.scalar;
  const ambiguities = typeof issuer === 'string' ? ambiguitiesOf(issuer) : undefined;
  if (ambiguities)
    report.add('ACC005', ['issuer'], `The issuer has ${ambiguities.what}: ${COMPARED_AS_TEXT}`, {
      severity: 'warning',
      hint: `write ${ambiguities.mended}, here and wherever else the issuer stands`,
    });
}

function reportBindings(content: SourceNode, report: Report): void {
  const release = releaseTraits(newestReleaseWith('hasBootstrapJob'));
  for (const [subject, roles] of content.entries ?? []) {
    const problem = subjectProblem(subject, release);
    if (problem) report.add('AUT002', [subject], problem.message, { ...detailsOf(problem), onKey: true });
    for (const [index, role] of rolesOf(roles).entries()) {
      const unknown = roleProblem(role, release);
      if (unknown) report.add('AUT001', [subject, index] as PathStep[], unknown.message, detailsOf(unknown));
    }
  }
}

function detailsOf({ hint, severity }: { hint?: string; severity?: 'error' | 'warning' }): object {
  return { ...(hint === undefined ? {} : { hint }), ...(severity === undefined ? {} : { severity }) };
}

function rolesOf(roles: SourceNode): readonly string[] {
  const list = toValue(roles);
  return Array.isArray(list) ? list.map(String) : [];
}
