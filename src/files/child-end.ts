import type { ChildProcess } from 'node:child_process';

/**
 * The exit code of a program that was started; undefined when it could not be, or was killed. An interruption is passed on to it.
 *
 * @param event `exit` when it has ended, `close` when all that it printed has been read too
 */
export function childEnd(
  child: ChildProcess,
  signal: AbortSignal,
  event: 'exit' | 'close',
): Promise<number | undefined> {
  return new Promise((resolve) => {
    const interrupt = (): boolean => child.kill('SIGINT');
    if (signal.aborted) interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    const end = (code: number | undefined): void => {
      signal.removeEventListener('abort', interrupt);
      resolve(code);
    };
    child.once('error', () => end(undefined));
    child.once(event, (code: number | null) => end(code ?? undefined));
  });
}
