import { isMapping } from '../../document/is-mapping';
import { nodeAt, type JsonValue } from '../../document/source-node';
import type { Document } from '../../document/document';
import { chartFacts } from '../../helm-values/facts';
import type { Cluster } from '../../model/cluster';
import { locationOf } from '../context';
import type { JsonMapping } from '../json';
import type { ReportEntry } from '../report';
import { fieldRows } from '../rows';
import type { NeededVariable } from '../secrets';
import { ExportContext } from './export-context';
import { restoreRows } from './restore-rows';
import { exportSections } from './sections';
import { ABOUT_DOCUMENT, unsayable } from './unsayable';

/** Values of the official chart that say what a document says. */
export interface ExportedValues {
  readonly cluster: Cluster;
  readonly values: JsonMapping;
  readonly report: readonly ReportEntry[];
  /** Variables that have to be put in for their placeholders before Helm gets the values. */
  readonly variables: readonly NeededVariable[];
  /** Values that hold a secret in plain text. */
  readonly plainPaths: readonly string[];
}

/** Makes values of a checked document and of the cluster that it describes. */
export function exportValues(document: Document, cluster: Cluster): ExportedValues {
  const context = new ExportContext(document.value as JsonMapping, cluster);
  for (const section of exportSections) section.restore(context);
  restoreRows(fieldRows, context);
  sayRest(context, document.value, []);
  return {
    cluster,
    values: inChartOrder(context.values),
    report: located(context.entries, document),
    variables: context.variables,
    plainPaths: context.plainPaths,
  };
}

/** Says of every field that no section and no row has looked at that the chart cannot say it. */
function sayRest(context: ExportContext, value: JsonValue, steps: readonly string[]): void {
  if (context.isSaid(steps) || (steps.length === 1 && ABOUT_DOCUMENT.has(steps[0] ?? ''))) return;
  const field = steps.join('.');
  if (isMapping(value) && (steps.length === 0 || context.isSaidInPart(steps) || UNITED.has(steps.length))) {
    for (const [key, inner] of Object.entries(value)) sayRest(context, inner, [...steps, key]);
    return;
  }
  context.refuse(field, unsayable(steps));
}

/** As many steps as a mapping may have whose fields are listed one by one. */
const UNITED: ReadonlySet<number> = new Set([1, 2]);

/** In the order of the chart's own values file. */
function inChartOrder(values: JsonMapping): JsonMapping {
  const order = new Map(chartFacts().map(({ path }, index) => [path, index]));
  const sort = (value: JsonValue, path: string): JsonValue => {
    if (!isMapping(value)) return value;
    const place = (key: string): number => order.get(path === '' ? key : `${path}.${key}`) ?? Infinity;
    const keys = Object.keys(value).sort((a, b) => {
      const [first, second] = [place(a), place(b)];
      return first === second ? 0 : first - second;
    });
    return Object.fromEntries(
      keys.map((key) => [key, sort(value[key] ?? null, path === '' ? key : `${path}.${key}`)]),
    );
  };
  return sort(values, '') as JsonMapping;
}

/** With the place of each field in the document. */
function located(entries: readonly ReportEntry[], { root }: Document): ReportEntry[] {
  const found = entries.map((entry) => {
    const node = nodeAt(root, entry.path.split('.'));
    return node ? { ...entry, location: locationOf(node) } : entry;
  });
  const line = ({ location }: ReportEntry): number => location?.range?.line ?? Infinity;
  return found.sort((a, b) => line(a) - line(b));
}
