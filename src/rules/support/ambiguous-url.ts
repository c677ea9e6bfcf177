import { dexCallbackUrl, goPathJoin } from '../../model/go-path';
import { hasDefaultPort, normalOrigin, readUrl, type UrlText } from '../../model/url-text';

/** What can be written in more than one way, and how to say so. */
const AMBIGUITIES: readonly { readonly is: (url: UrlText) => boolean; readonly what: string }[] = [
  { is: ({ host }) => host !== host.toLowerCase(), what: 'uppercase letters in the host' },
  { is: hasDefaultPort, what: 'the port that the scheme has anyway' },
  { is: ({ path }) => path.endsWith('/'), what: 'a slash at the end' },
  {
    is: ({ path }) => path !== '' && goPathJoin(path) !== path.replace(/(?<=[^/])\/$/, ''),
    what: 'a path that is not clean',
  },
  { is: ({ query }) => query !== '', what: 'a query' },
];

/** What in a URL others write another way, and its simplest form; undefined for a URL in that form. */
export function ambiguitiesOf(
  url: string,
): { readonly what: string; readonly corrected: string } | undefined {
  const parts = readUrl(url);
  const found = AMBIGUITIES.filter(({ is }) => is(parts)).map(({ what }) => what);
  if (found.length === 0) return undefined;
  const path = parts.path === '' ? '' : goPathJoin(parts.path);
  return { what: found.join(' and '), corrected: normalOrigin(parts) + path.replace(/^\/$/, '') };
}

/** The simplest form of an issuer, when a redirectURI is the callback URL of that and not of the issuer as it is written. */
export function issuerThatFits(redirectURI: string, issuer: string): string | undefined {
  const corrected = ambiguitiesOf(issuer)?.corrected;
  return corrected !== undefined && dexCallbackUrl(corrected) === redirectURI ? corrected : undefined;
}

/** What follows when a URL of a login can be written in more than one way. */
export const COMPARED_AS_TEXT =
  'Dex, pachd and identity providers compare URLs as strings, so a place that writes it another way stops every login';
