import { isMember } from '../../subjects/cluster-reach';
import type { Rule } from '../rule';

export const standaloneMember: Rule = {
  code: 'DEX313',
  severity: 'error',
  reads: ['cluster'],
  documentsAlone: 'standalone',
  title: 'A Dex beside a member of an enterprise server',
  reason:
    "People of a member log in at the Dex of its enterprise server, where pachd registers itself. A Dex beside the member's pachd would be used by no one.",
  remedy: 'Leave identity.dex out; set connectors at the enterprise server.',
  *check({ cluster }) {
    if (!cluster.dex || !isMember(cluster)) return;
    yield {
      path: ['identity', 'dex'],
      message:
        'A member logs people in at the Dex of its enterprise server, and no one would use the one beside it',
      hint: 'remove the line',
    };
  },
};
