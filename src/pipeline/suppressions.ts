import { allCodes, isCode, type Code } from '../diagnostics/codes';
import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic';
import { didYouMean } from '../diagnostics/suggest';
import type { SourceFile } from '../document/source-file';
import type { SourceNode } from '../document/source-node';

/** The word that such a comment begins with. */
const MARK = 'pachkit-ignore';

const EXAMPLE = `${MARK} AUT006 until 2027-01-31: why it is right here`;

/** A comment with the mark, by the language of the file. */
const COMMENTS = {
  yaml: new RegExp(`(?<=^|\\s)#\\s*${MARK}(?![\\w-]).*`),
  typescript: new RegExp(`(?<=^|\\s)//\\s*${MARK}(?![\\w-]).*`),
} as const;

/** A line on which nothing is but a comment, or nothing at all. */
const WITHOUT_VALUE = { yaml: /^\s*(#|$)/, typescript: /^\s*(\/\/|$)/ } as const;

/** Warnings that only the objects of a cluster tell: they are found after all others, where objects are constructed. */
const OF_OBJECTS: ReadonlySet<Code> = new Set<Code>(['OVR007', 'OVR008']);

/** What is behind the mark: the codes, the last day and the reason, each of which may be missing. */
const PARTS = /^([^:]*?)(?:\buntil\b([^:]*))?(?::(.*))?$/;

/** A comment that says which findings on a line are not shown, until when, and why. */
interface Suppression {
  readonly codes: readonly Code[];
  /** The last day, such as `2027-01-31`. */
  readonly until?: string;
  /** The line that it is about, counted from 1. */
  readonly line: number;
  readonly location: SourceLocation;
}

/**
 * The findings without the warnings that comments in the files suppress, and with what is wrong with those comments. An error
 * is never suppressed: it stops a synthesis because what it is about cannot work.
 *
 * @param roots the documents that were checked; the files are those that their values come from
 * @param today the day that it is, such as `2026-11-29`, in UTC
 * @param stage which findings these are: those of objects are judged apart, by the comments that name their codes
 */
export function suppress(
  diagnostics: readonly Diagnostic[],
  roots: readonly SourceNode[],
  today: string,
  stage: 'document' | 'objects' = 'document',
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const suppressed = new Set<Diagnostic>();
  for (const source of markedFiles(roots)) {
    const inFile = diagnostics.filter(({ location }) => location.file === source.name);
    for (const comment of commentsIn(source)) {
      if (!('problem' in comment)) {
        const named = comment.codes.filter((code) => OF_OBJECTS.has(code) === (stage === 'objects'));
        judge({ ...comment, codes: named }, inFile, today, { found, suppressed });
      } else if (stage === 'document') found.push(malformed(comment));
    }
  }
  return found.length + suppressed.size === 0
    ? diagnostics
    : [...diagnostics.filter((each) => !suppressed.has(each)), ...found];
}

/** Whether comments of documents name findings of objects, which have to be looked for then. */
export function namesFindingsOfObjects(roots: readonly SourceNode[]): boolean {
  for (const source of markedFiles(roots))
    for (const comment of commentsIn(source))
      if (!('problem' in comment) && comment.codes.some((code) => OF_OBJECTS.has(code))) return true;
  return false;
}

/** What a comment does to the findings of its file. */
function judge(
  { codes: named, until, line, location }: Suppression,
  inFile: readonly Diagnostic[],
  today: string,
  { found, suppressed }: { readonly found: Diagnostic[]; readonly suppressed: Set<Diagnostic> },
): void {
  for (const code of named) {
    const meant = inFile.filter((each) => each.code === code && each.location.range?.line === line);
    const isError = meant.some(({ severity }) => severity === 'error');
    if (meant.length === 0 || isError) found.push(unused(code, isError, location));
    else if (until !== undefined && until < today) found.push(expired(code, until, location));
    else for (const each of meant) suppressed.add(each);
  }
}

/** The files with such a comment among those that values come from; each once, however many documents it is a part of. */
function markedFiles(roots: readonly SourceNode[]): Iterable<SourceFile> {
  const sources = new Set<SourceFile>();
  const visit = ({ source, entries, items }: SourceNode): void => {
    sources.add(source);
    entries?.forEach(visit);
    items?.forEach(visit);
  };
  for (const root of roots) visit(root);
  // A single value on the command line is no file, and has no comments.
  const marked = [...sources].filter(({ text, language }) => language !== 'argument' && text.includes(MARK));
  return new Map(marked.map((source) => [source.name, source])).values();
}

/** A comment with the mark that says too little. */
interface Malformed {
  readonly problem: string;
  readonly hint: string;
  readonly location: SourceLocation;
}

function* commentsIn(source: SourceFile): Generator<Suppression | Malformed> {
  const language = source.language === 'typescript' ? 'typescript' : 'yaml';
  const lines = source.text.split('\n');
  let start = 0;
  for (const [index, text] of lines.entries()) {
    const line = text.trimEnd();
    const comment = COMMENTS[language].exec(line);
    if (comment) {
      const location = source.locate(start + comment.index, start + line.length);
      const isAlone = WITHOUT_VALUE[language].test(line);
      const below = lines.findIndex(
        (each, at) => at > index && !WITHOUT_VALUE[language].test(each.trimEnd()),
      );
      yield { location, line: (isAlone ? below : index) + 1, ...partsOf(comment[0]) };
    }
    start += text.length + 1;
  }
}

function partsOf(comment: string): Pick<Suppression, 'codes' | 'until'> | Omit<Malformed, 'location'> {
  const [, named = '', day, reason = ''] = PARTS.exec(comment.replace(/^.*?pachkit-ignore/, '')) ?? [];
  const names = named.split(/[\s,]+/).filter((name) => name !== '');
  const hint = `write: ${EXAMPLE}`;
  if (names.length === 0) return { problem: 'it names no code', hint };
  const unknown = names.find((name) => !isCode(name));
  if (unknown !== undefined)
    // Another word may be anything, a secret too.
    return /^[A-Z]{3}\d{3}$/i.test(unknown)
      ? { problem: `unknown code ${unknown}`, hint: didYouMean(unknown, allCodes()) ?? hint }
      : { problem: 'it names something that is not a code', hint };
  const until = day?.trim();
  if (until !== undefined && !isDay(until)) return { problem: 'there is no such day', hint };
  if (reason.trim() === '') return { problem: 'it gives no reason', hint };
  return { codes: names.filter(isCode), ...(until === undefined ? {} : { until }) };
}

/** Whether a string is a day of the calendar, as ISO 8601 writes it. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function malformed({ problem, hint, location }: Malformed): Diagnostic {
  return warning('SUP001', `The comment suppresses nothing: ${problem}`, hint, location);
}

function unused(code: Code, isError: boolean, location: SourceLocation): Diagnostic {
  return isError
    ? warning(
        'SUP002',
        `${code} is an error here, and errors are not suppressed`,
        `fix it, and remove ${code} from the comment`,
        location,
      )
    : warning(
        'SUP002',
        `${code} is not found here, and the comment suppresses nothing`,
        'remove it',
        location,
      );
}

function expired(code: Code, until: string, location: SourceLocation): Diagnostic {
  return warning(
    'SUP003',
    `${code} was suppressed until ${until}, and is shown again`,
    'fix it, or name a later day with the reason why',
    location,
  );
}

function warning(code: Code, message: string, hint: string, location: SourceLocation): Diagnostic {
  return { code, severity: 'warning', message, location, path: '', hint };
}
