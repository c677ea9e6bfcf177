import type { Rule } from '../rule';

/** What each operation of a JSON patch needs beside its path. */
const NEEDS = {
  add: 'value',
  replace: 'value',
  test: 'value',
  move: 'from',
  copy: 'from',
  remove: undefined,
} as const;

export const incompleteOperation: Rule = {
  code: 'OVR001',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'overrides',
  title: 'Operation of a patch without what it needs',
  reason:
    'add, replace and test need a value, move and copy need from. Without it the operation means nothing.',
  remedy: 'Add the key. To take a field away write op: remove.',
  *check({ document }) {
    for (const [index, { patch }] of (document.overrides ?? []).entries())
      for (const [at, operation] of patch.entries()) {
        const needed = NEEDS[operation.op];
        if (needed === undefined || operation[needed] !== undefined) continue;
        yield {
          path: ['overrides', index, 'patch', at, 'op'],
          message: `${operation.op} needs ${needed}, and the operation has none`,
          hint: `add ${needed}`,
        };
      }
  },
};
