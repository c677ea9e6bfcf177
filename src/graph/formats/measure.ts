/** Widths of characters of the usual sans-serif fonts at most, in parts of the font size. Others are as wide as they are high. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;|'!`()[\]]/, 0.36],
  [/[ftrI/\\ "-]/, 0.45],
  [/[mwMW@%✖▲]/, 1],
  [/[A-Z&#+=<>~_]/, 0.76],
  [/[ -~]/, 0.64],
  [/[\u0080-\u04ff]/, 0.8],
];

/** How wide a line is at most, whatever sans-serif font it is shown in. */
export function widthOf(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += WIDTHS.find(([form]) => form.test(character))?.[1] ?? 1.1;
  return width * size;
}

/** A string in lines of a width: at spaces, else after what separates parts of a URL, else anywhere. */
export function wrapped(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<=[\s/:?&=@.,_-])/)) {
    if (widthOf((line + piece).trimEnd(), size) <= width) {
      line += piece;
      continue;
    }
    if (line.trim() !== '') lines.push(line);
    line = '';
    for (const character of piece) {
      if (widthOf(line + character, size) > width && line !== '') {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return line.trim() === '' ? lines : [...lines, line];
}
