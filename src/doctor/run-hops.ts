import type { PathStep } from '../document/source-node';
import { skipped, type Hop, type Sighting } from './hop';
import { NetworkProblem } from './network/problems';
import { problemFault } from './problem-fault';

/** A hop that was looked at. */
export interface SeenHop extends Sighting {
  readonly name: string;
}

/** What engine and faults need of every subject. */
export interface HopSubject {
  /** What is asked, as people call it: `the issuer`, `the provider of auth0`. */
  readonly title: string;
  /** Host and port, for messages. */
  readonly address: string;
  /** The value of the document that names it. */
  readonly path: readonly PathStep[];
  /** What happens when it cannot be reached, as a clause. */
  readonly effect: string;
  /** What to do when nothing listens there; missing for the general advice. */
  readonly opening?: string;
}

/** Looks at the hops of a subject, one after the other; each has the same time, in milliseconds. */
export async function runHops<Subject extends HopSubject>(
  hops: readonly Hop<Subject>[],
  subject: Subject,
  timeout: number,
): Promise<SeenHop[]> {
  const seen: SeenHop[] = [];
  const missing = new Set<string>();
  for (const hop of hops) {
    if (!hop.appliesTo(subject)) continue;
    const reason = hop.needs.find((name) => missing.has(name));
    const sighting =
      reason === undefined
        ? await look(hop, subject, hop.patience ?? timeout)
        : skipped(`not asked: ${reason} comes first`);
    if (sighting.status === 'failed' || sighting.status === 'skipped') missing.add(hop.name);
    seen.push({ name: hop.name, ...sighting });
  }
  return seen;
}

async function look<Subject extends HopSubject>(
  hop: Hop<Subject>,
  subject: Subject,
  timeout: number,
): Promise<Sighting> {
  const control = new AbortController();
  const late = new NetworkProblem('http', `no answer in ${timeout / 1000} s`, 'ETIMEDOUT');
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      hop.check(subject, control.signal),
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          control.abort(late);
          reject(late);
        }, timeout);
      }),
    ]);
  } catch (error) {
    const problem = control.signal.aborted ? late : error;
    if (!(problem instanceof NetworkProblem)) throw problem;
    return problemFault(problem, hop.name, subject);
  } finally {
    clearTimeout(timer);
    // Whatever the hop left open ends with it.
    control.abort(late);
  }
}
