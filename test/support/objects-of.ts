import { App, Chart } from 'cdk8s';
import YAML from 'yaml';
import type { StringMap } from '../../src/model/cluster';

/** A Kubernetes object as it is written, with the fields that tests look at; which of them it has follows from its kind. */
export interface KubernetesObject {
  readonly kind: string;
  readonly metadata: Metadata;
  /** Of a ConfigMap. */
  readonly data: StringMap;
  /** Of a Secret. */
  readonly stringData: StringMap;
  /** Of a ServiceAccount. */
  readonly automountServiceAccountToken?: boolean;
  /** Of a Role. */
  readonly rules: readonly { readonly resources: readonly string[]; readonly verbs: readonly string[] }[];
  /** Of a RoleBinding. */
  readonly subjects: readonly [{ readonly name: string }];
  readonly spec: {
    readonly type: string;
    readonly replicas: number;
    readonly ports: readonly ServicePort[];
    readonly template: { readonly metadata: Metadata; readonly spec: PodSpec };
  };
}

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: StringMap;
  readonly annotations?: StringMap;
}

interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly targetPort?: string;
  readonly nodePort?: number;
}

export interface PodSpec {
  readonly automountServiceAccountToken?: boolean;
  readonly serviceAccountName: string;
  readonly imagePullSecrets?: readonly object[];
  readonly securityContext?: object;
  readonly nodeSelector?: StringMap;
  readonly priorityClassName?: string;
  readonly volumes: readonly { readonly name: string }[];
  readonly containers: readonly [Container];
}

interface Container {
  readonly image: string;
  readonly env: readonly Variable[];
  readonly envFrom?: readonly object[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly resources?: object;
  readonly securityContext?: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly readinessProbe: object;
  readonly livenessProbe?: object;
  readonly startupProbe?: object;
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: object;
}

/** Objects by `Kind/name`. */
export interface Objects {
  readonly names: readonly string[];
  readonly all: readonly KubernetesObject[];
  has(name: string): boolean;
  /** Throws when there is none of that name. */
  get(name: string): KubernetesObject;
}

/** The objects that constructs make. */
export function objectsOf(build: (chart: Chart) => void): Objects {
  const chart = new Chart(new App(), 'test');
  build(chart);
  return objectsIn(chart);
}

/** The objects of a chart. */
export function objectsIn(chart: Chart): Objects {
  const all = chart.toJson() as KubernetesObject[];
  const byName = new Map(all.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
  const names = [...byName.keys()];
  return {
    names,
    all,
    has: (name) => byName.has(name),
    get(name) {
      const object = byName.get(name);
      if (!object) throw new Error(`there is no ${name}, only ${names.join(', ')}`);
      return object;
    },
  };
}

/** The variables of a workload's container, by name: the value, or where it comes from. */
export function environmentOf({ spec }: KubernetesObject): Record<string, string | object | undefined> {
  const { env } = spec.template.spec.containers[0];
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}

/** YAML inside a string, as pachd reads it. */
export function readEmbedded<T = Readonly<Record<string, unknown>>>(text: string | undefined): T {
  return YAML.parse(text ?? '', { version: '1.1' }) as T;
}
