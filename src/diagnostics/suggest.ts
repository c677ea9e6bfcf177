import { distance } from 'fastest-levenshtein';

/**
 * The candidate that was most likely meant by `word`, or undefined when none is near.
 * Differences in case, `-` and `_` count as nothing; two slips are forgiven (two letters in the wrong order are two), more in long
 * words, one in words of up to three letters.
 */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.includes(word)) return word;
  const wanted = fold(word);
  let best: string | undefined;
  let bestDistance = (wanted.length <= 3 ? 1 : Math.max(2, Math.floor(wanted.length / 3))) + 1;
  for (const candidate of candidates) {
    const folded = fold(candidate);
    // Words differ in at least as many letters as their lengths do.
    if (Math.abs(folded.length - wanted.length) >= bestDistance) continue;
    const d = distance(wanted, folded);
    if (d === 2 && isOtherWord(wanted, folded)) continue;
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  return best;
}

/** Whether two slips are half of the word: `host` is no slip of `port`, but `prot` and `pors` are. */
function isOtherWord(word: string, candidate: string): boolean {
  const letters = (text: string): string => [...text].sort().join('');
  return word.length === 4 && word[0] !== candidate[0] && letters(word) !== letters(candidate);
}

/**
 * The one candidate that begins with `word`, or that `word` begins with: `prod` for production, `bucketName` for bucket. Undefined where
 * none or several do.
 */
export function beginning(word: string, candidates: readonly string[]): string | undefined {
  const wanted = fold(word);
  if (wanted.length < SHORTEST_BEGINNING) return undefined;
  const found = candidates.filter((candidate) => {
    const folded = fold(candidate);
    return folded.startsWith(wanted) || (folded.length >= SHORTEST_BEGINNING && wanted.startsWith(folded));
  });
  return found.length === 1 ? found[0] : undefined;
}

/** The one candidate that `word` ends with: `enterpriseServerAddress` for serverAddress. Undefined where it ends with none or several. */
export function ending(word: string, candidates: readonly string[]): string | undefined {
  const wanted = fold(word);
  const found = candidates.filter((candidate) => {
    const folded = fold(candidate);
    return folded.length >= SHORTEST_ENDING && wanted.endsWith(folded);
  });
  return found.length === 1 ? found[0] : undefined;
}

/** Fewer letters than these begin too much. */
const SHORTEST_BEGINNING = 3;

/** Fewer letters than these end too much: a nodePort is not a port. */
const SHORTEST_ENDING = 6;

/** Shortest word of which one wrong letter leaves no doubt what was meant. */
const CERTAIN_LENGTH = 4;

/**
 * The one candidate that `word` is certainly a slip of: it differs in case, `-` and `_` only, or in a single letter, and
 * no other candidate does. Undefined when there is any doubt.
 */
export function certainly(word: string, candidates: readonly string[]): string | undefined {
  const same = candidates.filter((candidate) => isSameWord(candidate, word));
  if (same.length > 0) return same.length === 1 ? same[0] : undefined;
  if (word.length < CERTAIN_LENGTH) return undefined;
  const near = candidates.filter((candidate) => distance(word, candidate) === 1);
  return near.length === 1 ? near[0] : undefined;
}

/** Whether two words differ in case, `-` and `_` only. */
export function isSameWord(one: string, other: string): boolean {
  return fold(one) === fold(other);
}

/** One of the words that are known, as a hint: the one that was most likely meant, else all of them. */
export function oneOf(word: string, known: readonly string[]): string {
  return didYouMean(word, known) ?? `write one of: ${known.join(', ')}`;
}

/** `did you mean "x"?`, or undefined when nothing is near. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const best = suggest(word, candidates);
  return best === undefined ? undefined : `did you mean "${best}"?`;
}

/** That something is unknown, with the one that was most likely meant, else all that are expected. */
export function unknownOf(
  kind: string,
  word: string,
  known: readonly string[],
  expected: readonly string[] = known,
): string {
  return `unknown ${kind} "${word}"; ${didYouMean(word, known) ?? `expected ${expected.join(', ')}`}`;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[-_\s]/g, '');
}
