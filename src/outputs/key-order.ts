import { compare } from '../diagnostics/diagnostic';

/** Keys that come first, in this order: what an object is, what it is called, what a container runs. */
const FIRST = rankOf(
  `apiVersion kind metadata type name namespace labels annotations image imagePullPolicy command args env envFrom
  key operator value values path pathType port containerPort`,
);

/** Keys that come last, in this order: those that hold most. */
const LAST = rankOf('initContainers containers volumes template volumeClaimTemplates data stringData');

/** Mappings whose keys the document or pachkit chooses; their names mean nothing to Kubernetes. */
const OPEN = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'nodeSelector',
  'data',
  'stringData',
  'requests',
  'limits',
]);

function rankOf(keys: string): ReadonlyMap<string, number> {
  return new Map(keys.split(/\s+/).map((key, index) => [key, index]));
}

/**
 * A Kubernetes object with its keys in the order in which people read them. The order follows from the names of the keys
 * alone: cdk8s sorts or does not, as an environment variable says, and output must not depend on one.
 */
export function inReadingOrder(value: unknown, isOpen = false): unknown {
  if (Array.isArray(value)) return value.map((item) => inReadingOrder(item));
  if (value === null || typeof value !== 'object') return value;
  const rank = (key: string): number => (isOpen ? 0 : rankOfKey(key));
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => rank(a) - rank(b) || compare(a, b))
      .map(([key, child]) => [key, inReadingOrder(child, OPEN.has(key))]),
  );
}

/** Below zero for what comes first, above zero for what comes last. */
function rankOfKey(key: string): number {
  const first = FIRST.get(key);
  if (first !== undefined) return first - FIRST.size;
  const last = LAST.get(key);
  return last === undefined ? 0 : last + 1;
}
