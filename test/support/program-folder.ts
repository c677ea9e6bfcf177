import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readDocuments } from '../../src/document/read-documents';
import { inShort } from './input-of';

/** A folder, new for every test of a file, in which programs that yield documents are written and read. */
export class ProgramFolder {
  #path = '';

  constructor() {
    beforeEach(() => (this.#path = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'))));
    afterEach(() => fs.rmSync(this.#path, { recursive: true }));
  }

  get path(): string {
    return this.#path;
  }

  /** Writes files, and reads the first one. */
  read(files: Readonly<Record<string, string>>, directory = this.#path): ReturnType<typeof readDocuments> {
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(directory, name), text);
    return readDocuments(Object.keys(files)[0] ?? 'pachyderm.ts', {
      directory,
      readFile: (name) => fs.readFileSync(name),
      readStandardInput: () => Buffer.alloc(0),
    });
  }

  problemsOf(text: string): string[] {
    return this.read({ 'a.ts': text }).diagnostics.map(inShort);
  }

  /** The values of a program in which nothing is wrong. */
  valuesOf(text: string): unknown[] {
    const { documents, diagnostics } = this.read({ 'a.ts': text });
    expect(diagnostics.map(inShort)).toEqual([]);
    return documents.map(({ value }) => value);
  }
}
