import { formatPath, writtenPath } from '../../document/source-node';
import type { Client } from '../../subjects/facts';
import type { Rule } from '../rule';

export const duplicateClientIDs: Rule<'cluster' | 'dex-config' | 'chart-values' | 'bootstrap-secret'> = {
  code: 'IDN004',
  severity: 'error',
  reads: ['cluster', 'dex-config', 'chart-values', 'bootstrap-secret'],
  title: 'Client id that is taken',
  reason:
    'Dex knows its clients by id: pachd (auth.clientID), Console (console.clientID) and those of identity.clients, or those of staticClients in a file of its own. Of two with one id the later one replaces the other, silently; the other then fails with "Invalid client_id" or "Unregistered redirect_uri", or with a client secret that Dex does not accept.',
  remedy: 'Give every client an id of its own.',
  *check(subject) {
    const taken = new Map<string, Client>();
    for (const client of subject.clients) {
      const id = client.id.value;
      if (id === '') continue;
      const other = taken.get(id);
      if (other === undefined) {
        taken.set(id, client);
        continue;
      }
      // A default cannot be pointed at; the other one of the pair is written then.
      const [here, there] = client.isWritten ? [client, other] : [other, client];
      const field = 'root' in subject ? writtenPath(subject.root, there.id.path) : there.id.path;
      yield {
        path: here.id.path,
        message: `The client id "${id}" is that of ${formatPath(field)} too; Dex keeps one of the two clients silently, and logins through the other fail: \`Unregistered redirect_uri\``,
        hint: 'give each client an id of its own',
      };
    }
  },
};
