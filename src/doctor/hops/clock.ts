import { ok, skipped, failed, warning, type Hop } from '../hop';
import type { Answer } from '../network/http';
import type { NetworkSubject } from '../subjects';

/** go-oidc lets a token be this much too early; and no provider's tokens live shorter. */
const TOLERATED_SECONDS = 5 * 60;

/** More than this is no delay of the network. */
const NOTED_SECONDS = 30;

/** A subject that has answered a request. */
export interface DatedSubject extends NetworkSubject {
  readonly known: { readonly answer?: Answer };
}

/** The server's clock, by the date of its answer, beside that of this machine. */
export const clockHop: Hop<DatedSubject> = {
  name: 'clock',
  needs: ['discovery'],
  appliesTo: () => true,
  plan: ({ endpoint: { host } }) => `the clock of ${host} agrees with this one`,
  async check({ known: { answer }, address, path }) {
    const date = Date.parse(answer?.headers.date ?? '');
    if (answer === undefined || Number.isNaN(date)) return skipped('the answer has no date');
    // A date has no parts of a second: it was said up to a second earlier than the clock shows.
    const seconds = skewSeconds(date, answer);
    if (Math.abs(seconds) <= NOTED_SECONDS) return ok('agrees with this machine');
    const seen = `${duration(seconds)} ${seconds > 0 ? 'ahead of' : 'behind'} this machine`;
    const fault = {
      code: 'HOP019',
      effect: `the clock of ${address} is ${seen}: tokens are ${seconds > 0 ? 'not valid yet when they arrive' : 'expired when they arrive'} (\`oidc: failed to verify ID Token: ${seconds > 0 ? 'oidc: current time … before the nbf (not before) time' : 'oidc: token is expired'}\`)`,
      hint: 'set both clocks by NTP: that of the server, and that of this machine and the nodes of the cluster',
      path,
    } as const;
    return Math.abs(seconds) > TOLERATED_SECONDS ? failed(seen, fault) : warning(seen, fault);
  },
};

/** How far a clock is ahead of this machine's, in seconds: nothing while the date lies between question and answer. */
function skewSeconds(date: number, { askedAt, answeredAt }: Answer): number {
  if (date + 1000 < askedAt) return (date + 1000 - askedAt) / 1000;
  return date > answeredAt ? (date - answeredAt) / 1000 : 0;
}

function duration(seconds: number): string {
  const amount = Math.abs(seconds);
  if (amount < 120) return `${Math.round(amount)} s`;
  if (amount < 7200) return `${Math.round(amount / 60)} min`;
  return `${Math.round(amount / 3600)} h`;
}
