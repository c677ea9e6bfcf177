import { NANOSECONDS_PER_SECOND, parseGoDuration } from '../../model/go-duration';
import type { Lifetimes } from '../../subjects/facts';
import type { Rule } from '../rule';

/** What Dex makes of a lifetime that says next to nothing. */
interface Effect {
  readonly field: keyof Lifetimes;
  /** What Dex makes of no time at all. */
  readonly zero: string;
  /** What less than a second does, where it does harm. Tokens count in whole seconds. */
  readonly shortest?: string;
}

const EFFECTS: readonly Effect[] = [
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

export const tokenLifetimes: Rule<'cluster' | 'chart-values' | 'bootstrap-secret'> = {
  code: 'PCH012',
  severity: 'error',
  reads: ['cluster', 'chart-values', 'bootstrap-secret'],
  title: 'Lifetime of a token that is not valid',
  reason:
    'pachd stores the lifetimes unchecked, and Dex reads them when it starts. One that it cannot read makes every page of Dex answer 500, and from release 2.3 on pachd itself exits at startup: "provided OIDC issuer does not implement OIDC protocol: 500 Internal Server Error: unable to start Dex server, check logs". An ID token that lives for less than a second has expired before pachd sees it, and no login works: "authorization failed (OIDC state token: …)".',
  remedy:
    'Take durations such as 24h for identity.idTokenExpiry and 48h for identity.rotationTokenExpiry; in values of the chart for IDTokenExpiry and RotationTokenExpiry of oidc.',
  *check({ lifetimes }) {
    for (const { field, zero, shortest } of EFFECTS) {
      const lifetime = lifetimes[field];
      if (lifetime === undefined) continue;
      const { value: text, path } = lifetime;
      const duration = parseGoDuration(text);
      const hint = 'take a duration such as 24h or 48h';
      // The form of a duration is checked before; only its length is left to be wrong.
      if ('error' in duration)
        yield {
          path,
          hint,
          message: `The duration is longer than Go can count, 292 years, and Dex does not start: \`${duration.error}\``,
        };
      else if (duration.nanoseconds === 0) yield { path, hint, severity: 'warning', message: zero };
      else if (shortest !== undefined && duration.nanoseconds < NANOSECONDS_PER_SECOND)
        yield { path, hint, message: shortest };
    }
  },
};
