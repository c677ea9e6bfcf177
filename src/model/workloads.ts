import type { JsonValue } from '../document/source-node';
import type { NewCertificate } from './cluster';
import type { SecretReference } from './secret';

/** What runs in the cluster, as the sections of the document describe it. */
export interface Etcd {
  readonly size: string;
  readonly storageClass?: string;
  /** Whether the data is in a volume that is gone with the pod. */
  readonly inMemory: boolean;
  readonly replicas: number;
  readonly maxTxnOps: number;
  readonly image: Image;
  readonly service: ComponentService;
  readonly resources: Resources;
  readonly placement: Placement;
}

export interface Pachd {
  readonly replicas: number;
  readonly image: Image;
  readonly resources: Resources;
  readonly placement: Placement;
  readonly serviceAccount: ServiceAccount;
  readonly worker: { readonly image: Image; readonly serviceAccount: ServiceAccount };
  readonly service: {
    readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
    readonly ports: PachdPorts;
    readonly annotations: StringMap;
    readonly labels: StringMap;
  };
  /** A second Service, of type LoadBalancer; missing for none. */
  readonly externalService?: {
    readonly ports: { readonly grpc: number; readonly s3: number };
    readonly loadBalancerIP?: string;
    readonly annotations: StringMap;
  };
  readonly rbac: boolean;
  readonly logLevel: string;
  readonly metrics: { readonly enabled: boolean; readonly endpoint?: string };
  readonly goMaxProcs?: number;
  readonly goMemLimit?: string;
  readonly gcPercent?: number;
  readonly tls?: {
    readonly secretName: string;
    readonly customCertificateAuthority: boolean;
    /** What the Secret holds; missing where it exists already. */
    readonly newSecret?: NewCertificate;
  };
  readonly requireCriticalServersOnly: boolean;
  readonly preflightChecks: boolean;
  /** Annotations of the pod that bootstraps a release with a Job for it. */
  readonly configJobAnnotations: StringMap;
  /** What the document changes in the probes of the release. */
  readonly probes: Readonly<Record<'readiness' | 'liveness' | 'startup', ProbeTiming>>;
  /** Variables on top of those that pachd gets anyway, or instead of them. */
  readonly environment: StringMap;
}

/** pachd as an enterprise server, which runs Dex for the clusters that are members of it. */
export interface EnterpriseServer {
  readonly image: Image;
  readonly resources: Resources;
  readonly placement: Placement;
  readonly service: {
    readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
    readonly ports: EnterpriseServerPorts;
    readonly annotations: StringMap;
    readonly labels: StringMap;
  };
  readonly tls?: Pachd['tls'];
  /** Variables on top of those that the server gets anyway, or instead of them. */
  readonly environment: StringMap;
}

/** Ports of the Service `pach-enterprise`: an enterprise server stores nothing, and has no S3 gateway. */
export type EnterpriseServerPorts = Omit<PachdPorts, 's3'>;

/** A Job that runs pachd's program once, for one purpose. */
export interface PachdJob {
  readonly image: Image;
  readonly resources: Resources;
  readonly placement: Placement;
  readonly disableLogSampling: boolean;
  readonly sqlQueryLogs: boolean;
}

/** The Job that brings the database back to a snapshot. */
export interface RestoreSnapshot extends PachdJob {
  readonly snapshotID: number;
}

/** Times and counts of a probe; missing ones keep their default. */
export interface ProbeTiming {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
}

/** Ports of the Service `pachd`, which are also the ports of the nodes with access via nodePort. */
export interface PachdPorts {
  readonly grpc: number;
  readonly oidc: number;
  readonly identity: number;
  readonly s3: number;
  readonly metrics: number;
}

export interface Pachw {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly resources: Resources;
  readonly placement: Placement;
  /** Variables on top of those that pachw gets anyway, or instead of them. */
  readonly environment: StringMap;
}

export interface Console {
  readonly enabled: boolean;
  readonly clientID: string;
  readonly clientSecret: SecretReference;
  readonly telemetry: boolean;
  readonly port: number;
  /** Milliseconds; missing for Console's own. */
  readonly refetchInterval?: number;
  /** Whether Console trusts the certificate of the public host besides the well-known authorities. */
  readonly customCertificateAuthority: boolean;
  readonly image: Image;
  readonly service: ComponentService;
  readonly resources: Resources;
  readonly placement: Placement;
}

/** The Service in front of a component. */
export interface ComponentService {
  /** Type of the Service, in Kubernetes' words. */
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
  /** Port of every node with type NodePort; missing where Kubernetes chooses one. */
  readonly nodePort?: number;
  /** Annotations of the Service. */
  readonly annotations: StringMap;
  /** Labels of the Service besides those of its component. */
  readonly labels: StringMap;
}

/** A whole image reference, registry and tag included, and when it is pulled. */
export interface Image {
  /** Registry, repository, tag and digest. */
  readonly reference: string;
  /** When nodes pull the image, in Kubernetes' words. */
  readonly pullPolicy: string;
}

/** The service account that pods run as. */
export interface ServiceAccount {
  /** Name of the service account. */
  readonly name: string;
  /** Whether it is created, or exists already. */
  readonly create: boolean;
  /** Annotations of one that is created, such as those that lead to a cloud identity. */
  readonly annotations: StringMap;
}

/** Strings by name. */
export type StringMap = Readonly<Record<string, string>>;

/** Requests and limits by resource; empty when the document has none. */
export interface Resources {
  /** What the pod is scheduled by, in Kubernetes quantities. */
  readonly requests?: StringMap;
  /** What the container may use, in Kubernetes quantities. */
  readonly limits?: StringMap;
}

/** Where pods run, and what is written on them. */
export interface Placement {
  /** Annotations of the pods. */
  readonly annotations: StringMap;
  /** Labels of the pods besides those that select them. */
  readonly labels: StringMap;
  /** Labels that a node must have; missing for any node. */
  readonly nodeSelector?: StringMap;
  /** Tolerations, as in a Kubernetes pod; missing for none. */
  readonly tolerations?: readonly JsonValue[];
  /** Affinity, as in a Kubernetes pod; missing for none. */
  readonly affinity?: JsonValue;
  /** Priority class; missing for the cluster's default. */
  readonly priorityClassName?: string;
}
