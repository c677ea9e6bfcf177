/** Colours, and what shows or hides the cursor: nothing of it is text. */
const STYLE = /\u001B\[[\d;?]*[mhl]/g;

/** What moves the cursor or erases, a line break, or text. */
const PART = /\u001B\[(\d*)([A-HJK])|\r|\n|[^\u001B\r\n]+/g;

/**
 * The lines that a terminal shows after it was written this: with cursor up, down, right and left, to a column, and erasing of lines and of
 * all below. Lines do not wrap.
 */
export function screenOf(written: string): readonly string[] {
  const lines = [''];
  let row = 0;
  let column = 0;
  const line = (): string => lines[row] ?? '';
  for (const [part, given = '', action] of written.replace(STYLE, '').matchAll(PART)) {
    const count = given === '' ? 1 : Number(given);
    if (part === '\r') column = 0;
    else if (part === '\n') lines[++row] ??= '';
    else if (action === undefined) {
      lines[row] = line().slice(0, column).padEnd(column) + part + line().slice(column + part.length);
      column += part.length;
    } else if (action === 'A') row = Math.max(0, row - count);
    else if (action === 'B') row += count;
    else if (action === 'C') column += count;
    else if (action === 'D') column = Math.max(0, column - count);
    else if (action === 'G') column = count - 1;
    else if (action === 'K') lines[row] = given === '2' ? '' : line().slice(0, column);
    else if (action === 'J') {
      lines.length = row + 1;
      lines[row] = line().slice(0, column);
    } else throw new Error(`the terminal of the tests does not know ${JSON.stringify(part)}`);
  }
  return lines.map((text) => text.trimEnd());
}
