import path from 'node:path';
import { factsOf, type Stage } from '../diagnostics/codes';
import type { Diagnostic, Fix } from '../diagnostics/diagnostic';
import { readingOnce, type DocumentInput } from '../document/input';
import { isTypeScript, STANDARD_INPUT_NAME } from '../document/read-source';
import { readYaml } from '../document/read-yaml';
import { SourceFile } from '../document/source-file';
import { withFixes } from '../document/with-fixes';
import { isDescriptor } from '../files/read-file';
import { validateFiles, type ValidatedFiles, type ValidateOptions } from './validate-files';

/** A fix may uncover another; no file needs more rounds than this. */
const ROUND_LIMIT = 10;

/** A file whose text was fixed, not yet written. */
export interface FixedFile {
  /** As the user named it, or as the document that extends it is named; `<stdin>` for standard input. */
  readonly file: string;
  /** Where it is; missing for standard input. */
  readonly absolute?: string;
  readonly content: Buffer;
  /** What was done, in the order in which it was done: a round of fixes after the other. */
  readonly titles: readonly string[];
}

export interface FixedFiles extends ValidatedFiles {
  readonly fixed: readonly FixedFile[];
  /** Programs with findings that would have been fixed in YAML: a program is not rewritten. */
  readonly programs: readonly string[];
  /** What came through standard input, as it came; missing when nothing was read from there. */
  readonly standardInput?: Buffer;
}

/**
 * Applies the fixes of all findings to the files that they are in, bases that documents extend among them, and checks
 * the result. A fix is applied only when its file is well-formed before and after it, and no error comes up that was not
 * there before, if only hidden behind errors of form. Writes nothing.
 */
export function fixFiles(
  fileNames: readonly string[],
  input: DocumentInput,
  options: ValidateOptions = {},
): FixedFiles {
  const fixing = new Fixing(fileNames, input, options);
  for (let round = 0; round < ROUND_LIMIT && fixing.round(); round++);
  return fixing.outcome();
}

interface TextState {
  readonly source: SourceFile;
  readonly original: string;
  readonly hasByteOrderMark: boolean;
  text: string;
  titles: string[];
}

class Fixing {
  #validated: ValidatedFiles;
  readonly #texts = new Map<string, TextState>();
  /** Fixes that would do harm, by file, place and replacement. */
  readonly #refused = new Set<string>();
  /** It can be read once only. */
  #standardInput: Buffer | undefined;

  readonly #input: DocumentInput;

  constructor(
    private readonly fileNames: readonly string[],
    input: DocumentInput,
    private readonly options: ValidateOptions,
  ) {
    // What changes while it is being fixed is not for this run.
    this.#input = readingOnce(input);
    this.#validated = this.#validate();
  }

  /** Applies what can be applied now; false when there was nothing. */
  round(): boolean {
    let hasChanged = false;
    for (const [key, { source, fixes }] of fixesByFile(this.#validated.diagnostics)) {
      const state = this.#stateOf(key, source);
      const wanted = fixes.filter((fix) => !this.#refused.has(idOf(key, fix)));
      if (!state || wanted.length === 0 || !isWellFormed(source, state.text)) continue;
      if (this.#apply(state, wanted)) hasChanged = true;
      else if (wanted.length === 1) this.#refuse(key, wanted);
      // One of them does harm: bottom up, so that the places of those above stay right.
      else
        for (const fix of [...wanted].reverse())
          if (this.#apply(state, [fix])) hasChanged = true;
          else this.#refuse(key, [fix]);
    }
    return hasChanged;
  }

  outcome(): FixedFiles {
    const fixed = [...this.#texts]
      .filter(([, { text, original }]) => text !== original)
      .map(([key, state]) => ({
        file: state.source.name,
        ...(key === STANDARD_INPUT ? {} : { absolute: key }),
        content: contentOf(state),
        titles: state.titles,
      }));
    const programs = this.#validated.diagnostics.filter(
      ({ fix, location }) => fix !== undefined && isTypeScript(location.file),
    );
    return {
      ...this.#validated,
      fixed,
      programs: [...new Set(programs.map(({ location }) => location.file))],
      ...(this.#standardInput ? { standardInput: this.#standardInput } : {}),
    };
  }

  #apply(state: TextState, fixes: readonly Fix[]): boolean {
    const before = { text: state.text, titles: state.titles };
    const text = withFixes(state.text, fixes);
    if (text === undefined || text === state.text || !isWellFormed(state.source, text)) return false;
    state.text = text;
    const validated = this.#validate();
    if (isWorse(validated, this.#validated)) {
      Object.assign(state, before);
      return false;
    }
    state.titles = [...state.titles, ...fixes.map(({ title }) => title)];
    this.#validated = validated;
    return true;
  }

  #refuse(key: string, fixes: readonly Fix[]): void {
    for (const fix of fixes) this.#refused.add(idOf(key, fix));
  }

  #stateOf(key: string, source: SourceFile): TextState | undefined {
    const known = this.#texts.get(key);
    if (known) return known;
    const bytes =
      key === STANDARD_INPUT ? this.#readStandardInput(3) : this.#input.readFile(key, { limit: 3 });
    const state = {
      source,
      original: source.text,
      hasByteOrderMark: bytes.subarray(0, 3).equals(BYTE_ORDER_MARK),
      text: source.text,
      titles: [],
    };
    this.#texts.set(key, state);
    return state;
  }

  #readStandardInput(limit: number): Buffer {
    return (this.#standardInput ??= this.#input.readStandardInput(limit));
  }

  #validate(): ValidatedFiles {
    return validateFiles(
      this.fileNames,
      {
        directory: this.#input.directory,
        readFile: (fileName, limits) => {
          const state = this.#texts.get(fileName);
          return state ? contentOf(state) : this.#input.readFile(fileName, limits);
        },
        readStandardInput: (limit) => {
          const state = this.#texts.get(STANDARD_INPUT);
          return state ? contentOf(state) : this.#readStandardInput(limit);
        },
      },
      this.options,
    );
  }
}

/** No absolute path. */
const STANDARD_INPUT = '-';

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

function contentOf({ text, hasByteOrderMark }: TextState): Buffer {
  const content = Buffer.from(text, 'utf8');
  return hasByteOrderMark ? Buffer.concat([BYTE_ORDER_MARK, content]) : content;
}

interface FileFixes {
  readonly source: SourceFile;
  readonly fixes: Fix[];
}

/** The fixes of each file, top down, each once: a base has as many findings as documents extend it. */
function fixesByFile(diagnostics: readonly Diagnostic[]): Map<string, FileFixes> {
  const files = new Map<string, FileFixes>();
  for (const { fix, location } of diagnostics) {
    const { source } = location;
    if (!fix || !(source instanceof SourceFile) || source.language !== 'yaml' || isDescriptor(source.name))
      continue;
    const key =
      source.name === STANDARD_INPUT_NAME
        ? STANDARD_INPUT
        : path.join(source.directory, path.basename(source.name));
    const file = files.get(key) ?? { source, fixes: [] };
    files.set(key, file);
    if (!file.fixes.some((other) => idOf(key, other) === idOf(key, fix))) file.fixes.push(fix);
  }
  for (const { fixes } of files.values())
    fixes.sort((a, b) => a.range.line - b.range.line || a.range.column - b.range.column);
  return files;
}

function idOf(key: string, { range, replacement }: Fix): string {
  return JSON.stringify([key, range.line, range.column, range.endLine, range.endColumn, replacement]);
}

function isWellFormed({ name, directory }: SourceFile, text: string): boolean {
  return readYaml(new SourceFile(name, text, directory)).diagnostics.length === 0;
}

/** Stages whose errors hide what later stages would find. */
const HIDING_STAGES: readonly Stage[] = ['read', 'form'];

/** Whether there are more errors; what a stage finds once an earlier one is content was there before and does not count. */
function isWorse(after: ValidatedFiles, before: ValidatedFiles): boolean {
  for (const stage of HIDING_STAGES) {
    const [now, then] = [errorsOf(after, stage), errorsOf(before, stage)];
    if (now !== then) return now > then;
  }
  return errorsOf(after) > errorsOf(before);
}

/** How many errors there are, or how many of one stage. */
function errorsOf({ diagnostics }: ValidatedFiles, stage?: Stage): number {
  return diagnostics.filter(
    ({ code, severity }) => severity === 'error' && (stage === undefined || factsOf(code).stage === stage),
  ).length;
}
