import { connectorFacts } from '../generated/connector-facts';
import { isRead } from './availability';
import { canonicalKey } from './canonical-keys';
import { connectorTypes, type ConnectorType } from './connector-types';
import type { ValueFacts } from './key-facts';
import type { Target } from '../releases/target';

/**
 * The settings that the target reads, which are the very same when it reads all of them: a key that it does not read has its
 * finding, and no effect that anything else could be about. Keys that Dex has not stay.
 */
export function readSettings(
  type: ConnectorType,
  config: Readonly<Record<string, unknown>>,
  target: Target,
): Readonly<Record<string, unknown>> {
  return read(config, connectorFacts[connectorTypes[type].schema], target) as Readonly<
    Record<string, unknown>
  >;
}

function read(value: unknown, facts: ValueFacts, target: Target): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    if (facts.kind !== 'list') return value;
    const items = value.map((item) => read(item, facts.items, target));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (facts.kind !== 'object') return value;
  let isSame = true;
  const entries = Object.entries(value).flatMap(([written, child]: [string, unknown]) => {
    const name = canonicalKey(written, facts);
    const key = name === undefined ? undefined : facts.keys[name];
    const isKept = key === undefined || isRead(key, target);
    const inside = key === undefined ? child : read(child, key.value, target);
    if (!isKept || inside !== child) isSame = false;
    return isKept ? [[written, inside] as const] : [];
  });
  return isSame ? value : Object.fromEntries(entries);
}
