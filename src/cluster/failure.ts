import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';

/** Why something could not be done with a cluster; becomes a finding where the stage is left. */
export class ClusterFailure extends Error {
  constructor(
    readonly code: Code,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

/** Someone has ended a command with Ctrl-C or a signal. `stays` says what that leaves, `next` what goes on from there. */
export function interruption(stays: string, next: string): ClusterFailure {
  return new ClusterFailure('CLU016', `The command was interrupted; ${stays}`, next);
}

/** A failure as a finding about a document. */
export function failureDiagnostic({ code, message, hint }: ClusterFailure, file: string): Diagnostic {
  return { code, severity: 'error', message, location: { file }, path: '', hint };
}
