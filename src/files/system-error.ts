/** What errors of the operating system say to people, by their code. */
const TEXTS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is in its place',
  EISDIR: 'a folder is in its place',
  ELOOP: 'links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no file or folder can be made there',
  ENOSPC: 'no space is left on the device',
  EFBIG: 'the file is too long',
  ENOTDIR: 'a file is in the place of a folder',
  ENOTFILE: 'a device, a socket or a pipe is in its place',
  ENXIO: 'no one reads what is in its place',
  EPERM: 'operation not permitted',
  EROFS: 'the file system is read-only',
};

/** Why a file cannot be read, by the code of the error. */
const READ_TEXTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read',
  EPERM: 'the file may not be read',
  ENOTFILE: 'this is a device, a socket or a pipe, not a file',
  EISDIR: 'this is a directory, not a file',
  ENOTDIR: 'there is no such file',
  ELOOP: 'the symbolic links lead in a circle',
  ENAMETOOLONG: 'the file name is too long',
  EFBIG: 'the file is longer than any that is read',
};

/** Why a file cannot be read, in words: `this is a directory, not a file`. */
export function readFailure(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return READ_TEXTS[code] ?? `it cannot be read (${code})`;
}

/** Whether something was thrown by a call to the operating system. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return typeof (error as Partial<NodeJS.ErrnoException> | null | undefined)?.syscall === 'string';
}

/** Why a write failed, in words with the code of the system behind them: `the file system is read-only, EROFS`. */
export function writeFailure(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  const text = TEXTS[code];
  return text === undefined ? code : `${text}, ${code}`;
}

/** Whether the file is another user's, or in a folder of one. */
export function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
}

/** How to have something written: with room where there is none, or else as `otherwise` says. */
export function writeHint(error: unknown, otherwise: string): string {
  const isFull = ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
  return isFull ? 'make room on the device, or name a place on another one' : otherwise;
}
