import type { Diagnostic } from '../diagnostics/diagnostic';
import { formatPath, toValue, type JsonValue, type SourceNode } from '../document/source-node';
import { chartFact } from '../helm-values/facts';
import { goesBefore, likelyKey, meantValue } from '../product-files/chart-keys';
import { isForNoTemplate } from '../product-files/chart-value-form';
import { checkSchema } from '../schema/check-schema';
import { chartDefault } from './chart-defaults';
import { ImportContext, locationOf, type ImportOptions } from './context';
import { documentOf } from './draft-document';
import { isEmpty, isSame, type JsonMapping } from './json';
import { withSecretsInUrls } from './plain-secrets';
import type { ReportEntry } from './report';
import { carryRows } from './row';
import { fieldRows } from './rows';
import { chooseProfile } from './profile';
import { ImportedSecrets, type NeededVariable } from './secrets';
import { sections } from './sections';
import { unreadValue } from './unread';
import { ChartValues } from './values';
import { inSchemaOrder } from './key-order';
import { byLongestField } from './report';

/** A document that says what values of the official chart said. */
export interface ImportedDocument {
  readonly document: JsonMapping;
  /** Remarks in front of fields, by their paths. */
  readonly comments: ReadonlyMap<string, string>;
  readonly report: readonly ReportEntry[];
  /** Variables that the document reads secrets from. */
  readonly variables: readonly NeededVariable[];
  /** Fields that hold a secret in plain text. */
  readonly plainFields: readonly string[];
  /** What is to be known of the document as a whole. */
  readonly warnings: readonly Diagnostic[];
}

/** Makes a document of values of the official chart. */
export function importValues(root: SourceNode, options: ImportOptions): ImportedDocument {
  const { context, isSound } = carried(root, options);
  const warning = chooseProfile(context, isSound);
  const { secrets } = context;
  const document = inSchemaOrder(context.document);
  return {
    document,
    comments: context.comments,
    report: withSecretsInUrls(sorted(context.entries), document),
    variables: secrets.variables,
    plainFields: secrets.plainFields,
    warnings: warning ? [warning] : [],
  };
}

/** The document that values come to, whatever its profile has to be, with what became of every value. */
export function readAsDocument(
  root: SourceNode,
  options: ImportOptions,
): Pick<ImportedDocument, 'document' | 'report'> & Pick<Carried, 'isSound'> {
  const { context, isSound } = carried(root, options);
  return { document: inSchemaOrder(context.document), report: sorted(context.entries), isSound };
}

interface Carried {
  readonly context: ImportContext;
  /** Whether the schema of documents refuses nothing of the document. */
  readonly isSound: boolean;
}

function carried(root: SourceNode, options: ImportOptions): Carried {
  const { release } = options;
  const secrets = new ImportedSecrets(options.secrets, release);
  const context = new ImportContext(new ChartValues(root, release), options, secrets);
  const helmReleaseName = options.helmReleaseName ?? 'pachyderm';
  context.set('apiVersion', 'pachkit/v1');
  context.set('name', helmReleaseName);
  context.set('release', release.version.text);
  context.set('namespace', options.namespace);
  context.set('helmReleaseName', helmReleaseName);
  carryRows(fieldRows, context);
  for (const section of sections) section.carry(context);
  reportRest(root, [], context);
  return { context, isSound: dropRefused(context) };
}

/** Says of every value that no row and no section has looked at why it is not in the document. */
function reportRest(node: SourceNode, steps: readonly string[], context: ImportContext): void {
  if (context.isTouched(steps)) return;
  const [key] = steps;
  if (key !== undefined && chartFact(key) === undefined && isForNoTemplate([], key, node)) {
    context.entries.push({
      path: key,
      fate: 'idle',
      message:
        key === 'sops' ? 'sops says in it how the file is encrypted' : 'it holds what other values refer to',
      location: locationOf(node),
    });
    return;
  }
  const path = steps.join('.');
  const fact = chartFact(path);
  const isSection = steps.length === 0 || fact === undefined || fact.type === 'section';
  if (node.entries && node.entries.size > 0 && isSection) {
    for (const [key, child] of node.entries) reportRest(child, [...steps, key], context);
    return;
  }
  // A mapping without anything in it, or nothing in the place of one.
  if (isSection && (node.entries || (node.scalar === null && fact))) return;
  context.entries.push({
    path: formatPath(steps),
    location: locationOf(node),
    ...fateOfRest(node, steps, context),
  });
}

function fateOfRest(
  node: SourceNode,
  steps: readonly string[],
  { release }: ImportContext,
): Pick<ReportEntry, 'fate' | 'message'> {
  const path = steps.join('.');
  const first = goesBefore(steps);
  if (first !== undefined && !isEmpty(chartDefault(release, first)))
    return { fate: 'idle', message: `the chart takes ${first} before it` };
  const message = chartFact(path) ? undefined : meant(steps);
  const unread = unreadValue(steps, release.version);
  if (unread === undefined || message !== undefined)
    return { fate: 'unknown', ...(message === undefined ? {} : { message }) };
  return isDefault(toValue(node), chartDefault(release, path)) ? { fate: 'default' } : unread;
}

function isDefault(value: JsonValue, fallback: JsonValue | undefined): boolean {
  return fallback === undefined ? isEmpty(value) : isSame(value, fallback);
}

/** The value that is meant by a key that the chart does not have. */
function meant(steps: readonly string[]): string | undefined {
  const section = steps.slice(0, -1);
  const key = steps.at(-1) ?? '';
  const value = meantValue(section, key);
  if (value) return `${value.path} is meant`;
  const likely = likelyKey(section, key);
  return likely === undefined ? undefined : `${formatPath([...section, likely])} may be meant`;
}

/** What the schema of documents refuses is left out, and said. Returns whether nothing is left that it refuses. */
function dropRefused(context: ImportContext): boolean {
  // Nothing is refused of most documents, whatever the order of their keys.
  if (checkSchema(documentOf(context.document)).length === 0) return true;
  for (let round = 0; round < 5; round++) {
    const findings = checkSchema(documentOf(inSchemaOrder(context.document)));
    if (findings.length === 0) return true;
    const dropped = findings.filter((finding) => drop(finding, context));
    if (dropped.length === 0) return false;
  }
  return false;
}

function drop(finding: Diagnostic, context: ImportContext): boolean {
  const steps = finding.path.split('/').slice(1);
  const entries = context.entries.filter(
    ({ fate, field }) => fate === 'carried' && field !== undefined && isWithin(steps, field.split('.')),
  );
  const [entry] = entries.sort(byLongestField);
  if (entry?.field === undefined || context.get(entry.field) === undefined) return false;
  context.remove(entry.field);
  context.removeConsequences(entry.field);
  context.entries[context.entries.indexOf(entry)] = {
    ...entry,
    fate: 'not-carried',
    message: finding.message,
  };
  return true;
}

function isWithin(steps: readonly string[], field: readonly string[]): boolean {
  return field.every((step, index) => steps[index] === step);
}

/** As in the file, then what no value said. */
function sorted(entries: readonly ReportEntry[]): ReportEntry[] {
  const line = ({ location }: ReportEntry): number => location?.range?.line ?? Infinity;
  return [...entries].sort((a, b) => line(a) - line(b));
}
