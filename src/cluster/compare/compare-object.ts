import type { Diagnostic } from '../../diagnostics/diagnostic';
import { applyObject, isConflict } from '../api/apply';
import { ApiRefusal } from '../api/kubernetes-api';
import { groupKindOf, keyOf, type KubernetesObject } from '../api/objects';
import type { Resource, Resources } from '../api/resources';
import { APPLY_SET, type ApplySet } from '../apply-set';
import { refusalDiagnostic } from '../refusal';
import type { FieldConflict, ObjectChange } from './change';
import { changedFields, withoutServerFields } from './fields';
import { reasonToKeep } from './kept';
import { reasonNotToReplace, replacementFor } from './replacements';

/** Compares one object. */
export class ObjectComparison {
  constructor(
    private readonly resources: Resources,
    private readonly applySet: ApplySet,
    private readonly namespaceExists: boolean,
    private readonly file: string,
  ) {}

  async of(
    object: KubernetesObject,
    live: ReadonlyMap<string, KubernetesObject>,
    diagnostics: Diagnostic[],
  ): Promise<ObjectChange | undefined> {
    const before = live.get(keyOf(object));
    const resource = await this.resources.of(object);
    if (resource === undefined) {
      diagnostics.push({
        code: 'CLU006',
        severity: 'error',
        message: `The API server knows no ${groupKindOf(object)} in ${object.apiVersion}`,
        location: { file: this.file },
        path: '',
        hint: 'update the cluster, or leave the part of the document that needs the kind',
      });
      return undefined;
    }
    // In a namespace that is not there nothing can be tried.
    if (!this.namespaceExists) return created(object);
    try {
      return await this.#tried(resource, object, before);
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      const replacement = before && replacementFor(object.kind, error.message);
      const kept = reasonNotToReplace(object.kind, object.metadata.name);
      if (replacement && kept !== undefined) return { ...removal(before, []), action: 'keep', reason: kept };
      if (replacement)
        return replaced(object, before, replacement.reason, await this.#fresh(resource, object));
      diagnostics.push(refusalDiagnostic(error, object, this.file));
      return undefined;
    }
  }

  /** An object as it would be if there was none of its name; undefined where that cannot be tried. */
  async #fresh(resource: Resource, object: KubernetesObject): Promise<KubernetesObject | undefined> {
    // Jobs get random labels, and Services their ports, which the one that is there has.
    if (!hasPods(object)) return undefined;
    const { metadata } = object;
    const other = { ...object, metadata: { ...metadata, name: `${metadata.name}-pachkit-diff` } };
    try {
      const { api } = this.resources;
      const fresh = await applyObject(api, resource, this.applySet.namespace, other, {
        dryRun: true,
        force: false,
      });
      return { ...fresh, metadata: { ...fresh.metadata, name: metadata.name } };
    } catch (error) {
      if (error instanceof ApiRefusal) return undefined;
      throw error;
    }
  }

  async #tried(
    resource: Resource,
    object: KubernetesObject,
    before: KubernetesObject | undefined,
  ): Promise<ObjectChange> {
    const { api } = this.resources;
    const { namespace } = this.applySet;
    const member = this.applySet.member(object);
    let conflicts: readonly FieldConflict[] = [];
    let after: KubernetesObject;
    try {
      after = await applyObject(api, resource, namespace, member, { dryRun: true, force: false });
    } catch (error) {
      if (!isConflict(error)) throw error;
      conflicts = conflictsOf(error);
      after = await applyObject(api, resource, namespace, member, { dryRun: true, force: true });
    }
    if (before === undefined) return { ...created(object), after };
    const adopts = !this.applySet.isMember(before);
    const fields = changedFields(shown(before), shown(after));
    return {
      action: fields.length === 0 ? 'none' : 'update',
      object,
      before,
      after,
      fields,
      restarts:
        hasPods(object) && fields.some(({ path: [top, next] }) => top === 'spec' && next === 'template'),
      conflicts,
      adopts,
    };
  }
}

/** What of an object is compared: not what the server writes, nor the mark of a deploy. */
export function shown(object: KubernetesObject): object {
  const { labels = {}, ...metadata } = object.metadata;
  const own = Object.entries(labels).filter(([label]) => label !== APPLY_SET.partOf);
  return withoutServerFields({
    ...object,
    metadata: { ...metadata, ...(own.length === 0 ? {} : { labels: Object.fromEntries(own) }) },
  });
}

export function created(object: KubernetesObject): ObjectChange {
  return {
    action: 'create',
    object,
    after: object,
    fields: [],
    restarts: false,
    conflicts: [],
    adopts: false,
  };
}

function replaced(
  object: KubernetesObject,
  before: KubernetesObject,
  reason: string,
  fresh: KubernetesObject | undefined,
): ObjectChange {
  return {
    action: 'replace',
    object,
    before,
    after: fresh ?? object,
    fields:
      fresh === undefined
        ? // The object alone says nothing of defaults, which stay.
          changedFields(shown(before), object).filter(({ after }) => after !== undefined)
        : changedFields(shown(before), shown(fresh)),
    restarts: hasPods(object),
    conflicts: [],
    adopts: false,
    reason,
  };
}

export function hasPods({ kind }: KubernetesObject): boolean {
  return ['Deployment', 'StatefulSet', 'DaemonSet'].includes(kind);
}

/** `conflict with "helm" using apps/v1` about `.spec.replicas`. */
function conflictsOf({ causes }: ApiRefusal): FieldConflict[] {
  return causes
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ message = '', field = '' }) => ({
      manager: /conflict with "([^"]+)"/.exec(message)?.[1] ?? message,
      field,
    }));
}

export function removal(object: KubernetesObject, wanted: readonly KubernetesObject[]): ObjectChange {
  const reason = reasonToKeep(object, wanted);
  return {
    action: reason === undefined ? 'delete' : 'keep',
    object,
    before: object,
    fields: [],
    restarts: false,
    conflicts: [],
    adopts: false,
    ...(reason === undefined ? {} : { reason }),
  };
}
