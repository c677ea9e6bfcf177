import type { Diagnostic } from '../diagnostics/diagnostic';
import type { SourceFile } from '../document/source-file';
import { nodeAt, type SourceNode } from '../document/source-node';
import { chartFact, keysOfSection } from '../helm-values/facts';
import { releaseByKeys } from '../helm-values/release-of-values';
import { dexInside, type PachydermTarget, type Target } from '../releases/target';
import { VALUES_PLACE } from '../subjects/chart-values';
import { isWholeCluster } from './chart-refusals';
import { isChartValues } from './chart-values';
import { isManifest } from './kubernetes-manifest';
import { otherChart } from './other-charts';
import type { ProductFile, ProductFileKind, RecoveredFile } from './product-file';
import { Report } from './report';
import { checkListInValues } from './upstream-idps';

/** Values of the official chart of Pachyderm. */
export const helmValues: ProductFileKind = {
  name: 'helm-values',
  title: 'values of the official chart',
  products: ['pachyderm'],
  recognizes: isChartValues,
  recover,
  targetIn: ([root]) => root && targetOfValues(root),
  check,
  summary,
};

function check(file: ProductFile, target: Target): Diagnostic[] {
  const root = file.roots.find(({ scalar }) => scalar !== null);
  if (!root || root.entries?.size === 0) return notValues(root ?? file.roots[0], EMPTY);
  const { diagnostics, areValues } = checkValuesFile(file.source, file.roots);
  if (!areValues) return diagnostics;
  if (!isOfThisChart(root)) return ofAnotherChart(root);
  return [...diagnostics, ...checkListInValues(root, target)];
}

const EMPTY = 'The file is empty, and values are a mapping';

/** What keeps one of several files from being values, and what Helm leaves out of it. An empty file changes nothing. */
export function checkValuesFile(
  source: SourceFile,
  roots: readonly SourceNode[],
): { readonly diagnostics: Diagnostic[]; readonly areValues: boolean } {
  const [root, second] = roots.filter(({ scalar }) => scalar !== null);
  if (!root) return { diagnostics: [], areValues: true };
  const action = templateAction(source);
  if (action) return { diagnostics: [template(source, action)], areValues: false };
  const problem = problemWith(root);
  if (problem !== undefined) return { diagnostics: notValues(root, problem), areValues: false };
  const several = second
    ? notValues(second, 'The file has several YAML documents, and Helm reads only the first')
    : [];
  return { diagnostics: several, areValues: true };
}

/** Checks files of values that were laid over each other. */
export function checkLayeredValues(root: SourceNode, target: Target): Diagnostic[] {
  if (root.entries?.size === 0) return notValues(root, EMPTY);
  return isOfThisChart(root) ? checkListInValues(root, target) : ofAnotherChart(root);
}

/** What is checked as values although it cannot be. */
function problemWith(root: SourceNode): string | undefined {
  if (root.items) return 'This is a list, and values are a mapping';
  if (!root.entries) return 'This is a single value, and values are a mapping';
  if (String(root.entries.get('apiVersion')?.scalar).startsWith('pachkit/'))
    return 'This is a document of pachkit, and not values of the official chart';
  if (isManifest(root)) return 'This is a Kubernetes manifest, and not values of the official chart';
  return undefined;
}

function notValues(node: SourceNode | undefined, message: string): Diagnostic[] {
  if (!node) return [];
  const report = new Report(node);
  report.add('FIL011', [], message, {
    hint: 'give what helm install takes with --values; a document or a manifest is recognized without --as',
    // Without a range of text: what is shown of an object may be secret.
    location: node.source.locate(node.start, node.start),
  });
  return report.diagnostics;
}

function isOfThisChart(root: SourceNode): boolean {
  return isChartValues(root) || [...(root.entries?.keys() ?? [])].some((key) => chartFact(key) !== undefined);
}

/** That values are another chart's, said where they begin. */
export function ofAnotherChart(root: SourceNode): Diagnostic[] {
  const name = otherChart(root);
  const report = new Report(root);
  report.add(
    'FIL026',
    [],
    name === undefined
      ? 'These are not values of the official Pachyderm chart: it reads none of these keys'
      : `These look like values of the chart ${name}, not of the official Pachyderm chart`,
    {
      hint: `the chart reads ${(keysOfSection('') ?? []).slice(0, 8).join(', ')} …`,
      location: root.source.locate(root.start, root.start),
    },
  );
  return report.diagnostics;
}

/** Where a file has an action of Go's templates outside of quotes and comments. */
function templateAction({ text }: SourceFile): { readonly start: number; readonly end: number } | undefined {
  if (!text.includes('{{')) return undefined;
  let offset = 0;
  for (const line of text.split('\n')) {
    // Of flow mappings inside each other the inner one begins with a key, and never with these.
    const match =
      /^(?:[^#'"]|"[^"]*"|'[^']*')*?\{\{(?:-\s|\s*[.$]|\s*(?:if|else|end|range|with|include|define|template|toYaml|tpl|env|requiredEnv|fetchSecretValue)\b)/.exec(
        line,
      );
    if (match) {
      const start = offset + match[0].lastIndexOf('{{');
      const close = text.indexOf('}}', start);
      return { start, end: close < 0 ? start + 2 : close + 2 };
    }
    offset += line.length + 1;
  }
  return undefined;
}

const RENDER_FIRST =
  'render it first and check what comes out: helmfile write-values, argocd app manifests, or the tool that fills it in';

function template(source: SourceFile, { start, end }: { start: number; end: number }): Diagnostic {
  return {
    code: 'FIL027',
    severity: 'error',
    message:
      'This is a Go template around values, as Helmfile and Argo CD have them, and not values yet: Helm does not run templates in values files',
    location: source.locate(start, end),
    path: '',
    hint: RENDER_FIRST,
  };
}

/** A template is mostly no YAML, and then its parser's first error is beside the point. */
function recover(source: SourceFile): RecoveredFile | undefined {
  const action = templateAction(source);
  const isOurs = (keysOfSection('') ?? []).some((key) => new RegExp(`^${key}\\s*:`, 'm').test(source.text));
  if (!action || !isOurs) return undefined;
  return { source, roots: [], diagnostics: [template(source, action)], hint: RENDER_FIRST };
}

/** The Pachyderm that values are for. */
export function targetOfValues(root: SourceNode): PachydermTarget {
  return dexInside(releaseByKeys(root));
}

/** What was looked at, so that no one takes the verdict for more. */
function summary({ roots: [root] }: ProductFile): string | undefined {
  if (!root) return undefined;
  const values = countValues(root, '');
  const connectors = nodeAt(root, VALUES_PLACE)?.items?.length ?? 0;
  const rest = isWholeCluster(root)
    ? 'what is in Secrets that they name'
    : 'deployTarget and what else other values files must say';
  return `${values} ${values === 1 ? 'value' : 'values'} and ${connectors} ${connectors === 1 ? 'connector' : 'connectors'}: names, types, effect in the release, what the chart refuses, rules for logins; not checked: ${rest}`;
}

/** Values of the chart that a file sets, each mapping or list that is one value counted once. */
function countValues(node: SourceNode, at: string): number {
  let count = 0;
  for (const [key, value] of node.entries ?? []) {
    const path = at === '' ? key : `${at}.${key}`;
    const fact = chartFact(path);
    if (fact) count += fact.type === 'section' ? countValues(value, path) : 1;
  }
  return count;
}
