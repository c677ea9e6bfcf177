import type { Code } from '../diagnostics/codes';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic';
import { compare } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { hideAll, hideUnknown, shownKey } from '../document/mask';
import { renameKey } from '../document/rename-key';
import { replaceText } from '../document/replace-text';
import {
  formatPath,
  indexed,
  locate,
  nodeAt,
  toPointer,
  type JsonValue,
  type SourceNode,
} from '../document/source-node';
import { homesOfKey } from '../document/key-homes';
import { describeError } from './describe-error';
import { withSubject } from './error-subject';
import { schemaAt } from './schema-at';
import { schemaErrors, type SchemaError } from './schema-errors';

/** A schema error in words, not yet tied to a place. */
export interface SchemaFinding {
  readonly code: Code;
  /** What is wrong, where more depends on it than the message. */
  readonly about?: 'unknown key' | 'wrong kind';
  readonly path: readonly string[];
  readonly onKey: boolean;
  readonly message: string;
  readonly hint?: string;
  /** The keys that the one at `path` was probably meant for. */
  readonly means?: readonly string[] | undefined;
  /** The name that the key at `path` must certainly have. */
  readonly renameTo?: string | undefined;
  /** The text that must stand in the place of the one at `path`, where that is certain. */
  readonly replaceWith?: string;
  readonly data?: Diagnostic['data'];
}

/** Everything in which a document departs from the schema, connector configurations excepted. */
export function checkSchema(document: Document): Diagnostic[] {
  const broken = schemaErrors(document.value);
  if (broken.length === 0)
    return reservedKeys(document.value).map((finding) => toDiagnostic(document, finding, 'error'));
  const findings = withoutEchoes(broken).map((error) =>
    describeError(withSubject(error, document.root), error.path),
  );
  for (const { about, path, onKey, renameTo } of findings) {
    const node = about === 'unknown key' ? nodeAt(document.root, path) : undefined;
    // A value under a key that is not known may be a secret under a misspelt name.
    if (node && onKey) hideUnknown(node, path.at(-1) ?? '', renameTo ?? homeless(path.at(-1)));
    // Inside a secret value the key may be the secret.
    if (node && !onKey) node.source.hide(node.start, node.end);
    const misplaced = about === 'wrong kind' ? nodeAt(document.root, path) : undefined;
    if (misplaced && mayBeSecret(misplaced, path)) hideAll(misplaced);
  }
  const seen = new Set<string>();
  return outdented(document, withoutInherited(document, withoutMeantKeys(findings)))
    .filter(({ message, path }) => {
      const place = `${message} ${toPointer(path)}`;
      return !seen.has(place) && seen.add(place);
    })
    .map((finding) => toDiagnostic(document, finding, 'error'));
}

/** A missing key that an unknown one beside it was meant for is one mistake, and the unknown key shows it. */
export function withoutMeantKeys(findings: readonly SchemaFinding[]): SchemaFinding[] {
  const meant = new Set(
    findings.flatMap(({ path, means = [] }) => means.map((key) => toPointer([...path.slice(0, -1), key]))),
  );
  return findings.filter(({ path, data }) => {
    const missing = data?.['missingKey'];
    return missing === undefined || !meant.has(toPointer([...path, String(missing)]));
  });
}

/**
 * The item without an id for which a list has replaced the inherited one, and what was inherited is lost. What else is missing in it may stand
 * in the item that it was meant to change.
 */
function withoutInherited(document: Document, findings: readonly SchemaFinding[]): readonly SchemaFinding[] {
  const lostBy = (path: readonly string[]): readonly string[] | undefined =>
    nodeAt(document.root, path.slice(0, -1))?.replaces;
  const items = new Map(
    findings.flatMap((finding) => {
      const lost = finding.data?.['missingKey'] === 'id' ? lostBy(finding.path) : undefined;
      return lost ? [[toPointer(finding.path), { finding, lost }] as const] : [];
    }),
  );
  return findings.flatMap((finding) => {
    const item = items.get(toPointer(finding.path));
    if (!item || finding.data?.['missingKey'] === undefined) return [finding];
    if (item.finding !== finding) return [];
    const [list, names] = [formatPath(indexed(finding.path.slice(0, -1))), item.lost.join(', ')];
    return [
      {
        ...finding,
        message: `${finding.message}: without one ${list} replaces the inherited list, and ${names} ${item.lost.length === 1 ? 'is' : 'are'} lost`,
        hint: `add it: with the id of an inherited item, such as ${item.lost[0]}, it changes that one, with another it is added to them`,
      },
    ];
  });
}

/** An empty section whose keys stand beside it: the hints say so, instead of treating each by itself. */
function outdented(document: Document, findings: readonly SchemaFinding[]): SchemaFinding[] {
  const hints = new Map<SchemaFinding, string>();
  for (const section of findings) {
    if (section.about !== 'wrong kind' || nodeAt(document.root, section.path)?.scalar !== null) continue;
    const name = section.path.at(-1) ?? '';
    const known = schemaAt(section.path)['properties'] ?? {};
    const around = toPointer(section.path.slice(0, -1));
    const keys = findings.filter(
      ({ about, path }) =>
        about === 'unknown key' &&
        toPointer(path.slice(0, -1)) === around &&
        Object.hasOwn(known, path.at(-1) ?? ''),
    );
    for (const key of keys) hints.set(key, `indent it by two spaces, so that it is in ${name}`);
    const names = keys.map(({ path }) => path.at(-1)).join(', ');
    if (names !== '') hints.set(section, `indent ${names} below it by two spaces`);
  }
  return findings.map((finding) => ({
    ...finding,
    ...(hints.has(finding) ? { hint: hints.get(finding) ?? '' } : {}),
  }));
}

/** A key that has its place elsewhere in a document: it was meant, if not here. */
function homeless(key = ''): string | undefined {
  return homesOfKey(key) ? key : undefined;
}

/** Whether a value of the wrong type may be a secret whose key, or the colon after it, is missing. */
function mayBeSecret({ scalar }: SourceNode, path: readonly string[]): boolean {
  if (typeof scalar === 'string' && /\s|.{16}/.test(scalar)) return true;
  const { type } = schemaAt(path);
  return takesMapping(type === 'array' ? schemaAt([...path, '0']).type : type);
}

function takesMapping(type: unknown): boolean {
  return type === 'object' || (Array.isArray(type) && type.includes('object'));
}

/** Keys that objects of JavaScript have by themselves: the library that writes the manifests fails on them. */
const RESERVED_KEYS = new Set(['__proto__', 'constructor']);

/** Findings about reserved keys where any key is allowed, as in labels and affinities. */
function reservedKeys(document: JsonValue): SchemaFinding[] {
  if (!hasReservedKey(document)) return [];
  const findings: SchemaFinding[] = [];
  const path: string[] = [];
  const visit = (value: JsonValue): void => {
    if (value === null || typeof value !== 'object') return;
    const isList = Array.isArray(value);
    for (const key of Object.keys(value)) {
      path.push(key);
      if (!isList && RESERVED_KEYS.has(key)) findings.push(reservedKey(key, [...path]));
      visit((value as Readonly<Record<string, JsonValue>>)[key] as JsonValue);
      path.pop();
    }
  };
  visit(document);
  return findings;
}

/** Nearly no document has one. */
function hasReservedKey(value: JsonValue): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.some(hasReservedKey);
  for (const key in value) if (RESERVED_KEYS.has(key) || hasReservedKey(value[key] as JsonValue)) return true;
  return false;
}

function reservedKey(key: string, path: readonly string[]): SchemaFinding {
  return {
    code: 'SCH005',
    path,
    onKey: true,
    message: `A key cannot be called "${key}": no manifest with it can be written`,
    hint: 'give it another name',
  };
}

/** Ties a finding to its place in the document. */
export function toDiagnostic(document: Document, finding: SchemaFinding, severity: Severity): Diagnostic {
  const node = finding.renameTo === undefined ? undefined : nodeAt(document.root, finding.path);
  const { replaceWith } = finding;
  const fix =
    (node && renameKey(node, finding.renameTo ?? '')) ??
    (replaceWith === undefined
      ? undefined
      : replaceText(document.root, finding.path, replaceWith, `Write ${replaceWith}`));
  return {
    code: finding.code,
    severity,
    message: finding.message,
    location: locate(document.root, finding.path, finding.onKey),
    path: toPointer(finding.about === 'unknown key' ? finding.path.map(shownKey) : finding.path),
    ...(finding.hint === undefined ? {} : { hint: finding.hint }),
    ...(fix ? { fix } : {}),
    ...(finding.data === undefined ? {} : { data: finding.data }),
  };
}

/** All but the first error at a path: the others only repeat it. */
export function withoutEchoes(errors: readonly SchemaError[]): SchemaError[] {
  const seen = new Set<string>();
  // Of a mapping with keys that it does not have no one knows whether it has too many of the others.
  const withUnknown = new Set(
    errors.filter(({ keyword }) => keyword === 'additionalProperties').map(({ path }) => toPointer(path)),
  );
  return errors
    .filter(({ keyword, path }) => keyword !== 'maxProperties' || !withUnknown.has(toPointer(path)))
    .sort((a, b) => compare(toPointer(a.path), toPointer(b.path)) || rank(a.keyword) - rank(b.keyword))
    .filter((error) => {
      const subject =
        error.keyword === 'additionalProperties'
          ? String(error.params['additionalProperty'])
          : error.keyword === 'required' || error.keyword === 'dependentRequired'
            ? String(error.params['missingProperty'])
            : (error.propertyName ?? '');
      const key = `${toPointer(error.path)} ${subject}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** Which of several errors at one place says most: a wrong type explains all others. */
function rank(keyword: string): number {
  const order = [
    'type',
    'additionalProperties',
    'required',
    'maxProperties',
    'minProperties',
    'enum',
    'const',
  ];
  const at = order.indexOf(keyword);
  return at < 0 ? order.length : at;
}
