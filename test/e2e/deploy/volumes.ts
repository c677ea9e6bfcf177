import type { KubernetesServer } from '../harness';

/** Storage classes that documents of the suites name; the empty one is for claims that name none. */
const CLASSES = ['', 'gp3', 'standard', 'premium-rwo', 'standard-rwo', 'managed-csi'];

let made = 0;

/** Makes volumes that claims are bound to, some of every class: the harness has no storage that makes them on demand. */
export async function provideVolumes(kubernetes: KubernetesServer, count = 4): Promise<void> {
  const items = CLASSES.flatMap((storageClassName) =>
    Array.from({ length: count }, () => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `volume-${++made}` },
      spec: {
        capacity: { storage: '10Ti' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: `/volumes/${made}` },
        storageClassName,
      },
    })),
  );
  const created = await kubernetes.kubectl(
    ['create', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );
  if (created.code !== 0) throw new Error(created.output);
}
