import { nodeAt, type JsonValue, type SourceNode } from '../document/source-node';
import type { DescribedError } from './describe-error';
import { schemaAt, type SchemaPart } from './schema-at';
import type { SchemaError } from './schema-errors';

/** An error together with what it is about: the value, and the schema that it breaks, for a tree that `field` says the form of. */
export function withSubject(
  error: SchemaError,
  root: SourceNode,
  field: readonly string[] = [],
): DescribedError {
  return subjectIn(error, root, schemaAt([...field, ...error.path]));
}

/** The same with the part of the schema around what is wrong. */
export function subjectIn(error: SchemaError, root: SourceNode, around: SchemaPart): DescribedError {
  const node = nodeAt(root, error.path);
  const isName = error.propertyName !== undefined;
  const parentSchema = isName ? ((around['propertyNames'] ?? {}) as Record<string, unknown>) : around;
  return {
    ...error,
    parentSchema,
    schema: parentSchema[error.keyword],
    data: isName ? error.propertyName : node && withoutContent(node),
  };
}

/** Messages name the kind of a mapping or a list and never quote one. */
function withoutContent(node: SourceNode): JsonValue {
  if (node.entries) return {};
  return node.items ? [] : (node.scalar ?? null);
}
