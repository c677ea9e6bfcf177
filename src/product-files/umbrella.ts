import type { Diagnostic } from '../diagnostics/diagnostic';
import { fromPointer, nodeAt, toPointer, type PathStep, type SourceNode } from '../document/source-node';
import { chartFact } from '../helm-values/facts';
import { withGlobals } from '../helm-values/layers/globals';
import { meantValue } from './chart-keys';
import { isChartValues, isPartOfValues } from './chart-values';
import { otherChart } from './other-charts';

/** The official chart's name, which is that of a dependency unless it has an alias. */
const CHART = 'pachyderm';

/** How deep charts inside charts are looked for. */
const DEEPEST = 3;

/** The values of the official chart in a file: all of it, or what stands under a key of a chart that depends on it. */
export class ChartPart {
  /** What the templates of the chart are given, `global` of the charts above it included. */
  readonly root: SourceNode;

  constructor(
    private readonly file: SourceNode,
    /** The keys down to it, each the name or the alias of a dependency; none where all of the file is the chart's. */
    readonly key: readonly string[],
  ) {
    this.root = key.reduce((parent, step) => {
      const values = nodeAt(parent, [step]);
      return values ? withoutCondition(withGlobals(values, parent, readsGlobal)) : parent;
    }, file);
  }

  /** The same in every file whose values are the chart's own. */
  get isAll(): boolean {
    return this.key.length === 0;
  }

  /** The path in the file of a value of the chart. */
  pathInFile(path: readonly PathStep[]): readonly PathStep[] {
    if (path[0] === 'global' && path.length > 1)
      for (let length = 0; length < this.key.length; length++) {
        const inherited = [...this.key.slice(0, length), ...path];
        if (nodeAt(this.file, inherited)) return inherited;
      }
    return [...this.key, ...path];
  }

  /** Findings about the chart's values as findings about the file. */
  inFile(diagnostics: readonly Diagnostic[]): Diagnostic[] {
    if (this.isAll) return [...diagnostics];
    return diagnostics.map((each) => ({ ...each, path: toPointer(this.pathInFile(fromPointer(each.path))) }));
  }

  /** What else stands beside the chart's values: values of other charts, and of the chart that depends on it. */
  get others(): readonly {
    readonly path: readonly string[];
    readonly node: SourceNode;
    readonly of: string;
  }[] {
    return this.key.flatMap((step, depth) => {
      const above = this.key.slice(0, depth);
      return [...(nodeAt(this.file, above)?.entries ?? [])]
        .filter(([key]) => key !== step)
        .flatMap(([key, node]) =>
          key === 'global'
            ? unreadGlobals(node, []).map((path) => ({
                path: [...above, key, ...path],
                node: nodeAt(node, path) ?? node,
                of: 'other charts',
              }))
            : [{ path: [...above, key], node, of: chartOf(key, node) }],
        );
    });
  }
}

/** Paths in `global` that the chart does not read. */
function unreadGlobals({ entries }: SourceNode, above: readonly string[]): string[][] {
  return [...(entries ?? [])].flatMap(([key, node]) => {
    const path = [...above, key];
    return readsGlobal(path) ? unreadGlobals(node, path) : [path];
  });
}

/** What the values under a key are of, in a sentence. */
function chartOf(key: string, node: SourceNode): string {
  if (key === 'tags') return 'Helm, which turns dependencies on and off by it';
  if (key === 'sops') return 'sops, which encrypted the file';
  const name = node.entries ? otherChart(node) : undefined;
  return name === undefined || name === key ? 'another chart' : `another chart, which looks like ${name}`;
}

/** Other charts have values in `global` too. */
function readsGlobal(path: readonly string[]): boolean {
  const steps = ['global', ...path];
  return (
    chartFact(steps.join('.')) !== undefined ||
    meantValue(steps.slice(0, -1), steps.at(-1) ?? '') !== undefined
  );
}

/** Without what turns the dependency on and off, which is a value of the chart above by convention (`condition: NAME.enabled`). */
function withoutCondition(values: SourceNode): SourceNode {
  if (typeof values.entries?.get('enabled')?.scalar !== 'boolean') return values;
  const entries = new Map(values.entries);
  entries.delete('enabled');
  return { ...values, entries };
}

/**
 * The parts of a file that are values of the official chart: those under keys of dependencies, or else the file itself where
 * that can be told. None where nothing tells that any of it is.
 */
export function chartParts(root: SourceNode): ChartPart[] {
  if (!root.entries || root.entries.has('apiVersion')) return [];
  const keys = isItself(root) ? [] : keysOfCharts(root, []);
  if (keys.length > 0) return keys.map((key) => new ChartPart(root, key));
  return isChartValues(root) || isPartOfValues(root) ? [new ChartPart(root, [])] : [];
}

/** The part under a key such as `pachyderm`, or `platform.pachyderm`; undefined where no mapping is there. */
export function chartPartAt(root: SourceNode, key: string): ChartPart | undefined {
  const steps = key.split('.');
  return nodeAt(root, steps)?.entries ? new ChartPart(root, steps) : undefined;
}

/** Whether a file has at its top what no chart that depends on this one has there. */
function isItself({ entries }: SourceNode): boolean {
  return entries?.has('deployTarget') === true || entries?.get('pachd')?.entries !== undefined;
}

function keysOfCharts(node: SourceNode, above: readonly string[]): string[][] {
  const found: string[][] = [];
  for (const [name, inner] of node.entries ?? []) {
    if (!inner.entries || chartFact(name) || inner.entries.has('apiVersion')) continue;
    const key = [...above, name];
    if (isChartValues(inner) || (name === CHART && isMostlyOurs(inner))) found.push(key);
    else if (key.length < DEEPEST) found.push(...keysOfCharts(inner, key));
  }
  return found;
}

/** Values that say little are told by the name of the dependency. */
function isMostlyOurs({ entries }: SourceNode): boolean {
  return [...(entries?.keys() ?? [])].some((key) => chartFact(key) !== undefined);
}
