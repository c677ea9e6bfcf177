import { version } from '../../../package.json';
import { hasErrors, type Diagnostic } from '../../diagnostics/diagnostic';
import { kindsIn, recordIn, type DeployRecord } from '../apply-set';
import { applyObject, makeNamespace } from '../api/apply';
import { groupKindOf, type KubernetesObject } from '../api/objects';
import type { Resource, Resources } from '../api/resources';
import type { ObjectChange } from '../compare/change';
import { KnownSecrets } from '../compare/known-secrets';
import { parentOf, planChanges, type Comparison } from '../compare/plan-changes';
import { diagnosticOf, differenceOf, hidden, type Difference } from '../difference';
import { ClusterFailure, interruption } from '../failure';
import { reviewDeleting } from '../rights/review';
import { waitUntilReady } from '../wait/wait-until-ready';
import type { WantedCluster } from '../wanted-cluster';
import { applyChanges, deleteObject, isApplied, type Applying } from './apply-changes';
import type { Emit } from './events';
import { takeLease, type HeldCluster } from './hold-cluster';
import type { Lease } from './lease';
import { obstaclesTo, type Permissions } from './obstacles';
import { phaseOf } from './phases';
import { objectName } from '../../outputs/object-name';

/** How to deploy. */
export interface DeployOptions extends Permissions {
  /** Whether what an earlier deploy made and this one does not is deleted. */
  readonly prune: boolean;
  /** Objects that are deleted although they would be kept, as `Kind/name`. */
  readonly remove: readonly string[];
  /** The name that the document had before, whose objects are taken over. */
  readonly formerName?: string;
  /** Longest wait for workloads, in milliseconds; missing to wait for none. */
  readonly timeout?: number;
  /** The cluster, held since before it was compared; who took it gives it back. */
  readonly held: HeldCluster;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** What a deploy is going to do; nothing is done yet. */
export interface PreparedDeploy {
  readonly comparison: Comparison;
  readonly difference: Difference;
  readonly secrets: KnownSecrets;
  /** Whether anything is applied or deleted. */
  readonly isNeeded: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compares a document with a cluster, and finds what keeps it from being deployed. */
export async function prepareDeploy(
  resources: Resources,
  document: WantedCluster,
  options: Pick<DeployOptions, keyof Permissions | 'prune' | 'remove' | 'formerName'>,
): Promise<PreparedDeploy | { readonly diagnostics: readonly Diagnostic[] }> {
  const { formerName } = options;
  const wanted = { ...document, ...(formerName === undefined ? {} : { formerName }) };
  try {
    const planned = await planChanges(resources, wanted);
    const secrets = new KnownSecrets().learn(wanted.objects).learn(planned.live.values());
    if (planned.diagnostics.length > 0)
      return { diagnostics: planned.diagnostics.map((diagnostic) => hidden(diagnostic, secrets)) };
    const comparison = {
      ...planned,
      changes: planned.changes.map((change) => removedOrKept(change, options)),
    };
    const refused = await reviewDeleting(resources, wanted, comparison);
    return {
      comparison,
      difference: differenceOf(comparison, wanted, secrets, resources.api.context),
      secrets,
      isNeeded: isNeeded(comparison, wanted),
      diagnostics: [...refused, ...obstaclesTo(wanted, comparison, options, new Date())],
    };
  } catch (error) {
    return { diagnostics: [diagnosticOf(error, wanted.file)] };
  }
}

/** What happens to objects that are no longer in the document, as the user wants it. */
function removedOrKept(
  change: ObjectChange,
  { prune, remove }: Pick<DeployOptions, 'prune' | 'remove'>,
): ObjectChange {
  if (change.action === 'keep' && remove.includes(objectName(change.object))) {
    return { ...change, action: 'delete', reason: 'named by --remove' };
  }
  if (change.action === 'delete' && !prune)
    return { ...change, action: 'keep', reason: 'nothing is deleted with --prune=false' };
  return change;
}

function isNeeded(
  { changes, parent, formerParent, namespaceExists }: Comparison,
  { cluster }: WantedCluster,
): boolean {
  if (!namespaceExists || parent === undefined || formerParent !== undefined) return true;
  const { applied, release } = recordIn(parent);
  if (applied === undefined || release !== cluster.release) return true;
  const kinds = inventoryKinds(changes);
  return (
    changes.some((change) => isApplied(change) || change.action === 'delete') ||
    kindsIn(parent).join() !== [...new Set(kinds)].sort().join()
  );
}

/** Kinds of everything that is a member afterwards. */
function inventoryKinds(changes: readonly ObjectChange[]): string[] {
  return changes.filter(({ action }) => action !== 'delete').map(({ object }) => groupKindOf(object));
}

/**
 * Does what was prepared: namespace, definitions, configuration, workloads; then waits, then deletes what is left of earlier
 * deploys. Interrupted anywhere, the next deploy goes on.
 */
export async function runDeploy(
  resources: Resources,
  wanted: WantedCluster,
  prepared: PreparedDeploy,
  options: DeployOptions,
): Promise<readonly Diagnostic[]> {
  const deployment = new Deployment(resources, wanted, prepared, options);
  try {
    const diagnostics = await deployment.run();
    return diagnostics.map((diagnostic) => hidden(diagnostic, prepared.secrets));
  } catch (error) {
    return [hidden(diagnosticOf(error, wanted.file), prepared.secrets)];
  }
}

const CONFIG_MAPS: Resource = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };

class Deployment {
  /** The one of a namespace that this deploy makes. */
  #ownLease: Lease | undefined;
  readonly #began = new Date().toISOString();

  constructor(
    private readonly resources: Resources,
    private readonly wanted: WantedCluster,
    private readonly prepared: PreparedDeploy,
    private readonly options: DeployOptions,
  ) {}

  async run(): Promise<readonly Diagnostic[]> {
    const { prepared, wanted, options } = this;
    const { comparison } = prepared;
    try {
      if (prepared.isNeeded) {
        await this.#begin();
        const refused = await applyChanges(comparison.changes, this.#applying());
        if (refused.length > 0) return refused;
        if (options.timeout === undefined) return await this.#finish();
      } else if (options.timeout === undefined) {
        this.#done();
        return [];
      }
      const unready = await waitUntilReady(this.resources, wanted.objects, {
        namespace: wanted.cluster.namespace,
        timeout: options.timeout,
        secrets: prepared.secrets,
        emit: options.emit,
        signal: options.signal,
        file: wanted.file,
      });
      this.#check();
      if (hasErrors(unready)) return unready;
      if (prepared.isNeeded) return await this.#finish();
      this.#done();
      return [];
    } finally {
      await this.#ownLease?.release();
    }
  }

  #applying(): Applying {
    return {
      resources: this.resources,
      applySet: this.prepared.comparison.applySet,
      force: this.options.forceConflicts,
      file: this.wanted.file,
      emit: this.options.emit,
      check: () => this.#check(),
    };
  }

  /** Makes the namespace, takes its Lease, and notes in the inventory what is going to be made before it is. */
  async #begin(): Promise<void> {
    const { comparison } = this.prepared;
    const { applySet, namespace, changes, parent } = comparison;
    if (!comparison.namespaceExists) {
      this.options.emit({ type: 'phase', phase: 'namespace', objects: 1 });
      await makeNamespace(this.resources.api, namespace);
      this.options.emit({ type: 'applied', object: `Namespace/${namespace}`, action: 'create' });
    }
    if (this.options.held.lease === undefined) {
      this.#ownLease = await takeLease(this.resources, applySet, this.options.emit, this.options.signal);
      await this.#checkUntouched();
    }
    this.#check();
    const kinds = [...kindsIn(parent), ...changes.map(({ object }) => groupKindOf(object))];
    await this.#record(kinds, {});
  }

  /** Before the Lease of a new namespace is there, another deploy may have come and gone. */
  async #checkUntouched(): Promise<void> {
    const { applySet, parent } = this.prepared.comparison;
    const now = await parentOf(this.resources, applySet);
    if (now?.metadata.resourceVersion !== parent?.metadata.resourceVersion)
      throw new ClusterFailure(
        'CLU009',
        'Another deploy of this cluster has been under way since this one compared it: what was shown is no longer what would happen',
        'run pachkit deploy again: it compares anew',
      );
  }

  async #finish(): Promise<readonly Diagnostic[]> {
    const { changes } = this.prepared.comparison;
    await this.#prune();
    await this.#record(inventoryKinds(changes), { applied: new Date().toISOString() });
    await this.#forgetFormerName();
    this.#done();
    return [];
  }

  /** What deploys under another name have made is in this inventory now. */
  async #forgetFormerName(): Promise<void> {
    const { formerParent, namespace } = this.prepared.comparison;
    if (formerParent === undefined) return;
    await deleteObject(this.resources, formerParent, namespace);
    this.options.emit({ type: 'deleted', object: objectName(formerParent), action: 'delete' });
  }

  async #prune(): Promise<void> {
    const { changes, namespace } = this.prepared.comparison;
    const { emit } = this.options;
    const gone = changes
      .filter(({ action }) => action === 'delete')
      .sort((a, b) => phaseOf(b.object) - phaseOf(a.object));
    for (const { object } of gone) {
      this.#check();
      await deleteObject(this.resources, object, namespace);
      emit({ type: 'deleted', object: objectName(object), action: 'delete' });
    }
    for (const { object, action, reason = '' } of changes)
      if (action === 'keep') emit({ type: 'kept', object: objectName(object), reason });
  }

  async #record(kinds: readonly string[], record: Partial<DeployRecord>): Promise<void> {
    const { applySet, namespace } = this.prepared.comparison;
    const object: KubernetesObject = applySet.parent(kinds, {
      release: this.wanted.cluster.release,
      pachkit: version,
      began: this.#began,
      ...record,
    });
    await applyObject(this.resources.api, CONFIG_MAPS, namespace, object, { dryRun: false, force: true });
  }

  #done(): void {
    const { changes } = this.prepared.comparison;
    this.options.emit({
      type: 'done',
      applied: changes.filter(isApplied).length,
      deleted: changes.filter(({ action }) => action === 'delete').length,
    });
  }

  #check(): void {
    if (this.options.signal.aborted)
      throw interruption('what is applied stays', 'run pachkit deploy again: it goes on');
    if ((this.options.held.lease ?? this.#ownLease)?.isLost)
      throw new ClusterFailure(
        'CLU009',
        'Another deploy has taken over: the Lease of this one was not renewed in time',
        'wait until the other one is done, and run pachkit deploy again',
      );
  }
}
