import type { AnyRule } from '../rule';
import { incompleteOperation } from './incomplete-operation';
import { impossibleConditions } from './impossible-conditions';
import { probeThresholds } from './impossible-probe';
import { requestsAboveLimits } from './requests-above-limits';
import { unboundServiceAccount } from './unbound-service-account';

/** Rules about what Kubernetes refuses in a pod, in whatever section it is, in the order of their codes. */
export const kubernetesRules: readonly AnyRule[] = [
  requestsAboveLimits,
  impossibleConditions,
  probeThresholds,
  unboundServiceAccount,
  incompleteOperation,
];
