/** Letters that may follow a backslash; `\Q` and `\p` take more than themselves. */
const ESCAPES = 'AabBdDfnrstSvwWxzpPQ';

/** How often something may be repeated in braces. */
const REPEAT_LIMIT = 1000;

const GROUP = /\(\?(?:P?<[A-Za-z_][A-Za-z0-9_]*>|[imsU]*(?:-[imsU]+)?(?::|\)))/y;
const REPEAT = /\{(\d+)(?:,(\d*))?\}/y;
/** A `]` that stands first is one of the characters. */
const CLASS = /\[(?:\^|(?!\^))(?:\]|\[:\^?[a-z]+:\]|\\[^]|[^\]\\])(?:\[:\^?[a-z]+:\]|\\[^]|[^\]\\])*\]/y;
const QUOTE = /\\Q[^]*?(?:\\E|$)/y;
const ESCAPE = /\\(?:[pP](?:\{[^}]*\}|.)|x(?:\{[0-9A-Fa-f]+\}|[0-9A-Fa-f]{2})|[^])/uy;

/** One piece of an expression. `start` is what nothing before can be repeated behind: a bar, or switched flags. */
interface Piece {
  readonly kind: 'operand' | 'open' | 'close' | 'start' | 'repetition';
  readonly length: number;
  readonly problem?: string | undefined;
}

/**
 * What is wrong with a regular expression for Go, whose RE2 has neither look-around nor back-references; undefined when
 * nothing is. Follows Go's regexp/syntax as far as people's mistakes go: names of classes and their ranges are not looked
 * at.
 */
export function goRegexpProblem(text: string): string | undefined {
  let depth = 0;
  let before: Piece['kind'] = 'start';
  for (let index = 0; index < text.length;) {
    const { kind, length, problem } = pieceAt(text, index);
    const misplaced =
      kind === 'repetition' ? repetitionProblem(before, text.slice(index, index + length)) : undefined;
    if (misplaced !== undefined || problem !== undefined) return misplaced ?? problem;
    if (kind === 'open') depth++;
    if (kind === 'close' && depth-- === 0) return 'unexpected )';
    before = kind;
    index += length;
  }
  return depth > 0 ? 'missing closing )' : undefined;
}

function pieceAt(text: string, index: number): Piece {
  switch (text.charAt(index)) {
    case '\\':
      return {
        kind: 'operand',
        length: lengthOf(QUOTE, text, index) ?? lengthOf(ESCAPE, text, index) ?? 2,
        problem: escapeProblem(text, index),
      };
    case '(':
      return groupAt(text, index);
    case ')':
      return { kind: 'close', length: 1 };
    case '|':
      return { kind: 'start', length: 1 };
    case '[': {
      const length = lengthOf(CLASS, text, index);
      return {
        kind: 'operand',
        length: length ?? 1,
        problem: length === undefined ? 'missing closing ]' : undefined,
      };
    }
    default:
      return repetitionAt(text, index) ?? { kind: 'operand', length: 1 };
  }
}

function groupAt(text: string, index: number): Piece {
  if (!text.startsWith('(?', index)) return { kind: 'open', length: 1 };
  const length = lengthOf(GROUP, text, index);
  if (length === undefined) {
    const beginning = /^\(\?<?.?/.exec(text.slice(index))?.[0];
    return { kind: 'open', length: 2, problem: `unsupported syntax: ${beginning}` };
  }
  return { kind: text.charAt(index + length - 1) === ')' ? 'start' : 'open', length };
}

/** A repetition, with the question mark that makes it take as little as it can. */
function repetitionAt(text: string, index: number): Piece | undefined {
  REPEAT.lastIndex = index;
  const repeat = REPEAT.exec(text);
  if (!repeat && !'*+?'.includes(text.charAt(index))) return undefined;
  const length = repeat?.[0].length ?? 1;
  return {
    kind: 'repetition',
    length: text.charAt(index + length) === '?' ? length + 1 : length,
    problem: repeat && !isSound(repeat) ? `invalid repeat count: ${repeat[0]}` : undefined,
  };
}

function repetitionProblem(before: Piece['kind'], written: string): string | undefined {
  if (before === 'repetition') return 'invalid nested repetition operator';
  const isMissing = before === 'start' || before === 'open';
  return isMissing ? `missing argument to repetition operator: ${written}` : undefined;
}

function lengthOf(pattern: RegExp, text: string, index: number): number | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0].length;
}

function escapeProblem(text: string, index: number): string | undefined {
  const next = text.charAt(index + 1);
  if (next === '') return 'trailing backslash at end of expression';
  // Digits are octal from two on, and would be a back-reference alone.
  const isReference = /[89]/.test(next) || (/[1-7]/.test(next) && !/[0-7]/.test(text.charAt(index + 2)));
  const isUnknown = /[A-Za-z]/.test(next) && !ESCAPES.includes(next);
  return isReference || isUnknown ? `invalid escape sequence: \\${next}` : undefined;
}

function isSound([, least, most]: RegExpExecArray): boolean {
  const [from, to] = [Number(least), most === undefined || most === '' ? Number(least) : Number(most)];
  return from <= to && to <= REPEAT_LIMIT;
}
