import { isMember } from '../../subjects/cluster-reach';
import type { Rule } from '../rule';

/** Fields about the Dex that a member does not run. Its clients are registered at the enterprise server's Dex. */
const FIELDS = ['connectors', 'connectorsFrom', 'idTokenExpiry', 'rotationTokenExpiry'] as const;

export const identityOfMember: Rule = {
  code: 'IDN008',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Settings of a Dex that a member does not run',
  reason:
    'The Dex of a member is that of its enterprise server: connectors and lifetimes of tokens are set there, and pachd skips those of the member.',
  remedy: 'Move them to the enterprise server.',
  *check({ document, cluster }) {
    if (!isMember(cluster)) return;
    for (const field of FIELDS)
      if (document.identity?.[field] !== undefined)
        yield {
          path: ['identity', field],
          onKey: true,
          message: `identity.${field} has no effect on a member: people log in at the Dex of its enterprise server`,
          hint: 'set it at the enterprise server',
        };
  },
};
