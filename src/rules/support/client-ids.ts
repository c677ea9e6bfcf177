import type { PathStep } from '../../document/source-node';
import type { RuleContext } from '../rule';

/** A client of Dex, and where its id is written; for a default, where it would be. */
export interface ClientID {
  readonly id: string;
  readonly path: readonly PathStep[];
  readonly isWritten: boolean;
}

/** pachd, Console where it runs, and the clients of the document, in this order. */
export function clientIDs({ document, cluster }: Pick<RuleContext, 'document' | 'cluster'>): ClientID[] {
  return [
    {
      id: document.auth?.clientID ?? 'pachd',
      path: ['auth', 'clientID'],
      isWritten: document.auth?.clientID !== undefined,
    },
    ...(cluster.console.enabled
      ? [
          {
            id: cluster.console.clientID,
            path: ['console', 'clientID'],
            isWritten: document.console?.clientID !== undefined,
          },
        ]
      : []),
    ...cluster.identity.clients.map(({ id }, index) => ({
      id,
      path: ['identity', 'clients', index, 'id'],
      isWritten: true,
    })),
  ];
}
