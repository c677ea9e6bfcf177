import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { ClusterPlan } from '../plan/plan';

/** An error about the dev cluster of a document. */
export function problem({ document }: ClusterPlan, code: Code, message: string, hint: string): Diagnostic {
  return { code, severity: 'error', message, location: { file: document.file }, path: '', hint };
}
