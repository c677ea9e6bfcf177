import type { Chart } from 'cdk8s';
import { App, ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { PachydermChart } from '../constructs/pachyderm-chart';
import { compare } from '../diagnostics/diagnostic';
import type { Cluster } from '../model/cluster';
import type { Output, OutputFile } from './output';
import { referredSecrets } from './referred-secrets';
import { toYaml } from '../constructs/support/yaml';

/** A Kubernetes object as JSON. */
export type Manifest = Readonly<Record<string, unknown>> & {
  readonly kind: string;
  readonly metadata: { readonly name: string };
};

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
    const groups = new Map<string, Manifest[]>();
    const objectsByKind: Record<string, number> = {};
    const synthesized = synthesizeManifests(cluster);
    for (const { component, manifest } of synthesized) {
      const file = manifest.kind === 'Secret' ? SECRETS_FILE : fileOf(component);
      groups.set(file, [...(groups.get(file) ?? []), manifest]);
      objectsByKind[manifest.kind] = (objectsByKind[manifest.kind] ?? 0) + 1;
    }
    const files: OutputFile[] = [...groups]
      .sort(([a], [b]) => compare(a, b))
      .map(([name, objects]) => ({
        path: `manifests/${name}.yaml`,
        content: objects.map((object) => toYaml(object)).join('---\n'),
        isSecret: name === SECRETS_FILE,
      }));
    return {
      files,
      objectsByKind,
      referredSecrets: referredSecrets(synthesized.map(({ manifest }) => manifest)),
    };
  },
};

/** Every object of the cluster with the component of the chart that it belongs to, in the order of the chart. */
export function synthesizeManifests(cluster: Cluster): { component: string; manifest: Manifest }[] {
  const chart = new PachydermChart(new App(), 'pachyderm', cluster);
  return manifestsOf(chart);
}

/** The objects of a chart, by the component they are in. */
export function manifestsOf(chart: Chart): { component: string; manifest: Manifest }[] {
  return chart.node.children.flatMap((component) =>
    component.node
      .findAll()
      .filter((construct: IConstruct) => ApiObject.isApiObject(construct))
      .map((object) => ({
        component: component.node.id,
        manifest: sortKeys(object.toJson()) as Manifest,
      })),
  );
}

function fileOf(component: string): string {
  const file = FILES.find(({ components }) => components.includes(component));
  if (!file) throw new Error(`no file is planned for the component ${component}`);
  return file.name;
}

/** cdk8s sorts keys too, unless an environment variable tells it not to; output must not depend on one. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, child]) => [key, sortKeys(child)]),
  );
}
