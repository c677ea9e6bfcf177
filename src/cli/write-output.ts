import fs from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { readOwnText } from '../files/read-file';
import { replaceFile } from '../files/replace-file';
import { isSystemError, writeFailure, writeHint } from '../files/system-error';
import type { Host } from './host';

/** Mode of a file with secrets, and of others. */
const MODES = { secret: 0o600, plain: 0o644 } as const;

/** A file that a command makes with `-o`. */
export interface OutputFile {
  /** As the user named it. */
  readonly name: string;
  readonly text: string;
  readonly hasSecrets: boolean;
  /** Whether one that exists is replaced. */
  readonly force: boolean;
  /** Whether one with this text was made by the same command, and may be made anew. @default none */
  readonly isOurs?: (text: string) => boolean;
}

/** Writes a file, unless one is there; says why it cannot. */
export function writeOutput(
  { directory }: Pick<Host, 'directory'>,
  { name, text, hasSecrets, force, isOurs }: OutputFile,
): Diagnostic | undefined {
  const target = path.resolve(directory, name);
  const fail = (code: 'IMP006' | 'IMP008', message: string, hint: string): Diagnostic => ({
    code,
    severity: 'error',
    message,
    location: { file: name },
    path: '',
    hint,
  });
  try {
    const found = fs.lstatSync(target, { throwIfNoEntry: false });
    if (found?.isDirectory()) return fail('IMP008', `${name} is a folder`, 'name a file in it');
    if (found && !force && !(isOurs !== undefined && found.isFile() && isOurs(readOwnText(target))))
      return fail(
        'IMP006',
        `${name} exists, and stays as it is`,
        'name another file, or replace it with --force',
      );
    replaceFile(target, text, hasSecrets ? MODES.secret : MODES.plain);
    return undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return fail(
      'IMP008',
      `${name} cannot be written (${writeFailure(error)})`,
      writeHint(error, 'change the permissions of its folder, or name another file'),
    );
  }
}
