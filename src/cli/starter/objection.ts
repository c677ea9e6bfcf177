import type { Diagnostic } from '../../diagnostics/diagnostic';
import { validateFiles } from '../../pipeline/validate-files';

/** What the rules say against a document to start from: the choices in it do not go together. */
export function objectionTo(document: string): Diagnostic | undefined {
  const { diagnostics } = validateFiles(['pachyderm.yaml'], {
    directory: '/',
    readFile: () => Buffer.from(document),
    readStandardInput: () => Buffer.alloc(0),
  });
  return diagnostics.find(({ severity }) => severity === 'error');
}
