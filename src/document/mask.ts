import { CORE_SCHEMA, load } from 'js-yaml';
import { certainly } from '../diagnostics/suggest';
import { maskAssignments, maskUnreadYaml, occurrences } from './mask-text';
import { isSecretName, looksLikeName } from './secret-names';
import type { SourceFile } from './source-file';
import type { SourceNode } from './source-node';

export { maskUrlPasswords } from './mask-text';
export { isSecretName } from './secret-names';

/** What a secret value may say instead of the secret: these parts are names and may be shown when they look like names. */
const REFERENCES: ReadonlyMap<string, RegExp> = new Map([
  ['env', /^[A-Za-z_][A-Za-z0-9_]{0,63}$/],
  ['file', /^[^\n]{1,200}$/],
]);

/** Whether an entry of a secret value says where the secret is. */
function isReference(key: string, { entries, scalar }: SourceNode): boolean {
  if (key === 'existing' || key === 'generate') return entries !== undefined;
  return typeof scalar === 'string' && REFERENCES.get(key)?.test(scalar) === true && looksLikeName(scalar);
}

/** Keys of secret values: the ways to say where a secret is. */
const FORMS = [...REFERENCES.keys(), 'existing', 'generate'];

/** Why a value is hidden: its field is called like one of a secret, or nothing is known of it. */
type Reason = 'secret' | 'unknown';

/** Hides every text under a field whose name says secret, wherever in the tree it is. */
export function hideSecrets(node: SourceNode, reason?: Reason): void {
  if (reason && node.keyEnd !== undefined) node.source.hideCommentAfter(node.keyEnd);
  if (node.entries) {
    for (const [key, child] of node.entries) {
      if (reason === 'secret' && !mayBeShown(key)) child.source.hide(child.keyStart ?? 0, child.keyEnd ?? 0);
      if (reason && isReference(key, child)) hideAllBut(NAMES_OF_SECRETS, child);
      else hideSecrets(child, isSecretName(key) ? 'secret' : reason);
    }
  } else if (node.items) for (const item of node.items) hideSecrets(item, reason);
  else if (reason) hideScalar(node);
  else hideEmbedded(node);
}

/**
 * Hides what is secret in a string that is YAML or JSON itself, where the lines of the file do not show that: with quotes that
 * are escaped, the secret on a line of its own, or a fault because of which no one can tell where it ends.
 */
function hideEmbedded(node: SourceNode): void {
  const { source, start, end, scalar } = node;
  if (typeof scalar !== 'string' || !/[:={]/.test(scalar)) return;
  const written = source.text.slice(start, end);
  const inner = readEmbedded(scalar);
  if (inner === FAULTY) {
    const shown = maskUnreadYaml(written);
    for (const { index, 0: run } of shown.matchAll(/[*]+/g))
      source.hide(start + index, start + index + run.length);
    return;
  }
  const secrets = typeof inner === 'string' ? assignedIn(scalar, source.language) : secretsIn(inner);
  for (const secret of secrets) {
    const places = occurrences(written, secret);
    for (const [from, to] of places) source.hide(start + from, start + to);
    if (places.length === 0) source.hide(start, end);
  }
}

const FAULTY = Symbol('faulty');

/** What a string says that is YAML or JSON; the string itself where it is neither, and FAULTY where it was meant to be. */
function readEmbedded(text: string): unknown {
  const isJson = /^\s*[{[]/.test(text);
  const isYaml = text.includes('\n') && /^[ \t]*(- +)?["']?[\w.-]+["']?:(\s|$)/m.test(text);
  if (!isJson && !isYaml) return text;
  try {
    return isJson ? JSON.parse(text) : load(text, { schema: CORE_SCHEMA });
  } catch {
    return FAULTY;
  }
}

/** The strings and numbers under keys whose names say secret. */
function secretsIn(value: unknown, isSecret = false, seen = new Set<unknown>()): string[] {
  if (typeof value === 'string' || typeof value === 'number') return isSecret ? [String(value)] : [];
  // What an alias stands for is looked at once.
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([key, child]) =>
    secretsIn(child, isSecret || isSecretName(key), seen),
  );
}

/** What is assigned to names that say secret in a string of another kind, such as a connection string. */
function assignedIn(text: string, language: SourceFile['language']): string[] {
  return [...maskAssignments(text, language).matchAll(/[*]+/g)].map(({ 0: run, index }) =>
    text.slice(index, index + run.length),
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
  // Loaded on use: files are seldom shown.
  const { keyHomes } = require('../generated/cluster-keys') as typeof import('../generated/cluster-keys');
  return Object.hasOwn(keyHomes, key) || certainly(key, FORMS) !== undefined;
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
const BEFORE_VALUE = /^\s*:\s*([&!][^\s,}\]]*)/;

function hideScalar({ source, start, end, scalar, keyEnd }: SourceNode): void {
  const before = keyEnd === undefined ? null : BEFORE_VALUE.exec(source.text.slice(keyEnd, keyEnd + 1024));
  if (before) source.hide((keyEnd ?? 0) + before[0].length - (before[1] ?? '').length, end);
  // A secret is neither true nor false; the field is called like one by chance.
  if (scalar !== null && typeof scalar !== 'boolean') source.hide(start, end);
  // A comment behind a secret is as often as not the rest of the secret, cut off by a `#` in it.
  source.hideCommentAfter(end);
}

/** The strings under fields whose names say secret. */
function secretTexts(node: SourceNode, isSecret = false): string[] {
  if (node.entries)
    return [...node.entries].flatMap(([key, child]) =>
      isSecret && isReference(key, child) ? [] : secretTexts(child, isSecret || isSecretName(key)),
    );
  if (node.items) return node.items.flatMap((item) => secretTexts(item, isSecret));
  return isSecret && typeof node.scalar === 'string' ? [node.scalar] : [];
}
