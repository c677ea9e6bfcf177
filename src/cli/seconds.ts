/** Longest time that something may be waited for, in seconds. */
const LONGEST = 600;

/** The value of `--timeout`, or what is wrong with it. */
export function secondsOf(
  value: unknown,
  longest = LONGEST,
): { readonly seconds: number } | { readonly problem: string } {
  const seconds = Number(value);
  return Number.isFinite(seconds) && seconds >= 1 && seconds <= longest
    ? { seconds }
    : { problem: `--timeout ${String(value)}: expected seconds, from 1 to ${longest}` };
}
