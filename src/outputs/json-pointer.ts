import { fromPointer } from '../document/source-node';

/** A place in an object, and what is there. */
export interface PointedAt {
  /** Whether what the place is in exists and can have it. */
  readonly hasParent: boolean;
  readonly exists: boolean;
  readonly value?: unknown;
}

/** What is at a JSON Pointer. `-`, the end of a list, has nothing yet. */
export function pointedAt(root: unknown, pointer: string): PointedAt {
  const steps = fromPointer(pointer);
  const last = steps.pop() ?? '';
  let parent = root;
  for (const step of steps) {
    const inner = childOf(parent, step);
    if (inner === undefined) return { hasParent: false, exists: false };
    parent = inner.value;
  }
  if (Array.isArray(parent)) {
    const isPlace = last === '-' || (/^(0|[1-9]\d*)$/.test(last) && Number(last) <= parent.length);
    return { hasParent: isPlace, ...present(childOf(parent, last)) };
  }
  return { hasParent: typeof parent === 'object' && parent !== null, ...present(childOf(parent, last)) };
}

function present(child: { readonly value: unknown } | undefined): Omit<PointedAt, 'hasParent'> {
  return child === undefined ? { exists: false } : { exists: true, value: child.value };
}

function childOf(parent: unknown, step: string): { readonly value: unknown } | undefined {
  if (Array.isArray(parent) && !/^(0|[1-9]\d*)$/.test(step)) return undefined;
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, step)) return undefined;
  return { value: (parent as Readonly<Record<string, unknown>>)[step] };
}
