import { shellWord } from '../../diagnostics/shell-word';

/** A variable of the script, or another piece that the shell has to read. */
export class Shell {
  constructor(readonly text: string) {}
}

/** One word of a command: strings are quoted, pieces of the shell stay what they are. */
export type Word = string | Shell | readonly (string | Shell)[];

/** Longest line before a command goes on in the next one, in characters. */
const WIDEST = 100;

/** A variable of the script. */
export function variable(name: string): Shell {
  return new Shell(`"$${name}"`);
}

/** A command with its words quoted. What is too long for a line goes on in the next one, with an option and what belongs to it. */
export function command(...words: readonly Word[]): string {
  const groups: string[] = [];
  for (const text of words.map(wordText)) {
    if (groups.length === 0 || text.startsWith('-')) groups.push(text);
    else groups.push(`${groups.pop()} ${text}`);
  }
  const lines: string[] = [];
  for (const group of groups) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + group.length <= WIDEST)
      lines[lines.length - 1] = `${line} ${group}`;
    else lines.push(group);
  }
  return lines.join(' \\\n  ');
}

/** Commands of which each reads what the one before has printed. */
export function piped(...commands: readonly string[]): string {
  return commands.join(' |\n  ');
}

/** Keeps what a command prints in a variable. */
export function assigned(name: string, printed: string): string {
  return `${name}=$(${printed})`;
}

/** A variable with an example, which someone puts the value into that is theirs. */
export function asked(name: string, example: string): string {
  return `${name}=${shellWord(example)}`;
}

function wordText(word: Word): string {
  if (typeof word === 'string') return word === '' ? "''" : shellWord(word);
  if (word instanceof Shell) return word.text;
  return word.map((part) => (typeof part === 'string' ? shellWord(part) : part.text)).join('');
}
