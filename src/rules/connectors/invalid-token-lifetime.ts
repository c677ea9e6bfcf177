import type { Rule } from '../rule';

const SECONDS: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** A duration of Go counts nanoseconds in 63 bits. */
const LONGEST_SECONDS = 2 ** 63 / 1e9;

interface Lifetime {
  readonly field: 'idTokenExpiry' | 'rotationTokenExpiry';
  /** What Dex makes of no time at all. */
  readonly zero: string;
  /** What less than a second does, where it does harm. Tokens count in whole seconds. */
  readonly shortest?: string;
}

const LIFETIMES: readonly Lifetime[] = [
  {
    field: 'idTokenExpiry',
    zero: 'Dex takes no time at all for its default: ID tokens are valid for 24h',
    shortest:
      'An ID token that lives for less than a second has expired when it is looked at, and logins fail: `authorization failed (OIDC state token: …)`',
  },
  {
    field: 'rotationTokenExpiry',
    zero: 'Dex takes no time at all for no limit: a refresh token never expires',
  },
];

export const tokenLifetimes: Rule = {
  code: 'PCH012',
  severity: 'error',
  reads: ['cluster'],
  title: 'Lifetime of a token that is none',
  reason:
    'pachd stores the lifetimes unchecked, and Dex reads them when it starts. One that it cannot read makes every page of Dex answer 500, and from release 2.3 on pachd itself exits at startup: "provided OIDC issuer does not implement OIDC protocol: 500 Internal Server Error: unable to start Dex server, check logs". An ID token that lives for less than a second has expired before pachd sees it, and no login works: "authorization failed (OIDC state token: …)".',
  remedy: 'Take durations such as 24h for identity.idTokenExpiry and 48h for identity.rotationTokenExpiry.',
  *check({ cluster }) {
    for (const { field, zero, shortest } of LIFETIMES) {
      const text = cluster.identity[field];
      const seconds = secondsOf(text);
      const path = ['identity', field];
      const hint = 'take a duration such as 24h or 48h';
      if (seconds === 0) yield { path, hint, severity: 'warning', message: zero };
      else if (shortest !== undefined && seconds < 1) yield { path, hint, message: shortest };
      else if (seconds >= LONGEST_SECONDS)
        yield {
          path,
          hint,
          message: `The duration is longer than Go can count, 292 years, and Dex does not start: \`time: invalid duration "${text}"\``,
        };
    }
  },
};

function secondsOf(duration: string): number {
  let seconds = 0;
  for (const [, amount, unit] of duration.matchAll(/([0-9.]+)([a-zµ]+)/g))
    seconds += Number(amount) * (SECONDS[unit ?? ''] ?? 0);
  return seconds;
}
