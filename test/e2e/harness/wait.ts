/** How long to wait and how often to look. */
export interface WaitOptions {
  /** Default 60. */
  readonly deadlineSeconds?: number;
  /** Default 100. */
  readonly intervalMilliseconds?: number;
  /** Asked at each look: a reason why waiting longer is in vain. */
  readonly hopeless?: () => string | undefined;
}

/**
 * Looks until the condition yields something else than undefined or false, and returns that. A condition that throws
 * is not met yet; its last error is part of the message when the deadline passes.
 */
export async function waitFor<T>(
  what: string,
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  options: WaitOptions = {},
): Promise<T> {
  const { deadlineSeconds = 60, intervalMilliseconds = 100, hopeless } = options;
  const deadline = Date.now() + deadlineSeconds * 1000;
  let lastError = '';
  for (;;) {
    try {
      const value = await condition();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
    }
    const reason = hopeless?.();
    if (reason !== undefined) throw new Error(`${what}: ${reason}`);
    if (Date.now() >= deadline) {
      throw new Error(`${what}: not within ${deadlineSeconds} s${lastError && ` (${lastError})`}`);
    }
    await new Promise((resolve) => setTimeout(resolve, intervalMilliseconds));
  }
}
