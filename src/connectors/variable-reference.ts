import { productOf, type Target } from './target';

/** A text that is nothing but a reference to an environment variable. */
const WHOLE = /^\$(?:[A-Za-z_][A-Za-z0-9_]*|\{[A-Za-z_][A-Za-z0-9_]*\})$/;

/** A reference beside other text. Without braces only capitals are taken for a name: a $ may just be meant. */
const PART = /\$\{[A-Za-z_][A-Za-z0-9_]*\}|\$[A-Z_][A-Z0-9_]*(?![A-Za-z0-9_])/;

/** The same in a secret, which may have been made of any characters by chance. */
const PART_OF_SECRET = /\$\{[A-Za-z_][A-Za-z0-9_]*\}|(?<![A-Za-z0-9_$])\$[A-Z_][A-Z0-9_]{2,}(?![A-Za-z0-9_])/;

/** Whether a text refers to an environment variable, the way a Dex of its own takes it. */
export function refersToVariable(text: string, isSecret: boolean): boolean {
  return WHOLE.test(text) || (isSecret ? PART_OF_SECRET : PART).test(text);
}

/** The alternative that lets a reference stand in place of a value of the right form. */
const ALTERNATIVE = /\|\\\$\\\{\?\[A-Za-z_\](?:\\S\*|\[A-Za-z0-9_\]\*\\\}\?)(?=\))/g;

/** A pattern of a connector's schema as it holds for a target: the Dex inside Pachyderm fills in no variables. */
export function patternAt(pattern: string, target: Target): string {
  return productOf(target) === 'dex' ? pattern : pattern.replace(ALTERNATIVE, '');
}
