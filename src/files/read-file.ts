import fs from 'node:fs';

/** How a file is read that may be anything: a path in a document of someone else's can name a device. */
export interface ReadLimits {
  /** Reading stops once there are more bytes than this, so what is longer comes back with one byte too many. */
  readonly limit: number;
  /** Whether a pipe is read as well, as for `<(command)` on a command line. @default false: regular files only */
  readonly pipes?: boolean;
}

/** The error code for paths that are neither a file nor a directory: devices, sockets, and pipes where none is read. */
export const NOT_A_FILE = 'ENOTFILE';

/** Whether this names an open descriptor, as `<(command)` does: it may be a pipe, and nothing can be written back. */
export function isDescriptor(fileName: string): boolean {
  return /^\/dev\/(stdin|fd\/\d+)$/.test(fileName);
}

/**
 * The bytes of a file that the command line names: a regular one, or a pipe where the shell has made it. Throws with `EFBIG` where
 * it is longer than the limit.
 */
export function readNamedFile(fileName: string, limit = OWN_LIMIT_BYTES): Buffer {
  const bytes = readRegularFile(fileName, { limit, pipes: isDescriptor(fileName) });
  if (bytes.length > limit) throw withCode('EFBIG', 'too long');
  return bytes;
}

/**
 * The text of a file that pachkit keeps or looks into, and anyone may have replaced. Throws with a Node error code, with
 * {@link NOT_A_FILE}, or with `EFBIG` where it is longer than any that pachkit writes.
 */
export function readOwnText(fileName: string, limit = OWN_LIMIT_BYTES): string {
  const bytes = readRegularFile(fileName, { limit });
  if (bytes.length > limit) throw withCode('EFBIG', 'too long');
  return bytes.toString('utf8');
}

/** More than any file of its own that pachkit reads has. */
const OWN_LIMIT_BYTES = 64 * 1024 * 1024;

/**
 * The bytes of a regular file, of one longer than the limit its beginning. Throws with a Node error code, or with
 * {@link NOT_A_FILE}. Neither waits for a writer that never comes nor reads a device that never ends.
 */
export function readRegularFile(fileName: string, { limit, pipes = false }: ReadLimits): Buffer {
  const descriptor = openFile(fileName, pipes);
  try {
    const stat = fs.fstatSync(descriptor);
    if (stat.isDirectory()) throw withCode('EISDIR', 'a directory');
    if (!stat.isFile() && !(pipes && stat.isFIFO())) throw withCode(NOT_A_FILE, 'not a regular file');
    return readDescriptor(descriptor, limit);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Throws for a device, a pipe or a folder, where others read a file without a look. */
export function refuseOtherThanFile(fileName: string): void {
  const stat = fs.statSync(fileName, { throwIfNoEntry: false });
  if (stat?.isFile() === false) throw withCode(NOT_A_FILE, 'not a regular file');
}

function openFile(fileName: string, pipes: boolean): number {
  try {
    // Without O_NONBLOCK, opening a pipe waits until someone writes to it.
    return fs.openSync(fileName, fs.constants.O_RDONLY | (pipes ? 0 : fs.constants.O_NONBLOCK));
  } catch (error) {
    // What opening a socket comes to, or a terminal where there is none.
    if ((error as NodeJS.ErrnoException).code === 'ENXIO') throw withCode(NOT_A_FILE, 'not a regular file');
    throw error;
  }
}

/** What can be read from a descriptor, standard input for one, up to one byte beyond the limit. */
export function readDescriptor(descriptor: number, limit: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= limit) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, limit + 1 - length));
    const read = readSome(descriptor, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
  }
  return Buffer.concat(chunks);
}

const CHUNK_BYTES = 64 * 1024;

function readSome(descriptor: number, chunk: Buffer): number {
  for (;;)
    try {
      return fs.readSync(descriptor, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Windows ends standard input with an error.
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      // Standard input that someone has set to non-blocking and that has nothing yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
}

function withCode(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(message), { code, syscall: 'read' });
}
