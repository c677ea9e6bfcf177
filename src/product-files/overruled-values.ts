import type { Code } from '../diagnostics/codes';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { nodeAt, toPointer, type SourceNode } from '../document/source-node';
import type { ChartFact } from '../helm-values/chart-fact';
import { chartFacts } from '../helm-values/facts';
import { stringAt } from '../subjects/scalars';
import { isManifest } from './kubernetes-manifest';

/** What holds of a value that no template reads: that it is not read, and that Helm compares its type all the same. */
const STILL_TRUE: ReadonlySet<Code> = new Set(['FIL011', 'FIL022', 'FIL023', 'FIL024']);

/** The bundled server has its password from here, whatever Secret pachd reads. */
const PASSWORD = 'global.postgresql.postgresqlPassword';

/** Whether the chart reads a Secret in the place of a value. */
export function isOverruled(root: SourceNode, { path, secretName }: ChartFact): boolean {
  if (secretName === undefined || stringAt(root, secretName.split('.')) === undefined) return false;
  return path !== PASSWORD || nodeAt(root, ['postgresql', 'enabled'])?.scalar === false;
}

/** Leaves out what was found in values that stand beside the name of a Secret that the chart reads in their place. */
export function withoutOverruled(root: SourceNode, found: readonly Diagnostic[]): readonly Diagnostic[] {
  if (found.length === 0 || !root.entries || isManifest(root)) return found;
  const overruled = chartFacts().flatMap((fact) =>
    isOverruled(root, fact) ? [toPointer(fact.path.split('.'))] : [],
  );
  return found.filter(
    ({ code, path }) =>
      !overruled.some((place) => path.startsWith(`${place}/`) || (path === place && !STILL_TRUE.has(code))),
  );
}
