import { nodeAt, type PathStep, type SourceNode } from '../document/source-node';
import type { Client, Placed } from './facts';
import { stringAt } from './scalars';

/** The clients of a list as pachd decodes them; none where there is no list. `path` is its place. */
export function writtenClients(list: SourceNode | undefined, path: readonly PathStep[]): readonly Client[] {
  return (list?.items ?? []).map((client, index) => clientAt(client, [...path, index]));
}

function clientAt(client: SourceNode, path: readonly PathStep[]): Client {
  const strings = (...keys: readonly string[]): Placed<string>[] =>
    keys.flatMap((key) =>
      (nodeAt(client, [key])?.items ?? []).flatMap(({ scalar }, at) =>
        typeof scalar === 'string' ? [{ value: scalar, path: [...path, key, at] }] : [],
      ),
    );
  return {
    id: { value: stringAt(client, ['id']) ?? '', path: [...path, 'id'] },
    isWritten: true,
    isPublic: false,
    secret: stringAt(client, ['secret']),
    // Protocol buffers have the names with humps in JSON.
    redirectURIs: strings('redirect_uris', 'redirectUris'),
    trustedPeers: strings('trusted_peers', 'trustedPeers'),
  };
}
