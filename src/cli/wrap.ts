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

/** Text behind `indent` characters of its first line, broken into lines on a terminal of so many columns and nowhere else. */
export function fitted(text: string, indent: number, columns: number | undefined): string {
  return columns === undefined ? text : wrap(text, indent, printWidth(columns)).trimStart();
}

/**
 * Text with paragraphs and lists, fitted to a width. Lines that follow each other are one paragraph. An indented line is a
 * row of its own: what does not fit goes on below the second column, which begins after two spaces or more, or else below
 * the text after a number such as `1.`.
 */
export function layout(text: string, width: number): string {
  return text
    .split('\n\n')
    .map((block) => blockLines(block, width).join('\n'))
    .join('\n\n');
}

function blockLines(block: string, width: number): string[] {
  const lines: string[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) lines.push(wrap(paragraph.join(' '), 0, width));
    paragraph = [];
  };
  for (const line of block.split('\n')) {
    const [, lead] = /^( +(?:\d\. |\S+(?: \S+)*? {2,})?)/.exec(line) ?? [];
    if (lead === undefined) paragraph.push(line);
    else {
      flush();
      lines.push(lead + wrap(line.slice(lead.length), lead.length, width).slice(lead.length));
    }
  }
  flush();
  return lines;
}
