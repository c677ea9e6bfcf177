import { isMapping } from '../../../document/is-mapping';
import { chartFact, typeOf } from '../../../helm-values/facts';
import { isSame } from '../../json';
import { isRead } from '../../row';
import { amazonRows, variableRows, type VariableRow } from '../../sections/environment';
import type { ExportContext } from '../export-context';
import type { ExportSection } from '../section';

/** Variables that the chart has values for; those of pachw follow from pachd's. */
export const environment: ExportSection = {
  restore(context) {
    const { cluster } = context;
    if (cluster.enterpriseServer) return;
    const rows = [...variableRows, ...(cluster.storage.backend.kind === 's3' ? amazonRows : [])];
    const given = context.get('pachd.environment');
    const pachw: Record<string, string> = {};
    for (const [name, value] of Object.entries(isMapping(given) ? given : {})) {
      const row = rows.find((each) => each.name === name && isRead(each.path, context.release));
      const field = `pachd.environment.${name}`;
      if (!row || typeof value !== 'string' || !restoreVariable(context, row, value, field))
        context.refuse(field, 'the chart has no value for it');
      else if (row.pachw) pachw[name] = value;
    }
    if (!context.release.hasPachw) return;
    if (isSame(pachw, { ...cluster.pachw.environment })) context.say('pachw.environment', 'derived');
    else
      context.refuse(
        context.get('pachw.environment') === undefined ? 'pachd.environment' : 'pachw.environment',
        'the chart gives pachw other variables than the document does',
      );
  },
};

function restoreVariable(context: ExportContext, row: VariableRow, value: string, field: string): boolean {
  const fact = chartFact(row.path);
  if (!fact) return false;
  if (row.whenTrue !== undefined) {
    if (value !== row.whenTrue && value !== '') return false;
    context.set(row.path, value === row.whenTrue, field);
    return true;
  }
  const type = typeOf(fact, context.release.version);
  if (type === 'boolean' && value !== 'true' && value !== 'false') return false;
  context.set(row.path, type === 'boolean' ? value === 'true' : value, field);
  return true;
}
