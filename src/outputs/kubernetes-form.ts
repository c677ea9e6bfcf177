import { isMapping } from '../document/is-mapping';
import { kindName, typeName } from '../forms/kinds';

/** A field of an object that Kubernetes does not know, or knows otherwise. */
export interface FormFault {
  /** Steps to it from the object. */
  readonly steps: readonly string[];
  readonly message: string;
}

type Table = typeof import('../generated/kubernetes-fields').kubernetesFields;

let loaded: Table | undefined;

/** Loaded on first use, from a part of the program of its own: few documents have overrides. */
function table(): Table {
  loaded ??= (require('../generated/kubernetes-fields') as typeof import('../generated/kubernetes-fields'))
    .kubernetesFields;
  return loaded;
}

/** What in an object is not of the form that Kubernetes' API has for its kind; nothing for kinds that are not in the table. */
export function formFaults(object: Readonly<Record<string, unknown>>): FormFault[] {
  const type = `V1${String(object['kind'])}`;
  return table()[type] === undefined ? [] : [...faultsIn(object, type, [])];
}

function* faultsIn(value: unknown, type: string, steps: readonly string[]): Iterable<FormFault> {
  if (type === '*') return;
  if (type.endsWith('[]')) {
    if (Array.isArray(value))
      for (const [index, item] of (value as readonly unknown[]).entries())
        yield* faultsIn(item, type.slice(0, -2), [...steps, String(index)]);
    else yield { steps, message: `is ${kindOf(value)}, and has to be a list` };
    return;
  }
  if (type.endsWith('{}')) {
    if (isMapping(value))
      for (const [key, inner] of Object.entries(value))
        yield* faultsIn(inner, type.slice(0, -2), [...steps, key]);
    else yield { steps, message: `is ${kindOf(value)}, and has to be a mapping` };
    return;
  }
  if (type.startsWith('=')) {
    const values = type.slice(1).split('|');
    if (typeof value !== 'string' || !values.includes(value))
      yield { steps, message: `is not one of ${values.filter((each) => each !== '').join(', ')}` };
    return;
  }
  const scalar = SCALARS[type];
  if (scalar !== undefined) {
    if (!scalar.accepts(value))
      yield { steps, message: `is ${kindOf(value)}, and has to be ${scalar.words}` };
    return;
  }
  if (isMapping(value)) yield* faultsInFields(value, table()[type] ?? {}, steps);
  else yield { steps, message: `is ${kindOf(value)}, and has to be a mapping` };
}

function* faultsInFields(
  value: Readonly<Record<string, unknown>>,
  fields: Readonly<Record<string, string>>,
  steps: readonly string[],
): Iterable<FormFault> {
  for (const [key, inner] of Object.entries(value)) {
    const type = fields[key] ?? fields[`${key}!`];
    if (type === undefined) yield { steps: [...steps, key], message: 'is not a field of Kubernetes' };
    else yield* faultsIn(inner, type, [...steps, key]);
  }
  for (const field of Object.keys(fields)) {
    const name = field.slice(0, -1);
    if (field.endsWith('!') && value[name] === undefined)
      yield { steps: [...steps, name], message: 'is missing, and Kubernetes requires it' };
  }
}

const isString = (value: unknown): boolean => typeof value === 'string';

/** The numbers of these kinds are whole, but in schemas. */
const isWhole = (value: unknown): boolean => Number.isInteger(value);

const SCALARS: Readonly<Record<string, { accepts(value: unknown): boolean; readonly words: string }>> = {
  s: { accepts: isString, words: typeName('string') },
  n: { accepts: isWhole, words: 'a whole number' },
  b: { accepts: (value) => typeof value === 'boolean', words: typeName('boolean') },
  d: { accepts: (value) => typeof value === 'number', words: typeName('number') },
  i: { accepts: (value) => isWhole(value) || isString(value), words: 'a whole number or a string' },
  q: { accepts: (value) => typeof value === 'number' || isString(value), words: 'a number or a string' },
};

function kindOf(value: unknown): string {
  const isShown =
    value === null || typeof value === 'boolean' || (typeof value === 'number' && !isWhole(value));
  return isShown ? String(value) : kindName(value);
}
