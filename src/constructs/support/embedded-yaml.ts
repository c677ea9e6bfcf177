import { dump, SCALAR_STYLE, visit } from 'js-yaml';

/**
 * YAML for a string inside a Secret, a ConfigMap or a variable. pachd (2.3 to 2.12) and config-pod 0.5 read YAML 1.1,
 * where a plain `no`, `0o7`, `1:30` or `1_000` is not a text; js-yaml quotes every text that YAML 1.1 or 1.2 would take
 * for something else.
 */
export function embeddedYaml(value: unknown): string {
  return dump(value, LAYOUT);
}

/**
 * The same for the value of a variable in which Kubernetes replaces `$(NAME)` by the variable NAME. `references` are the
 * texts that stand for such variables. Whatever the variables hold comes to stand in a literal block, the one form of
 * YAML in which no character has a meaning; every other `$` stays a `$`.
 */
export function embeddedYamlWithReferences(value: unknown, references: ReadonlySet<string>): string {
  return dump(value, {
    ...LAYOUT,
    transform: (documents) =>
      visit(documents, (node) => {
        if (node.kind !== 'scalar') return;
        if (references.has(node.value)) node.style = SCALAR_STYLE.LITERAL_BLOCK;
        else node.value = node.value.replaceAll('$', '$$$$');
      }),
  });
}

const LAYOUT = { lineWidth: -1, noRefs: true } as const;
