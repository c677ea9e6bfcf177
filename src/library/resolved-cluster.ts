import type { Cluster } from '../model/cluster';
import type { ClusterUrls } from '../model/urls';

const models = new WeakMap<ResolvedCluster, Cluster>();
let create: (model: Cluster) => ResolvedCluster;

/**
 * A cluster that has been checked and resolved: every default applied, every URL derived, every secret read. It comes from
 * a document, with `loadClusters()`, or from props, as `PachydermCluster.resolved`, and takes the place of props in every
 * construct. What else it holds is not part of the interface.
 */
export class ResolvedCluster {
  /** Name of the cluster. */
  readonly name: string;
  /** Namespace of its objects. */
  readonly namespace: string;
  /** The Pachyderm release that runs, such as `2.11.6`. */
  readonly release: string;
  /** What the cluster is for: `dev` permits what must never reach production. */
  readonly profile: 'production' | 'dev';
  /** Every URL of a login. */
  readonly urls: ClusterUrls;
  /** Whether there is an application at Auth0 to write, so that `Auth0Application` and `Auth0Stack` take this cluster. */
  readonly hasAuth0Application: boolean;

  private constructor(model: Cluster) {
    models.set(this, model);
    this.name = model.name;
    this.namespace = model.namespace;
    this.release = model.release.version.text;
    this.profile = model.profile;
    this.urls = model.urls;
    this.hasAuth0Application = model.auth0 !== undefined && model.auth0.application.provision !== 'none';
  }

  static {
    create = (model) => new ResolvedCluster(model);
  }
}

/** Hands a cluster out to users of the library. */
export function resolvedCluster(model: Cluster): ResolvedCluster {
  return create(model);
}

/** What constructs are made from. */
export function modelOf(cluster: ResolvedCluster): Cluster {
  const model = models.get(cluster);
  if (!model) throw new TypeError('this cluster was not resolved by this copy of pachkit');
  return model;
}
