import { Chart, type ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { clusterNameFrom } from '../document/read-documents';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { PachydermClusterProps } from '../generated/cluster-props';
import type { Cluster } from '../model/cluster';
import type { ClusterUrls } from '../model/urls';
import { withoutErrors } from './invalid-cluster-error';
import { apiObject, createParts, objectsBelow, optionalObject } from './parts';
import { resolveProps } from './resolve-props';
import { modelOf, resolvedCluster, ResolvedCluster } from './resolved-cluster';

/** Name of a cluster that is checked without a construct, whose id would be its name. */
const UNNAMED = 'pachyderm';

/** The objects of a program that runs as a Deployment behind a Service. */
export interface PachydermDeployment {
  /** The Deployment. */
  readonly deployment: ApiObject;
  /** The Service that leads to its pods. */
  readonly service: ApiObject;
}

/** The objects of pachd, Pachyderm's daemon. */
export interface PachydermPachd extends PachydermDeployment {
  /** The Service `pachd-peer`, for pods of the namespace. */
  readonly peerService: ApiObject;
  /** The service account of its pods; missing when the cluster uses one that exists. */
  readonly serviceAccount?: ApiObject;
}

/** The objects of a program that runs as a StatefulSet behind a Service. */
export interface PachydermStatefulSet {
  /** The StatefulSet. */
  readonly statefulSet: ApiObject;
  /** The Service that leads to its pods. */
  readonly service: ApiObject;
}

/** The objects of a standalone Dex. */
export interface PachydermDex extends PachydermDeployment {
  /** The Secret with Dex's configuration, and with the secrets that are not in the cluster already. */
  readonly secret: ApiObject;
}

/** The objects of the Envoy proxy. */
export interface PachydermProxy extends PachydermDeployment {
  /** The ConfigMap with Envoy's configuration. */
  readonly configMap: ApiObject;
}

/**
 * A Pachyderm cluster that people log in to, in a chart beside anything else: every Kubernetes object that `pachkit synth`
 * writes for a document with the same fields. Names of objects are fixed, so a namespace takes one cluster. Output follows
 * from the props alone: nothing is read, generated or stored.
 *
 * Throws `InvalidClusterError`, which lists all errors, when the cluster would not work.
 *
 * @example
 * ```ts
 * const cluster = new PachydermCluster(chart, 'pachyderm', {
 *   release: '2.11.6',
 *   access: { via: 'ingress', host: 'pachyderm.acme.com', tls: { secretName: 'pachyderm-tls' } },
 *   auth: { rootToken: existingSecret('pachyderm-root', 'root-token') },
 *   // …
 * });
 * cluster.pachd.deployment.metadata.addAnnotation('acme.com/team', 'data');
 * ```
 */
export class PachydermCluster extends Construct {
  /** The cluster as it was resolved, for `Auth0Application`, `Auth0Stack` and `synthesize`. */
  readonly resolved: ResolvedCluster;
  /** Name of the cluster. */
  readonly name: string;
  /** Namespace of every object. */
  readonly namespace: string;
  /** Every URL of a login, such as `urls.issuer` and `urls.callback`. */
  readonly urls: ClusterUrls;
  /** What was found that does not stop the cluster; empty for a cluster that `loadClusters` has read. */
  readonly warnings: readonly Diagnostic[];

  /** pachd. */
  readonly pachd: PachydermPachd;
  /** etcd. */
  readonly etcd: PachydermStatefulSet;
  /** pg-bouncer, which is in front of the database. */
  readonly pgBouncer: PachydermDeployment;
  /** PostgreSQL; missing with an external database. */
  readonly postgres?: PachydermStatefulSet;
  /** Console; missing where it is switched off. */
  readonly console?: PachydermDeployment;
  /** The Envoy proxy; missing where it does not run. */
  readonly proxy?: PachydermProxy;
  /** The standalone Dex; missing where Dex runs inside pachd. */
  readonly dex?: PachydermDex;
  /** The Ingress; missing unless browsers come through one. */
  readonly ingress?: ApiObject;
  /** The Deployment of the workers of storage; missing in releases before 2.5. */
  readonly pachw?: ApiObject;
  /** The Secrets and ConfigMaps that activate license and authentication. */
  readonly bootstrap: readonly ApiObject[];

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - id of the construct; the name of the cluster is derived from it
   * @param source - props, or a cluster that was resolved before
   */
  constructor(scope: Construct, id: string, source: PachydermClusterProps | ResolvedCluster) {
    super(scope, id);
    const { cluster, warnings } = resolveIn(this, source);
    this.resolved = source instanceof ResolvedCluster ? source : resolvedCluster(cluster);
    this.warnings = warnings;
    this.name = cluster.name;
    this.namespace = cluster.namespace;
    this.urls = cluster.urls;

    const parts = createParts(this, cluster);
    const services = parts.get('pachd-services');
    const serviceAccount = optionalObject(parts.get('service-accounts'), 'pachd');
    this.pachd = {
      deployment: apiObject(parts.get('pachd'), 'deployment'),
      service: apiObject(services, 'pachd'),
      peerService: apiObject(services, 'pachd-peer'),
      ...(serviceAccount ? { serviceAccount } : {}),
    };
    this.etcd = statefulSetOf(parts.get('etcd'));
    this.pgBouncer = deploymentOf(parts.get('pg-bouncer'));
    if (cluster.database.internal) this.postgres = statefulSetOf(parts.get('postgres'));
    const web = parts.get('console');
    if (web) this.console = deploymentOf(web);
    const proxy = parts.get('envoy-proxy');
    if (proxy) this.proxy = { ...deploymentOf(proxy), configMap: apiObject(proxy, 'config-map') };
    const dex = parts.get('dex');
    if (dex) this.dex = { ...deploymentOf(dex), secret: apiObject(dex, 'secret') };
    const ingress = parts.get('ingress');
    if (ingress) this.ingress = apiObject(ingress, 'ingress');
    const pachw = optionalObject(parts.get('pachw'), 'deployment');
    if (pachw) this.pachw = pachw;
    const bootstrap = parts.get('bootstrap-secret');
    this.bootstrap = bootstrap ? objectsBelow(bootstrap) : [];
  }

  /**
   * Everything that is to be said about props, errors and warnings, sorted: what the constructor throws for, and its
   * `warnings`. Constructs nothing.
   */
  static check(props: PachydermClusterProps): readonly Diagnostic[] {
    return resolveProps(props, { defaultName: UNNAMED, constructPath: UNNAMED }).diagnostics;
  }

  /** Every Kubernetes object of the cluster, in the order of creation. */
  get objects(): readonly ApiObject[] {
    return objectsBelow(this);
  }
}

/** The cluster of a construct in a chart, whose namespace is the default; throws where there is an error. */
export function resolveIn(
  construct: Construct,
  source: Partial<PachydermClusterProps> | ResolvedCluster,
  concerns?: (section: string) => boolean,
): { readonly cluster: Cluster; readonly warnings: readonly Diagnostic[] } {
  if (source instanceof ResolvedCluster) return { cluster: modelOf(source), warnings: [] };
  const { namespace } = Chart.of(construct);
  const constructPath = construct.node.path;
  const { cluster, diagnostics } = resolveProps(
    { ...(namespace === undefined ? {} : { namespace }), ...source },
    {
      defaultName: clusterNameFrom(construct.node.id),
      constructPath,
      ...(concerns ? { concerns } : {}),
    },
  );
  const warnings = withoutErrors(constructPath, diagnostics);
  if (!cluster) throw new Error(`${constructPath} was not resolved, and nothing says why`);
  return { cluster, warnings };
}

function deploymentOf(part: Construct | undefined): PachydermDeployment {
  return { deployment: apiObject(part, 'deployment'), service: apiObject(part, 'service') };
}

function statefulSetOf(part: Construct | undefined): PachydermStatefulSet {
  return { statefulSet: apiObject(part, 'stateful-set'), service: apiObject(part, 'service') };
}
