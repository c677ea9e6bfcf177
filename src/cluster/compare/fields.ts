import { isMapping } from '../../document/is-mapping';
import type { KubernetesObject, Mapping } from '../api/objects';

/** One field that two states of an object do not agree about. */
export interface FieldChange {
  /** Keys from the top; an item of a list is `[name=pachd]`, or `[0]` where nothing names it. */
  readonly path: readonly string[];
  /** Missing where the field is new. */
  readonly before?: unknown;
  /** Missing where the field goes. */
  readonly after?: unknown;
}

/** What an API server writes into every object, and no one says. */
const SERVER_METADATA = [
  'managedFields',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'selfLink',
];

/** An annotation in which the controller of Deployments counts. */
const REVISION = 'deployment.kubernetes.io/revision';

/** An object without what the API server itself writes into it. */
export function withoutServerFields(object: KubernetesObject): Mapping {
  const { annotations = {}, ...others } = object.metadata;
  const metadata = Object.entries(others).filter(([key]) => !SERVER_METADATA.includes(key));
  const fields = Object.entries(object).filter(([key]) => key !== 'status');
  const own = Object.entries(annotations).filter(([key]) => key !== REVISION);
  return {
    ...Object.fromEntries(fields),
    metadata: {
      ...Object.fromEntries(metadata),
      ...(own.length === 0 ? {} : { annotations: Object.fromEntries(own) }),
    },
  };
}

/** The fields that differ, in the order of their paths. A field that is null is as good as none. */
export function changedFields(before: unknown, after: unknown): FieldChange[] {
  const found: FieldChange[] = [];
  compare(before, after, [], found);
  return found;
}

function compare(before: unknown, after: unknown, path: readonly string[], found: FieldChange[]): void {
  if (before === after || ((before ?? undefined) === undefined && (after ?? undefined) === undefined)) return;
  if (isMapping(before) && isMapping(after)) {
    for (const key of keysOf(before, after)) compare(before[key], after[key], [...path, key], found);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    compareLists(before, after, path, found);
    return;
  }
  found.push({
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}

function keysOf(before: Mapping, after: Mapping): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
}

/** Fields that name the items of lists in Kubernetes, those that tell more first. */
const NAMES = ['name', 'containerPort', 'mountPath', 'port', 'key', 'ip', 'host', 'path', 'type'];

function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: readonly string[],
  found: FieldChange[],
): void {
  const name = NAMES.find((field) => isNamedBy(before, field) && isNamedBy(after, field));
  if (name === undefined) {
    const length = Math.max(before.length, after.length);
    for (let index = 0; index < length; index++)
      compare(before[index], after[index], [...path, `[${index}]`], found);
    return;
  }
  const named = (list: readonly unknown[]): Map<string, unknown> =>
    new Map(list.map((item) => [`[${name}=${String((item as Mapping)[name])}]`, item]));
  const [old, wanted] = [named(before), named(after)];
  for (const item of new Set([...old.keys(), ...wanted.keys()]))
    compare(old.get(item), wanted.get(item), [...path, item], found);
  // Variables expand those before them, and another order is another Pod.
  const oldOrder = [...old.keys()].filter((item) => wanted.has(item));
  const order = [...wanted.keys()].filter((item) => old.has(item));
  if (oldOrder.join() !== order.join())
    found.push({ path: [...path, '[order]'], before: oldOrder.join(' '), after: order.join(' ') });
}

/** Whether every item has the field, each with another value. */
function isNamedBy(list: readonly unknown[], field: string): boolean {
  const names = list.map((item) => (isMapping(item) ? item[field] : undefined));
  return (
    names.every((name) => ['string', 'number'].includes(typeof name)) && new Set(names).size === names.length
  );
}

/** `spec.template.spec.containers[name=pachd].image`; keys that are no words are in quotes. */
export function pathText(path: readonly string[]): string {
  return path
    .map((step, index) => {
      if (step.startsWith('[')) return step;
      const plain = /^[\w-]+$/.test(step);
      return plain ? `${index === 0 ? '' : '.'}${step}` : `[${JSON.stringify(step)}]`;
    })
    .join('');
}
