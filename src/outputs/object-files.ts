import { compare } from '../diagnostics/diagnostic';
import type { ClusterObject } from './objects';
import type { OutputFile } from './output';

/**
 * Files in the order in which `kubectl apply -f` takes them, which is that of their names: what pods refer to comes before
 * the pods. A file has the objects of the components named after it; Secrets are in a file of their own.
 */
const FILES: readonly { readonly name: string; readonly components: readonly string[] }[] = [
  { name: '02-access-rights', components: ['service-accounts', 'rbac'] },
  { name: '03-identity', components: ['identity', 'bootstrap-secret', 'dex', 'dev-directory'] },
  { name: '04-etcd', components: ['etcd'] },
  { name: '05-database', components: ['postgres', 'cloud-sql-proxy', 'pg-bouncer'] },
  {
    name: '06-pachd',
    components: [
      'pachd',
      'pachd-services',
      'enterprise-server',
      'storage-secret',
      'tls-secrets',
      'deployment-id',
    ],
  },
  { name: '07-pachw', components: ['pachw'] },
  { name: '08-console', components: ['console'] },
  { name: '09-access', components: ['envoy-proxy', 'ingress'] },
  { name: '10-config-job', components: ['config-job'] },
  { name: '11-jobs', components: ['pachd-jobs'] },
];

/** The file of Secrets, whatever form they have. */
export const SECRETS_FILE = '01-secrets';

/** The file that an object of a component is in, in whatever folder, without extension. */
export function fileOfObject(component: string, kind: string): string {
  if (kind === 'Secret') return SECRETS_FILE;
  const file = FILES.find(({ components }) => components.includes(component));
  if (!file) throw new Error(`no file is planned for the component ${component}`);
  return file.name;
}

/** Objects by the file that they are in, in the order of the files. */
export function byFile(
  objects: readonly ClusterObject[],
): [file: string, objects: readonly ClusterObject[]][] {
  const files = new Map<string, ClusterObject[]>();
  for (const object of objects) {
    const inFile = files.get(object.file);
    if (inFile) inFile.push(object);
    else files.set(object.file, [object]);
  }
  return [...files].sort(([a], [b]) => compare(a, b));
}

/** The files of Kubernetes objects in a folder. */
export function objectFiles(objects: readonly ClusterObject[], folder: string): OutputFile[] {
  return byFile(objects).map(([file, inFile]) => ({
    path: `${folder}/${file}.yaml`,
    content: yamlOf(inFile),
    isSecret: inFile.some(({ isSecret }) => isSecret),
  }));
}

/** Objects as the documents of one YAML file. */
export function yamlOf(objects: readonly ClusterObject[]): string {
  return objects.map(({ yaml }) => yaml).join('---\n');
}

/** How many objects there are of each kind. */
export function countByKind(objects: readonly ClusterObject[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { manifest } of objects) counts[manifest.kind] = (counts[manifest.kind] ?? 0) + 1;
  return counts;
}
