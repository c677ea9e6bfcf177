import { connectorFacts, type ConnectorSchemaName } from '../generated/connector-facts';
import { connectorTypes, type ConnectorType } from './connector-types';
import type { KeyFacts, ObjectFacts, ValueFacts } from './key-facts';
import { describeRange, isInTargets, minorSpan, type MinorRange, type Target } from '../releases/target';

/** A key of a connector's `config` by its path: `issuer`, `claimMapping.email`, `orgs[].name`. */
export interface ConnectorKey {
  readonly path: string;
  readonly facts: KeyFacts;
}

/** Whether a target reads a key, and which versions do. A product that never does has no range. */
export interface KeyAvailability {
  readonly read: boolean;
  readonly dex?: MinorRange;
  readonly pachyderm?: MinorRange;
  readonly forkOnly: boolean;
  readonly unreleased: boolean;
}

const keysBySchema = new Map<ConnectorSchemaName, ReadonlyMap<string, KeyFacts>>();

/** Every key of a connector type in any version, nested ones included, in the order of its schema. */
export function connectorKeys(type: ConnectorType): readonly ConnectorKey[] {
  return [...keysOf(type)].map(([path, facts]) => ({ path, facts }));
}

/** What is known about one key, or undefined when no version of the type has it. */
export function connectorKey(type: ConnectorType, path: string): KeyFacts | undefined {
  return keysOf(type).get(path);
}

/** Whether the target reads the key, and since when and until when each product does; undefined for an unknown key. */
export function keyAvailability(
  type: ConnectorType,
  path: string,
  target: Target,
): KeyAvailability | undefined {
  const facts = connectorKey(type, path);
  if (facts === undefined) return undefined;
  return {
    read: isRead(facts, target),
    ...(facts.dex && { dex: facts.dex }),
    ...(facts.pachyderm && { pachyderm: facts.pachyderm }),
    forkOnly: facts.forkOnly ?? false,
    unreleased: facts.unreleased ?? false,
  };
}

/** Whether the target's Dex has the key in its configuration at all. */
export function isRead(facts: KeyFacts, target: Target): boolean {
  return isInTargets(target, facts);
}

/** Paths of the keys that restrict who may log in. */
export function restrictionKeys(type: ConnectorType): readonly string[] {
  return connectorKeys(type)
    .filter(({ facts }) => facts.restriction)
    .map(({ path }) => path);
}

/** Which versions read a key, as a phrase: `by Dex 2.38 and newer and by no Pachyderm release`. */
export function describeReaders(facts: KeyFacts): string {
  if (facts.unreleased)
    return `by no release, neither of Dex (up to 2.${minorSpan('dex').newest}) nor of Pachyderm`;
  return `by ${describeRange('dex', facts.dex)} and by ${describeRange('pachyderm', facts.pachyderm)}`;
}

function keysOf(type: ConnectorType): ReadonlyMap<string, KeyFacts> {
  const { schema } = connectorTypes[type];
  let keys = keysBySchema.get(schema);
  if (keys === undefined) {
    keys = new Map(flatten(connectorFacts[schema], ''));
    keysBySchema.set(schema, keys);
  }
  return keys;
}

function* flatten(facts: ObjectFacts, prefix: string): Iterable<[string, KeyFacts]> {
  for (const [name, key] of Object.entries(facts.keys)) {
    yield [prefix + name, key];
    const [inner, suffix] = innerObject(key.value);
    if (inner) yield* flatten(inner, `${prefix}${name}${suffix}.`);
  }
}

function innerObject(value: ValueFacts): [ObjectFacts | undefined, string] {
  if (value.kind === 'object') return [value, ''];
  if (value.kind === 'list' && value.items.kind === 'object') return [value.items, '[]'];
  return [undefined, ''];
}
