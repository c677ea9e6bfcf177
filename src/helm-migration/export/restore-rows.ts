import { isRead, type FieldRow } from '../row';
import type { ExportContext } from './export-context';

/** Sets the values that a field of the document has for itself. */
export function restoreRows(rows: readonly FieldRow[], context: ExportContext): void {
  for (const { path, to, as } of rows) {
    const value = context.get(to);
    if (value === undefined || context.isSaid(to.split('.')) || !isRead(path, context.release)) continue;
    context.set(path, as.restore(value), to);
  }
}
