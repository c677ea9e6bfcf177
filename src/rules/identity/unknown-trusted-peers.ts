import { didYouMean } from '../../diagnostics/suggest';
import type { Rule } from '../rule';

export const unknownTrustedPeers: Rule<'cluster' | 'dex-config'> = {
  code: 'IDN005',
  severity: 'warning',
  reads: ['cluster', 'dex-config'],
  title: 'Trusted peer that is not a client',
  reason:
    'A trusted peer is a client of Dex that may ask for tokens for another client. Dex takes any text for its id, so a slip is found only when the client asks and is refused.',
  remedy:
    'Name the id of a client: one that is written, or one that is added with pachctl or through the API of Dex.',
  *check({ clients, knowsAllClients }) {
    // The clients of a Secret, or of a variable, are not known here.
    if (!knowsAllClients) return;
    const known = clients.map(({ id }) => id.value).filter((id) => id !== '');
    for (const { id, trustedPeers } of clients)
      for (const { value: peer, path } of trustedPeers)
        if (!known.includes(peer))
          yield {
            path,
            message: `No client has the id "${peer}", so no one but a client that is added later under this id gets tokens for "${id.value}"`,
            hint: didYouMean(peer, known) ?? `the clients are ${known.join(', ')}`,
          };
  },
};
