/**
 * Runs something that Ctrl-C ends in an orderly way; a second Ctrl-C ends the process.
 *
 * @param onStop is told of the first
 */
export async function interruptible<T>(
  run: (signal: AbortSignal) => Promise<T>,
  onStop: () => void = () => undefined,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => {
    onStop();
    controller.abort();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await run(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** What something comes to; undefined when it is interrupted first. What it does then goes on until the process ends. */
export async function unlessInterrupted<T>(signal: AbortSignal, run: Promise<T>): Promise<T | undefined> {
  let stop = (): void => undefined;
  const ended = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([run, ended]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
