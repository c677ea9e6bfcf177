import { formatPath } from '../../document/source-node';
import { clientIDs, type ClientID } from '../support/client-ids';
import type { Rule } from '../rule';

export const duplicateClientIDs: Rule = {
  code: 'IDN004',
  severity: 'error',
  reads: ['cluster'],
  title: 'Client id that is taken',
  reason:
    'Dex knows its clients by id: pachd (auth.clientID), Console (console.clientID) and those of identity.clients. Of two with one id the later one replaces the other, silently; the other then fails with "Invalid client_id" or "Unregistered redirect_uri", or with a client secret that Dex does not accept.',
  remedy: 'Give every client an id of its own.',
  *check(context) {
    const taken = new Map<string, ClientID>();
    for (const client of clientIDs(context)) {
      const other = taken.get(client.id);
      if (other === undefined) {
        taken.set(client.id, client);
        continue;
      }
      // A default cannot be pointed at; the other one of the pair is written then.
      const [here, there] = client.isWritten ? [client, other] : [other, client];
      yield {
        path: here.path,
        message: `The client id "${client.id}" is that of ${formatPath(there.path)} too; Dex keeps one of the two clients silently, and logins through the other fail: \`Unregistered redirect_uri\``,
        hint: 'give each client an id of its own',
      };
    }
  },
};
