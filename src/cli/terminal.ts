import readline from 'node:readline';
import { Writable } from 'node:stream';
import type { Host } from './host';

export interface Question {
  /** Whether what is typed is not shown. */
  readonly isHidden?: boolean;
  /** Ends the question. */
  readonly signal?: AbortSignal;
}

/**
 * Asks a question on the terminal and waits for a line.
 *
 * @returns the line; undefined when there is no terminal to ask on, or its end comes instead
 */
export function ask(
  host: Host,
  text: string,
  { isHidden = false, signal }: Question = {},
): Promise<string | undefined> {
  const input = host.terminal();
  if (input === undefined) return Promise.resolve(undefined);
  // Readline shows what is typed as it writes it.
  let isMuted = false;
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!isMuted) host.writeError(chunk.toString());
      done();
    },
  });
  const lines = readline.createInterface({ input, output, terminal: true, historySize: 0 });
  return new Promise((resolve) => {
    let answer: string | undefined;
    lines.once('close', () => {
      if (isMuted || answer === undefined) host.writeError('\n');
      resolve(answer);
    });
    lines.once('SIGINT', () => {
      interrupt();
      lines.close();
    });
    signal?.addEventListener('abort', () => lines.close(), { once: true });
    lines.question(text, (line) => {
      answer = line;
      lines.close();
    });
    isMuted = isHidden;
  });
}

/** Ctrl-C comes as a key while a line is typed; it means the same as at any other time. */
function interrupt(): void {
  if (process.listenerCount('SIGINT') > 0) process.emit('SIGINT');
  else process.kill(process.pid, 'SIGINT');
}

/** Asks whether to go on; undefined without a terminal. Everything but yes is no. */
export async function confirm(host: Host, text: string, signal?: AbortSignal): Promise<boolean | undefined> {
  const answer = await ask(host, `${text} [y/N] `, signal && { signal });
  if (answer === undefined) return host.terminal() === undefined ? undefined : false;
  return /^y(es)?$/i.test(answer.trim());
}
