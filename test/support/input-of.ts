import path from 'node:path';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import type { Document } from '../../src/document/document';
import type { DocumentInput } from '../../src/document/input';
import { readDocuments } from '../../src/document/read-documents';

/** Files by their path below the folder that pachkit runs in; `-` is standard input. */
export type Files = Readonly<Record<string, string | Buffer>>;

/** The folder that the files of {@link inputOf} are in. */
export const FOLDER = path.resolve('/documents');

/** Stands for a file system that holds these files and nothing else. */
export function inputOf(files: Files): DocumentInput {
  return {
    directory: FOLDER,
    readFile(fileName) {
      const content = files[path.relative(FOLDER, fileName).split(path.sep).join('/')];
      if (content === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      return Buffer.from(content);
    },
    readStandardInput: () => Buffer.from(files['-'] ?? ''),
  };
}

/** What is read from the first of these files. A string alone is a file called test.yaml. */
export function read(files: Files | string | Buffer): { documents: Document[]; diagnostics: Diagnostic[] } {
  const all = typeof files === 'string' || Buffer.isBuffer(files) ? { 'test.yaml': files } : files;
  return readDocuments(Object.keys(all)[0] ?? '', inputOf(all));
}

/** A finding in one line, as compilers print it. */
export function inShort({ code, location, message }: Diagnostic): string {
  const { file, range } = location;
  return `${range ? `${file}:${range.line}:${range.column}` : file} ${code} ${message}`;
}

/** The findings of reading, in short. */
export function problemsOf(files: Files | string | Buffer): string[] {
  return read(files).diagnostics.map(inShort);
}

/** The only document in a file that can be read. */
export function documentOf(files: Files | string | Buffer): Document {
  const { documents, diagnostics } = read(files);
  const [document] = documents;
  if (!document || documents.length > 1 || diagnostics.length > 0)
    throw new Error(`not one document: ${diagnostics.map(inShort).join('; ')}`);
  return document;
}
