import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { SourceFile } from '../../document/source-file';

/** What begins an action of a template, outside of quotes and comments. */
const ACTIONS: readonly RegExp[] = [
  // Of Go, and `{{ name }}` of Jinja. No mapping of YAML has a mapping for its key.
  /\{\{(?:-\s|\s*[.$`]|\s*(?:if|else|end|range|with|include|define|template|toYaml|tpl|env|requiredEnv|fetchSecretValue)\b|\s*[\w.]+(?:\s*\|[^}]*)?\s*\}\})/,
  // Of Jinja.
  /\{%-?\s*(?:if|elif|else|endif|for|endfor|set|include|raw|block|macro)\b/,
  // Of Terraform.
  /%\{~?\s*(?:if|else|endif|for|endfor)\b/,
];

/** What stands before an action in its line: no comment, and quotes that are closed. */
const BEFORE = /^(?:[^#'"]|(?<!\s)#|"[^"]*"|'[^']*')*?/.source;

/** A line whose value is the text below it. */
const TEXT_BELOW = /(?:^|[\s:-])[|>][-+0-9]*\s*(?:#.*)?$/;

/** That a file that is not well-formed is a template which makes values, of Helmfile for one; undefined for any other. */
export function templateAround(source: SourceFile): Diagnostic | undefined {
  const action = firstAction(source.text);
  return (
    action && {
      code: 'FIL027',
      severity: 'error',
      message:
        'This is a template around values, as Helmfile, Argo CD, Ansible and Terraform have them, and not values yet: Helm does not run templates in values files',
      location: source.locate(action.start, action.end),
      path: '',
      hint: 'render it first and check what comes out: helmfile write-values, argocd app manifests, or the tool that fills it in',
    }
  );
}

function firstAction(text: string): { readonly start: number; readonly end: number } | undefined {
  let offset = 0;
  let textIndent: number | undefined;
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/);
    // Annotations hold templates of other programs, Vault's agent for one.
    if (textIndent !== undefined && indent >= 0 && indent <= textIndent) textIndent = undefined;
    if (textIndent === undefined) {
      const at = actionIn(line);
      if (at !== undefined) return { start: offset + at.start, end: offset + at.end };
      if (TEXT_BELOW.test(line.trimEnd())) textIndent = indent;
    }
    offset += line.length + 1;
  }
  return undefined;
}

function actionIn(line: string): { readonly start: number; readonly end: number } | undefined {
  for (const action of ACTIONS) {
    const match = new RegExp(`(${BEFORE})(?:${action.source})`).exec(line);
    if (!match) continue;
    const start = match[1]?.length ?? 0;
    const close = line.slice(start).search(/[}%]\}|~?\}/);
    return { start, end: close < 0 ? start + 2 : start + close + (line[start + close + 1] === '}' ? 2 : 1) };
  }
  return undefined;
}
