import path from 'node:path';
import type { Code } from '../diagnostics/codes';
import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import type { DocumentInput } from './input';
import { isDescriptor, NOT_A_FILE } from '../files/read-file';
import { readFailure } from '../files/system-error';
import { SourceFile } from './source-file';

/** Largest file that is read, in bytes. A cluster document has a few kilobytes. */
const SIZE_LIMIT_BYTES = 2 * 1024 * 1024;

/** What standard input is called where files are. */
export const STANDARD_INPUT_NAME = '<stdin>';

/** A file as the user named it, and where that is. */
export interface FilePlace {
  readonly absolute: string;
  /** STANDARD_INPUT_NAME for standard input. */
  readonly shownName: string;
  readonly isStandardInput: boolean;
  /** Whether it may be a pipe: only what the user names on the command line is waited for. */
  readonly isPipe?: boolean;
}

/** Where the file is that the user names; `-` is standard input. */
export function placeOf(fileName: string, input: DocumentInput): FilePlace {
  return fileName === '-'
    ? { absolute: path.join(input.directory, 'stdin'), shownName: STANDARD_INPUT_NAME, isStandardInput: true }
    : {
        absolute: path.resolve(input.directory, fileName),
        shownName: fileName,
        isStandardInput: false,
        isPipe: isDescriptor(fileName),
      };
}

/** Whether a file of this name is a program that yields documents. */
export function isTypeScript(fileName: string): boolean {
  return /\.[cm]?[jt]s$/i.test(fileName);
}

/** The text of a file, or why it cannot be had. */
export function readSource(
  { absolute, shownName, isStandardInput, isPipe = false }: FilePlace,
  input: DocumentInput,
  referredFrom: SourceLocation,
): { source?: SourceFile; diagnostics: Diagnostic[] } {
  const fail = (
    code: Code,
    message: string,
    hint: string,
    location: SourceLocation = { file: shownName },
  ): { diagnostics: Diagnostic[] } => ({
    diagnostics: [{ code, severity: 'error', message, location, path: '', hint }],
  });

  let bytes: Buffer;
  try {
    bytes = isStandardInput
      ? input.readStandardInput(SIZE_LIMIT_BYTES)
      : input.readFile(absolute, { limit: SIZE_LIMIT_BYTES, pipes: isPipe });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    const start =
      referredFrom.range === undefined
        ? 'in the folder that pachkit runs in'
        : 'beside the file that names it';
    const hint = MISSING.includes(code)
      ? `check the path; a relative one starts ${start}`
      : (READ_HINTS[code] ?? 'check the path and the permissions of the file');
    return fail('DOC001', `${shownName}: ${readFailure(error)}`, hint, referredFrom);
  }
  if (bytes.length > SIZE_LIMIT_BYTES)
    return fail(
      'DOC007',
      `The file has more than ${SIZE_LIMIT_BYTES} bytes, which is the most that is read`,
      'a cluster document has a few kilobytes; is this the right file?',
    );

  if (isUtf16(bytes))
    return fail(
      'DOC008',
      'The file is text in UTF-16, not in UTF-8',
      `save it as UTF-8: iconv -f UTF-16 -t UTF-8 ${isStandardInput ? 'FILE' : shellWord(shownName)} > NEW; in Windows PowerShell, | Out-File -Encoding utf8 NEW in the place of >`,
    );
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return fail('DOC008', 'The file is not text in UTF-8', 'save it as UTF-8, or name the right file');
  }
  const language = isTypeScript(absolute) && !isStandardInput ? 'typescript' : 'yaml';
  const source = new SourceFile(shownName, text, path.dirname(absolute), language);
  const zero = text.indexOf('\0');
  if (zero >= 0)
    return fail(
      'DOC008',
      'The file holds binary data',
      'a document is YAML, JSON or TypeScript',
      source.locate(zero, zero + 1),
    );
  return { source, diagnostics: [] };
}

/** Whether bytes begin as UTF-16 does, with its mark or with every second byte zero, as no other text has it. */
function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const begin = [...bytes.subarray(0, 16)];
  const isZeroAt = (odd: number): boolean =>
    begin.length >= 4 && begin.every((byte, index) => (byte === 0) === (index % 2 === odd));
  return isZeroAt(0) || isZeroAt(1);
}

/** Codes of the system for a path that leads to no file. */
const MISSING = ['ENOENT', 'ENOTDIR'];

const UNREADABLE =
  'change the permissions of the file and of its folders, or run pachkit as a user who may read it';

/** What to do about a file that cannot be read, by the code of the system. */
const READ_HINTS: Readonly<Record<string, string>> = {
  EACCES: UNREADABLE,
  EPERM: UNREADABLE,
  [NOT_A_FILE]: 'name a file, or - for standard input',
  EISDIR: 'name the file in it, such as pachyderm.yaml',
  ELOOP: 'name the file that was meant, or fix the links',
  ENAMETOOLONG: 'check the path; was text given in its place?',
};
