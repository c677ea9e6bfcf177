import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, type SourceNode } from '../document/source-node';
import { findingsAbout } from '../rules/registry';
import { bootstrapSecretSubject, type BootstrapFile } from '../subjects/bootstrap-secret';
import { readEmbedded } from './embedded-text';
import { decoded } from './kubernetes-manifest';
import { Report } from './report';

/** The Secret whose keys are the files of the config Job of Pachyderm 2.2. */
export const JOB_SECRET = 'pachyderm-bootstrap-config';

/** What a file of the Job says, by its key in the Secret. */
const FILES: Readonly<Record<string, BootstrapFile>> = {
  authConfig: 'issuer',
  identityServiceConfig: 'issuer',
  clusterRoleBindings: 'roleBindings',
};

/** Checks what the bootstrap Secret holds besides connectors, with the rules for documents. */
export function checkJobSecret(root: SourceNode): Diagnostic[] {
  return ['stringData', 'data'].flatMap((section) =>
    Object.entries(FILES).flatMap(([name, holds]) => {
      const node = nodeAt(root, [section, name]);
      // A string that begins with a dollar is the name of a variable.
      if (typeof node?.scalar !== 'string' || node.scalar.startsWith('$')) return [];
      const text = section === 'data' ? decoded(node.scalar) : node.scalar;
      const { roots, diagnostics } = readEmbedded(node, text);
      const [content] = roots;
      if (!content) return [...diagnostics];
      const report = new Report(content, [section, name]);
      report.addAll(findingsAbout('bootstrap-secret', bootstrapSecretSubject(content, holds)));
      return [...diagnostics, ...report.diagnostics];
    }),
  );
}
