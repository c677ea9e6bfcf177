import { asTyped } from './program-name';
import type { Style } from './style';

/** Widest running text, in characters, and the width where the terminal's is not known. */
const WIDEST = 100;

/** The width to print in, of a terminal with so many columns. */
export function printWidth(columns: number | undefined): number {
  return columns === undefined || columns < 40 ? WIDEST : Math.min(columns, WIDEST);
}

/**
 * Running text broken into lines of at most `width` characters, longer words excepted. All lines are indented by `indent`
 * characters.
 */
export function wrap(text: string, indent = 0, width = WIDEST): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((each) => ' '.repeat(indent) + each).join('\n');
}

/**
 * Our own words behind `indent` characters of their first line, with commands as the user types them, broken into lines on
 * a terminal and nowhere else.
 */
export function fitted(words: string, indent: number, { columns, program }: Omit<Style, 'colors'>): string {
  const typed = asTyped(words, program);
  return columns === undefined ? typed : wrap(typed, indent, printWidth(columns)).trimStart();
}

/**
 * Text with paragraphs and lists, fitted to a width. Lines that follow each other are one paragraph. An indented line is a
 * row of its own: what does not fit goes on below the second column, which begins after two spaces or more, or else below
 * the text after a dash or a number such as `1.`; the second columns of a list are below each other. A row without either is
 * a command, which is never broken: it can be copied. A line that is indented further than the row before goes on with it.
 */
export function layout(text: string, width: number): string {
  return text
    .split('\n\n')
    .map((block) => blockText(block.split('\n'), width))
    .join('\n\n');
}

/** A paragraph, which has no indentation, or a row of a list. */
interface Piece {
  readonly indent: string;
  /** A dash or a number with the space after it, or the first column without. */
  readonly lead: string;
  readonly text: string;
}

// The lines are those of our own help.
// eslint-disable-next-line regexp/no-super-linear-backtracking
const LINE = /^(?<indent> *)(?<lead>(?<=^ +)(?:\d+\. |- |\S+(?: \S+)*?(?= {2})))?(?<text>.*)/;

function blockText(lines: readonly string[], width: number): string {
  const pieces: Piece[] = [];
  for (const line of lines) {
    const { indent = '', lead = '', text = '' } = LINE.exec(line)?.groups ?? {};
    const last = pieces.at(-1);
    const goesOn = last && (last.indent === '' ? indent === '' : indent.length > last.indent.length);
    if (goesOn) pieces.splice(-1, 1, { ...last, text: `${last.text} ${line.trim()}` });
    else pieces.push({ indent, lead, text: text.trimStart() });
  }
  const column = Math.max(...pieces.map(({ lead }) => lead.length));
  return pieces
    .map(({ indent, lead, text }) => {
      if (indent === '') return wrap(text, 0, width);
      if (lead === '') return indent + text;
      const first = indent + (lead.endsWith(' ') ? lead : `${lead.padEnd(column)}  `);
      return first + wrap(text, first.length, width).trimStart();
    })
    .join('\n');
}
