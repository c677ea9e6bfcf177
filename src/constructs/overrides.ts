import { ApiObject, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Override, PatchOperation } from '../model/cluster';

/** Applies what a document changes in single objects to those below a construct. Objects that are elsewhere stay as they are. */
export function applyOverrides(scope: IConstruct, overrides: readonly Override[]): void {
  if (overrides.length === 0) return;
  for (const construct of scope.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) continue;
    for (const { kind, name, patch } of overrides)
      if (construct.kind === kind && construct.name === name)
        construct.addJsonPatch(...patch.map(toJsonPatch));
  }
}

/** An operation as cdk8s takes it. */
export function toJsonPatch({ op, path, from = '', value }: PatchOperation): JsonPatch {
  switch (op) {
    case 'add':
      return JsonPatch.add(path, value);
    case 'remove':
      return JsonPatch.remove(path);
    case 'replace':
      return JsonPatch.replace(path, value);
    case 'move':
      return JsonPatch.move(from, path);
    case 'copy':
      return JsonPatch.copy(from, path);
    case 'test':
      return JsonPatch.test(path, value);
  }
}
