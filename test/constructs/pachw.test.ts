import { Pachw } from '../../src/constructs/pachw';
import { CHECKSUM_ANNOTATION } from '../../src/constructs/support/checksum';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { objectsOf, type KubernetesObject, type Objects } from '../support/objects-of';

const pachwOf = (document: Partial<ClusterDocument> = {}): Objects =>
  objectsOf((chart) => new Pachw(chart, 'pachw', clusterOf(document)));
const deploymentOf = (document?: Partial<ClusterDocument>): KubernetesObject =>
  pachwOf(document).get('Deployment/pachw');

describe('Pachw', () => {
  it('is there from 2.5 on', () => {
    expect(pachwOf({ release: '2.4.0' }).names).toEqual([]);
    expect(pachwOf({ release: '2.5.0' }).names).toEqual(['Deployment/pachw']);
  });

  it('starts with the fewest pods; pachd scales it', () => {
    expect(deploymentOf().spec.replicas).toBe(0);
    expect(deploymentOf({ pachw: { minReplicas: 2, maxReplicas: 4 } }).spec.replicas).toBe(2);
  });

  it('takes resources and placement from pachd, or has its own', () => {
    const pachd = {
      resources: { limits: { memory: '8Gi' } },
      placement: { nodeSelector: { disk: 'ssd' }, annotations: { 'acme.com/team': 'data' } },
    };
    const inherited = deploymentOf({ pachd }).spec.template;
    expect(inherited.spec.containers[0].resources).toEqual({ limits: { memory: '8Gi' } });
    expect(inherited.spec.nodeSelector).toEqual({ disk: 'ssd' });
    expect(inherited.metadata.annotations).toMatchObject({ 'acme.com/team': 'data' });

    const own = deploymentOf({ pachd, pachw: { resources: {}, placement: { nodeSelector: { pool: 'w' } } } })
      .spec.template;
    expect(own.spec.containers[0].resources).toBeUndefined();
    expect(own.spec.nodeSelector).toEqual({ pool: 'w' });
  });

  it('runs as pachd does, on the same directory', () => {
    const pod = deploymentOf({ pachd: { serviceAccount: { name: 'mine' } } }).spec.template.spec;
    expect(pod).toMatchObject({
      serviceAccountName: 'mine',
      automountServiceAccountToken: true,
      securityContext: { runAsUser: 0 },
    });
    expect(pod.volumes).toContainEqual({
      name: 'pach-disk',
      hostPath: { path: '/var/pachyderm/pachd', type: 'DirectoryOrCreate' },
    });
  });

  it('starts anew when what it reads changes, and only then', () => {
    const checksumOf = (document: Partial<ClusterDocument>) =>
      deploymentOf(document).spec.template.metadata.annotations?.[CHECKSUM_ANNOTATION];
    const before = checksumOf({});
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(checksumOf({ database: { internal: { password: 'another' } } })).not.toBe(before);
    expect(checksumOf({ access: { via: 'proxy', host: 'pach.acme.com' } })).toBe(before);
  });
});
