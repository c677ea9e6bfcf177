import { secretReferenceFacts } from '../generated/connector-facts';
import type { ObjectFacts, ValueFacts } from './key-facts';

/** The ways to say where a secret comes from. */
export const secretReferenceForms: readonly string[] = Object.keys(secretReferenceFacts.keys);

/** What is wrong with a mapping that should say where a secret comes from; undefined when nothing is. */
export function secretReferenceProblem(value: object): string | undefined {
  const written = Object.keys(value);
  if (written.length !== 1)
    return `it has ${written.length === 0 ? 'no key' : `the keys ${written.join(', ')}`}`;
  return mappingProblem(value, secretReferenceFacts, '');
}

function mappingProblem(value: object, facts: ObjectFacts, path: string): string | undefined {
  for (const [name, child] of Object.entries(value)) {
    const key = Object.hasOwn(facts.keys, name) ? facts.keys[name] : undefined;
    if (key === undefined) return `it has the key ${path}${name}`;
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
    return fits && new RegExp(facts.pattern ?? '', 'u').test(value)
      ? undefined
      : `${path} is not a possible name`;
  }
  if (facts.kind === 'integer') {
    const { minimum = -Infinity, maximum = Infinity } = facts;
    const fits = Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum;
    return fits ? undefined : `${path} is not a whole number from ${minimum} to ${maximum}`;
  }
  return undefined;
}
