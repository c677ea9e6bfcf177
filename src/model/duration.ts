const MINUTES: Readonly<Record<string, number>> = { d: 24 * 60, h: 60, m: 1 };

/** `30d`, `12h` or `1d12h30m` in minutes. The schema has made sure of the form. */
export function parseMinutes(duration: string): number {
  let minutes = 0;
  for (const [, amount, unit] of duration.matchAll(/(?<!\d)(\d+)([dhm])/g))
    minutes += Number(amount) * (MINUTES[unit ?? ''] ?? 0);
  return minutes;
}
