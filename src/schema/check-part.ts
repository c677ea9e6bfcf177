import { toValue, type SourceNode } from '../document/source-node';
import { withoutEchoes, type SchemaFinding } from './check-schema';
import { describeError } from './describe-error';
import { subjectIn } from './error-subject';
import { documentSchema, inside, type SchemaPart } from './schema-at';
import { schemaErrorsOf } from './schema-errors';

/**
 * Everything in which `node`, which is at `path` in a document, departs from a schema that the document's own has no part
 * for. References without a file name mean the document's schema.
 */
export function checkPart(node: SourceNode, part: SchemaPart, path: readonly string[]): SchemaFinding[] {
  const root = { part, file: documentSchema().file };
  return withoutEchoes(schemaErrorsOf(toValue(node), part, root.file)).map((error) =>
    describeError(subjectIn(error, node, inside(root, error.path).part), [...path, ...error.path]),
  );
}
