import { formatPath, writtenPath } from '../../document/source-node';
import { isOnAt } from '../../subjects/scalars';
import type { Client } from '../../subjects/facts';
import type { Subjects } from '../../subjects/subject';
import type { Finding, Rule } from '../rule';

type Subject = Subjects['cluster' | 'dex-config' | 'chart-values' | 'bootstrap-secret'];

export const duplicateClientIDs: Rule<'cluster' | 'dex-config' | 'chart-values' | 'bootstrap-secret'> = {
  code: 'IDN004',
  severity: 'error',
  reads: ['cluster', 'dex-config', 'chart-values', 'bootstrap-secret'],
  title: 'Client id that is taken',
  reason:
    'Dex knows its clients by id: pachd (auth.clientID), Console (console.clientID) and those of identity.clients, or those of staticClients in a file of its own. A member of an enterprise server is a client of the Dex there, which has one called pachd already, and its id names the cluster at the server. Of two with one id the later one replaces the other, silently; the other then fails with "Invalid client_id" or "Unregistered redirect_uri", or with a client secret that Dex does not accept.',
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
    yield* atEnterpriseServer(subject);
  },
};

/** A member that goes by the id that the server has for itself, unless that was given another one. */
function* atEnterpriseServer(subject: Subject): Iterable<Finding> {
  const isDocument = subject.kind === 'cluster';
  const isMember = isDocument
    ? subject.cluster.enterprise?.member !== undefined
    : subject.kind === 'chart-values' &&
      subject.release.needsLicense &&
      isOnAt(subject.root, ['pachd', 'activateEnterpriseMember']);
  const own = subject.clients.find(({ id }) => id.value === OWN_ID);
  if (!isMember || !own) return;
  const field = isDocument ? 'auth.clientID' : '`pachd.oauthClientID`';
  yield {
    path: own.isWritten
      ? own.id.path
      : isDocument
        ? ['enterprise', 'member']
        : ['pachd', 'activateEnterpriseMember'],
    onKey: true,
    severity: 'warning',
    message: `The enterprise server knows this member by the id "${OWN_ID}", and itself too unless it was given another one: one takes the place of the other, and logins there fail: \`Unregistered redirect_uri\``,
    hint: `set ${field} to an id that no other cluster of the server has, such as the name of this one`,
  };
}

/** The id that pachd has as a client where nothing else is said. */
const OWN_ID = 'pachd';
