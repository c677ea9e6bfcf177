import { hasErrors, type Diagnostic, type SourceLocation } from '../diagnostics/diagnostic';
import { readingOnce, type DocumentInput } from '../document/input';
import type { SourceNode } from '../document/source-node';
import { readLayers, type FileLayer, type ValueLayers } from '../helm-values/layers/read-layers';
import { valuesToFillIn } from '../product-files/filled-in-values';
import { nothingUnder } from '../product-files/helm-values';
import { otherChart } from '../product-files/other-charts';
import { ChartPart, chartPartAt, chartParts } from '../product-files/umbrella';

/** Sections that values of the official chart have, and no other chart all of them. */
const SECTIONS = [
  'deployTarget',
  'global',
  'console',
  'etcd',
  'enterpriseServer',
  'ingress',
  'pachw',
  'pachd',
  'kubeEventTail',
  'pgbouncer',
  'postgresql',
  'cloudsqlAuthProxy',
  'oidc',
  'testConnection',
  'proxy',
  'preflightCheckJob',
  'restoreSnapshot',
  'loki-stack',
  'determined',
];

/** Sections that many charts have. */
const COMMON_SECTIONS = new Set(['global', 'ingress', 'postgresql', 'proxy', 'etcd', 'loki-stack']);

/**
 * Reads values of the official chart, laid over each other as Helm does: all of them, or those under the key of a dependency. An
 * empty file counts only where it is alone.
 */
export function readValues(
  layers: ValueLayers,
  given: DocumentInput,
): { part?: ChartPart; diagnostics: Diagnostic[] } {
  const isAlone = layers.files.length + layers.sets.length === 1;
  const { root, diagnostics: found } = readLayers(layers, readingOnce(given), (layer) =>
    problemsOf(layer, isAlone),
  );
  // The cluster runs with what Helm took.
  const diagnostics = found.map((each): Diagnostic =>
    each.code === 'DOC004' ? { ...each, severity: 'warning' } : each,
  );
  if (!root && diagnostics.length === 0) diagnostics.push(notValues({ file: layers.files[0] ?? '' }, EMPTY));
  if (!root || hasErrors(diagnostics)) return { diagnostics };
  const part = partOf(root, layers.key);
  if (!(part instanceof ChartPart)) return { diagnostics: [...diagnostics, part] };
  const missing = part.inFile(valuesToFillIn(part.root, 'import').diagnostics);
  return missing.length > 0 ? { diagnostics: [...diagnostics, ...missing] } : { part, diagnostics };
}

/** The values of the chart, or why there are none. */
function partOf(root: SourceNode, key: string | undefined): ChartPart | Diagnostic {
  if (key !== undefined) return chartPartAt(root, key) ?? nothingUnder(root, key, 'IMP001');
  const [part, ...more] = chartParts(root);
  if (more.length > 0 && part) return severalParts(root, [part, ...more]);
  if (part && !part.isAll) return part;
  return isOfThisChart(root) ? new ChartPart(root, []) : ofAnotherChart(root);
}

function severalParts(root: SourceNode, parts: readonly ChartPart[]): Diagnostic {
  const names = parts.map(({ key }) => key.join('.'));
  return {
    code: 'IMP001',
    severity: 'error',
    message: `Values of the chart stand under ${names.join(' and under ')}, and a document is of one cluster`,
    location: locationOfStart(root),
    path: '',
    hint: `say which of them is meant: --key ${names[0]}`,
  };
}

const EMPTY = 'The file is empty';

function problemsOf({ source, nodes, diagnostics }: FileLayer, isAlone: boolean): Diagnostic[] {
  const [node, second] = nodes;
  const isEmpty = !node || node.scalar === null || node.entries?.size === 0;
  if (isEmpty) return isAlone && diagnostics.length === 0 ? [notValues(source.locate(0, 0), EMPTY)] : [];
  const problem = problemWith(node);
  if (problem) return [problem];
  return second
    ? [notValues(locationOfStart(second), 'The file has several YAML documents, and Helm reads only one')]
    : [];
}

function ofAnotherChart(root: SourceNode): Diagnostic {
  const name = otherChart(root);
  return notValues(
    locationOfStart(root),
    name === undefined
      ? 'These are not values of the official Pachyderm chart: it reads none of these keys'
      : `These look like values of the chart ${name}, not of the official Pachyderm chart`,
  );
}

function problemWith(node: SourceNode): Diagnostic | undefined {
  const location = locationOfStart(node);
  if (node.items) return notValues(location, 'This is a list, and values are a mapping');
  if (!node.entries) return notValues(location, 'This is a single value, and values are a mapping');
  const apiVersion = node.entries.get('apiVersion')?.scalar;
  if (typeof apiVersion === 'string' && apiVersion.startsWith('pachkit/'))
    return {
      code: 'IMP002',
      severity: 'error',
      message: 'This is a document of pachkit already; there is nothing to import',
      location,
      path: '/apiVersion',
      hint: 'check it with pachkit validate',
    };
  if (node.entries.has('apiVersion') && node.entries.has('kind'))
    return notValues(location, 'This is a Kubernetes manifest, not values of the official Pachyderm chart');
  return undefined;
}

/** Values that say nothing but what other charts say too count when nothing in them is of another chart. */
function isOfThisChart({ entries }: SourceNode): boolean {
  const keys = [...(entries?.keys() ?? [])];
  const known = keys.filter((key) => SECTIONS.includes(key));
  return known.some((key) => !COMMON_SECTIONS.has(key)) || (known.length > 0 && known.length === keys.length);
}

function notValues(location: SourceLocation, message: string): Diagnostic {
  return {
    code: 'IMP001',
    severity: 'error',
    message,
    location,
    path: '',
    hint: 'give what was given to helm install with --values; helm get values NAME prints it for a release that runs',
  };
}

/** Where a file begins, without its text: values hold secrets in places that no one can tell. */
export function locationOfStart({ source, start }: SourceNode): SourceLocation {
  const { file, range } = source.locate(start, start);
  return range ? { file, range } : { file };
}
