import { isOpenHttp, isRedirectURI, isUnfilled } from '../../model/url-text';
import type { Client } from '../../subjects/facts';
import type { Subjects } from '../../subjects/subject';
import type { Finding, Rule } from '../rule';

export const clientRedirectURIs: Rule<'cluster' | 'dex-config' | 'chart-values' | 'bootstrap-secret'> = {
  code: 'IDN006',
  severity: 'error',
  reads: ['cluster', 'dex-config', 'chart-values', 'bootstrap-secret'],
  title: 'Redirect URI of a client that does not work or is not safe',
  reason:
    'Dex sends browsers with the code of a login to one of the redirect URIs of the client, and compares the one that the client asks for with the list as strings: there are no wildcards, and any other ends in "Unregistered redirect_uri". Over plain http anyone who intercepts the traffic has the code.',
  remedy: 'List every URI in full, with https except on localhost.',
  *check(subject) {
    for (const client of subject.clients) {
      yield* wrongURIs(client, forbidsHttp(subject));
      // Documents and files of Dex have a schema that says it.
      if (subject.kind === 'chart-values' || subject.kind === 'bootstrap-secret') yield* malformed(client);
    }
    if (subject.kind === 'bootstrap-secret') yield* unlisted(subject);
  },
};

function* malformed({ redirectURIs }: Client): Iterable<Finding> {
  for (const { value: uri, path } of redirectURIs) {
    if (isRedirectURI(uri) || isUnfilled(uri)) continue;
    const isPadded = isRedirectURI(uri.trim());
    yield {
      path,
      severity: 'warning',
      message: `Dex compares redirect URIs letter by letter with what clients send, and this one ${isPadded ? 'has blanks around it' : 'is neither a URL nor a path on the host of the client'}: \`Unregistered redirect_uri ("…")\``,
      hint: isPadded ? `write ${uri.trim()}` : 'write for example https://app.example.com/callback',
    };
  }
}

/** pachd asks Dex to send browsers to a URI of its configuration, which is not one of those of its client. */
function* unlisted({ ownRedirect }: Subjects['bootstrap-secret']): Iterable<Finding> {
  if (ownRedirect === undefined) return;
  const { value: uri, path, client } = ownRedirect;
  // Blanks around one of the two are said there.
  const isListed = client.redirectURIs.some(({ value }) => value.trim() === uri.trim());
  const isSaid =
    client.redirectURIs.length === 0 ||
    [uri, ...client.redirectURIs.map(({ value }) => value)].some(isUnfilled);
  if (isListed || isSaid) return;
  yield {
    path,
    message: `pachd has browsers sent back here, which is not one of the redirect URIs of the client "${client.id.value}", and every login ends in \`Unregistered redirect_uri ("${uri}")\``,
    hint: `write ${client.redirectURIs[0]?.value ?? 'one of them'}, or add this one to the client`,
  };
}

/** Without a profile nothing tells who can reach a client. */
function forbidsHttp(
  subject: Subjects['cluster' | 'dex-config' | 'chart-values' | 'bootstrap-secret'],
): boolean {
  return subject.kind === 'cluster' && subject.profile !== 'dev';
}

function* wrongURIs({ id, redirectURIs }: Client, isHttpForbidden: boolean): Iterable<Finding> {
  const seen = new Set<string>();
  for (const { value: uri, path } of redirectURIs) {
    if (seen.has(uri))
      yield {
        path,
        severity: 'warning',
        message: `"${id.value}" has this redirect URI twice; the second has no effect`,
        hint: 'remove one',
      };
    seen.add(uri);
    if (uri.includes('*'))
      yield {
        path,
        message: `Dex compares redirect URIs as strings and knows no wildcards, so no request matches: \`Unregistered redirect_uri\``,
        hint: 'list every redirect URI in full',
      };
    if (isHttpForbidden && isOpenHttp(uri))
      yield {
        path,
        message: `Dex would send the codes of logins through "${id.value}" over plain http, where anyone who intercepts the traffic can use them`,
        hint: 'write https:// in the place of http://; profile: dev permits http',
      };
  }
}
