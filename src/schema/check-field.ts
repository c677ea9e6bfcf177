import { toValue, type SourceNode } from '../document/source-node';
import type { SchemaFinding } from './check-schema';
import { describeError } from './describe-error';
import { withSubject } from './error-subject';
import { placeAt } from './schema-at';
import { schemaErrorsOf } from './schema-errors';

/** A finding, with the keyword of the schema that the value does not satisfy. */
export interface FieldFinding extends SchemaFinding {
  readonly keyword: string;
}

/**
 * What the document's schema says about a value that another file has for one of its fields, such as `access.host`; nothing
 * where that file writes another kind of value. Findings are at `path`, the value's place in that file.
 */
export function checkField(
  value: SourceNode,
  field: readonly string[],
  path: readonly string[],
): FieldFinding[] {
  const { part, file } = placeAt(field);
  const errors = schemaErrorsOf(toValue(value), part, file);
  if (errors.some((error) => error.keyword === 'type' && error.path.length === 0)) return [];
  return errors.map((error) => ({
    ...describeError(withSubject(error, value, field), [...path, ...error.path]),
    keyword: error.keyword,
  }));
}
