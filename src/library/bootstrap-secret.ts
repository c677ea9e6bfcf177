import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { Diagnostic } from '../diagnostics/diagnostic';
import type { PachydermClusterProps } from '../generated/cluster-props';
import { createParts, objectsBelow } from './parts';
import { resolveIn } from './pachyderm-cluster';
import type { ResolvedCluster } from './resolved-cluster';

// An interface shows under its own name in editors; an alias as the list.
/** What license and authentication are activated with: fields of a cluster, with the same meaning. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface BootstrapSecretProps extends Pick<
  PachydermClusterProps,
  | 'name'
  | 'release'
  | 'profile'
  | 'namespace'
  | 'access'
  | 'auth'
  | 'enterprise'
  | 'identity'
  | 'dex'
  | 'auth0'
  | 'console'
  | 'secrets'
> {}

/** The compiler refuses a list in which one is missing. */
const SECTIONS: Readonly<Record<keyof BootstrapSecretProps, true>> = {
  name: true,
  release: true,
  profile: true,
  namespace: true,
  access: true,
  auth: true,
  enterprise: true,
  identity: true,
  dex: true,
  auth0: true,
  console: true,
  secrets: true,
};

/**
 * What activates license and authentication in a cluster whose other objects come from elsewhere, such as the official
 * chart. To release 2.2: the Secret `pachyderm-bootstrap-config`. From 2.3 on: the Secrets `pachyderm-auth`,
 * `pachyderm-license` and `pachyderm-enterprise`, and for members of an enterprise server the ConfigMap
 * `pachyderm-enterprise-config`. Nothing is written for secrets that are in the namespace already.
 *
 * Throws `InvalidClusterError`, which lists all errors, when no one could log in with it.
 */
export class BootstrapSecret extends Construct {
  /** The Secrets and the ConfigMap, in the order of creation. */
  readonly objects: readonly ApiObject[];
  /** What was found that does not stop the bootstrap; empty for a cluster that `loadClusters` has read. */
  readonly warnings: readonly Diagnostic[];

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - id of the construct
   * @param source - props, or a cluster that was resolved before
   */
  constructor(scope: Construct, id: string, source: BootstrapSecretProps | ResolvedCluster) {
    super(scope, id);
    const { cluster, warnings } = resolveIn(this, source, (section) => Object.hasOwn(SECTIONS, section));
    this.warnings = warnings;
    createParts(this, cluster, (part) => part === 'bootstrap-secret');
    this.objects = objectsBelow(this);
  }
}
