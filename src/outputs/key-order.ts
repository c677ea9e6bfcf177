import { compare } from '../diagnostics/diagnostic';
import { setOwn } from '../document/source-node';

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
  const ordered: Record<string, unknown> = {};
  for (const key of isOpen ? Object.keys(value).sort(compare) : orderOf(Object.keys(value)))
    setOwn(ordered, key, inReadingOrder((value as Record<string, unknown>)[key], OPEN.has(key)));
  return ordered;
}

/** Orders by the keys that are put into them: objects of a kind have the same ones over and over. */
const orders = new Map<string, readonly string[]>();

function orderOf(keys: readonly string[]): readonly string[] {
  const text = JSON.stringify(keys);
  const known = orders.get(text);
  if (known !== undefined) return known;
  const order = [...keys].sort((a, b) => rankOfKey(a) - rankOfKey(b) || compare(a, b));
  if (orders.size < KEPT_ORDERS) orders.set(text, order);
  return order;
}

const KEPT_ORDERS = 1000;

/** Below zero for what comes first, above zero for what comes last. */
function rankOfKey(key: string): number {
  const first = FIRST.get(key);
  if (first !== undefined) return first - FIRST.size;
  const last = LAST.get(key);
  return last === undefined ? 0 : last + 1;
}
