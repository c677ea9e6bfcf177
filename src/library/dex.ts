import { Chart, type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Dex as DexObjects } from '../constructs/dex';
import type { DexServer } from '../model/dex';
import { apiObject, objectsBelow, optionalObject } from './parts';

/** What a standalone Dex is made from. */
export interface DexProps {
  /** Dex itself, from `dexServer()`. */
  readonly dex: DexServer;
  /**
   * Namespace of every object.
   * @default - that of the chart
   */
  readonly namespace?: string;
  /**
   * An Ingress for the host and path of the issuer. The issuer needs a name for a host, as no Ingress takes an address.
   * @default - none
   */
  readonly ingress?: DexIngress;
  /**
   * Names of Secrets that the image is pulled with.
   * @default - none
   */
  readonly pullSecrets?: readonly string[];
  /**
   * Proxy that Dex reaches identity providers through, and the hosts that it reaches without.
   * @default - none
   */
  readonly network?: DexNetwork;
  /**
   * Whether pod and container get security contexts. Switch it off on OpenShift, which assigns its own.
   * @default true
   */
  readonly securityContexts?: boolean;
}

/** How an ingress controller serves Dex. */
export interface DexIngress {
  /**
   * Class of the Ingress.
   * @default - that of the cluster
   */
  readonly className?: string;
  /**
   * A TLS Secret in the namespace.
   * @default - no TLS
   */
  readonly tlsSecretName?: string;
  /**
   * Annotations of the Ingress.
   * @default - none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** How Dex reaches the world outside. */
export interface DexNetwork {
  /**
   * URL of an HTTP proxy; becomes HTTP_PROXY and HTTPS_PROXY.
   * @default - none
   */
  readonly httpProxy?: string;
  /**
   * Hosts that are reached without the proxy, separated by commas; becomes NO_PROXY.
   * @default - none
   */
  readonly noProxy?: string;
}

/**
 * A standalone Dex: a Deployment, the Service `dex`, the Secret `dex` with the configuration and the secrets that are not in
 * the cluster already, a service account, and as asked for a network policy, a disruption budget, a volume, the custom
 * resource definitions of its storage and an Ingress. Every object fits Pod Security's level `restricted`, and new
 * configuration starts new pods: Dex reads it once.
 *
 * Throws when there is no namespace, or when an Ingress is asked for and the issuer has an address for a host.
 *
 * @example
 * ```ts
 * const dex = new Dex(chart, 'dex', {
 *   dex: dexServer({ issuer: 'https://dex.example.com', storage: { type: 'kubernetes' }, connectors: [corp] }),
 *   ingress: { className: 'nginx', tlsSecretName: 'dex-tls' },
 * });
 * dex.service.name;
 * ```
 */
export class Dex extends Construct {
  /** The Deployment `dex`. */
  readonly deployment: ApiObject;
  /** The Service `dex`. */
  readonly service: ApiObject;
  /** The Secret `dex`. */
  readonly secret: ApiObject;
  /** The service account; missing when Dex uses one that exists. */
  readonly serviceAccount?: ApiObject;
  /** The Ingress; missing unless one was asked for. */
  readonly ingress?: ApiObject;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - id of the construct
   * @param props - Dex and where it runs
   */
  constructor(scope: Construct, id: string, props: DexProps) {
    super(scope, id);
    const namespace = props.namespace ?? Chart.of(this).namespace;
    if (namespace === undefined)
      throw new Error(
        `${this.node.path} has no namespace; give it one, or give the chart one: new Chart(app, id, { namespace })`,
      );
    const objects = new DexObjects(this, 'Default', {
      namespace,
      dex: props.dex,
      ...(props.ingress ? { ingress: props.ingress } : {}),
      ...(props.network ? { network: props.network } : {}),
      ...(props.pullSecrets ? { images: { registry: '', pullSecrets: props.pullSecrets } } : {}),
      securityContexts: props.securityContexts ?? true,
    });
    this.deployment = apiObject(objects, 'deployment');
    this.service = apiObject(objects, 'service');
    this.secret = apiObject(objects, 'secret');
    const serviceAccount = optionalObject(objects, 'service-account');
    if (serviceAccount) this.serviceAccount = serviceAccount;
    const ingress = optionalObject(objects, 'ingress');
    if (ingress) this.ingress = ingress;
  }

  /** Every Kubernetes object of this Dex, in the order of creation. */
  get objects(): readonly ApiObject[] {
    return objectsBelow(this);
  }
}
