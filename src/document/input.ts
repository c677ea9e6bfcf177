/** What reading needs from the outside, so that tests and other hosts can supply their own. */
export interface DocumentInput {
  /** The bytes of a file; throws with a Node error code (`ENOENT`, `EACCES`, …) when it cannot be read. */
  readFile(fileName: string): Buffer;
  /** The bytes of standard input, read when a document is named `-`. */
  readStandardInput(): Buffer;
  /** Absolute path that relative file names start from. */
  readonly directory: string;
}
