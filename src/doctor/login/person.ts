/** Who logs in: what is asked of them, and what they are shown. */
export interface Person {
  /** Name and password, for a form; undefined when they do not give them. */
  credentials(
    about: string,
    signal: AbortSignal,
  ): Promise<{ readonly name: string; readonly password: string } | undefined>;
  /** Shows what to do in a browser. */
  show(text: string): void;
  /** The address at which the browser ended; undefined when no one can be asked. */
  address(signal: AbortSignal): Promise<string | undefined>;
}
