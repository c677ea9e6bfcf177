import { SCALAR_STYLE, visit } from 'js-yaml';
import { toYaml } from './yaml';

/**
 * YAML for the value of a variable in which Kubernetes replaces `$(NAME)` by the variable NAME. `references` are the
 * strings that stand for such variables. Whatever the variables hold comes to stand in a literal block, the one form of
 * YAML in which no character has a meaning; every other `$` stays a `$`.
 */
export function yamlWithReferences(value: unknown, references: ReadonlySet<string>): string {
  return toYaml(value, (documents) =>
    visit(documents, (node) => {
      if (node.kind !== 'scalar') return;
      if (references.has(node.value)) node.style = SCALAR_STYLE.LITERAL_BLOCK;
      else node.value = node.value.replaceAll('$', '$$$$');
    }),
  );
}
