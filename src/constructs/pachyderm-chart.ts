import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { components } from './components';
import { applyDigests } from './digests';
import { applyOverrides } from './overrides';

/**
 * Every Kubernetes object of a cluster, as the official chart of its release would have them. A pure function of the
 * cluster: names are fixed, nothing is random, and each object is in the cluster's namespace.
 *
 * @example
 * const app = new App();
 * new PachydermChart(app, cluster.name, cluster);
 * app.synth();
 */
export class PachydermChart extends Chart {
  constructor(scope: Construct, id: string, cluster: Cluster) {
    super(scope, id, { namespace: cluster.namespace, disableResourceNameHashes: true });
    for (const { existsIn, create } of components) if (existsIn(cluster)) create(this, cluster);
    applyOverrides(this, cluster.overrides);
    applyDigests(this, cluster.imageDigests);
  }
}
