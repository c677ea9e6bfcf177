import fs from 'node:fs';
import path from 'node:path';
import { printable } from '../diagnostics/code-frame';
import { sortDiagnostics, type Diagnostic } from '../diagnostics/diagnostic';
import type { DocumentInput } from '../document/input';
import { replaceFile } from '../files/replace-file';
import { writeFailure } from '../files/system-error';
import { baselineText, knownOf, readBaseline, withoutKnown } from '../pipeline/baseline';
import type { CommandOptions } from './command';
import { documentInput, OutputFailure, type Host } from './host';

/** Findings as a baseline lets them be seen. */
export interface Baselined {
  readonly diagnostics: readonly Diagnostic[];
  /** For programs; empty without a baseline. */
  readonly data: { readonly baseline?: { readonly file: string; readonly known: number } };
  /** For people, a line; empty without a baseline. */
  readonly text: string;
}

/** What `--baseline` and `--write-baseline` make of findings. */
export class BaselineSession {
  readonly #read = new Set<string>();
  readonly #file: string | undefined;
  readonly #isWritten: boolean;

  constructor(
    private readonly host: Host,
    options: CommandOptions,
  ) {
    this.#file = options['baseline'] as string | undefined;
    this.#isWritten = options['writeBaseline'] === true;
  }

  /** Why the options cannot be followed; undefined when they can. */
  problem(files: readonly string[]): string | undefined {
    if (this.#file === undefined)
      return this.#isWritten ? '--write-baseline needs a --baseline FILE to write' : undefined;
    if (this.#file === '-') return '--baseline - cannot be: name a file';
    const target = path.resolve(this.host.directory, this.#file);
    return files.some((file) => file !== '-' && path.resolve(this.host.directory, file) === target)
      ? `--baseline ${this.#file} is a file to check; name another one for the baseline`
      : undefined;
  }

  /** Reads documents, and remembers which files: a baseline has more than a run looks at. */
  input(): DocumentInput {
    const input = documentInput(this.host);
    return {
      ...input,
      readFile: (fileName, limits) => {
        this.#read.add(fileName);
        return input.readFile(fileName, limits);
      },
    };
  }

  judge(diagnostics: readonly Diagnostic[]): Baselined {
    const file = this.#file;
    if (file === undefined) return { diagnostics, data: {}, text: '' };
    const { directory } = this.host;
    const lookedAt = { read: this.#read, exists: (name: string) => fs.existsSync(name) };
    const baseline = readBaseline(file, documentInput(this.host));
    const { problem } = baseline;
    if (problem && !(this.#isWritten && baseline.isReplaceable))
      return { diagnostics: sortDiagnostics([...diagnostics, problem]), data: {}, text: '' };
    const known = this.#isWritten
      ? knownOf(diagnostics, baseline.known, directory, lookedAt)
      : baseline.known;
    if (this.#isWritten) this.#write(file, baselineText(known, path.dirname(path.resolve(directory, file))));
    const { diagnostics: shown, hidden } = withoutKnown(diagnostics, known, directory, lookedAt);
    return {
      diagnostics: sortDiagnostics(shown),
      data: { baseline: { file, known: hidden } },
      text: `${this.#isWritten ? 'wrote ' : ''}${printable(file)}: ${hidden === 1 ? '1 finding is' : `${hidden} findings are`} known\n`,
    };
  }

  #write(file: string, text: string): void {
    try {
      replaceFile(path.resolve(this.host.directory, file), text, 0o644);
    } catch (error) {
      throw new OutputFailure(`${file} cannot be written: ${writeFailure(error)}`);
    }
  }
}
