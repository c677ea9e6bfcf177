import type { SecretReference } from './secret';
import type { Image, Placement, Resources, StringMap } from './workloads';

export type AccessVia = 'proxy' | 'ingress' | 'nodePort' | 'portForward';

/** How browsers and pachctl reach the cluster. */
export interface Access {
  readonly via: AccessVia;
  readonly host?: string;
  readonly port?: number;
  readonly tls?: {
    readonly secretName?: string;
    readonly offloaded: boolean;
    /** What the Secret holds; missing where it exists already. */
    readonly newSecret?: NewCertificate;
  };
  readonly ingress: {
    readonly className?: string;
    readonly annotations: StringMap;
    readonly through: 'proxy' | 'services';
  };
  readonly proxy: Proxy;
}

/** A certificate and its key that are written as a TLS Secret. */
export interface NewCertificate {
  /** PEM, those of the authorities behind it. */
  readonly certificate: SecretReference;
  /** PEM. */
  readonly key: SecretReference;
}

export interface Proxy {
  /** Whether the Envoy proxy runs: as the way in, or behind an ingress. */
  readonly enabled: boolean;
  readonly replicas: number;
  readonly image: Image;
  readonly resources: Resources;
  readonly placement: Placement;
  readonly service: {
    readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer';
    readonly httpPort: number;
    readonly httpsPort: number;
    readonly httpNodePort: number;
    readonly httpsNodePort: number;
    /** Ports that lead to one server behind the proxy each. */
    readonly legacyPorts: LegacyPorts;
    readonly loadBalancerIP?: string;
    readonly externalTrafficPolicy?: 'Cluster' | 'Local';
    readonly annotations: StringMap;
    readonly labels: StringMap;
  };
}

/** Ports of the proxy's Service, by the server behind the proxy that they lead to. */
export type LegacyPorts = Readonly<
  Partial<Record<'console' | 'grpc' | 's3' | 'oidc' | 'identity' | 'metrics', number>>
>;
