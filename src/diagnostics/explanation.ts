import type { Code } from './codes';

/** The page behind a code: what `pachkit explain CODE` prints and what the reference documentation is made of. */
export interface Explanation {
  readonly code: Code;
  /** One line, as a noun phrase: "Key not known". */
  readonly title: string;
  /** What goes wrong in the product when this is not fixed, in plain words. */
  readonly reason: string;
  /** How to fix it. */
  readonly remedy: string;
}
