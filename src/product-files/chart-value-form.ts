import { listed } from '../diagnostics/listed';
import { suggest } from '../diagnostics/suggest';
import { nodeKindName, typeName } from '../forms/kinds';
import { renameKey } from '../document/rename-key';
import { formatPath, nodeAt, toValue, type SourceNode } from '../document/source-node';
import type { ChartFact, ChartValueType } from '../helm-values/chart-fact';
import {
  chartFact,
  choicesOf,
  defaultOf,
  isDead,
  isInChart,
  isUnusable,
  keysOfSection,
  releasesInWords,
  saidElsewhere,
  typeOf,
} from '../helm-values/facts';
import { exampleOf, PACHYDERM_LINES } from '../releases/pachyderm';
import { isInRange, parseRelease, type ReleaseRange, type ReleaseVersion } from '../releases/release';
import { goesBefore, likelyKey, meantValue, misplacedSection } from './chart-keys';
import { otherName, otherNameHint } from './other-chart-names';
import { overruledBy } from './overruled-values';
import type { Report } from './report';

/** Values that pachd hands to Dex as durations. */
export const LIFETIMES: readonly (readonly string[])[] = [
  ['oidc', 'IDTokenExpiry'],
  ['oidc', 'RotationTokenExpiry'],
];

/** How a finding is asked for whether something else says it already. */
type IsSaid = (path: readonly string[]) => boolean;

/**
 * Says which values the chart of a release does not have, does not read, or does not take.
 *
 * @returns the values that are meant by what it does not have
 */
export function reportForm(
  root: SourceNode,
  release: ReleaseVersion,
  report: Report,
  isSaid: IsSaid,
): ReadonlySet<string> {
  const meant = new Set<string>();
  const walk = (mapping: SourceNode, section: readonly string[]): void => {
    for (const [key, value] of mapping.entries ?? []) {
      const path = [...section, key];
      // A dot in a key is no step into a mapping.
      const fact = key.includes('.') ? undefined : chartFact(path.join('.'));
      if (isSaid(path)) {
        if (fact) reportOverruled(path, value, fact, release, report);
        continue;
      }
      const first = goesBefore(path);
      if (!fact && first !== undefined) reportGoneBefore(root, path, first, release, report);
      else if (!fact) meant.add(reportUnknown(mapping, section, key, report) ?? '');
      else if (!isInChart(fact, release)) reportOtherRelease(path, value, fact, release, report);
      else if (isDead(fact, release)) reportDead(path, value, fact, release, report);
      else {
        reportType(path, value, fact, release, report);
        if (fact.type === 'section') walk(value, path);
      }
      if (fact) reportOverruled(path, value, fact, release, report);
    }
  };
  walk(root, []);
  return meant;
}

/** Helm takes any key, and what the templates do not read is not there. Returns the value that is meant, where that is known. */
function reportUnknown(
  mapping: SourceNode,
  section: readonly string[],
  key: string,
  report: Report,
): string | undefined {
  const meant = meantValue(section, key);
  const value = mapping.entries?.get(key);
  const isOfNoOne = takesAnyKey(section) && otherName(section, key) === undefined;
  if (meant === undefined && (isForNoTemplate(section, key, value) || isOfNoOne)) return undefined;
  const path = [...section, key];
  report.add('FIL020', path, `The chart has no value \`${formatPath(path)}\`, and Helm ignores it silently`, {
    onKey: true,
    hint: hintFor(section, key, { meant, value }),
    fix:
      value === undefined || meant?.renameTo === undefined || mapping.entries?.has(meant.renameTo)
        ? undefined
        : renameKey(value, meant.renameTo),
  });
  return meant?.path;
}

function hintFor(
  section: readonly string[],
  key: string,
  found: { readonly meant: ReturnType<typeof meantValue>; readonly value: SourceNode | undefined },
): string {
  const { meant } = found;
  if (meant?.renameTo !== undefined) return `did you mean \`${meant.renameTo}\`?`;
  const other = otherName(section, key);
  // What the chart has no value for is not meant by one of the same name in another section.
  if (typeof other === 'string') return otherNameHint(other);
  const place = meant?.path ?? misplacedSection(section, key, found.value);
  if (place !== undefined)
    return `the chart reads \`${place}\`: write it there${place.includes('.') ? ', one mapping inside the other' : ', at the left margin'}`;
  if (other !== undefined) return otherNameHint(other);
  const near = likelyKey(section, key);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  const known = keysOfSection(section.join('.')) ?? [];
  const all = known.length <= MANY_KEYS ? `; the keys here are ${known.join(', ')}` : '';
  return `remove it, or look for its name with pachkit schema helm-values${all}`;
}

/** The bundled PostgreSQL takes its own values only where `global` has none, and the chart sets most of those. */
function reportGoneBefore(
  root: SourceNode,
  path: readonly string[],
  first: string,
  release: ReleaseVersion,
  report: Report,
): void {
  const fact = chartFact(first);
  const fallback = fact && defaultOf(fact, release);
  // Who wrote both has what they wrote.
  if (fallback === undefined || fallback === '' || nodeAt(root, first.split('.'))) return;
  report.add(
    'FIL023',
    path,
    `\`${formatPath(path)}\` has no effect: the chart takes \`${first}\` before it, which has a value of its own unless it is set`,
    { onKey: true, hint: `set \`${first}\` in its place` },
  );
}

/** More keys than a hint can list. */
const MANY_KEYS = 12;

/** Whether a key at the top is not for the chart: it holds anchors that other values refer to, or what sops says of the file. */
export function isForNoTemplate(
  section: readonly string[],
  key: string,
  value: SourceNode | undefined,
): boolean {
  if (section.length > 0) return false;
  if (key === 'sops' && value?.entries?.has('mac') === true) return true;
  if (/^[x._]/.test(key) && !/^x[a-z]/.test(key)) return true;
  return (
    value !== undefined && /^\s*&/.test(value.source.text.slice(value.keyEnd ?? 0).replace(/^["']?\s*:/, ''))
  );
}

/** Whether Helm hands the keys of a section, or of one that it is in, to another chart. */
function takesAnyKey(section: readonly string[]): boolean {
  return section.some((_, index) => chartFact(section.slice(0, index + 1).join('.'))?.open === true);
}

function reportOtherRelease(
  path: readonly string[],
  value: SourceNode,
  fact: ChartFact,
  release: ReleaseVersion,
  report: Report,
): void {
  if (isEmpty(value)) return;
  // What a later release brings was asked for; what an earlier one took away is left over.
  const range = rangeOf(fact);
  const isYetToCome = range.since !== undefined && !isInRange(release, { since: range.since });
  report.add(
    'FIL022',
    path,
    `The chart of ${release.text} has no value \`${formatPath(path)}\`, and Helm ignores it silently: it is there in ${releasesInWords(range)}`,
    {
      onKey: true,
      severity: isYetToCome ? 'error' : 'warning',
      hint: `${inPlaceOf(report, fact, release) ?? 'remove it'}, or name the release that the values are for with --target${lineOf(range)}`,
    },
  );
}

/** Which values of the release say what a value says that it does not read; undefined where they are written. */
function inPlaceOf({ root }: Report, fact: ChartFact, release: ReleaseVersion): string | undefined {
  const names = saidElsewhere(fact, release)
    .filter((path) => !nodeAt(root, path.split('.')))
    .map((path) => `\`${path}\``);
  return names.length === 0
    ? undefined
    : `write ${listed(names, 'and')}, which ${names.length === 1 ? 'is' : 'are'} in its place in ${release.text}`;
}

/** The newest line of releases that has a value, as an example of a target. */
function lineOf(range: ReleaseRange): string {
  const line = PACHYDERM_LINES.findLast(({ minor }) => {
    const version = parseRelease(exampleOf(`2.${minor}`));
    return version !== undefined && isInRange(version, range);
  });
  return line === undefined ? '' : `, such as --target pachyderm@2.${line.minor}`;
}

/** The releases that have a value, or any value of a section. */
function rangeOf(fact: ChartFact): ReleaseRange {
  if (fact.type !== 'section' || fact.since !== undefined || fact.before !== undefined) return fact;
  const [first] = (keysOfSection(fact.path) ?? []).flatMap((key) => chartFact(`${fact.path}.${key}`) ?? []);
  return first ? rangeOf(first) : fact;
}

function reportDead(
  path: readonly string[],
  value: SourceNode,
  fact: ChartFact,
  release: ReleaseVersion,
  report: Report,
): void {
  const fallback = defaultOf(fact, release);
  if (isEmpty(value) || (value.scalar !== undefined && value.scalar === fallback)) return;
  report.add(
    'FIL023',
    path,
    `\`${formatPath(path)}\` has no effect: the chart of ${release.text} has it, and no template reads it`,
    { onKey: true, severity: 'warning', hint: inPlaceOf(report, fact, release) ?? 'remove it' },
  );
}

/** What stands beside the name of a Secret that has it is not read. */
function reportOverruled(
  path: readonly string[],
  value: SourceNode,
  fact: ChartFact,
  release: ReleaseVersion,
  report: Report,
): void {
  const other = isEmpty(value) ? undefined : overruledBy(report.root, fact, release);
  const read = other === undefined ? undefined : chartFact(other);
  if (!read) return;
  report.add('FIL023', path, `\`${formatPath(path)}\` has no effect beside \`${read.path}\``, {
    onKey: true,
    severity: 'warning',
    hint: isUnusable(read, release)
      ? `remove \`${read.path}\`: Kubernetes refuses what the chart makes of it`
      : 'remove one of the two',
  });
}

/** What the chart calls a section is a mapping with keys of its own. */
function nameOf(type: ChartValueType): string {
  return typeName(type === 'section' ? 'object' : type);
}

/** Helm compares types with the chart's own schema before it renders anything. */
function reportType(
  path: readonly string[],
  value: SourceNode,
  fact: ChartFact,
  release: ReleaseVersion,
  report: Report,
): void {
  // Null takes a default away, and is never compared.
  if (value.scalar === null) return;
  const wanted = typeOf(fact, release);
  const name = formatPath(path);
  if (!isOfType(value, wanted)) {
    const isChecked = fact.undeclared !== true && fact.readBy === undefined;
    report.add(
      'FIL024',
      path,
      `\`${name}\` must be ${nameOf(wanted)}, not ${wanted === 'integer' && typeof value.scalar === 'number' ? 'one with a fraction' : nodeKindName(value)}: ${isChecked ? "Helm refuses all values: `values don't meet the specifications of the schema(s)`" : 'the templates cannot render it'}`,
      {
        hint: LIFETIMES.some((each) => each.join('.') === name)
          ? 'write a duration of Go, such as 24h'
          : typeHint(value, wanted),
      },
    );
    return;
  }
  const choices = choicesOf(fact, release);
  if (typeof value.scalar === 'string' && choices && !choices.includes(value.scalar)) {
    const named = choices.filter((choice) => choice !== '');
    const near = suggest(value.scalar, named);
    const instead = fact.enumInstead?.[value.scalar];
    report.add(
      'FIL024',
      path,
      `\`${name}\` cannot be ${JSON.stringify(value.scalar)} in ${release.text}: Helm renders it, and what reads it refuses it`,
      {
        hint:
          instead !== undefined
            ? `write ${instead}`
            : near === undefined
              ? `write one of ${named.join(', ')}`
              : `did you mean \`${near}\`?`,
      },
    );
  }
}

function isOfType({ scalar, entries, items }: SourceNode, type: ChartValueType): boolean {
  switch (type) {
    case 'any':
      return true;
    case 'section':
    case 'object':
      return entries !== undefined;
    case 'array':
      return items !== undefined;
    case 'integer':
      return Number.isInteger(scalar);
    default:
      return typeof scalar === type;
  }
}

/** What is a number or a boolean once it has no quotes. */
const WITHOUT_QUOTES: Partial<Readonly<Record<ChartValueType, RegExp>>> = {
  integer: /^-?\d{1,15}$/,
  boolean: /^(?:true|false|yes|no|on|off|y|n)$/i,
};

function typeHint({ scalar }: SourceNode, wanted: ChartValueType): string {
  if (wanted === 'string' && (typeof scalar === 'number' || typeof scalar === 'boolean'))
    return 'put it in quotes; on the command line write --set-string';
  const words = WITHOUT_QUOTES[wanted];
  if (typeof scalar === 'string' && words?.test(scalar) === true) return 'write it without quotes';
  return `write ${nameOf(wanted)}`;
}

function isEmpty(node: SourceNode): boolean {
  const value = toValue(node);
  return (
    value === null ||
    value === '' ||
    value === false ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
