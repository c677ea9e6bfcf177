import { connectorFacts } from '../generated/connector-facts';
import { isRead } from './availability';
import { canonicalKey } from './canonical-keys';
import { connectorTypes, type ConnectorType } from './connector-types';
import type { ObjectFacts, ValueFacts } from './key-facts';
import { ANY_POSITION, keyPrefix } from './key-path';
import type { Target } from '../releases/target';
import { meantKey } from './unknown-key';

/** Names that keys were written with, by the mapping that has them as they were meant. */
const writtenNames = new WeakMap<object, ReadonlyMap<string, string>>();

/** The name that a key of a mapping of `readSettings` was written with. */
export function writtenName(mapping: object, key: string): string {
  return writtenNames.get(mapping)?.get(key) ?? key;
}

/**
 * The settings that the target reads, which are the very same when it reads all of them: a key that it does not read has its
 * finding, and no effect that anything else could be about. So has a key that Dex has not, which is read as the one that it
 * was probably meant for, so that nothing is said to be missing that is misspelt; or stays, if it can mean nothing.
 */
export function readSettings(
  type: ConnectorType,
  config: Readonly<Record<string, unknown>>,
  target: Target,
): Readonly<Record<string, unknown>> {
  const facts = connectorFacts[connectorTypes[type].schema];
  if (isReadAsWritten(config, facts, target)) return config;
  return read(config, facts, { type, target, keys: [] }) as Readonly<Record<string, unknown>>;
}

/** Whether a value has no keys but those that the target reads, each in Dex's spelling: most have. */
function isReadAsWritten(value: unknown, facts: ValueFacts, target: Target): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value))
    return facts.kind !== 'list' || value.every((item) => isReadAsWritten(item, facts.items, target));
  if (facts.kind !== 'object') return true;
  return Object.keys(value).every((written) => {
    const key = Object.hasOwn(facts.keys, written) ? facts.keys[written] : undefined;
    const inner = (value as Readonly<Record<string, unknown>>)[written];
    return key !== undefined && isRead(key, target) && isReadAsWritten(inner, key.value, target);
  });
}

interface Place {
  readonly type: ConnectorType;
  readonly target: Target;
  /** The keys on the way in Dex's spelling, with `ANY_POSITION` for positions in lists. */
  readonly keys: readonly string[];
}

function read(value: unknown, facts: ValueFacts, place: Place): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    if (facts.kind !== 'list') return value;
    const at = { ...place, keys: [...place.keys, ANY_POSITION] };
    const items = value.map((item) => read(item, facts.items, at));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  return facts.kind === 'object' ? readMapping(value as Record<string, unknown>, facts, place) : value;
}

function readMapping(
  mapping: Readonly<Record<string, unknown>>,
  facts: ObjectFacts,
  { type, target, keys }: Place,
): Readonly<Record<string, unknown>> {
  let isSame = true;
  const around = { type, target, prefix: keyPrefix(keys), facts, mapping, isDocument: true };
  const renamed = new Map<string, string>();
  const entries = Object.entries(mapping).flatMap(([written, child]) => {
    const known = canonicalKey(written, facts);
    const meant = known ?? meantKey(around, written);
    const key = meant === undefined ? undefined : facts.keys[meant];
    if (meant === undefined || key === undefined || (known === undefined && renamed.has(meant)))
      return [[written, child] as const];
    if (known === undefined) renamed.set(meant, written);
    const isKept = isRead(key, target);
    const inside = read(child, key.value, { type, target, keys: [...keys, meant] });
    if (!isKept || inside !== child || known === undefined) isSame = false;
    return isKept ? [[known === undefined ? meant : written, inside] as const] : [];
  });
  if (isSame) return mapping;
  const result = Object.fromEntries(entries);
  if (renamed.size > 0) writtenNames.set(result, renamed);
  return result;
}
