import type { RunRule } from '../run-rule';
import { sameClusterName } from './same-cluster-name';
import { sharedApplication } from './shared-application';
import { sharedTenantName } from './shared-tenant-name';

/** Every rule about several clusters of one run. */
export const runRules: readonly RunRule[] = [sameClusterName, sharedTenantName, sharedApplication];
