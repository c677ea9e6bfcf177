import { compare } from '../diagnostics/diagnostic';
import { clusterObjects, type ClusterObject } from './objects';
import type { Output, OutputFile } from './output';
import { referredSecrets } from './referred-secrets';
/**
 * Files in the order in which `kubectl apply -f manifests/` takes them, which is that of their names: what pods refer to
 * comes before the pods. A file has the objects of the components named after it; Secrets are in a file of their own.
 */
const FILES: readonly { readonly name: string; readonly components: readonly string[] }[] = [
  { name: '02-access-rights', components: ['service-accounts', 'rbac'] },
  { name: '03-identity', components: ['identity', 'bootstrap-secret', 'dex'] },
  { name: '04-etcd', components: ['etcd'] },
  { name: '05-database', components: ['postgres', 'cloud-sql-proxy', 'pg-bouncer'] },
  { name: '06-pachd', components: ['pachd', 'pachd-services', 'storage-secret', 'deployment-id'] },
  { name: '07-pachw', components: ['pachw'] },
  { name: '08-console', components: ['console'] },
  { name: '09-access', components: ['envoy-proxy', 'ingress'] },
  { name: '10-config-job', components: ['config-job'] },
];

const SECRETS_FILE = '01-secrets';

/** `manifests/*.yaml`: every Kubernetes object of the cluster. */
export const manifests: Output = {
  emit(cluster) {
    const groups = new Map<string, ClusterObject[]>();
    const objectsByKind: Record<string, number> = {};
    const synthesized = clusterObjects(cluster);
    for (const object of synthesized) {
      const { kind } = object.manifest;
      const file = kind === 'Secret' ? SECRETS_FILE : fileOf(object.component);
      groups.set(file, [...(groups.get(file) ?? []), object]);
      objectsByKind[kind] = (objectsByKind[kind] ?? 0) + 1;
    }
    const files: OutputFile[] = [...groups]
      .sort(([a], [b]) => compare(a, b))
      .map(([name, objects]) => ({
        path: `manifests/${name}.yaml`,
        content: objects.map(({ yaml }) => yaml).join('---\n'),
        isSecret: name === SECRETS_FILE,
      }));
    return {
      files,
      objectsByKind,
      referredSecrets: referredSecrets(synthesized.map(({ manifest }) => manifest)),
    };
  },
};

function fileOf(component: string): string {
  const file = FILES.find(({ components }) => components.includes(component));
  if (!file) throw new Error(`no file is planned for the component ${component}`);
  return file.name;
}
