import type { Code } from '../diagnostics/codes';
import { hasErrors, type Diagnostic, type SourceLocation, type SourceRange } from '../diagnostics/diagnostic';
import { fromPointer, locate, nodeAt, toPointer, type SourceNode } from '../document/source-node';
import { checkDocument } from '../pipeline/check-document';
import type { ValuesRules } from '../product-files/values-rules';
import type { PachydermTarget } from '../releases/target';
import { exampleOf } from '../releases/pachyderm';
import { traitsOfTarget, type ReleaseTraits } from '../releases/release-traits';
import { releaseNamed } from './import-files';
import { AZURE_IDENTITY_LABEL, IDENTITY_ANNOTATIONS } from '../model/cloud-identity';
import { allRules } from '../rules/registry';
import { chartValueOfField } from '../schema/chart-fields';
import { isWholeCluster, profileOfValues } from '../subjects/chart-values';
import type { Profile } from '../model/cluster';
import { documentOf } from './draft-document';
import { readAsDocument } from './import-values';
import type { JsonMapping } from './json';
import { byLongestField, type ReportEntry } from './report';

/** Rules that are about documents alone, and why. */
const DOCUMENTS_ALONE: readonly (readonly [codes: RegExp, reason: string])[] = [
  [/^TFM/, 'Terraform and Auth0 are not of the chart'],
  [/^DEX3(?!09|16|18)/, 'the chart runs the Dex inside pachd, and has no other'],
  [/^DEX(109|236|237|238)$/, 'it is about a standalone Dex'],
  [/^(SEC020|SEC021|SEC024)$/, 'the form in which pachkit writes Secrets'],
  [
    /^(SEC014|SEC015|SEC016|PCH110|IDN007)$/,
    'it is about references of a document to Secrets and about secrets that pachkit generates',
  ],
  [/^(PRO002|PRO003)$/, 'values have every secret in plain text or in a Secret, and no seed'],
  [/^PRO004$/, 'the chart goes without authentication wherever it has no license'],
  [/^PRO005$/, 'FIL029 says it of values'],
  [/^(OVR001|STO026)$/, 'the chart has no overrides'],
  [
    /^(STO001|STO002|STO018|IDN002|STO005|ACC007)$/,
    'what the chart takes of several sources and needs of each is FIL025',
  ],
  [
    /^(AUT003|AUT008|AUT010|AUT011|AUT012|IDN001|ENT\d+|REL002|SEC017)$/,
    'FIL023, FIL025 and FIL029 say what the chart makes of it',
  ],
  [
    /^(ACC001|ACC002|ACC012)$/,
    'the form of the fields of a document says it of values, or the way in follows from the values',
  ],
];

/**
 * Rules of documents that hold for values through the document that they say. Those that read values themselves are not among
 * them, nor those about one connector, which run on each of the list.
 */
export const RULES_THROUGH_DOCUMENTS: ReadonlySet<string> = new Set(
  allRules()
    .filter(({ reads }) => {
      const kinds: readonly string[] = reads;
      return (
        kinds.includes('cluster') &&
        !['chart-values', 'connector', 'connector-list'].some((kind) => kinds.includes(kind))
      );
    })
    .map(({ code }) => code)
    .filter((code) => ruleOfDocumentsAlone(code) === undefined),
);

/** Why a rule is about documents alone: what it looks at, values cannot have. Undefined for all others. */
export function ruleOfDocumentsAlone(code: string): string | undefined {
  const row = DOCUMENTS_ALONE.find(([codes]) => codes.test(code));
  return row?.[1];
}

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
  const ofCode = own === undefined ? HINTS[finding.code] : inValues(String(own), report);
  const advice = ofCode ?? (said === undefined || FIELD.test(said) ? undefined : said);
  return {
    ...finding,
    message,
    location,
    path,
    ...(advice === undefined ? {} : { hint: advice }),
  };
}

/** What to do in values where a document has a field that no value says alone. */
const HINTS: Readonly<Partial<Record<Code, string>>> = {
  ACC003:
    'switch on `proxy.tls` or `ingress.tls`, with the name of the Secret; or set `ingress.uriHttpsProtoOverride: true` where a load balancer in front has the certificate',
  ACC009:
    'write the port of the nodes behind the host, as in `proxy.host: pachyderm.example.com:30080`, unless something in front of the nodes leads to it',
  ACC011:
    'set `proxy.host`, or `ingress.host` with `ingress.enabled: true`, so that the issuer is where browsers are',
  STO016: `set \`pachd.storage.microsoft.secret\`; or annotate both service accounts with ${IDENTITY_ANNOTATIONS.azure}, and set the label ${AZURE_IDENTITY_LABEL}: "true" in \`pachd.podLabels\`. Where the nodes may open the container, set it to "false" there`,
};

/** A field of a document, by the sections that values have not. */
const FIELD = /\b(access|auth|identity|storage|database|enterprise|images|network|jobs)\.\w|\bprofile: dev\b/;

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
const NAMES = /(?<![\w.:/])[A-Za-z]\w*(?:\.\w+)+(?![\w./])/g;
