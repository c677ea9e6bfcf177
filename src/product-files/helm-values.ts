import type { Diagnostic } from '../diagnostics/diagnostic';
import { suggest } from '../diagnostics/suggest';
import type { SourceFile } from '../document/source-file';
import { formatPath, nodeAt, type SourceNode } from '../document/source-node';
import { chartFact, keysOfSection } from '../helm-values/facts';
import { asHelmTakes, withLastValues } from '../helm-values/layers/helm-yaml';
import { templateAround, templateOfYtt } from '../helm-values/layers/template-around';
import { releaseOfValues } from '../helm-values/release-of-values';
import { dexInside, isPachyderm, type PachydermTarget, type Target } from '../releases/target';
import { isWholeCluster, VALUES_PLACE } from '../subjects/chart-values';
import { secretsFilledIn, valuesToFillIn } from './filled-in-values';
import { isManifest } from './kubernetes-manifest';
import { otherChart } from './other-charts';
import { isOverruled } from './overruled-values';
import type { ProductFile, ProductFileKind, RecoveredFile } from './product-file';
import { Report } from './report';
import { ChartPart, chartPartAt, chartParts } from './umbrella';
import { checkListInValues } from './upstream-idps';
import { withoutConsequences } from './values-as-meant';
import type { ValuesRules } from './values-rules';

/** Values of the official chart of Pachyderm. */
export const helmValues: ProductFileKind = {
  name: 'helm-values',
  title: 'values of the official chart',
  products: ['pachyderm'],
  recognizes: (root) => chartParts(root).length > 0,
  recover,
  explainReading: asHelmTakes,
  targetIn: ([root]) => root && targetOfValues(root),
  check,
  summary: ({ roots: [root] }) => root && summaryOfValues(root),
};

function check(file: ProductFile, target: Target, rules?: ValuesRules): Diagnostic[] {
  const first = file.roots.find(({ scalar }) => scalar !== null);
  const root = first && withLastValues(first);
  if (!root || root.entries?.size === 0) return notValues(root ?? file.roots[0], EMPTY);
  const template = templateOfYtt(file.source);
  if (template) return [template];
  const { diagnostics, areValues } = checkValuesFile(file.roots);
  return areValues ? [...diagnostics, ...checkLayeredValues(root, target, { rules })] : diagnostics;
}

const EMPTY = 'The file is empty, and values are a mapping';

/** What keeps one of several files from being values, and what Helm leaves out of it. An empty file changes nothing. */
export function checkValuesFile(roots: readonly SourceNode[]): {
  readonly diagnostics: Diagnostic[];
  readonly areValues: boolean;
} {
  const [root, second] = roots.filter(({ scalar }) => scalar !== null);
  if (!root) return { diagnostics: [], areValues: true };
  const problem = problemWith(root);
  if (problem !== undefined) return { diagnostics: notValues(root, problem), areValues: false };
  const several = second
    ? notValues(second, 'The file has several YAML documents, and Helm reads only the first')
    : [];
  return { diagnostics: several, areValues: true };
}

/**
 * Checks files of values that were laid over each other.
 *
 * @param key the key that the values of the chart stand under, where that was said
 * @param rules what rules of documents say of them, where they are asked
 */
export function checkLayeredValues(
  root: SourceNode,
  target: Target,
  { key, rules }: { readonly key?: string | undefined; readonly rules?: ValuesRules | undefined } = {},
): Diagnostic[] {
  if (root.entries?.size === 0) return notValues(root, EMPTY);
  if (key !== undefined && partsIn(root, key).length === 0) return [nothingUnder(root, key, 'FIL026')];
  const parts = partsIn(root, key);
  const checkValues = (values: SourceNode): readonly Diagnostic[] => {
    const found = checkListInValues(values, target);
    return [...found, ...((isPachyderm(target) ? rules?.(values, target, found) : undefined) ?? [])];
  };
  return parts.length === 0
    ? ofAnotherChart(root)
    : parts.flatMap((part) => {
        const { places, diagnostics } = valuesToFillIn(part.root, 'check');
        const found = withoutConsequences(part.root, checkValues(part.root), checkValues);
        const known = found.filter(({ path }) => !places.has(path));
        return part.inFile([...diagnostics, ...known]);
      });
}

/** The parts of a file that are values of this chart, those too that say so little that they could be of another one. */
function partsIn(root: SourceNode, key: string | undefined): readonly ChartPart[] {
  if (key !== undefined) return [chartPartAt(root, key)].filter((part) => part !== undefined);
  const parts = chartParts(root);
  const isOurs = [...(root.entries?.keys() ?? [])].some((name) => chartFact(name) !== undefined);
  return parts.length === 0 && isOurs ? [new ChartPart(root, [])] : parts;
}

/** That no values of the chart stand where they were said to. */
export function nothingUnder(root: SourceNode, key: string, code: 'FIL026' | 'IMP001'): Diagnostic {
  const keys = [...(root.entries ?? [])].flatMap(([name, { entries }]) => (entries ? [name] : []));
  const near = suggest(key, keys);
  return {
    code,
    severity: 'error',
    message: `No values of the chart stand under the key \`${key}\``,
    location: root.source.locate(root.start, root.start),
    path: '',
    hint:
      near === undefined
        ? `name the dependency, or its alias, as Chart.yaml has it; the keys with mappings are ${keys.slice(0, 8).join(', ')}`
        : `did you mean \`${near}\`?`,
  };
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

/** A template is mostly no YAML, and then what its parser says is beside the point. */
function recover(source: SourceFile): RecoveredFile | undefined {
  const isOurs = ['pachyderm', ...(keysOfSection('') ?? [])].some((key) =>
    new RegExp(`^${key}\\s*:`, 'm').test(source.text),
  );
  const template = isOurs ? templateAround(source) : undefined;
  return template && { source, roots: [], diagnostics: [template] };
}

/** The Pachyderm that values are for, of several charts in one file the first. */
export function targetOfValues(root: SourceNode, key?: string): PachydermTarget {
  return dexInside(releaseOfValues(partsIn(root, key)[0]?.root ?? root));
}

/**
 * What was looked at, so that no one takes the verdict for more.
 *
 * @param key the key that the values of the chart stand under, where that was said
 */
export function summaryOfValues(root: SourceNode, key?: string): string {
  const parts = partsIn(root, key);
  const whole = parts.length > 0 ? parts : [new ChartPart(root, [])];
  return whole.map(summaryOfPart).join('; ');
}

function summaryOfPart({ root, key, others }: ChartPart): string {
  const values = countValues(root, '');
  const fact = chartFact(VALUES_PLACE.join('.'));
  const isRead = !fact || !isOverruled(root, fact);
  const connectors = isRead ? (nodeAt(root, VALUES_PLACE)?.items?.length ?? 0) : 0;
  const rest = [
    isWholeCluster(root)
      ? 'what is in Secrets that they name'
      : 'deployTarget and what else other values files must say',
    ...secretsFilledIn(root),
    ...others.map(({ path, of }) => `${formatPath(path)} (${of})`),
  ];
  const place = key.length === 0 ? '' : ` under ${formatPath(key)}`;
  return `${values} ${values === 1 ? 'value' : 'values'} and ${connectors} ${connectors === 1 ? 'connector' : 'connectors'}${place}: names, types, effect in the release, what the chart refuses, rules for logins; not checked: ${rest.join(', ')}`;
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
