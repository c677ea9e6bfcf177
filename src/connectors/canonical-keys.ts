import { compare } from '../diagnostics/diagnostic';
import { connectorFacts } from '../generated/connector-facts';
import { keyNamed } from '../forms/keys';
import { connectorTypes, type ConnectorType } from './connector-types';
import type { KeyFacts, ObjectFacts, ValueFacts } from './key-facts';

/**
 * The key that Dex decodes a name into: the one that is written so, else the one that differs in case only, for Go's
 * decoder ignores case. Undefined for a key that Dex has not.
 */
export function canonicalKey(written: string, facts: ObjectFacts): string | undefined {
  return keyNamed(written, facts.keys);
}

/** A key of Dex's, by its own spelling. */
export interface KnownKey {
  readonly name: string;
  readonly key: KeyFacts;
}

/** The key that Dex decodes a name into, with what is known about it. */
export function knownKey(written: string, facts: ObjectFacts): KnownKey | undefined {
  const name = canonicalKey(written, facts);
  const key = name === undefined ? undefined : facts.keys[name];
  return name === undefined || key === undefined ? undefined : { name, key };
}

/**
 * The configuration with every key in Dex's own spelling, which is itself when it is written so. Of a key that is a duplicate
 * in different cases the last one in the order of bytes counts that is not null, as it does in Dex: it sorts keys before Go
 * decodes them. Keys that Dex has not stay as they are.
 */
export function canonicalConfig(
  type: ConnectorType,
  config: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const facts = connectorFacts[connectorTypes[type].schema];
  return isCanonical(config, facts) ? config : canonicalMapping(config, facts);
}

function isCanonical(value: unknown, facts: ValueFacts): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (Array.isArray(value))
    return facts.kind !== 'list' || value.every((item) => isCanonical(item, facts.items));
  if (facts.kind !== 'object') return true;
  return Object.keys(value).every((written) => {
    const key = Object.hasOwn(facts.keys, written) ? facts.keys[written] : undefined;
    return key === undefined
      ? canonicalKey(written, facts) === undefined
      : isCanonical((value as Readonly<Record<string, unknown>>)[written], key.value);
  });
}

function canonicalMapping(
  mapping: Readonly<Record<string, unknown>>,
  facts: ObjectFacts,
): Record<string, unknown> {
  const entries = Object.entries(mapping).map(([written, value]) => {
    const known = knownKey(written, facts);
    return known === undefined
      ? { written, name: written, value }
      : { written, name: known.name, value: canonicalValue(value, known.key.value) };
  });
  const counts = new Map<string, string>();
  for (const { written, name, value } of [...entries].sort((a, b) => compare(a.written, b.written)))
    if (value !== null || !counts.has(name)) counts.set(name, written);
  return Object.fromEntries(
    entries
      .filter(({ written, name }) => counts.get(name) === written)
      .map(({ name, value }) => [name, value] as const),
  );
}

function canonicalValue(value: unknown, facts: ValueFacts): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value))
    return facts.kind === 'list' ? value.map((item) => canonicalValue(item, facts.items)) : value;
  return facts.kind === 'object' ? canonicalMapping(value as Record<string, unknown>, facts) : value;
}
