import { DeploymentId, deploymentIdSources, deploymentIdVariables } from '../../src/constructs/deployment-id';
import { clusterOf } from '../support/cluster-of';
import { objectsOf } from '../support/objects-of';

describe('DeploymentId', () => {
  it('writes the id', () => {
    const cluster = clusterOf({ deploymentID: 'c0ffee', namespace: 'data' });
    const objects = objectsOf((chart) => new DeploymentId(chart, 'deployment-id', cluster));
    expect(objects.all).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {
          name: 'pachyderm-deployment-id-secret',
          namespace: 'data',
          labels: { app: 'pachd', suite: 'pachyderm' },
        },
        stringData: { CLUSTER_DEPLOYMENT_ID: 'c0ffee' },
      },
    ]);
    expect(deploymentIdSources(cluster)).toEqual([{ secretRef: { name: 'pachyderm-deployment-id-secret' } }]);
    expect(deploymentIdVariables(cluster)).toEqual([]);
  });

  it('refers to an id that is there already', () => {
    const cluster = clusterOf({ deploymentID: { existing: { name: 'ids', key: 'prod' } } });
    expect(objectsOf((chart) => new DeploymentId(chart, 'deployment-id', cluster)).names).toEqual([]);
    expect(deploymentIdSources(cluster)).toEqual([]);
    expect(deploymentIdVariables(cluster)).toEqual([
      { name: 'CLUSTER_DEPLOYMENT_ID', valueFrom: { secretKeyRef: { name: 'ids', key: 'prod' } } },
    ]);
  });
});
