import { itemsAt } from '../../subjects/dex-config';
import type { Rule } from '../rule';

export const unknownServerTrustedPeer: Rule<'dex-config'> = {
  code: 'DEX225',
  severity: 'warning',
  reads: ['dex-config'],
  title: 'Trusted peer that is no client of the file',
  reason:
    'A client whose id is not known to Dex cannot ask for tokens, so it is trusted in vain, and the one that was meant is not.',
  remedy: 'Correct the id. When the client is made through the API, all is well.',
  *check(config) {
    const clients = itemsAt(config, ['staticClients']);
    const ids = new Set(clients.map((client) => client.entries?.get('id')?.scalar));
    if (clients.some((client) => client.entries?.has('idEnv'))) return;
    for (const [index] of clients.entries())
      for (const [at, peer] of itemsAt(config, ['staticClients', index, 'trustedPeers']).entries())
        if (typeof peer.scalar === 'string' && !ids.has(peer.scalar))
          yield {
            path: ['staticClients', index, 'trustedPeers', at],
            message: `There is no client "${peer.scalar}" to trust among \`staticClients\``,
            hint: 'correct the id, unless the client is made through the API',
          };
  },
};
