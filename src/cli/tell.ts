import type { Host } from './host';
import { asTyped, programName } from './program-name';

/** Where a command says something. */
export type Stream = 'stdout' | 'stderr';

/** Writes our own words for people, in which commands are as the user types them. */
export function tell(host: Host, stream: Stream, words: string): void {
  write(host, stream, asTyped(words, programName(host)));
}

/** Writes what has its form already, such as a file or a report for programs. */
export function write(host: Host, stream: Stream, text: string): void {
  if (text === '') return;
  if (stream === 'stdout') host.writeOut(text);
  else host.writeError(text);
}
