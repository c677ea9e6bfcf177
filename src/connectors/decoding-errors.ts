import { cannotUnmarshal } from '../forms/go-json';
import { jsonKind, type JsonKind } from '../forms/kinds';
import type { ValueFacts } from './key-facts';
import { productOf, type Product, type Target } from '../releases/target';

/** What stands before an error of Go's decoder, in the log of Dex and in the answer of pachd. */
const PREFIX: Readonly<Record<Product, string>> = {
  dex: 'parse connector config: ',
  pachyderm: 'unable to deserialize JSON: ',
};

const GO_TYPES: Readonly<Record<Exclude<ValueFacts['kind'], 'list' | 'object'>, string>> = {
  string: 'string',
  secret: 'string',
  base64: '[]uint8',
  boolean: 'bool',
  integer: 'int',
  map: 'map[string]string',
};

/** Go's type for a value, where its name does not depend on the connector. */
function goTypeOf(facts: ValueFacts): string | undefined {
  if (facts.kind === 'object') return undefined;
  if (facts.kind !== 'list') return GO_TYPES[facts.kind];
  const items = goTypeOf(facts.items);
  return items && `[]${items}`;
}

/**
 * What the target's Dex says about a value of the wrong kind. Go names the struct and the key; deeper down the name of
 * the struct differs between versions and is left out.
 *
 * @param keys the path of the value in `config`, without positions in lists
 */
export function decodingError(
  target: Target,
  goType: string,
  keys: readonly string[],
  found: JsonKind,
  expected: ValueFacts,
): string {
  return decodingErrorOf(target, goType, keys, found, goTypeOf(expected));
}

/** What the target's Dex says about an item of a list that it decodes into bytes, which takes whole numbers from 0 to 255. */
export function byteError(target: Target, goType: string, keys: readonly string[], item: unknown): string {
  const found = typeof item === 'number' ? `number ${item}` : jsonKind(item);
  return decodingErrorOf(target, goType, keys, found, 'uint8');
}

function decodingErrorOf(
  target: Target,
  goType: string,
  keys: readonly string[],
  found: string,
  type: string | undefined,
): string {
  const struct = goType.slice(goType.indexOf('.') + 1);
  const field = keys.length === 1 ? `${struct}.${keys[0]}` : `….${keys.join('.')}`;
  const misfit = keys.length === 0 ? { found, type: goType } : { found, field, type };
  return prefix(target) + cannotUnmarshal(misfit);
}

/** What the target's Dex says about a string that is not base64. Go counts bytes, from 0. */
export function base64Error(target: Target, text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  const index = bytes.findIndex((byte) => !/[A-Za-z0-9+/=\r\n]/.test(String.fromCharCode(byte)));
  return `${prefix(target)}illegal base64 data at input byte${index < 0 ? '' : ` ${index}`}`;
}

function prefix(target: Target): string {
  return PREFIX[productOf(target)];
}
