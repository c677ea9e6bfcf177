/** What Go says about a part of an expression that it cannot parse. */
class Broken extends Error {}

/** The flags that `(?flags)` and `(?flags:…)` may set and, after a hyphen, clear. */
const FLAGS = /^\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)?([:)])/;
const NAMED = /^\(\?P?<([^>]*)>/;
/** A count with a zero in front is none. */
const REPETITION = /^\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/;
/** The most that Go repeats. */
const REPEAT_LIMIT = 1000;
const NAMED_CLASSES =
  /^(alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit)$/;
/** Names of classes of characters that stand for no general category or script. */
const OTHER_CLASSES = /^(Any|ASCII|Assigned)$/;

/**
 * What is wrong with a regular expression that Go's package regexp cannot compile, in its words; undefined when it can. Go
 * has neither look-around nor back-references. Expressions that are only too large are skipped.
 */
export function goRegexpError(expression: string): string | undefined {
  try {
    new Parser(expression).parse();
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return error.message;
    throw error;
  }
}

class Parser {
  #at = 0;
  #depth = 0;
  readonly #names = new Set<string>();
  /** Whether there is something in front that can be repeated. */
  #canRepeat = false;

  constructor(private readonly text: string) {}

  parse(): void {
    while (this.#at < this.text.length) this.#step();
    if (this.#depth > 0) throw new Broken(`missing closing ): \`${this.text}\``);
  }

  #step(): void {
    const rest = this.text.slice(this.#at);
    switch (rest.charAt(0)) {
      case '(':
        return this.#open(rest);
      case ')':
        if (this.#depth === 0) throw new Broken(`unexpected ): \`${this.text}\``);
        this.#depth--;
        return this.#take(1, true);
      case '|':
        return this.#take(1, false);
      case '[':
        this.#at += this.#characterClass(rest);
        this.#canRepeat = true;
        return;
      case '*':
      case '+':
      case '?':
        return this.#repeat(rest.charAt(0));
      case '{':
        return this.#repeatCounted(rest);
      case '\\':
        return this.#escape(rest);
      default:
        return this.#take(String.fromCodePoint(rest.codePointAt(0) ?? 0).length, true);
    }
  }

  #take(length: number, canRepeat: boolean): void {
    this.#at += length;
    this.#canRepeat = canRepeat;
  }

  #open(rest: string): void {
    this.#depth++;
    if (!rest.startsWith('(?')) return this.#take(1, false);
    if (/^\(\?P?<(?![=!])/.test(rest)) {
      const named = NAMED.exec(rest);
      const name = named?.[1] ?? '';
      if (!named || !/^\w+$/.test(name)) throw new Broken(`invalid named capture: \`${named?.[0] ?? rest}\``);
      if (this.#names.has(name)) throw new Broken(`duplicate capture group name: \`${name}\``);
      this.#names.add(name);
      return this.#take(named[0].length, false);
    }
    const flags = FLAGS.exec(rest);
    if (!flags) {
      const shown = /^\(\?(?:<?[=!]|[imsU-]*.?)/su.exec(rest)?.[0] ?? '(?';
      throw new Broken(`invalid or unsupported Perl syntax: \`${shown}\``);
    }
    if (flags[1] === ')') this.#depth--;
    // Flags by themselves are no operand, and what is in front of them stays one.
    this.#take(flags[0].length, flags[1] === ')' && this.#canRepeat);
  }

  #repeat(operator: string): void {
    if (!this.#canRepeat) throw new Broken(`missing argument to repetition operator: \`${operator}\``);
    this.#repeated(operator);
  }

  #repeatCounted(rest: string): void {
    const found = REPETITION.exec(rest);
    // Braces that are no repetition stand for themselves.
    if (!found) return this.#take(1, true);
    const [operator, minimum = '', comma, maximum = ''] = found;
    if (!this.#canRepeat) throw new Broken(`missing argument to repetition operator: \`${operator}\``);
    const least = Number(minimum);
    const most = comma === undefined ? least : maximum === '' ? Infinity : Number(maximum);
    if (least > REPEAT_LIMIT || (most !== Infinity && most > REPEAT_LIMIT) || most < least)
      throw new Broken(`invalid repeat count: \`${operator}\``);
    this.#repeated(operator);
  }

  /** Takes an operator with the question mark that may follow; a further operator would repeat a repetition. */
  #repeated(operator: string): void {
    this.#at += operator.length;
    const lazy = this.text.charAt(this.#at) === '?' ? '?' : '';
    this.#at += lazy.length;
    const rest = this.text.slice(this.#at);
    const next = (/^[*+?]/.exec(rest) ?? REPETITION.exec(rest))?.[0];
    if (next !== undefined)
      throw new Broken(`invalid nested repetition operator: \`${operator}${lazy}${next}\``);
    this.#canRepeat = true;
  }

  #escape(rest: string): void {
    if (rest.startsWith('\\Q')) {
      const end = rest.indexOf('\\E');
      const length = end < 0 ? rest.length : end + 2;
      return this.#take(length, this.#canRepeat || end !== 2);
    }
    if (/^\\[AbBz]/.test(rest)) return this.#take(2, true);
    return this.#take(classEscape(rest) ?? characterEscape(rest), true);
  }

  /** The length of the class in brackets that `rest` begins with. */
  #characterClass(rest: string): number {
    let at = rest.startsWith('[^') ? 2 : 1;
    for (let isFirst = true; isFirst || rest.charAt(at) !== ']'; isFirst = false) {
      if (at >= rest.length) throw new Broken(`missing closing ]: \`${rest}\``);
      const here = rest.slice(at);
      const named = /^\[:(.*?):\]/su.exec(here);
      if (named) {
        if (!NAMED_CLASSES.test((named[1] ?? '').replace('^', '')))
          throw new Broken(`invalid character class range: \`${named[0]}\``);
        at += named[0].length;
        continue;
      }
      const length = here.startsWith('\\') ? classEscape(here) : undefined;
      at += length ?? range(here);
    }
    return at + 1;
  }
}

/** The length of one character of a class, or of a range of them. */
function range(here: string): number {
  const low = classCharacter(here);
  const behind = here.slice(low.length);
  if (!/^-[^\]]/su.test(behind)) return low.length;
  const high = classCharacter(behind.slice(1));
  const length = low.length + 1 + high.length;
  if (high.code < low.code) throw new Broken(`invalid character class range: \`${here.slice(0, length)}\``);
  return length;
}

interface Character {
  readonly length: number;
  readonly code: number;
}

function classCharacter(here: string): Character {
  if (here === '') throw new Broken('missing closing ]: ``');
  if (!here.startsWith('\\')) {
    const code = here.codePointAt(0) ?? 0;
    return { code, length: String.fromCodePoint(code).length };
  }
  const length = characterEscape(here);
  return { length, code: codeOf(here.slice(1, length)) };
}

const CONTROLS: Readonly<Record<string, number>> = { a: 7, t: 9, n: 10, v: 11, f: 12, r: 13 };

function codeOf(escape: string): number {
  if (escape.startsWith('x')) return parseInt(escape.replace(/[x{}]/g, ''), 16);
  if (/^[0-7]/.test(escape)) return parseInt(escape, 8);
  return CONTROLS[escape] ?? escape.codePointAt(0) ?? 0;
}

/** The length of an escape that stands for a class of characters; undefined when it is none. */
function classEscape(rest: string): number | undefined {
  if (/^\\[dDsSwW]/.test(rest)) return 2;
  const unicode = /^\\[pP](?:\{\^?([^}]*)\}|(\^?.))/su.exec(rest);
  if (!unicode) {
    if (/^\\[pP]/.test(rest)) throw new Broken(`invalid character class range: \`${rest}\``);
    return undefined;
  }
  if (!isUnicodeClass(unicode[1] ?? unicode[2] ?? ''))
    throw new Broken(`invalid character class range: \`${unicode[0]}\``);
  return unicode[0].length;
}

function isUnicodeClass(name: string): boolean {
  if (OTHER_CLASSES.test(name)) return true;
  if (!/^[A-Z][A-Za-z_]*$/.test(name)) return false;
  const property = name.length <= 2 ? `gc=${name}` : `sc=${name}`;
  try {
    return new RegExp(`\\p{${property}}`, 'u').source !== '';
  } catch {
    return false;
  }
}

/** The length of an escape that stands for one character. */
function characterEscape(rest: string): number {
  if (rest === '\\') throw new Broken('trailing backslash at end of expression: ``');
  const hexadecimal = /^\\x(?:\{([0-9A-Fa-f]+)\}|[0-9A-Fa-f]{2})/.exec(rest);
  const known =
    hexadecimal && parseInt(hexadecimal[1] ?? '0', 16) <= 0x10ffff
      ? hexadecimal
      : /^\\(?:[1-7][0-7]{1,2}|0[0-7]{0,2}|[aftnrv]|[!-/:-@[-`{-~\0-\x20\x7f])/.exec(rest);
  if (known) return known[0].length;
  throw new Broken(`invalid escape sequence: \`${/^\\(?:x.{0,2}|.)/su.exec(rest)?.[0] ?? rest}\``);
}
