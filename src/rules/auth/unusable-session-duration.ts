import type { Finding, Rule } from '../rule';

const MINUTES_PER_YEAR = 365 * 24 * 60;

/** Ten years: longer than anyone means a login to last. */
const LONG_MINUTES = 10 * MINUTES_PER_YEAR;

/** The expiry is added up by PostgreSQL, whose last year is 294276. */
const LONGEST_MINUTES = 290_000 * MINUTES_PER_YEAR;

export const sessionDuration: Rule = {
  code: 'AUT007',
  severity: 'error',
  reads: ['cluster'],
  title: 'Login that ends at once or never',
  reason:
    'auth.sessionDuration becomes SESSION_DURATION_MINUTES, the lifetime of the token of a login. With 0 the token is expired when it is handed out: "token expiration is in the past". It counts from the next login on: who is logged in stays so until the time that was in force at the login is over. A token that lives for many years is a password that no one changes.',
  remedy: 'Take a duration such as 12h or 30d.',
  *check({ cluster }) {
    const minutes = cluster.auth?.sessionDurationMinutes;
    if (minutes === undefined) return;
    const finding = judge(minutes);
    if (finding)
      yield { path: ['auth', 'sessionDuration'], hint: 'take a duration such as 12h or 30d', ...finding };
  },
};

function judge(minutes: number): Pick<Finding, 'message' | 'severity'> | undefined {
  if (minutes === 0)
    return {
      message: 'Every login would end at once: `token expiration is in the past`',
    };
  if (minutes > LONGEST_MINUTES)
    return {
      message:
        'The login would end after the year 294276, the last one that PostgreSQL can store, and every login fails: `timestamp out of range`',
    };
  if (minutes > LONG_MINUTES)
    return {
      severity: 'warning',
      message:
        'A login would last for more than ten years; anyone who gets hold of its token has the access as long',
    };
  return undefined;
}
