import { setTimeout as sleep } from 'node:timers/promises';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { applyObject } from '../api/apply';
import { concurrently } from '../api/concurrently';
import { ApiRefusal } from '../api/kubernetes-api';
import type { KubernetesObject } from '../api/objects';
import { orNotFound, pathOf, type Resources } from '../api/resources';
import type { ApplySet } from '../apply-set';
import type { ObjectChange } from '../compare/change';
import { replacementFor, type Replacement } from '../compare/replacements';
import { ClusterFailure } from '../failure';
import { refusalDiagnostic } from '../refusal';
import type { Emit } from './events';
import { phaseOf, phases } from './phases';
import { objectName } from '../../outputs/object-name';

/** What applying needs. */
export interface Applying {
  readonly resources: Resources;
  readonly applySet: ApplySet;
  readonly force: boolean;
  readonly file: string;
  readonly emit: Emit;
  /** Throws when the deploy has to stop. */
  readonly check: () => void;
}

/** How long an object may take to go before it is created again, in milliseconds. */
const GONE_TIMEOUT_MS = 60_000;

/** Whether a change is applied: something differs, or the object is not marked yet. */
export function isApplied({ action, adopts }: ObjectChange): boolean {
  return ['create', 'update', 'replace'].includes(action) || (action === 'none' && adopts);
}

/** Applies changes phase by phase. A phase goes on to its end when something is refused; the next one does not begin. */
export async function applyChanges(
  changes: readonly ObjectChange[],
  applying: Applying,
): Promise<readonly Diagnostic[]> {
  const { emit, check } = applying;
  for (const [index, phase] of phases.entries()) {
    const inPhase = changes.filter((change) => isApplied(change) && phaseOf(change.object) === index);
    if (inPhase.length === 0) continue;
    emit({ type: 'phase', phase: phase.name, objects: inPhase.length });
    const diagnostics: Diagnostic[] = [];
    await concurrently(inPhase, async (change) => {
      check();
      try {
        await applyChange(change, applying);
        emit({
          type: 'applied',
          object: objectName(change.object),
          action: change.action === 'none' ? 'mark' : change.action,
        });
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
        diagnostics.push(refusalDiagnostic(error, change.object, applying.file));
      }
    });
    if (diagnostics.length > 0) return diagnostics;
  }
  return [];
}

async function applyChange(
  { action, object }: ObjectChange,
  { resources, applySet, force }: Applying,
): Promise<void> {
  const resource = await resources.of(object);
  if (resource === undefined) throw new ApiRefusal(404, 'NotFound', `there is no kind ${object.kind}`);
  const { api } = resources;
  const member = applySet.member(object);
  const apply = (): Promise<KubernetesObject> =>
    applyObject(api, resource, applySet.namespace, member, { dryRun: false, force });
  if (action !== 'replace') {
    await apply();
    return;
  }
  try {
    // After an interruption it may be deleted already.
    await apply();
  } catch (error) {
    const replacement = error instanceof ApiRefusal ? replacementFor(object.kind, error.message) : undefined;
    if (replacement === undefined) throw error;
    await deleteObject(resources, object, applySet.namespace, replacement.propagation);
    await apply();
  }
}

/** Deletes an object and waits until it is gone; one that is not there is gone already. */
export async function deleteObject(
  resources: Resources,
  object: Pick<KubernetesObject, 'apiVersion' | 'kind' | 'metadata'>,
  namespace: string,
  propagation: Replacement['propagation'] = 'Background',
): Promise<void> {
  const resource = await resources.of(object);
  if (resource === undefined) return;
  const path = pathOf(resource, namespace, object.metadata.name);
  const body = { kind: 'DeleteOptions', apiVersion: 'v1', propagationPolicy: propagation };
  await orNotFound(resources.api.request(path, { method: 'DELETE', body }));
  const until = Date.now() + GONE_TIMEOUT_MS;
  for (let pause = 100; Date.now() < until; pause = Math.min(pause * 2, 2000)) {
    const found = await resources.get(resource, namespace, object.metadata.name);
    const { uid } = object.metadata;
    if (found === undefined || (uid !== undefined && found.metadata.uid !== uid)) return;
    await sleep(pause);
  }
  throw new ClusterFailure(
    'CLU015',
    `${objectName(object)} is being deleted and does not go: something holds it back`,
    `kubectl -n ${namespace} get ${object.kind.toLowerCase()} ${object.metadata.name} -o yaml shows its finalizers; run the command again when it is gone`,
  );
}
