import { CORE_SCHEMA, load } from 'js-yaml';
import { certainly } from '../diagnostics/suggest';
import { homesOfKey } from './key-homes';
import { maskAssignments, maskUnreadYaml, occurrences } from './mask-text';
import { isSecretName, looksLikeName } from './secret-names';
import type { SourceFile } from './source-file';
import type { SourceNode } from './source-node';

export { maskMessage, maskUrlPasswords } from './mask-text';
export { isSecretName } from './secret-names';

/** What a secret value may say instead of the secret: these parts are names and may be shown when they look like names. */
const REFERENCES: ReadonlyMap<string, RegExp> = new Map([
  ['env', /^[A-Za-z_][A-Za-z0-9_]{0,63}$/],
  ['file', /^[^\n]{1,200}$/],
]);

/** Whether an entry of a secret value says where the secret is. */
function isReference(key: string, { entries, scalar }: SourceNode): boolean {
  if (key === 'existing' || key === 'generate') return entries !== undefined;
  return typeof scalar === 'string' && isReferenceText(key, scalar);
}

/** Whether a string names a variable or a file, as its key says. */
function isReferenceText(key: string, text: string): boolean {
  return REFERENCES.get(key)?.test(text) === true && looksLikeName(text);
}

/** Keys of secret values: the ways to say where a secret is. */
const FORMS = [...REFERENCES.keys(), 'existing', 'generate'];

/** Why a value is hidden: its field is called like one of a secret, or nothing is known of it. */
type Reason = 'secret' | 'unknown';

/** Has the secrets in a tree hidden before anything of its file is shown; most files never are, and it takes time. */
export function hideSecretsBeforeShowing(node: SourceNode): void {
  node.source.beforeShowing(() => hideSecrets(node));
}

/** Hides every text under a field whose name says secret, wherever in the tree it is. */
function hideSecrets(node: SourceNode, reason?: Reason): void {
  if (reason) node.source.hideCommentAfter(node.keyEnd ?? node.start);
  if (node.entries) {
    for (const [key, child] of everyEntry(node)) {
      if (reason === 'secret' && !mayBeShown(key)) child.source.hide(child.keyStart ?? 0, child.keyEnd ?? 0);
      if (reason && isReference(key, child)) hideAllBut(NAMES_OF_SECRETS, child);
      else hideSecrets(child, isSecretName(key) ? 'secret' : reason);
    }
  } else if (node.items) for (const item of node.items) hideSecrets(item, reason);
  else if (reason) hideScalar(node);
  else hideEmbedded(node);
}

/** The entries of a mapping, and those that other readers have in the place of some. */
function everyEntry({ entries = new Map(), lastWins }: SourceNode): Iterable<[string, SourceNode]> {
  return lastWins ? [...entries, ...lastWins] : entries;
}

/**
 * Hides secrets in a string that is YAML or JSON itself, where the lines of the file do not show that they are ones: in a list,
 * with quotes that are escaped, or on a line of their own. In one with a fault no one can tell where the secret ends.
 */
function hideEmbedded({ source, start, end, scalar }: SourceNode): void {
  if (typeof scalar !== 'string') return;
  const written = source.text.slice(start, end);
  const structure = structureIn(scalar);
  if (structure === 'faulty') {
    for (const { index, 0: run } of maskUnreadYaml(written).matchAll(/\*+/g))
      source.hide(start + index, start + index + run.length);
    return;
  }
  for (const secret of secretsIn(structure?.value)) {
    const places = occurrences(written, secret);
    if (places.length === 0) source.hide(start, end);
    for (const [from, to] of places) source.hide(start + from, start + to);
  }
  if (!/[\\\n]/.test(written)) return;
  const masked = maskAssignments(scalar, source.language);
  if (masked === scalar) return;
  const shown = maskAssignments(written, source.language);
  const hidden = [...masked.matchAll(/\*+/g)].map(({ 0: run, index }) =>
    scalar.slice(index, index + run.length),
  );
  if (written.includes('\\') || hidden.some((text) => shown.includes(text))) source.hide(start, end);
}

/** What a string says that looks like JSON, or like YAML with more in it than a line shows; undefined for other strings. */
function structureIn(text: string): { readonly value: unknown } | 'faulty' | undefined {
  const isJson = /^\s*[{[]/.test(text);
  const isYaml = (text.includes('\n') ? /[\w"']:\s/ : /[\w"']:\s+[[{]/).test(text);
  if (!isJson && !isYaml) return undefined;
  try {
    return { value: isJson ? JSON.parse(text) : load(text, { schema: CORE_SCHEMA }) };
  } catch {
    return 'faulty';
  }
}

/** The strings of a value, a mapping or a list, under names that say secret, but for names of variables and files that have one. */
function secretsIn(value: unknown, isSecret = false): string[] {
  if (typeof value === 'string') return isSecret ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && isReferenceText(key, inner)
      ? []
      : secretsIn(inner, isSecret || isSecretName(key)),
  );
}

/** What `existing` and `generate` say of a secret. */
const NAMES_OF_SECRETS = ['name', 'key', 'length'];

/** Hides every entry of a mapping, key and value, but for those of these keys. */
function hideAllBut(known: readonly string[], { entries }: SourceNode): void {
  for (const [key, child] of entries ?? []) {
    if (known.includes(key)) continue;
    child.source.hide(child.keyStart ?? 0, child.keyEnd ?? 0);
    hideSecrets(child, 'secret');
  }
}

/** Whether a key inside a secret value is one that belongs there, or nearly: forgetting `env:` makes the secret a key. */
function mayBeShown(key: string): boolean {
  return homesOfKey(key) !== undefined || certainly(key, FORMS) !== undefined;
}

/** Lets a string that could be read be shown, except the secrets in its values. */
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
  hideSecrets(node, 'unknown');
  hideTexts(node, true);
}

/** In a program a secret may be written far from the field that holds it. */
function hideTexts(node: SourceNode, isSecret = false): void {
  if (node.source.language === 'typescript')
    for (const secret of secretTexts(node, isSecret)) node.source.hideText(secret);
}

/**
 * A key that is not known, as it may be shown: where the colon after a key is missing, its value is taken for a part of
 * the key, and the value may be a secret. So may be all of a line of a file that is no document.
 */
export function shownKey(key: string): string {
  const word = wordOf(key);
  return word === key ? key : `${word} …`.trimStart();
}

/** The beginning of a key that looks like one. */
function wordOf(key: string): string {
  return /^[\p{L}\p{N}_.$/@+-]{1,60}/u.exec(key)?.[0] ?? '';
}

/**
 * Hides the value of a key that is not known, and what {@link shownKey} leaves out of the key. Where it is certain what key
 * was meant, only secrets are hidden.
 */
export function hideUnknown(node: SourceNode, key: string, meant?: string): void {
  if (meant !== undefined && !isSecretName(meant) && !isSecretName(key)) return;
  hideAll(node);
  const { source, keyStart = 0, keyEnd = 0 } = node;
  const word = wordOf(key);
  if (word === key) return;
  const quote = /^["']/.test(source.text.slice(keyStart, keyEnd)) ? 1 : 0;
  source.hide(keyStart + quote + word.length, keyEnd);
}

/** Between key and value may stand an anchor or a tag, which is what YAML makes of a secret that begins with & or !. */
const BEFORE_VALUE = /^\s*:\s*(?=[&!])/;

function hideScalar({ source, start, end, scalar, keyEnd = start }: SourceNode): void {
  const before = BEFORE_VALUE.exec(source.text.slice(keyEnd, keyEnd + 1024));
  if (before) source.hide(keyEnd + before[0].length, end);
  // A secret is neither true nor false; the field only has the name of one.
  if (scalar !== null && typeof scalar !== 'boolean') source.hide(start, end);
  // A comment behind a secret is as often as not the rest of the secret, cut off by a `#` in it.
  source.hideCommentAfter(end);
}

/** The strings under fields whose names say secret. */
function* secretTexts(node: SourceNode, isSecret: boolean): Generator<string> {
  for (const [key, child] of node.entries ?? [])
    if (!isSecret || !isReference(key, child)) yield* secretTexts(child, isSecret || isSecretName(key));
  for (const item of node.items ?? []) yield* secretTexts(item, isSecret);
  if (isSecret && typeof node.scalar === 'string') yield node.scalar;
}
