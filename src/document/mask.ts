import { distance } from 'fastest-levenshtein';
import type { SourceFile } from './source-file';
import type { SourceNode } from './source-node';

/** Words in the names of fields that hold secrets, in documents of ours and of Dex, Pachyderm and Terraform. */
const SECRET_NAME =
  /secret|token|passw|passphrase|pass$|pwd|pw$|license|licence|credential|seed|hash|deploymentID|(^|[a-z_-])key$/i;

/** Names that contain such a word and hold no secret. */
const HARMLESS_NAME =
  /(secretName|secretsFrom|tokenURL|tokenExpiry|keyFile|groupsKey|emailKey|userNameKey|userIDKey|preferredUsernameKey|emailVerifiedKey|idTokens|refreshTokens|passwordConnector|staticPasswords|enablePasswordDB)$/i;

/** A misspelt name may have a word that is nearly one of these. */
const SECRET_WORDS = ['secret', 'token', 'password', 'license', 'credential', 'passphrase'];

/** Whether a field of this name may hold a secret, also when the name is misspelt. */
export function isSecretName(name: string): boolean {
  if (HARMLESS_NAME.test(name)) return false;
  return SECRET_NAME.test(name) || wordsOf(name).some(isNearlySecret);
}

function wordsOf(name: string): string[] {
  return name.length > 64
    ? []
    : name.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).filter((word) => word.length > 3);
}

function isNearlySecret(word: string): boolean {
  const lower = word.toLowerCase().replace(/s$/, '');
  return SECRET_WORDS.some((secret) => distance(lower, secret) <= (secret.length > 5 ? 2 : 1));
}

/** What a secret value may say instead of the secret: these parts are names and may be shown. */
const REFERENCES: ReadonlyMap<string, RegExp> = new Map([
  ['env', /^[A-Za-z_][A-Za-z0-9_]{0,63}$/],
  ['file', /^[^\n]{1,200}$/],
]);

/** Whether an entry of a secret value says where the secret is. */
function isReference(key: string, { entries, scalar }: SourceNode): boolean {
  if (key === 'existing' || key === 'generate') return entries !== undefined;
  return typeof scalar === 'string' && REFERENCES.get(key)?.test(scalar) === true;
}

/** Hides every text under a field whose name says secret, wherever in the tree it is. */
export function hideSecrets(node: SourceNode, isSecret = false): void {
  if (node.entries) {
    for (const [key, child] of node.entries)
      if (!(isSecret && isReference(key, child))) hideSecrets(child, isSecret || isSecretName(key));
  } else if (node.items) for (const item of node.items) hideSecrets(item, isSecret);
  else if (isSecret) hideScalar(node);
}

/** Lets a text that could be read be shown, except the secrets in its values. */
export function showExceptSecrets(source: SourceFile, nodes: readonly SourceNode[]): void {
  source.markRead();
  source.beforeShowing(() => {
    for (const node of nodes) {
      hideSecrets(node);
      hideTexts(node);
    }
  });
}

/** Hides every text at and under `node`. */
export function hideAll(node: SourceNode): void {
  hideSecrets(node, true);
  hideTexts(node, true);
}

/** In a program a secret may be written far from the field that holds it. */
function hideTexts(node: SourceNode, isSecret = false): void {
  if (node.source.language === 'typescript')
    for (const secret of secretTexts(node, isSecret)) node.source.hideText(secret);
}

/**
 * A key that is not known, as it may be shown: where the colon behind a key is missing, its value is taken for a part of
 * the key, and the value may be a secret.
 */
export function shownKey(key: string): string {
  return key.replace(/\s[\s\S]*$/, ' …');
}

/** Hides the value of a key that is not known, and what {@link shownKey} leaves out of the key. */
export function hideUnknown(node: SourceNode): void {
  hideAll(node);
  const { source, keyStart = 0, keyEnd = 0 } = node;
  const space = source.text.slice(keyStart, keyEnd).search(/\s/);
  if (space > 0) source.hide(keyStart + space, keyEnd);
}

/** Between key and value may stand an anchor or a tag, which is what YAML makes of a secret that begins with & or !. */
const BEFORE_VALUE = /^\s*:\s*([&!][^\s,}\]]*)/;

function hideScalar({ source, start, end, scalar, keyEnd }: SourceNode): void {
  const before = keyEnd === undefined ? null : BEFORE_VALUE.exec(source.text.slice(keyEnd, keyEnd + 1024));
  if (before) source.hide((keyEnd ?? 0) + before[0].length - (before[1] ?? '').length, end);
  if (scalar !== null) source.hide(start, end);
}

/** The texts under fields whose names say secret. */
function secretTexts(node: SourceNode, isSecret = false): string[] {
  if (node.entries)
    return [...node.entries].flatMap(([key, child]) =>
      isSecret && isReference(key, child) ? [] : secretTexts(child, isSecret || isSecretName(key)),
    );
  if (node.items) return node.items.flatMap((item) => secretTexts(item, isSecret));
  return isSecret && typeof node.scalar === 'string' ? [node.scalar] : [];
}

/** Where a secret occurs in a text; one of a few letters only where it is a word. */
export function occurrences(text: string, secret: string): [start: number, end: number][] {
  const found: [number, number][] = [];
  if (secret === '') return found;
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
    const end = at + secret.length;
    const goesOn = [at, end].some((edge) => /^\w{2}$/.test(text.slice(Math.max(edge - 1, 0), edge + 1)));
    if (secret.length > 5 || !goesOn) found.push([at, end]);
  }
  return found;
}

/** A text in which secrets are asterisks. */
export function hideIn(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const [start, end] of secrets.flatMap((secret) => occurrences(text, secret)))
    shown = shown.slice(0, start) + asterisks(shown.slice(start, end)) + shown.slice(end);
  return shown;
}

/** A text with asterisks for everything but white space. */
export function asterisks(text: string): string {
  return text.replace(/\S/g, '*');
}

/**
 * Replaces by asterisks what is assigned to a secret-sounding name on the same line, and passwords in URLs. It needs no
 * syntax, so it protects comments, and constants in programs. `key` alone is most often the key of a Kubernetes Secret.
 */
export function maskAssignments(text: string): string {
  const masked = text.replace(
    /(["']?)(?<![\w-])([A-Za-z_][\w-]{0,99})\1([ \t]*[:=][ \t]*)("[^"\n]*"|'[^'\n]*'|[^\s{}[\],#"'|>&*!][^,}\]\n#]*)/g,
    (whole: string, quote: string, name: string, sign: string, value: string) =>
      name !== 'key' && isSecretName(name) && !/^(true|false|null|\d{1,4})\s*$/.test(value)
        ? `${quote}${name}${quote}${sign}${asterisks(value)}`
        : whole,
  );
  return maskUrlPasswords(masked);
}

/** Lengths are limited because without limits the search takes time quadratic in the length of a line. */
const URL_PASSWORD = /(:\/\/[^\s:/@"']{0,128}:)([^\s"']{1,256})@/g;

/** A text in which passwords of URLs are asterisks. */
export function maskUrlPasswords(text: string): string {
  return text.replace(
    URL_PASSWORD,
    (_whole, before: string, password: string) => `${before}${asterisks(password)}@`,
  );
}

/** A name with what is behind it; the colon may be what is missing. */
const ASSIGNMENT = /(["']?)(?<![\w.-])([A-Za-z_][\w.-]{0,99})\1(?:[ \t]*[:=]|[ \t]+(?=\S))/g;

/** What generated tokens look like. */
const LONG_TOKEN =
  /(?<![A-Za-z0-9+/=_-])(?=[A-Za-z+/=_-]*[0-9])(?=[0-9+/=_-]*[A-Za-z])[A-Za-z0-9+/=_-]{16,}/g;

/** Keys whose values look like tokens and are no secrets. */
const PUBLIC_KEY = /^[ \t]*(- +)*["']?(\w+I[Dd]|\w*(name|host|issuer|domain|URL|URI))["']?[ \t]*:[^{[]*$/;

const REFERENCE = /^\s*\{\s*["']?(env|file|existing|generate)["']?\s*:/;
const LOOKS_LIKE_YAML_KEY = /^[ \t]*(- +)*(["']?)[A-Za-z_$][^\s"':]*\2[ \t]*:([ \t{[]|$)/;
const NO_VALUE = /^[\s{}[\],]*$|^\s*(#|---|\.\.\.)/;

/**
 * A YAML or JSON text that could not be read, as it may be shown. Where values end is not known, so everything behind a
 * secret-sounding name is hidden up to the next line that looks like another key, and so is every text that looks like a
 * token.
 */
export function maskUnreadYaml(text: string): string {
  let secretColumn: number | undefined;
  return text
    .split('\n')
    .map((written) => {
      const line = PUBLIC_KEY.test(written) ? written : written.replace(LONG_TOKEN, asterisks);
      const indentation = line.length - line.trimStart().length;
      if (secretColumn !== undefined) {
        if (NO_VALUE.test(line)) return line;
        if (indentation > secretColumn || !LOOKS_LIKE_YAML_KEY.test(line)) return asterisks(line);
      }
      const secret = firstSecret(line);
      secretColumn = secret?.column;
      return secret ? line.slice(0, secret.start) + asterisks(line.slice(secret.start)) : line;
    })
    .join('\n');
}

/** Where the first secret of a line begins, and the column that lines of the same value are indented beyond. */
function firstSecret(line: string): { start: number; column: number } | undefined {
  for (const match of line.matchAll(ASSIGNMENT)) {
    const start = match.index + match[0].length;
    if (!isSecretName(match[2] ?? '') || REFERENCE.test(line.slice(start))) continue;
    const isFirst = /^[\s-]*$/.test(line.slice(0, match.index));
    return { start, column: isFirst ? match.index : line.length - line.trimStart().length };
  }
  return undefined;
}

/** A program that could not be read, as it may be shown: without the texts in quotes. */
export function maskUnreadProgram(text: string): string {
  return text.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*|'(?:\\.|[^'\\\n])*|`(?:\\[\s\S]|[^`\\])*/g,
    (token) => (token.startsWith('/') ? token : token.slice(0, 1) + asterisks(token.slice(1))),
  );
}
