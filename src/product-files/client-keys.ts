import { certainly } from '../diagnostics/suggest';
import { renameKey } from '../document/rename-key';
import type { PathStep, SourceNode } from '../document/source-node';
import type { Report } from './report';

/** The keys of a client that pachd decodes, under the names that its decoder of JSON takes. */
const CLIENT_KEYS = ['id', 'name', 'secret', 'redirect_uris', 'trusted_peers'];

/** Names of the same keys that protocol buffers have in JSON. */
const PROTOJSON_KEYS = ['redirectUris', 'trustedPeers'];

/** Says which keys of a list of clients pachd ignores although they are meant for it. `path` is the place of the list. */
export function reportClientKeys(
  clients: SourceNode | undefined,
  path: readonly PathStep[],
  report: Report,
): void {
  for (const [index, client] of (clients?.items ?? []).entries())
    for (const [key, value] of client.entries ?? []) {
      const meant = certainly(key, CLIENT_KEYS);
      if (meant === undefined || CLIENT_KEYS.includes(key) || PROTOJSON_KEYS.includes(key)) continue;
      report.add(
        'FIL021',
        [...path, index, key],
        `pachd reads \`${meant}\` of a client and ignores \`${key}\` silently${meant === 'redirect_uris' ? ': the client has no redirect URI, and its logins fail: `Unregistered redirect_uri ("…")`' : ''}`,
        {
          onKey: true,
          hint: `write \`${meant}\``,
          fix: client.entries?.has(meant) ? undefined : renameKey(value, meant),
        },
      );
    }
}
