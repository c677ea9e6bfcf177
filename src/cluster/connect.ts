import type { Diagnostic } from '../diagnostics/diagnostic';
import { HttpKubernetesApi } from './api/kubernetes-api';
import { readAccess, type Target } from './api/kubeconfig';
import { Resources } from './api/resources';
import { ClusterFailure, failureDiagnostic } from './failure';

/** Reaches a cluster as kubectl does; nothing is asked yet. `file` is the document that findings are about. */
export function connect(target: Target, file: string): Resources | Diagnostic {
  try {
    return new Resources(new HttpKubernetesApi(readAccess(target)));
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    return failureDiagnostic(error, file);
  }
}
