import { productOf, type Target } from '../releases/target';

/** What can only be meant as a reference, whatever the name. */
export const IN_BRACES = /\$\{[A-Za-z_][A-Za-z0-9_]*\}/;

/** Everything that a standalone Dex takes for a reference with a name, meant as one or not. */
export const ANY_REFERENCE = new RegExp(`\\$[A-Za-z_][A-Za-z0-9_]*|${IN_BRACES.source}`);

/** A string that is nothing but a reference to an environment variable. */
export const WHOLE_REFERENCE = new RegExp(`^(?:${ANY_REFERENCE.source})$`);

/** A name without braces beside other text. Only capitals are taken for one: a $ may just be meant. */
const CAPITALS = /\$[A-Z_][A-Z0-9_]*(?![A-Za-z0-9_])/;

/** A name does not begin inside a word or a password. */
const NO_WORD_BEFORE = '(?<![A-Za-z0-9_$])';

/** A name in capitals that is set apart from what stands around it: `http://$HOST:2379`. */
export const SET_APART = new RegExp(NO_WORD_BEFORE + CAPITALS.source);

const REFERENCE = new RegExp(`${WHOLE_REFERENCE.source}|${IN_BRACES.source}|${CAPITALS.source}`);

/** The same in a secret, which may have been made of any characters at random: a name of two letters is none there. */
const REFERENCE_IN_SECRET = new RegExp(
  `${WHOLE_REFERENCE.source}|${IN_BRACES.source}|${NO_WORD_BEFORE}(?=\\$[A-Z0-9_]{3})${CAPITALS.source}`,
);

/** The first reference to an environment variable in a string, the way a standalone Dex takes it. */
export function referenceIn(text: string, isSecret: boolean): string | undefined {
  return (isSecret ? REFERENCE_IN_SECRET : REFERENCE).exec(text)?.[0];
}

/** Whether a string refers to an environment variable. */
export function refersToVariable(text: string, isSecret: boolean): boolean {
  return referenceIn(text, isSecret) !== undefined;
}

/** The alternative that lets a reference stand in place of a value of the right form. */
const ALTERNATIVE = /\|\\\$\\\{\?\[A-Za-z_\](?:\\S\*|\[A-Za-z0-9_\]\*\\\}\?)(?=\))/g;

/** A pattern of a connector's schema as it holds for a target: the Dex inside Pachyderm expands no environment variables. */
export function patternAt(pattern: string, target: Target): string {
  if (productOf(target) === 'dex') return pattern;
  const known = withoutAlternative.get(pattern) ?? pattern.replace(ALTERNATIVE, '');
  withoutAlternative.set(pattern, known);
  return known;
}

/** By pattern: there are few, which many connectors are checked against. */
const withoutAlternative = new Map<string, string>();
