import { isUnreadable } from '../../diagnostics/codes';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import type { SourceFile } from '../../document/source-file';

/** What begins an action of a template. Repetitions have an end, so that the time for a line does not grow with its square. */
const ACTIONS: readonly RegExp[] = [
  // Of Go, and `{{ name }}` of Jinja. No mapping of YAML has a mapping for its key.
  /\{\{(?:-\s|\s{0,20}[.$`]|\s{0,20}(?:if|else|end|range|with|include|define|template|toYaml|tpl|env|requiredEnv|fetchSecretValue)\b|\s{0,20}[\w.]{1,200}(?:\s{0,20}\|[^{}]{0,500})?\s{0,20}\}\})/y,
  // Of Jinja.
  /\{%-?\s{0,20}(?:if|elif|else|endif|for|endfor|set|include|raw|block|macro)\b/y,
  // Of Terraform.
  /%\{~?\s{0,20}(?:if|else|endif|for|endfor)\b/y,
];

/** What an action may begin with, and what has none in it: quoted text, closed or not, and comments. */
const OPENINGS = /"[^"]*"?|'[^']*'?|(?<!\S)#.*|\{(?=[{%])|%(?=\{)/g;

/** A line whose value is the text below it. */
const TEXT_BELOW = /(?:^|[\s:-])[|>][-+0-9]*\s*(?:#.*)?$/;

/** Whether what was found when a file was read may come from actions: `{{ x }}` is a mapping with a mapping for its key. */
export function mayBeTemplate(reading: readonly Diagnostic[]): boolean {
  return reading.some(({ code }) => code === 'DOC005' || isUnreadable(code));
}

/** That a file for which {@link mayBeTemplate} holds is a template which makes values; undefined for any other. */
export function templateAround(source: SourceFile): Diagnostic | undefined {
  const action = firstIn(source.text, actionIn);
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

/** Annotations of ytt. */
const YTT_ANNOTATION = /^#@(?:assert|data|library|overlay|schema|template|yaml)\/[a-z]/;

/** What is code to ytt, and nothing that anyone writes into a comment: what stands alone on a line is a statement there. */
const YTT_CODE = /^#@\s+(\S.*)$/;
const STATEMENT =
  /^(?:(?:end|pass|break|continue|else:|return)(?:\s|$)|(?:if|elif|for|def|while)\s.*:$|[A-Za-z_][\w.]{0,200}(?:\(|\s*[-+*]?=(?!=)))/;

/** Two words of which neither is one of the language are of a sentence. */
const SENTENCE =
  /(?<![\w.])(?!(?:and|or|not|in|is|if|elif|else|for|while|def|return|lambda)\b)[A-Za-z]\w*:?\s+(?!(?:and|or|not|in|is|if|else|for)\b)[A-Za-z]\w*/;

/** That a file is a template of ytt, which is YAML, with its values in comments; undefined for any other. */
export function templateOfYtt(source: SourceFile): Diagnostic | undefined {
  const comment = source.text.includes('#@') ? firstIn(source.text, commentOfYtt) : undefined;
  return (
    comment && {
      code: 'FIL027',
      severity: 'error',
      message:
        'This is a template of ytt, and not values yet: to Helm its `#@` are comments, and values that they give are empty',
      location: source.locate(comment.start, comment.end),
      path: '',
      hint: 'render it first and check what comes out: ytt -f FILE | pachkit validate - --as helm-values',
    }
  );
}

interface Found {
  readonly start: number;
  readonly end: number;
}

/** The first place that a line has, but for lines of a block scalar. */
function firstIn(text: string, find: (line: string) => Found | undefined): Found | undefined {
  let offset = 0;
  let textIndent: number | undefined;
  for (const line of text.split('\n')) {
    const indent = line.search(/\S/);
    // Annotations hold templates of other programs, Vault's agent for one.
    if (textIndent !== undefined && indent >= 0 && indent <= textIndent) textIndent = undefined;
    if (textIndent === undefined) {
      const at = find(line);
      if (at !== undefined) return { start: offset + at.start, end: offset + at.end };
      if (TEXT_BELOW.test(line.trimEnd())) textIndent = indent;
    }
    offset += line.length + 1;
  }
  return undefined;
}

function commentOfYtt(line: string): Found | undefined {
  const comment = [...line.matchAll(OPENINGS)].find(([opening]) => opening.startsWith('#@'));
  if (!comment || !isReadByYtt(comment[0].trimEnd(), line.slice(0, comment.index))) return undefined;
  return { start: comment.index, end: comment.index + comment[0].trimEnd().length };
}

function isReadByYtt(comment: string, before: string): boolean {
  if (YTT_ANNOTATION.test(comment)) return true;
  const code = YTT_CODE.exec(comment)?.[1];
  if (code === undefined || SENTENCE.test(code.replace(/"[^"]*"|'[^']*'/g, '""'))) return false;
  // Behind a key without a value the code is the value.
  return before.trim() === '' ? STATEMENT.test(code) : /(?:^|\s)-\s+$|:\s+$/.test(before);
}

function actionIn(line: string): Found | undefined {
  for (const { index: start } of line.matchAll(OPENINGS)) {
    const isAction = ACTIONS.some((action) => {
      action.lastIndex = start;
      return action.test(line);
    });
    if (!isAction || isInWords(line.slice(0, start))) continue;
    const close = /[}%]\}|~?\}/.exec(line.slice(start));
    return { start, end: close ? start + close.index + close[0].length : start + 2 };
  }
  return undefined;
}

/** Whether a value without quotes has begun, in which braces are text. */
function isInWords(before: string): boolean {
  const text = before.trimEnd();
  const last = text.charAt(text.length - 1);
  const canFollow = ['', ',', '[', '{'].includes(last) || (text !== before && [':', '-', '?'].includes(last));
  return !canFollow;
}
