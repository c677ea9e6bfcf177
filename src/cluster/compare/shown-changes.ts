import type { ChangeSet, FieldConflict, ObjectChange } from './change';
import type { KnownSecrets } from './known-secrets';
import { shownFields, type ShownField } from './shown-fields';

/** What happens to an object, as it may be shown. */
export interface ShownChange extends Pick<ObjectChange, 'action' | 'restarts' | 'adopts' | 'reason'> {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly fields: readonly ShownField[];
  readonly conflicts: readonly FieldConflict[];
}

/** All that happens, without secrets; objects that stay as they are come too. */
export function shownChanges({ changes }: ChangeSet, secrets: KnownSecrets): ShownChange[] {
  return changes.map(({ action, object, fields, restarts, conflicts, adopts, reason }) => ({
    action,
    kind: object.kind,
    name: object.metadata.name,
    ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
    restarts,
    adopts,
    fields: shownFields(object, fields, secrets),
    conflicts,
    ...(reason === undefined ? {} : { reason }),
  }));
}
