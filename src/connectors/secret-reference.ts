import { didYouMean } from '../diagnostics/suggest';
import { isWholeNumber } from '../forms/kinds';
import { secretReferenceFacts } from '../generated/connector-facts';
import type { ObjectFacts, ValueFacts } from './key-facts';
import { patternOf } from './pattern';

/** The ways to say where a secret comes from. */
export const secretReferenceForms: readonly string[] = Object.keys(secretReferenceFacts.keys);

/** What is wrong with a mapping that should say where a secret comes from; undefined when nothing is. */
export function secretReferenceProblem(value: object): string | undefined {
  const written = Object.keys(value);
  if (written.length === 0) return 'it has no key';
  if (written.length > 1) return `it has ${keysInWords(written)}`;
  return mappingProblem(value, secretReferenceFacts, '');
}

/** Anyone who forgets `env:` writes the secret where a key belongs, so only keys that are known are named. */
function keysInWords(keys: readonly string[]): string {
  const known = keys.filter((key) => secretReferenceForms.includes(key));
  const unknown = keys.length - known.length;
  const others = unknown === 0 ? [] : [unknown === 1 ? 'an unknown key' : 'unknown keys'];
  return [...(known.length === 0 ? [] : [`the keys ${known.join(', ')}`]), ...others].join(' and ');
}

/** A key is named when it is nearly one that is known. */
function unknownKey(name: string, facts: ObjectFacts, path: string): string {
  const meant = didYouMean(name, Object.keys(facts.keys));
  if (meant === undefined)
    return path === '' ? 'it has an unknown key' : `${path.slice(0, -1)} has an unknown key`;
  return `it has the key ${path}${name}; ${meant}`;
}

function mappingProblem(value: object, facts: ObjectFacts, path: string): string | undefined {
  for (const [name, child] of Object.entries(value)) {
    const key = Object.hasOwn(facts.keys, name) ? facts.keys[name] : undefined;
    if (key === undefined) return unknownKey(name, facts, path);
    const problem = valueProblem(child, key.value, path + name);
    if (problem !== undefined) return problem;
  }
  const missing = facts.required.find((name) => !Object.hasOwn(value, name));
  return missing === undefined ? undefined : `${path}${missing} is missing`;
}

function valueProblem(value: unknown, facts: ValueFacts, path: string): string | undefined {
  if (facts.kind === 'object') {
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      return `${path} is not a mapping`;
    return mappingProblem(value, facts, `${path}.`);
  }
  if (facts.kind === 'string') {
    if (typeof value !== 'string' || value.length < (facts.minLength ?? 0)) return `${path} is not a name`;
    const fits = value.length <= (facts.maxLength ?? Infinity);
    return fits && patternOf(facts.pattern ?? '').test(value) ? undefined : `${path} is not a possible name`;
  }
  if (facts.kind === 'integer') {
    return isWholeNumber(value, facts)
      ? undefined
      : `${path} is not a whole number from ${facts.minimum} to ${facts.maximum}`;
  }
  return undefined;
}
