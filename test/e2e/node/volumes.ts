import { chmodSync, mkdirSync } from 'node:fs';
import * as path from 'node:path';
import type { KubernetesServer } from '../harness';

/** Makes volumes of folders of this machine, which every user may write to: a node has no storage that makes them on demand. */
export async function provideFolders(
  kubernetes: KubernetesServer,
  directory: string,
  count: number,
): Promise<void> {
  const items = Array.from({ length: count }, (_, index) => {
    const folder = path.join(directory, `volume-${index}`);
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    return {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `folder-${index}` },
      spec: {
        capacity: { storage: '10Ti' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: folder },
      },
    };
  });
  const { code, output } = await kubernetes.kubectl(
    ['create', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  );
  if (code !== 0) throw new Error(output);
}
