import { Etcd } from '../../src/constructs/etcd';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { Manifests, type ContainerManifest } from '../support/manifests';

const objectsOf = (document: Partial<ClusterDocument> = {}): Manifests =>
  new Manifests((chart) => new Etcd(chart, 'etcd', clusterOf(document)));

const containerOf = (document?: Partial<ClusterDocument>): ContainerManifest =>
  objectsOf(document).statefulSet('etcd').spec.template.spec.containers[0];

describe('Etcd', () => {
  it('is found by the name that pachd has built in', () => {
    expect(objectsOf().names).toEqual(['Service/etcd', 'Service/etcd-headless', 'StatefulSet/etcd']);
  });

  it('names its members by the addresses that the headless Service gives them', () => {
    const { command } = containerOf({ namespace: 'data', etcd: { replicas: 3, maxTxnOps: 500 } });
    expect(command).toContain('--max-txn-ops=500');
    expect(command).toContain(
      '--initial-cluster=' +
        [0, 1, 2]
          .map((n) => `etcd-${n}=http://etcd-${n}.etcd-headless.data.svc.cluster.local.:2380,`)
          .join(''),
    );
  });

  it('starts several members at once and lets them find each other before they are ready', () => {
    const one = objectsOf();
    expect(one.statefulSet('etcd').spec.podManagementPolicy).toBeUndefined();
    expect(one.service('etcd-headless').spec.publishNotReadyAddresses).toBeUndefined();
    const three = objectsOf({ etcd: { replicas: 3 } });
    expect(three.statefulSet('etcd').spec).toMatchObject({
      replicas: 3,
      podManagementPolicy: 'Parallel',
    });
    expect(three.service('etcd-headless').spec.publishNotReadyAddresses).toBe(true);
  });

  it('starts one by one in 2.2, whose members have no probes to wait for', () => {
    const three = objectsOf({ release: '2.2.8', etcd: { replicas: 3 } });
    expect(three.statefulSet('etcd').spec.podManagementPolicy).toBeUndefined();
    expect(three.service('etcd-headless').spec.publishNotReadyAddresses).toBeUndefined();
  });

  it('is started through a shell in 2.2, with a user but no other security', () => {
    const objects = objectsOf({ release: '2.2.8', namespace: 'data', etcd: { replicas: 2 } });
    const { spec } = objects.statefulSet('etcd').spec.template;
    const [container] = spec.containers;
    expect(container.command).toEqual(['/bin/sh', '-c']);
    expect(container.args).toHaveLength(1);
    expect(container.args[0]).toMatch(/^"\/usr\/local\/bin\/etcd" "--listen-client-urls=/);
    expect(container.args[0]).toContain(
      'etcd-1=http://etcd-1.etcd-headless.${NAMESPACE}.svc.cluster.local:2380,',
    );
    expect(container.env.map(({ name }) => name)).toEqual(['ETCD_NAME', 'NAMESPACE']);
    expect(container.readinessProbe).toBeUndefined();
    expect(spec.securityContext).toEqual({ runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 });
    expect(container.securityContext).toBeUndefined();
  });

  it.each(['2.2.8', '2.11.6'])(
    'has no security contexts in %s when the platform assigns its own',
    (release) => {
      const { spec } = objectsOf({ release, securityContexts: false }).statefulSet('etcd').spec.template;
      expect(spec.securityContext).toBeUndefined();
      expect(spec.containers[0].securityContext).toBeUndefined();
    },
  );

  it('follows image, size and placement of the document', () => {
    const { spec } = objectsOf({
      images: { registry: 'mirror.acme.com', pullSecrets: ['regcred'] },
      etcd: {
        size: '20Gi',
        storageClass: 'gp3',
        image: { tag: 'v3.5.13', pullPolicy: 'Always' },
        resources: { requests: { cpu: 1 } },
        placement: { priorityClassName: 'high', labels: { team: 'a', app: 'mine' }, annotations: { a: 'b' } },
      },
    }).statefulSet('etcd');
    expect(spec.template.metadata).toEqual({
      labels: { app: 'etcd', suite: 'pachyderm', team: 'a' },
      annotations: { a: 'b' },
    });
    expect(spec.template.spec).toMatchObject({
      priorityClassName: 'high',
      imagePullSecrets: [{ name: 'regcred' }],
      containers: [
        {
          image: 'mirror.acme.com/pachyderm/etcd:v3.5.13',
          imagePullPolicy: 'Always',
          resources: { requests: { cpu: '1' } },
        },
      ],
    });
    expect(spec.volumeClaimTemplates[0]?.spec).toMatchObject({
      storageClassName: 'gp3',
      resources: { requests: { storage: '20Gi' } },
    });
  });
});
