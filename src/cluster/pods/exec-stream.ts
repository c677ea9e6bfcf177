import { Duplex, PassThrough, Writable } from 'node:stream';
import { Exec } from '@kubernetes/client-node/dist/exec.js';
import type { KubeConfig } from '@kubernetes/client-node/dist/config.js';

/** A container that commands are run in. */
export interface Container {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** A command that runs, or what kept it from that. */
export type Running =
  | { readonly stream: Duplex }
  /** What it, the kubelet or the API server says. */
  | { readonly refused: string };

/** What is used of a WebSocket. */
interface Socket {
  close(): void;
  onclose: (() => void) | null;
}

/** How long a program that fails may take to say why after it has ended, in milliseconds. */
const LAST_WORDS_MS = 200;

/** Most of what a program says that is kept, in characters. */
const WORDS_LIMIT = 400;

/**
 * Runs a command in a container, as `kubectl exec` does, and waits until it writes a word to standard error that says that it
 * is ready. From then on the stream is its standard input and output. The signal ends it.
 */
export async function execStream(
  config: KubeConfig,
  { namespace, pod, container }: Container,
  { command, readyWord, signal }: { command: string[]; readyWord: string; signal: AbortSignal },
): Promise<Running> {
  const input = new PassThrough();
  const output = new PassThrough();
  let said = '';
  return new Promise<Running>((resolve, reject) => {
    const refuse = (why: string): void =>
      resolve({ refused: words(said) || words(why) || 'it says nothing' });
    const stream = Duplex.from({ readable: output, writable: input });
    stream.on('error', () => stream.destroy());
    const errors = new Writable({
      write(chunk: Buffer, _encoding, done) {
        said = (said + chunk.toString('utf8')).slice(0, WORDS_LIMIT);
        if (said.includes(readyWord)) resolve({ stream });
        done();
      },
    });
    const onStatus = ({ message = '' }: { readonly message?: string }): void => {
      // What it wrote to standard error may come behind the word that it has ended.
      setTimeout(() => refuse(message), LAST_WORDS_MS);
    };
    new Exec(config)
      .exec(namespace, pod, container, command, output, errors, input, false, onStatus)
      .then((opened: unknown) => {
        const socket = opened as Socket;
        const end = (): void => {
          socket.close();
          stream.destroy();
          refuse('the time is over');
        };
        if (signal.aborted) return end();
        signal.addEventListener('abort', end, { once: true });
        stream.once('close', () => {
          signal.removeEventListener('abort', end);
          socket.close();
        });
        socket.onclose = () => {
          output.end();
          refuse('the connection to the API server ends');
        };
      })
      .catch((error: unknown) => {
        const { message } = error as { readonly message?: unknown };
        if (typeof message === 'string') refuse(message);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
  });
}

/** One line of what was said. */
function words(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
