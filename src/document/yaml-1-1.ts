import { goNumber } from './go-yaml';
import type { SourceNode } from './source-node';

/** Plain words that YAML 1.1 takes for booleans and YAML 1.2 for texts (go-yaml v2, which Dex and pachd read with). */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map(
  (['y', 'yes', 'on', 'n', 'no', 'off'] as const).flatMap((word, index) =>
    [word, word[0]?.toUpperCase() + word.slice(1), word.toUpperCase()].map(
      (form) => [form, index < 3] as const,
    ),
  ),
);

/** The boolean that YAML 1.1 takes a value for which YAML 1.2 takes for a text; undefined for every other value. */
export function yaml11Boolean(node: SourceNode): boolean | undefined {
  const { scalar, source, start } = node;
  // In quotes it is a text in both.
  if (typeof scalar !== 'string' || !source.text.startsWith(scalar, start)) return undefined;
  return BOOLEANS.get(scalar);
}

/**
 * The tree as a reader of YAML 1.1 sees it: unquoted `yes`, `no`, `on`, `off`, `y` and `n` are booleans, and numbers may have
 * underscores. A date stays a text (go-yaml v2).
 */
export function asYaml11(node: SourceNode): SourceNode {
  if (node.entries)
    return { ...node, entries: new Map([...node.entries].map(([key, child]) => [key, asYaml11(child)])) };
  if (node.items) return { ...node, items: node.items.map(asYaml11) };
  const boolean = yaml11Boolean(node);
  const scalar = boolean ?? yaml11Number(node);
  return scalar === undefined ? node : { ...node, scalar };
}

function yaml11Number({ scalar, source, start }: SourceNode): number | undefined {
  return typeof scalar === 'string' && source.text.startsWith(scalar, start) ? goNumber(scalar) : undefined;
}
