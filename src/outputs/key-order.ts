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

/** The order of the keys that lead here, one after the other, and what other keys lead to. */
interface Order {
  readonly after: Map<string, Order>;
  keys?: readonly string[];
}

/** Orders by the keys that are put into them: objects of a kind have the same ones over and over. */
const orders: Order = { after: new Map() };

function orderOf(keys: readonly string[]): readonly string[] {
  let order: Order | undefined = orders;
  for (const key of keys) order = order?.after.get(key);
  if (order?.keys !== undefined) return order.keys;
  return (keptOrder(keys).keys = [...keys].sort((a, b) => rankOfKey(a) - rankOfKey(b) || compare(a, b)));
}

function keptOrder(keys: readonly string[]): Order {
  let order = orders;
  for (const key of keys) {
    const next: Order = order.after.get(key) ?? { after: new Map() };
    order.after.set(key, next);
    order = next;
  }
  return order;
}

/** Below zero for what comes first, above zero for what comes last. */
function rankOfKey(key: string): number {
  const first = FIRST.get(key);
  if (first !== undefined) return first - FIRST.size;
  const last = LAST.get(key);
  return last === undefined ? 0 : last + 1;
}
