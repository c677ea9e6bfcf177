import type { Code } from '../diagnostics/codes';
import type { Section } from './examine';

/** What hops say that end before the other end is reached: a name without an address, a port that takes no connection. */
const CODES: ReadonlySet<Code> = new Set(['HOP001', 'HOP002']);

/**
 * Sections in which a hop that does not reach its other end is a warning. A name that DNS gets in an hour, a network that
 * this machine is not in: the login is not known to be wrong by that.
 */
export function forgivingReach(sections: readonly Section[]): Section[] {
  return sections.map((section) => ({
    ...section,
    hops: section.hops.map((hop) =>
      hop.status === 'failed' && hop.fault !== undefined && CODES.has(hop.fault.code)
        ? { ...hop, status: 'warning' as const, seen: `cannot be looked at from here: ${hop.seen}` }
        : hop,
    ),
  }));
}
