import { asterisks } from './asterisks';
import { COMMENTS, type Language } from './language';
import { maskTokens } from './known-tokens';
import { isSecretName, looksLikeName } from './secret-names';
import { URL_PARAMETER } from './url-secrets';

/** Where a secret occurs in a string; one of a few letters only where it is a word. */
export function occurrences(text: string, secret: string): [start: number, end: number][] {
  const found: [number, number][] = [];
  if (secret === '') return found;
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
    const end = at + secret.length;
    const goesOn = [at, end].some((edge) => /\w\w/.test(text.slice(Math.max(edge - 1, 0), edge + 1)));
    if (secret.length > 5 || !goesOn) found.push([at, end]);
  }
  return found;
}

/** A string in which secrets are asterisks. */
export function hideIn(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const [start, end] of secrets.flatMap((secret) => occurrences(text, secret)))
    shown = shown.slice(0, start) + asterisks(shown.slice(start, end)) + shown.slice(end);
  return shown;
}

/** A name and the sign behind it; quotes may be escaped, as in JSON inside a string. */
const ASSIGNED = /((?:''|\\{0,4}["'])?)(?<!\w)([A-Za-z_][\w-]{0,99})\1[ \t]*[:=][ \t]*/g;

/** A value on the line of its name: with quotes, with quotes that are not closed, without. */
const VALUE = /(?:"[^"\n]*"|'[^'\n]*')[^\s,}\]#]*|["'][^\n,}]*|[^\s{}[\],#"'|>&*!][^,}\]\n#]*/y;

/** Values that are no secrets, whatever their name says: choices, sizes, ports. */
const HARMLESS_VALUE = /^(true|false|null|\d{1,4})\s*$/;

/**
 * Replaces by asterisks what is assigned to a secret-sounding name on the same line, comments behind that, passwords in
 * URLs, and what looks like a token of a well-known kind. It needs no syntax, so it protects comments, and constants in
 * programs. `key` alone is most often the key of a Kubernetes Secret.
 */
export function maskAssignments(text: string, language: Language = 'yaml'): string {
  const quoted = maskAssigned(text).replace(
    WITHOUT_COLON,
    (whole: string, before: string, _quote, name: string) =>
      isAssigned(name) ? before + asterisks(whole.slice(before.length)) : whole,
  );
  return maskTokens(maskUrlPasswords(maskComments(quoted, language)));
}

function maskAssigned(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { index, 0: before, 2: name = '' } of text.matchAll(ASSIGNED)) {
    if (index < done || !isAssigned(name)) continue;
    VALUE.lastIndex = index + before.length;
    const value = VALUE.exec(text)?.[0] ?? '';
    if (HARMLESS_VALUE.test(value)) continue;
    parts.push(text.slice(done, index + before.length), asterisks(value));
    done = index + before.length + value.length;
  }
  return parts.join('') + text.slice(done);
}

/** A name in quotes with something in quotes behind it. */
const WITHOUT_COLON = /((["'])([A-Za-z_][\w-]{0,99})\2[ \t]*)["'][^\n,}]*/g;

function isAssigned(name: string): boolean {
  return name !== 'key' && isSecretName(name);
}

const NAME = /([A-Za-z_][\w-]{0,99})["']?[ \t]*[:=]/g;

/**
 * Hides comments behind secret-sounding names that are assigned to, and the odd words behind such names in comments, up to the end
 * of the last of their lines.
 */
function maskComments(text: string, language: Language): string {
  let goesOn = false;
  return text
    .split('\n')
    .map((line) => {
      const comment = line.search(COMMENTS[language]);
      goesOn &&= comment >= 0 && line.slice(0, comment).trim() === '';
      if (comment < 0) return line;
      const isBehindSecret = [...line.slice(0, comment).matchAll(NAME)].some(([, name = '']) =>
        isAssigned(name),
      );
      const from = goesOn ? comment : endOfSecretWord(line, comment);
      goesOn = from !== undefined || isBehindSecret;
      if (isBehindSecret) return line.slice(0, comment) + asterisks(line.slice(comment));
      return from === undefined ? line : line.slice(0, from) + maskOddWords(line.slice(from));
    })
    .join('\n');
}

/** Words such as no one writes: of digits and letters, or with capitals inside. */
function maskOddWords(text: string): string {
  return text.replace(/\S+/g, (run) => {
    const behindDigits = /^.*\d/.exec(run)?.[0].length ?? 0;
    const behindLetters = /^.*[A-Za-z]/.exec(run)?.[0].length ?? 0;
    return run.replace(/(?<![\w-])[^\s"'`,;]{6,}/g, (word, at: number) =>
      at < behindDigits && at < behindLetters ? asterisks(word) : word.replace(CAMEL_CASE, asterisks),
    );
  });
}

const CAMEL_CASE = /(?<![\w-])[a-z]+[A-Z]\w{4,}/g;

/** "the password is hunter2Xw": where the word that says secret ends, in the comment of a line. */
function endOfSecretWord(line: string, comment: number): number | undefined {
  const word = [...line.slice(comment).matchAll(/[A-Za-z][\w-]*/g)].find(([text]) => isSecretName(text));
  return word && comment + word.index + word[0].length;
}

/** Lengths are limited because without limits the search takes time quadratic in the length of a line. */
const URL_PASSWORD = /(:\/\/[^\s:/"']{0,128}:)([^\s"']{1,256}|[^\n"']{1,256})@/g;

/** A user without a password: most often a token, as in clones of repositories, whose user git is none. */
const URL_USER = /(:\/\/)(?!git@)([^\s:/?#@"'`*]{1,256})@(?=[\w[])/g;

/** User and password of a URL that is percent-encoded, as in a parameter of another. */
const ENCODED_USER = /(%3A%2F%2F)((?:(?!%2F|%3F|%23)[^\s/?#&@"'`]){1,256})(?=%40)/gi;

/** A colon between user and password that is percent-encoded, so that they are a user alone. */
const ENCODED_COLON = /(?<![\w.@%+-])([\w.%+-]{1,64}%3A)([^\s:/?#&@"'`]{1,256})@(?=[\w[])/gi;

/**
 * A user and a password in front of a host, without the scheme of a URL. What stands in front of a mail address, as in
 * user:alice@acme.com, is no user; a port behind the host makes the difference. `@sha256:` follows the tag of an image.
 */
const BARE_PASSWORD =
  /(?<![\w.@%+-])(?:(?!(?:user|group|robot|pipeline|mailto|id|pach|internal|project|repo)s?:)[\w.%+-]{1,64}:|[\w.%+-]{1,64}:(?=[^\s"'@]{1,256}@[\w.-]{1,253}:\d))(?!\/\/)([^\s"'@]{1,256})@(?!sha256:)(?=[\w[])/g;

/** A string in which passwords of URLs, and what their parameters with secret-sounding names say, are asterisks. */
export function maskUrlPasswords(text: string): string {
  const masked = text
    .replace(URL_PARAMETER, maskParameter)
    .replace(ENCODED_USER, (_whole, before: string, user: string) => before + asterisks(user));
  if (!masked.includes('@')) return masked;
  return masked
    .replace(URL_PASSWORD, (_whole, before: string, password: string) => `${before}${asterisks(password)}@`)
    .replace(URL_USER, (_whole, before: string, user: string) => `${before}${asterisks(user)}@`)
    .replace(ENCODED_COLON, (_whole, before: string, password: string) => `${before}${asterisks(password)}@`)
    .replace(
      BARE_PASSWORD,
      (whole: string, password: string) =>
        `${whole.slice(0, whole.length - password.length - 1)}${asterisks(password)}@`,
    );
}

/**
 * What a message or a hint says, with asterisks for what is no one's to read in the values that it quotes: passwords of URLs,
 * tokens of well-known kinds, and what is assigned to a secret-sounding name.
 */
export function maskMessage(text: string): string {
  return maskTokens(maskUrlPasswords(text.replace(QUOTATION, maskAssigned)));
}

/** A value that a message quotes; it may have quotes of its own in it. */
const QUOTATION = /(?<=")[^\n]*(?=")/g;

function maskParameter(whole: string, before: string, name: string, value: string): string {
  return isSecretName(name) ? before + asterisks(value) : whole;
}

/** A name with what is behind it; the colon may be what is missing. */
const ASSIGNMENT =
  /((?:''|\\{0,4}["'])?)(?<![\w.-])([A-Za-z_][\w.-]{0,99})\1(?:[ \t]*[:=]|[ \t]+(?=\S)|[ \t]*$(?<=^[ \t]*\?[ \t]+\S+[ \t]*))/g;

/** What generated tokens look like. */
const LONG_TOKEN =
  /(?<![A-Za-z0-9+/=_-])(?=[A-Za-z+/=_-]*[0-9])(?=[0-9+/=_-]*[A-Za-z])[A-Za-z0-9+/=_-]{16,}/g;

/** A line of a file of accounts, such as /etc/shadow: fields between colons. */
const RECORD = /^([^\s:"'{}[\]]+:)((?!\/\/)[^\s:]*:\S*)$/;

/** Keys whose values look like tokens and are no secrets. */
const PUBLIC_KEY = /^[ \t]*(- +)*["']?(\w+I[Dd]|\w*(name|host|issuer|domain|URL|URI))["']?[ \t]*:[^{[]*$/;

/** A reference to a secret in braces, as far as it can be told from a string that could not be read. */
const REFERENCE =
  /^\s*\{\s*(?:(["']?)(?:env|file)\1\s*:\s*(["']?)([\w./-]{1,200})\2\s*\}|(["']?)(?:existing|generate)\4\s*:\s*\{[^"'{}]*\}\s*\})/;
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
      const whole = PUBLIC_KEY.test(written) ? written : written.replace(LONG_TOKEN, asterisks);
      const line = whole.replace(RECORD, (_all, name: string, rest: string) => name + asterisks(rest));
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
  let endOfReference = 0;
  for (const match of line.matchAll(ASSIGNMENT)) {
    const start = match.index + match[0].length;
    if (match.index < endOfReference || !isSecretName(match[2] ?? '')) continue;
    const reference = referenceAtStart(line.slice(start));
    endOfReference = start + reference.length;
    if (reference !== '') continue;
    const isFirst = /^[\s-]*$/.test(line.slice(0, match.index));
    return { start, column: isFirst ? match.index : line.length - line.trimStart().length };
  }
  return undefined;
}

/** The reference to a secret that a string begins with; empty where it begins with something else. */
function referenceAtStart(text: string): string {
  const [whole = '', , , name] = REFERENCE.exec(text) ?? [];
  return name === undefined || looksLikeName(name) ? whole : '';
}

/** Strings of programs that are no secrets: versions, and names of ours. */
const PUBLIC_TEXT = /^(["'])(\d{1,3}(\.\d{1,3}){1,2}(-[a-z]{1,5}\.\d{1,3})?|pachkit(\/v1)?)\1$/;

/** A program that could not be read, as it may be shown: without the strings in quotes. */
export function maskUnreadProgram(text: string): string {
  return text.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|`(?:\\[\s\S]|[^`\\])*`?/g,
    (token) =>
      token.startsWith('/') || PUBLIC_TEXT.test(token)
        ? token
        : token.slice(0, 1) + asterisks(token.slice(1)),
  );
}
