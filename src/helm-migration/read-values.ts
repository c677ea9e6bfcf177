import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic';
import { readingOnce, type DocumentInput } from '../document/input';
import { readFile } from '../document/read-nodes';
import { placeOf } from '../document/read-source';
import type { SourceNode } from '../document/source-node';
import { asYaml11 } from '../document/yaml-1-1';

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

/** Reads files of values of the official chart, each laid over those before it as Helm does. */
export function readValues(
  files: readonly string[],
  given: DocumentInput,
): { root?: SourceNode; diagnostics: Diagnostic[] } {
  const input = readingOnce(given);
  const diagnostics: Diagnostic[] = [];
  let root: SourceNode | undefined;
  for (const file of files) {
    const place = placeOf(file, input);
    const read = readFile(place, input, { file: place.shownName });
    const found = [
      ...read.diagnostics.map((each) => (each.code === 'DOC010' ? notValues(each.location, EMPTY) : each)),
      ...(read.nodes[1]
        ? [
            notValues(
              locationOfStart(read.nodes[1]),
              'The file has several YAML documents, and Helm reads only one',
            ),
          ]
        : []),
    ];
    diagnostics.push(...found);
    const [node] = read.nodes;
    if (!node || found.some(({ severity }) => severity === 'error')) continue;
    const problem = problemWith(node);
    if (problem) diagnostics.push(problem);
    else root = root ? laidOver(root, asYaml11(node)) : asYaml11(node);
  }
  if (root && diagnostics.length === 0 && !isOfThisChart(root))
    diagnostics.push(
      notValues(
        locationOfStart(root),
        'These are not values of the official Pachyderm chart: it reads none of these keys',
      ),
    );
  return root && diagnostics.length === 0 ? { root, diagnostics } : { diagnostics };
}

const EMPTY = 'The file is empty';

/** As Helm lays values over others; null stays, for it takes the chart's default away. */
function laidOver(base: SourceNode, over: SourceNode): SourceNode {
  if (!base.entries || !over.entries) return over;
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const inherited = entries.get(key);
    entries.set(key, inherited ? laidOver(inherited, value) : value);
  }
  return { ...over, entries };
}

function problemWith(node: SourceNode): Diagnostic | undefined {
  const location = locationOfStart(node);
  if (node.items) return notValues(location, 'This is a list, and values are a mapping');
  if (node.scalar === null) return notValues(location, EMPTY);
  if (!node.entries) return notValues(location, 'This is a single value, and values are a mapping');
  if (node.entries.size === 0) return notValues(location, EMPTY);
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
