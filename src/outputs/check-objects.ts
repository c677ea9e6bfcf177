import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import type { Cluster } from '../model/cluster';
import { checkDeprecations } from './check-deprecations';
import { checkOverrides } from './check-overrides';
import { checkPodSecurity } from './check-pod-security';

/** What is wrong with a cluster of which only its objects can tell: with overrides, with pods that are not admitted, and with what Kubernetes has given up. */
export function checkObjects(document: Document, cluster: Cluster): Diagnostic[] {
  const wrong = checkOverrides(document, cluster);
  // Objects that overrides do not fit tell nothing of pods.
  return hasErrors(wrong)
    ? wrong
    : [...wrong, ...checkPodSecurity(document, cluster), ...checkDeprecations(document, cluster)];
}
