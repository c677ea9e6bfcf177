import path from 'node:path';
import { factsOf, isUnreadable } from '../diagnostics/codes';
import { compare, type Diagnostic, type SourceLocation } from '../diagnostics/diagnostic';
import type { DocumentInput } from '../document/input';
import { placeOf, readSource } from '../document/read-source';
import { readYaml } from '../document/read-yaml';
import type { SourceNode } from '../document/source-node';

/** The version of what is written; files of another one are refused. */
const VERSION = 1;

const WRITE_ANEW = 'write it anew: add --write-baseline';
const NAME_ANOTHER = 'name the file that --write-baseline wrote, or another one for it to write';

/** Findings of one code at one place of a file that are known already. */
export interface KnownFinding {
  /** Absolute path of the file that they are in. */
  readonly file: string;
  readonly code: string;
  /** JSON pointer of the value that they are about. A line is none of it: it moves. */
  readonly path: string;
  /** How many they are. */
  readonly count: number;
  /** Where the baseline says so; missing for those that are about to be written. */
  readonly location?: SourceLocation;
}

/** A baseline as it was read. */
export interface Baseline {
  readonly known: readonly KnownFinding[];
  /** Why nothing can be taken from it. */
  readonly problem?: Diagnostic;
  /** Whether it may be written over: it is not there, or it is a baseline, of whatever version. */
  readonly isReplaceable: boolean;
}

/** What decides which files a run can speak of. */
export interface LookedAt {
  /** Absolute paths of the files that were read. */
  readonly read: ReadonlySet<string>;
  readonly exists: (file: string) => boolean;
}

/** Reads a baseline. What is wrong with it is a finding at its place. */
export function readBaseline(fileName: string, input: DocumentInput): Baseline {
  const { absolute, shownName: file } = placeOf(fileName, input);
  const fail = (message: string, location: SourceLocation, isReplaceable = false, hint = WRITE_ANEW) => ({
    known: [],
    problem: { code: 'SUP005', severity: 'error', message, location, path: '', hint } as const,
    isReplaceable,
  });
  const { source, diagnostics: unread } = readSource(placeOf(fileName, input), input, { file });
  if (!source) {
    const isMissing = !isThere(absolute, input);
    const message = unread[0]?.message ?? `${file} cannot be read`;
    return fail(message, { file }, isMissing, isMissing ? WRITE_ANEW : NAME_ANOTHER);
  }
  const { nodes, diagnostics } = readYaml(source);
  const [root] = nodes;
  const fault = diagnostics.find(({ severity }) => severity === 'error');
  const version = root?.entries?.get('version');
  const findings = root?.entries?.get('findings');
  if (fault || !version || !findings)
    return fail(
      'The file is not a baseline: that is JSON with `version` and `findings`',
      fault?.location ?? source.locate(0, 0),
      false,
      NAME_ANOTHER,
    );
  if (version.scalar !== VERSION)
    return fail(
      `The baseline is of another version than ${VERSION}, which this pachkit reads`,
      source.locate(version.start, version.end),
      true,
    );
  const folder = path.dirname(absolute);
  const known: KnownFinding[] = [];
  for (const item of findings.items ?? [findings]) {
    const entry = entryOf(item, folder);
    if (!entry)
      return fail(
        'The entry is not one of a baseline: it has `file`, `code` and `path`, and `count` where that is more than 1',
        source.locate(item.start, item.end),
        true,
      );
    known.push(entry);
  }
  return { known, isReplaceable: true };
}

function isThere(absolute: string, input: DocumentInput): boolean {
  try {
    input.readFile(absolute, { limit: 1 });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

function entryOf(node: SourceNode, folder: string): KnownFinding | undefined {
  const {
    file,
    code,
    path: pointer,
    count = 1,
    ...others
  } = Object.fromEntries([...(node.entries ?? [])].map(([key, { scalar }]) => [key, scalar ?? null]));
  if (typeof file !== 'string' || typeof code !== 'string' || typeof pointer !== 'string') return undefined;
  if (!Number.isSafeInteger(count) || Number(count) < 1 || Object.keys(others).length > 0) return undefined;
  return {
    file: path.resolve(folder, file),
    code,
    path: pointer,
    count: Number(count),
    location: node.source.locate(node.start, node.end),
  };
}

/**
 * The findings without those that a baseline has, with one for each entry that is not found any more. What keeps the rest of
 * a file from being checked is never known: no one would see what comes after it.
 */
export function withoutKnown(
  diagnostics: readonly Diagnostic[],
  known: readonly KnownFinding[],
  directory: string,
  lookedAt: LookedAt,
): { readonly diagnostics: readonly Diagnostic[]; readonly hidden: number } {
  const left = new Map<string, number>();
  for (const entry of known) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count);
  const shown = diagnostics.filter((diagnostic) => {
    const key = keyOf(placeIn(diagnostic, directory));
    const rest = left.get(key) ?? 0;
    if (rest === 0 || !canBeKnown(diagnostic)) return true;
    left.set(key, rest - 1);
    return false;
  });
  const unused = known.filter((entry) => (left.get(keyOf(entry)) ?? 0) > 0 && isSpokenOf(entry, lookedAt));
  return {
    diagnostics: [...shown, ...unused.map((entry) => stale(entry, left.get(keyOf(entry)) ?? 0, lookedAt))],
    hidden: diagnostics.length - shown.length,
  };
}

/** The findings as the next run is to know them, with what a baseline says of files that this run did not look at. */
export function knownOf(
  diagnostics: readonly Diagnostic[],
  before: readonly KnownFinding[],
  directory: string,
  lookedAt: LookedAt,
): readonly KnownFinding[] {
  const all = new Map<string, KnownFinding>();
  for (const entry of before) if (!isSpokenOf(entry, lookedAt)) all.set(keyOf(entry), entry);
  for (const diagnostic of diagnostics) {
    const place = placeIn(diagnostic, directory);
    if (!canBeKnown(diagnostic) || !lookedAt.exists(place.file)) continue;
    const { count = 0 } = all.get(keyOf(place)) ?? {};
    all.set(keyOf(place), { ...place, count: count + 1 });
  }
  return [...all.values()];
}

/** The text of a baseline in a folder, an absolute path: an entry a line, so that a commit shows which came and went. */
export function baselineText(known: readonly KnownFinding[], folder: string): string {
  const entries = known
    .map(({ file, code, path: pointer, count }) => ({
      file: path.relative(folder, file).split(path.sep).join('/'),
      code,
      path: pointer,
      ...(count === 1 ? {} : { count }),
    }))
    .sort((a, b) => compare(a.file, b.file) || compare(a.code, b.code) || compare(a.path, b.path));
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return `{\n  "version": ${VERSION},\n  "findings": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`;
}

/** Entries of files that a run did not read stay as they are, for it may have been asked for some files of many. */
function isSpokenOf({ file }: KnownFinding, { read, exists }: LookedAt): boolean {
  return read.has(file) || !exists(file);
}

function canBeKnown({ code }: Diagnostic): boolean {
  const { exit, stage } = factsOf(code);
  return exit === 'findings' && stage !== 'fix' && !isUnreadable(code);
}

function placeIn({ location, code, path: pointer }: Diagnostic, directory: string): KnownFinding {
  return { file: path.resolve(directory, location.file), code, path: pointer, count: 1 };
}

function keyOf({ file, code, path: pointer }: KnownFinding): string {
  return JSON.stringify([file, code, pointer]);
}

function stale(
  { code, location = { file: '' }, count, file }: KnownFinding,
  rest: number,
  { exists }: LookedAt,
): Diagnostic {
  const why = !exists(file)
    ? 'the file that it was in is gone'
    : rest < count
      ? `${code} is found there ${count - rest} times, and the baseline has ${count}`
      : `${code} is not found there any more`;
  return {
    code: 'SUP004',
    severity: 'warning',
    message: `An entry of the baseline is unused: ${why}`,
    location,
    path: '',
    hint: 'remove it, or add --write-baseline once',
  };
}
