import type { Diagnostic } from '../../diagnostics/diagnostic';
import { goScalar } from '../../document/go-yaml-scalar';
import { shownKey } from '../../document/mask';
import type { SourceNode } from '../../document/source-node';
import { asYaml11 } from '../../document/yaml-1-1';

/** What YAML has and JSON, which Helm converts values to, has not. */
export interface Inconvertible {
  readonly node: SourceNode;
  /** What Helm prints. */
  readonly says: string;
  readonly hint: string;
  /** Whether its key is meant. */
  readonly isKey?: true;
}

/**
 * The tree with what Helm takes of keys that are there more than once, and of mappings merged with `<<`: the last, in the order
 * in which they are written.
 */
export function withLastValues(node: SourceNode): SourceNode {
  const { items, lastWins } = node;
  if (items) {
    const taken = items.map(withLastValues);
    return taken.every((item, index) => item === items[index]) ? node : { ...node, items: taken };
  }
  const entries = lastWins ?? node.entries;
  if (!entries) return node;
  let taken: Map<string, SourceNode> | undefined;
  entries.forEach((value, key) => {
    const inner = withLastValues(value);
    if (inner !== value) (taken ??= new Map(entries)).set(key, inner);
  });
  if (!taken && !lastWins) return node;
  return { ...node, entries: taken ?? entries, lastWins: undefined };
}

/**
 * What Helm makes of something that was found when the text of values was read: it takes every tag, and the last value of a key.
 * Undefined where nothing is wrong then.
 */
export function asHelmTakes(found: Diagnostic): Diagnostic | undefined {
  const { tag, duplicateKey, firstLine, isSame } = found.data ?? {};
  if (tag !== undefined) return undefined;
  if (duplicateKey === undefined) return found;
  const first =
    isSame === true
      ? `the first, on line ${firstLine}, says the same`
      : `Helm takes this one, and the first, on line ${firstLine}, has no effect`;
  return {
    ...found,
    severity: isSame === true ? 'warning' : 'error',
    message: `Duplicate key "${shownKey(String(duplicateKey))}": ${first}`,
  };
}

/**
 * A file of values as Helm reads it (sigs.k8s.io/yaml): YAML 1.1, made JSON of. Keys become strings as Go writes them: `yes:` is
 * the key `true`, `1.0:` the key `1`, and of two keys that are the same then the last counts.
 */
export function asHelmReads(root: SourceNode, report: (found: Inconvertible) => void): SourceNode {
  const convert = (node: SourceNode): SourceNode => {
    if (node.items) return { ...node, items: node.items.map(convert) };
    if (node.entries) {
      const entries = new Map<string, SourceNode>();
      for (const [key, child] of node.entries) {
        const name = keyName(key, child);
        if (name === undefined)
          report({
            node: child,
            isKey: true,
            says: 'unsupported map key of type: %!s(<nil>)',
            hint: 'put the key in quotes',
          });
        else entries.set(name, convert(child));
      }
      return { ...node, entries };
    }
    if (typeof node.scalar === 'number' && !Number.isFinite(node.scalar))
      report({
        node,
        says: `json: unsupported value: ${goNameOf(node.scalar)}`,
        hint: 'write a number, or put the value in quotes',
      });
    return node;
  };
  return convert(asYaml11(withLastValues(root)));
}

/** The string that a key becomes; undefined where it becomes none. Quoted keys stay as they are. */
function keyName(key: string, { source, keyStart = 0, keyEnd = 0 }: SourceNode): string | undefined {
  // Most keys are words that mean nothing else, and need not be looked at.
  if (!/^(?:[-+.\d~]|(?:y|yes|n|no|on|off|true|false|null)?$)/i.test(key)) return key;
  if (source.text.slice(keyStart, keyEnd) !== key) return key;
  const { value, text } = goScalar(key);
  if (value === null) return undefined;
  return INFINITE.get(text) ?? text;
}

/** Numbers that Go writes in another way in a key. */
const INFINITE: ReadonlyMap<string, string> = new Map([
  ['+Inf', '.inf'],
  ['-Inf', '-.inf'],
  ['NaN', '.nan'],
]);

function goNameOf(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  return value < 0 ? '-Inf' : '+Inf';
}
