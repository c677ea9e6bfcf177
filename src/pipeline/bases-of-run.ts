import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { Document } from '../document/document';
import { addNodes } from '../document/merge';
import { toValue, type SourceNode } from '../document/source-node';
import { checkDocument, type CheckedDocument } from './check-document';

/** A document that is no cluster of its own: others of the run extend it, and have what is missing in it. */
export interface BaseOfRun {
  /** The file as the user named it. */
  readonly file: string;
  /** Those that extend it, by their files. */
  readonly of: readonly string[];
}

/**
 * The documents that are nothing but bases of others: all errors that they have by themselves are of what is missing in them, and
 * gone with what another adds. With a value that is wrong, and that another replaces, a document stays a cluster that is wrong.
 */
export function basesOfRun(checked: readonly CheckedDocument[]): ReadonlyMap<CheckedDocument, BaseOfRun> {
  const bases = new Map<CheckedDocument, BaseOfRun>();
  for (const each of checked) {
    if (!hasErrors(each.diagnostics)) continue;
    const extending = checked.filter(({ document }) => extendsFile(document, each.document));
    if (extending.length > 0 && isCompletedBy(each, extending))
      bases.set(each, { file: each.document.file, of: extending.map(({ document }) => document.file) });
  }
  return bases;
}

function extendsFile({ lineage }: Document, base: Document): boolean {
  return base.lineage !== undefined && lineage?.bases.includes(base.lineage.file) === true;
}

function isCompletedBy(base: CheckedDocument, extending: readonly CheckedDocument[]): boolean {
  const shared = new Set(extending.flatMap(({ diagnostics }) => diagnostics.map(placeOf)));
  let own = errorsOf(base).filter((error) => !shared.has(placeOf(error)));
  if (own.length === 0) return false;
  for (const { written } of extending) {
    const left = new Set(checkDocument(completed(base.written, written)).diagnostics.map(placeOf));
    own = own.filter((error) => left.has(placeOf(error)));
    if (own.length === 0) return true;
  }
  return false;
}

/** The base with all that another adds to it. The profile is none of that: with `dev` what is wrong in production is allowed. */
function completed(base: Document, { root }: Document): Document {
  const entries = new Map<string, SourceNode>(root.entries ?? []);
  if (base.root.entries?.has('profile') !== true) entries.delete('profile');
  const whole = addNodes(base.root, { ...root, entries });
  return { ...base, root: whole, value: toValue(whole) };
}

function errorsOf({ diagnostics }: CheckedDocument): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'error');
}

/** What tells an error from others: messages may name what differs between documents. */
function placeOf({ code, path, location: { file, range } }: Diagnostic): string {
  return JSON.stringify([code, path, file, range]);
}
