import type { JsonValue } from '../document/source-node';
import { fitsSchema } from './schema-errors';
import { placeAt } from './schema-at';

/** Strings of the forms that required keys have; what none of them suits is left out. */
const STRINGS = [
  'stand-in',
  'stand-in.example.com',
  'stand-in@example.com',
  'https://stand-in.example.com/groups',
  'grpc://stand-in:30650',
  'stand-in.example:1:stand-in',
  'project:region:instance',
] as const;

/**
 * A value of the form that the schema wants at `path`, for a required key whose own is missing or wrong: without one, all
 * that stands beside it would have to go. Undefined where none is known.
 *
 * @param word what strings are made of: what is found with one word and not with another is about the word
 */
export function standIn(path: readonly string[], word = 'stand-in'): JsonValue | undefined {
  const { part, file } = placeAt(path);
  const { type, enum: values } = part;
  const candidates: readonly JsonValue[] = Array.isArray(values)
    ? (values as JsonValue[])
    : type === 'string'
      ? STRINGS.map((text) => text.replaceAll('stand-in', word))
      : [1, [], {}, { env: 'STAND_IN' }];
  return candidates.find((value) => fitsSchema(value, part, file));
}
