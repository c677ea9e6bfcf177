/** What commands use of this stage: a part of the program that is loaded by those that talk to a cluster. */
export type { Target } from './api/kubeconfig';
export type { KubernetesObject } from './api/objects';
export type { Resources } from './api/resources';
export { applyBeside } from './apply-beside';
export { connect } from './connect';
export { prepareDeploy, runDeploy, type DeployOptions, type PreparedDeploy } from './deploy/deploy';
export { prepareDestroy, runDestroy, type PreparedDestroy } from './deploy/destroy';
export type { DeployEvent } from './deploy/events';
export { holdCluster, releaseCluster, type HeldCluster } from './deploy/hold-cluster';
export { compareWithCluster, compareWithObjects, type Compared, type Difference } from './difference';
export { failureDiagnostic, interruption } from './failure';
export { readHelmRelease, type HelmRelease } from './helm-release';
export { readLogs, type ContainerLog } from './read-logs';
export { lookFromPods, type PodLook, type PodLookOptions } from './pods/look-from-pods';
export { readManifests } from './read-manifests';
export { secretsOfCluster } from './secrets-of-cluster';
export { readStatus, type ClusterStatus } from './status/status';
export { wantedCluster, type WantedCluster } from './wanted-cluster';
