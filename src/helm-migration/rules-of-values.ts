import { hasErrors, type Diagnostic, type SourceLocation, type SourceRange } from '../diagnostics/diagnostic';
import { fromPointer, locate, nodeAt, toPointer, type SourceNode } from '../document/source-node';
import { checkDocument } from '../pipeline/check-document';
import type { ValuesRules } from '../product-files/values-rules';
import type { PachydermTarget } from '../releases/target';
import { exampleOf } from '../releases/pachyderm';
import { traitsOfTarget, type ReleaseTraits } from '../releases/release-traits';
import { releaseNamed } from './import-files';
import { allRules } from '../rules/registry';
import { chartFact } from '../helm-values/facts';
import { chartValueOfField } from '../schema/chart-fields';
import { schemaAt } from '../schema/schema-at';
import { isWholeCluster, profileOfValues } from '../subjects/chart-values';
import type { SubjectKind } from '../subjects/subject';
import type { Profile } from '../model/cluster';
import { documentOf } from './draft-document';
import { readAsDocument } from './import-values';
import type { JsonMapping } from './json';
import { byLongestField, type ReportEntry } from './report';

/** What values are checked as without a document. */
const PARTS_OF_VALUES: readonly SubjectKind[] = ['chart-values', 'connector', 'connector-list'];

/**
 * Rules of documents that hold for values through the document that they say. Those that read values themselves are not among
 * them, nor those about one connector, which run on each of the list.
 */
export const RULES_THROUGH_DOCUMENTS: ReadonlySet<string> = new Set(
  allRules()
    .filter(
      ({ reads, documentsAlone }) =>
        documentsAlone === undefined &&
        reads.includes('cluster') &&
        !PARTS_OF_VALUES.some((kind) => reads.includes(kind)),
    )
    .map(({ code }) => code),
);

/** What rules of documents say of the values of a whole cluster: at the values that the fields come from. */
export const documentRulesOnValues: ValuesRules = (root: SourceNode, target: PachydermTarget, found) => {
  if (!isWholeCluster(root)) return [];
  const release = releaseOf(target);
  if (release === undefined) return [];
  const { document, report, isSound } = readAsDocument(root, { release, secrets: 'existing' });
  const isStorageRefused = found.some(
    ({ severity, path }) => severity === 'error' && /^\/(deployTarget|pachd\/storage)/.test(path),
  );
  const diagnostics = findingsOf(document, profileOfValues(root), isSound);
  const refused = report.flatMap(({ fate, field, location }) =>
    fate === 'not-carried' && field !== undefined && location ? [field.split('.')] : [],
  );
  return diagnostics.flatMap((finding) => {
    if (!RULES_THROUGH_DOCUMENTS.has(finding.code)) return [];
    // A document without the storage that was refused has another.
    if (isStorageRefused && finding.path.startsWith('/storage')) return [];
    // What was refused has a finding, and the document has a default in its place.
    if (refused.some((field) => isBeside(fromPointer(finding.path), field))) return [];
    const entry =
      entryOf(finding, report) ??
      namedIn(finding, report) ??
      (finding.severity === 'error' ? besideIt(finding, report) : undefined);
    const place = entry?.location && placeOf(finding, entry, root);
    if (!place || found.some((each) => isSamePlace(each.location, place.location))) return [];
    return [onValue(finding, place, report)];
  });
};

/** A release of the line that a target stands for: a document names one that exists. */
function releaseOf(target: PachydermTarget): ReleaseTraits | undefined {
  return releaseNamed(exampleOf(traitsOfTarget(target).version.text));
}

/** Values have no profile that permits anything, so what only production forbids is a warning. */
function findingsOf(document: JsonMapping, profile: Profile, isSound: boolean): readonly Diagnostic[] {
  const { diagnostics } = checkDocument(documentOf({ ...document, profile }), { isSound });
  if (profile === 'dev' || !hasErrors(diagnostics)) return diagnostics;
  const asDev = checkDocument(documentOf({ ...document, profile: 'dev' }), { isSound }).diagnostics;
  const stays = new Set(asDev.filter(({ severity }) => severity === 'error').map(({ code }) => code));
  return diagnostics.map((each) => (stays.has(each.code) ? each : { ...each, severity: 'warning' }));
}

/** Whether two places overlap, so that what is said of one is likely said of the other. */
function isSamePlace(one: SourceLocation, other: SourceLocation): boolean {
  if (one.file !== other.file || !one.range || !other.range) return false;
  return isBefore(one.range, other.range) && isBefore(other.range, one.range);
}

/** Whether one place begins before the end of another. */
function isBefore(one: SourceRange, other: SourceRange): boolean {
  return one.line === other.endLine ? one.column < other.endColumn : one.line < other.endLine;
}

/** Whether a path leads to a field, into it or around it, or to a field of the same mapping. */
function isBeside(steps: readonly string[], field: readonly string[]): boolean {
  return field.slice(0, -1).every((step, index) => index >= steps.length || step === steps[index]);
}

/** The value that a field comes from that a finding is about, or one next to it. */
function entryOf(finding: Diagnostic, report: readonly ReportEntry[]): ReportEntry | undefined {
  return nearest(finding, report, (shared, own, steps) => shared === own || shared === steps);
}

/** The value that a message names beside the field that it is about, which no value set. */
function namedIn({ message }: Diagnostic, report: readonly ReportEntry[]): ReportEntry | undefined {
  const names = new Set(message.match(NAMES));
  return report.find(({ field, location }) => location !== undefined && names.has(field ?? ''));
}

/** What an error is about that no value set and none is named in: a value of the same section. */
function besideIt(finding: Diagnostic, report: readonly ReportEntry[]): ReportEntry | undefined {
  return nearest(finding, report, () => true);
}

/** The value whose field has the most steps in common with that of a finding, positions in lists left out. */
function nearest(
  { path }: Diagnostic,
  report: readonly ReportEntry[],
  isNear: (shared: number, own: number, steps: number) => boolean,
): ReportEntry | undefined {
  const steps = fromPointer(path).filter((step) => !/^\d*$/.test(step));
  const nearness = ({ field = '', location }: ReportEntry): number => {
    if (!location) return 0;
    const own = field.replace(/\[\d+\]/g, '').split('.');
    const other = own.findIndex((step, index) => step !== steps[index]);
    const shared = other < 0 ? own.length : other;
    return isNear(shared, own.length, steps.length) ? shared : 0;
  };
  const [best] = [...report].sort((a, b) => nearness(b) - nearness(a));
  return best && nearness(best) > 0 ? best : undefined;
}

/** Where a value is, or what it holds. */
interface ValuePlace {
  readonly path: string;
  readonly location: SourceLocation;
}

/** The place of a finding: what it is about in the value of its field, which has the same form there, or else that value. */
function placeOf({ path }: Diagnostic, entry: ReportEntry, root: SourceNode): ValuePlace | undefined {
  const steps = fromPointer(path);
  const field = entry.field?.split('.') ?? [];
  const value = entry.path.split('.');
  if (field.every((step, index) => step === steps[index]))
    for (let length = steps.length; length > field.length; length--) {
      const inside = [...value, ...steps.slice(field.length, length)];
      if (nodeAt(root, inside)) return { path: toPointer(inside), location: locate(root, inside, true) };
    }
  return entry.location && { path: toPointer(value), location: entry.location };
}

function onValue(
  { fix: _, hint, data, ...finding }: Diagnostic,
  { path, location }: ValuePlace,
  report: readonly ReportEntry[],
): Diagnostic {
  const message = inValues(finding.message, report);
  const said = hint === undefined ? undefined : inValues(hint, report);
  const own = data?.['hintInValues'];
  const ofDocument = said === undefined || isForDocuments(said) ? undefined : said;
  const advice = own === undefined ? ofDocument : inValues(String(own), report);
  return {
    ...finding,
    message,
    location,
    path,
    ...(advice === undefined ? {} : { hint: advice }),
  };
}

/** Whether a sentence names what documents have and values have not. */
function isForDocuments(text: string): boolean {
  const names = text.match(NAMES) ?? [];
  return (
    /\bprofile: dev\b/.test(text) ||
    names.some((name) => chartFact(name) === undefined && Object.keys(schemaAt(name.split('.'))).length > 0)
  );
}

/** A message with the values that fields come from in the place of their names, those too that no value set. */
function inValues(text: string, report: readonly ReportEntry[]): string {
  const named = report
    .filter(({ field, location, path }) => field !== undefined && location && path !== 'deployTarget')
    .sort(byLongestField);
  const said = named.reduce((words, { field = '', path }) => {
    if (!words.includes(field)) return words;
    const escaped = field.replace(/[.[\]]/g, '\\$&');
    return words.replace(new RegExp(`(?<![\\w.])${escaped}(?![\\w.]*\\w)`, 'g'), path);
  }, text);
  return said.replace(NAMES, (name) => chartValueOfField(name) ?? name);
}

/** The names of fields in a sentence, and whatever else has dots in it. */
const NAMES = /(?<![\w.:/])[A-Za-z]\w*(?:\.\w+)+(?!\.?\w|\/)/g;
