import type { Client, ConfidentialClient } from './cluster';

/** Whether a client has a secret. A rule refuses public ones for the Dex inside pachd. */
export function isConfidential(client: Client): client is ConfidentialClient {
  return client.secret !== undefined;
}
