import { readDescriptor, readRegularFile, type ReadLimits } from '../files/read-file';

/** What reading needs from the outside, so that tests and other hosts can supply their own. */
export interface DocumentInput {
  /**
   * The bytes of a file; throws with a Node error code (`ENOENT`, `EACCES`, …) when it cannot be read. No more than one
   * byte beyond the limit is looked at.
   */
  readFile(fileName: string, limits: ReadLimits): Buffer;
  /** The bytes of standard input, read when a document is named `-`; no more than one beyond the limit is looked at. */
  readStandardInput(limit: number): Buffer;
  /** Absolute path that relative file names start from. */
  readonly directory: string;
  /** The day that it is, such as `2026-11-29`, on which suppressions may have expired. @default today in UTC */
  readonly today?: string;
}

/** Reads documents from the file system and standard input of this process. */
export function fileInput(directory: string): DocumentInput {
  return {
    directory,
    readFile: readRegularFile,
    readStandardInput: (limit) => readDescriptor(0, limit),
  };
}

/** The day that it is to an input. */
export function todayOf({ today }: DocumentInput): string {
  return today ?? new Date().toISOString().slice(0, 'yyyy-mm-dd'.length);
}

/** Standard input can be read once only, and a file should not change between two looks at it. */
export function readingOnce(input: DocumentInput): DocumentInput {
  const files = new Map<string, Buffer>();
  let standardInput: Buffer | undefined;
  return {
    ...input,
    readFile: (fileName, limits) => {
      const bytes = files.get(fileName) ?? input.readFile(fileName, limits);
      files.set(fileName, bytes);
      return bytes;
    },
    readStandardInput: (limit) => (standardInput ??= input.readStandardInput(limit)),
  };
}
