import type { ClusterTool } from '../tool';
import { k3d } from './k3d';
import { kind } from './kind';
import { minikube } from './minikube';

/** Programs that `pachkit dev` knows, in the order in which they are looked for. */
export const clusterTools: readonly ClusterTool[] = [kind, k3d, minikube];
