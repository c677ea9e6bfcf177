import { nodeAt, toValue, type PathStep, type SourceNode } from '../document/source-node';
import type { RoleBinding } from './facts';

/** The role bindings of a mapping from subjects to roles; none where there is no such mapping. */
export function roleBindingsAt(root: SourceNode, place: readonly PathStep[]): readonly RoleBinding[] {
  return [...(nodeAt(root, place)?.entries ?? [])].map(([subject, roles]) => {
    const path = [...place, subject];
    return {
      subject,
      path,
      roles: stringsOf(roles).map((value, index) => ({ value, path: [...path, index] })),
    };
  });
}

function stringsOf(node: SourceNode): readonly string[] {
  const list = toValue(node);
  return Array.isArray(list) ? list.map(String) : [];
}
