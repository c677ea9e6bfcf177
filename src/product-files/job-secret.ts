import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, type SourceNode } from '../document/source-node';
import { newestReleaseWith, releaseTraits } from '../releases/release-traits';
import { ambiguitiesOf, COMPARED_AS_TEXT } from '../rules/support/ambiguous-url';
import { readEmbedded } from './embedded-text';
import { decoded } from './kubernetes-manifest';
import { Report } from './report';
import { reportBindings } from './role-bindings';

/** The Secret whose keys are the files of the config Job of Pachyderm 2.2. */
export const JOB_SECRET = 'pachyderm-bootstrap-config';

/** What a file of the Job says, by its key in the Secret. */
const FILES: Readonly<Record<string, (content: SourceNode, report: Report) => void>> = {
  authConfig: (content, report) => reportIssuer(content, report),
  identityServiceConfig: (content, report) => reportIssuer(content, report),
  clusterRoleBindings: (content, report) =>
    reportBindings(content, [], releaseTraits(newestReleaseWith('hasBootstrapJob')), report),
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
