import { listed } from '../diagnostics/listed';
import { isSince } from '../releases/target';
import type { ValuePlace } from './check-value';
import type { ConnectorFinding } from './finding';
import type { KeyFacts, KeySetFacts, ObjectFacts } from './key-facts';
import { pathText, placeText } from './key-path';

/** The key that is derived in documents of ours. */
const DERIVED = 'redirectURI';

/** A key as it is written, and its value. */
export interface WrittenKey {
  readonly written: string;
  readonly value: unknown;
}

/** The keys of a mapping, by Dex's spelling. */
type WrittenKeys = ReadonlyMap<string, WrittenKey>;

/** The keys that a mapping must have. */
export function requiredKeys(facts: ObjectFacts, place: ValuePlace): readonly string[] {
  const isDerived = place.check.isDocument || facts.keys[DERIVED] === undefined;
  return isDerived ? facts.required : [...facts.required, DERIVED];
}

/**
 * Reports the keys that a mapping must have and has not, and sets of keys of which it has too few or too many.
 *
 * @param meant the keys that unknown ones are certainly meant for, as if they were there
 */
export function reportMissing(
  facts: ObjectFacts,
  place: ValuePlace,
  written: WrittenKeys,
  meant: WrittenKeys,
): void {
  const keys = meant.size === 0 ? written : new Map([...meant, ...written]);
  const missing = (name: string, cause = ''): void => {
    place.check.report(missingKey(name, facts.keys[name], written.get(name), cause, place));
  };
  const { missingTogether, needs } = facts;
  const absent = requiredKeys(facts, place).filter((name) => isEmpty(written.get(name)?.value));
  const lacking = absent.filter((name) => isEmpty(meant.get(name)?.value));
  if (missingTogether !== undefined && lacking.length > 1)
    place.check.report(missingKeys(lacking, missingTogether, keys, place));
  else for (const name of absent) missing(name);
  for (const name in needs) {
    if (!isGiven(name, facts, keys)) continue;
    for (const other of needs[name] ?? [])
      if (!isGiven(other, facts, keys)) missing(other, `, which \`${name}\` needs`);
  }
  if (facts.keySet !== undefined) reportKeySet(facts.keySet, facts, place, keys, missing);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** Bytes are written as a string of base64 or as a list. */
function holdsNothing(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

/** Whether Dex takes the key for set. Of a list it asks the length, of bytes only whether the key is there. */
function isGiven(name: string, facts: ObjectFacts, keys: WrittenKeys): boolean {
  const value = keys.get(name)?.value;
  if (facts.keys[name]?.value.kind === 'base64') return value !== undefined && value !== null;
  return Array.isArray(value) ? value.length > 0 : !isEmpty(value);
}

function missingKey(
  name: string,
  { dexOptionalSince, optionalEffect, missingEffect, example }: Partial<KeyFacts> = {},
  found: WrittenKey | undefined,
  cause: string,
  place: ValuePlace,
): ConnectorFinding {
  const path = pathText([...place.path, name]);
  const isOptional = isSince(place.check.target, { dex: dexOptionalSince });
  const effect = isOptional ? optionalEffect : missingEffect;
  const suggestion = example === undefined ? '' : `, for example \`${example}\``;
  const common = { code: 'DEX104', severity: isOptional ? 'warning' : 'error' } as const;
  if (found === undefined)
    return {
      ...common,
      path: place.path,
      onKey: true,
      message: `\`${path}\` is missing${cause}: ${effect}`,
      hint: `add \`${name}\` to ${placeText(place.path)}${suggestion}`,
      lacks: path,
    };
  const isText = found.value === '';
  return {
    ...common,
    path: [...place.path, found.written],
    onKey: !isText,
    message: `\`${path}\` is ${isText ? 'empty' : 'without a value'}${cause}: ${effect}`,
    hint: `write a value${suggestion}`,
  };
}

/** The paths of keys of a mapping. */
function quotedPaths(names: readonly string[], { path }: ValuePlace): string[] {
  return names.map((name) => `\`${pathText([...path, name])}\``);
}

/** Several keys that the product names in one error. */
function missingKeys(
  names: readonly string[],
  effect: string,
  keys: WrittenKeys,
  place: ValuePlace,
): ConnectorFinding {
  const paths = quotedPaths(names, place);
  const state = names.some((name) => keys.has(name)) ? 'missing or empty' : 'missing';
  const quoted = names.map((name) => JSON.stringify(name)).join(' ');
  return {
    path: place.path,
    onKey: true,
    code: 'DEX104',
    severity: 'error',
    message: `${listed(paths)} are ${state}: ${effect.replace('{keys}', quoted)}`,
    hint: `add them to ${placeText(place.path)}`,
  };
}

function reportKeySet(
  { rule, keys: names, unless, effect }: KeySetFacts,
  facts: ObjectFacts,
  place: ValuePlace,
  keys: WrittenKeys,
  missing: (name: string) => void,
): void {
  if (unless !== undefined && keys.get(unless)?.value === true) return;
  const given = names.filter((name) => isGiven(name, facts, keys));
  for (const name of given) if (given.length === 1 && holdsNothing(keys.get(name)?.value)) missing(name);
  const isTooMany = rule !== 'atLeastOne' && given.length > 1;
  const isTooFew = rule !== 'atMostOne' && given.length === 0;
  if (!isTooMany && !isTooFew) return;
  const surplus = keys.get(given[1] ?? '');
  const paths = quotedPaths(names, place);
  place.check.report({
    path: surplus === undefined ? place.path : [...place.path, surplus.written],
    onKey: true,
    code: isTooMany ? 'DEX103' : 'DEX104',
    severity: 'error',
    message: `${isTooMany ? `${paths.join(' and ')} exclude each other` : `there is neither ${paths.join(' nor ')}`}: ${effect}`,
    hint: isTooMany ? 'keep one of them' : 'add one of them',
  });
}
