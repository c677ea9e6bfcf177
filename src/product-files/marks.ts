import type { SourceNode } from '../document/source-node';

/**
 * What tells something from all others: its name, and lists of marks of which one has to be there in full. A mark is a path
 * with slashes; `*` in it is any key, and `=` before a value wants that value.
 */
export type Marked = readonly [name: string, ...marks: readonly (readonly string[])[]];

/** The first name whose marks a mapping has. */
export function nameByMarks(rows: readonly Marked[], root: SourceNode): string | undefined {
  return rows.find(([, ...lists]) => lists.some((all) => all.every((mark) => hasMark(root, mark))))?.[0];
}

function hasMark(root: SourceNode, mark: string): boolean {
  const [path = '', value] = mark.split('=');
  return nodesAt(root, path.split('/')).some(({ scalar }) => value === undefined || scalar === value);
}

function nodesAt(root: SourceNode, steps: readonly string[]): readonly SourceNode[] {
  let nodes: readonly SourceNode[] = [root];
  for (const step of steps)
    nodes = nodes.flatMap(({ entries }) => {
      if (step === '*') return [...(entries?.values() ?? [])];
      const node = entries?.get(step);
      return node ? [node] : [];
    });
  return nodes;
}
