/** A server that a test started on a loopback port. */
export interface Server {
  readonly url: string;
  readonly port: number;
  /** What it has written so far. */
  logs(): string;
  /** Ends it and removes its directory. */
  stop(): Promise<void>;
}
