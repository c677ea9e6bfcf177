import type { Client } from 'ldapts';
import { dial } from './network/dial';
import { openDirectory } from './network/directory';
import type { DirectorySubject } from './subjects';

/** A connection to a directory, secured as the connector says. */
export async function connectDirectory(
  { endpoint, world, tls }: DirectorySubject,
  signal: AbortSignal,
): Promise<Client> {
  const socket = await dial(endpoint, world.routes, signal);
  const { authorities, isVerified } = tls;
  return openDirectory(
    socket,
    tls.begins,
    { host: endpoint.host, authorities, now: world.now(), isVerified },
    signal,
  );
}
