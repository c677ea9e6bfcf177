import { printable } from '../diagnostics/code-frame';

/** The most characters of a server's own words that are shown. */
const SHOWN = 160;

/** Words of a server, in one line and as quotation: they come from outside and may be anything. */
export function shown(text: string): string {
  const line = printable(text.replace(/\s+/g, ' ').trim()).replaceAll('`', "'");
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

/** What kind of answer it is, for messages about one that should have been JSON. */
export function answerKind(status: number, body: string): string {
  const kind = /^\s*</.test(body) ? 'a page of HTML' : body.trim() === '' ? 'nothing' : `\`${shown(body)}\``;
  return `${status} with ${kind}`;
}
