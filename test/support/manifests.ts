import type { Chart } from 'cdk8s';
import type { StringMap } from '../../src/model/cluster';
import { synthesize } from './synthesize';

/** The parts of manifests that tests look at, as they are written. */
export interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: StringMap;
  readonly annotations?: StringMap;
}

export interface DataManifest {
  readonly metadata: Metadata;
  /** Of a ConfigMap. */
  readonly data: StringMap;
  /** Of a Secret. */
  readonly stringData: StringMap;
}

export interface ServiceManifest {
  readonly metadata: Metadata;
  readonly spec: {
    readonly type: string;
    readonly clusterIP?: string;
    readonly publishNotReadyAddresses?: boolean;
    readonly selector: StringMap;
    readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort?: string }[];
  };
}

export interface WorkloadManifest {
  readonly metadata: Metadata;
  readonly spec: {
    readonly replicas?: number;
    readonly podManagementPolicy?: string;
    readonly selector: { readonly matchLabels: StringMap };
    readonly template: { readonly metadata: Metadata; readonly spec: PodManifest };
    readonly volumeClaimTemplates: readonly { readonly spec: { readonly storageClassName?: string } }[];
  };
}

export interface PodManifest {
  readonly securityContext?: object;
  readonly affinity?: object;
  readonly volumes?: readonly {
    readonly name: string;
    readonly secret?: { readonly secretName: string; readonly items?: readonly { readonly path: string }[] };
  }[];
  readonly containers: readonly [ContainerManifest];
}

export interface ContainerManifest {
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly resources?: object;
  readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean };
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly livenessProbe?: ProbeManifest;
  readonly readinessProbe?: ProbeManifest;
}

export interface ProbeManifest {
  readonly exec: { readonly command: readonly string[] };
}

export interface IngressManifest {
  readonly metadata: Metadata;
  readonly spec: {
    readonly ingressClassName?: string;
    readonly tls?: object;
    readonly rules: readonly [
      { readonly host?: string; readonly http: { readonly paths: readonly IngressPath[] } },
    ];
  };
}

export interface IngressPath {
  readonly path: string;
  readonly backend: { readonly service: { readonly name: string; readonly port: { readonly name: string } } };
}

/** The objects that constructs make, found by kind and name. */
export class Manifests {
  readonly #objects: ReadonlyMap<string, object>;

  constructor(build: (chart: Chart) => void) {
    this.#objects = synthesize(build);
  }

  /** `Kind/name` of every object, in the order of the alphabet. */
  get names(): string[] {
    return [...this.#objects.keys()].sort();
  }

  /** Every object as it is written. */
  get all(): object[] {
    return [...this.#objects.values()];
  }

  configMap(name: string): DataManifest {
    return this.#find(`ConfigMap/${name}`);
  }

  secret(name: string): DataManifest {
    return this.#find(`Secret/${name}`);
  }

  service(name: string): ServiceManifest {
    return this.#find(`Service/${name}`);
  }

  deployment(name: string): WorkloadManifest {
    return this.#find(`Deployment/${name}`);
  }

  statefulSet(name: string): WorkloadManifest {
    return this.#find(`StatefulSet/${name}`);
  }

  ingress(name: string): IngressManifest {
    return this.#find(`Ingress/${name}`);
  }

  #find<T>(name: string): T {
    const object = this.#objects.get(name);
    if (object === undefined) throw new Error(`there is no ${name}, only ${this.names.join(', ')}`);
    return object as T;
  }
}

/** The variables of a workload's container, by name: the value, or where it comes from. */
export function variablesOf(workload: WorkloadManifest): Record<string, string | object | undefined> {
  const { env } = workload.spec.template.spec.containers[0];
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));
}
