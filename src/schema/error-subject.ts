import { nodeAt, type JsonValue, type SourceNode } from '../document/source-node';
import type { DescribedError } from './describe-error';
import { schemaAt } from './schema-at';
import type { SchemaError } from './schema-errors';

/** An error together with what it is about: the value, and the schema that it breaks, for a tree that `field` says the form of. */
export function withSubject(
  error: SchemaError,
  root: SourceNode,
  field: readonly string[] = [],
): DescribedError {
  const node = nodeAt(root, error.path);
  const around = schemaAt([...field, ...error.path]);
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
