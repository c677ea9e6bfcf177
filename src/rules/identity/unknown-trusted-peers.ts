import { didYouMean } from '../../diagnostics/suggest';
import type { PathStep } from '../../document/source-node';
import { clientIDs } from '../support/client-ids';
import type { Finding, Rule } from '../rule';

export const unknownTrustedPeers: Rule = {
  code: 'IDN005',
  severity: 'warning',
  reads: ['cluster'],
  title: 'Trusted peer that is no client',
  reason:
    'A trusted peer is a client of Dex that may ask for tokens for another client. Dex takes any text for its id, so a slip is found only when the client asks and is refused.',
  remedy: 'Name the id of a client: of identity.clients, or of one that is added with pachctl.',
  *check(context) {
    const { identity } = context.cluster;
    // The clients of a Secret are not known here.
    if (identity.clientsFrom) return;
    const known = clientIDs(context).map(({ id }) => id);
    yield* unknown(identity.trustedPeers, known, ['identity', 'trustedPeers'], 'pachd');
    for (const [index, client] of identity.clients.entries())
      yield* unknown(
        client.trustedPeers,
        known,
        ['identity', 'clients', index, 'trustedPeers'],
        `"${client.id}"`,
      );
  },
};

function* unknown(
  peers: readonly string[],
  known: readonly string[],
  path: readonly PathStep[],
  owner: string,
): Iterable<Finding> {
  for (const [index, peer] of peers.entries())
    if (!known.includes(peer))
      yield {
        path: [...path, index],
        message: `No client has the id "${peer}", so no one but a client that pachctl adds under this id gets tokens for ${owner}`,
        hint: didYouMean(peer, known) ?? `the clients are ${known.join(', ')}`,
      };
}
