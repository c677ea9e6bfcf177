import { goPathJoin } from '../../model/go-path';
import { hasDefaultPort, normalOrigin, readUrl, type UrlText } from './url-text';

/** What can be written in more than one way, and how to say so. */
const AMBIGUITIES: readonly { readonly is: (url: UrlText) => boolean; readonly what: string }[] = [
  { is: ({ host }) => host !== host.toLowerCase(), what: 'capital letters in the host' },
  { is: hasDefaultPort, what: 'the port that the scheme has anyway' },
  { is: ({ path }) => path.endsWith('/'), what: 'a slash at the end' },
  {
    is: ({ path }) => path !== '' && goPathJoin(path) !== path.replace(/(?<=[^/])\/$/, ''),
    what: 'a path that is not clean',
  },
  { is: ({ query }) => query !== '', what: 'a query' },
];

/** What is in a URL that others write another way, as noun phrases. */
export function ambiguitiesOf(url: string): string[] {
  const parts = readUrl(url);
  return AMBIGUITIES.filter(({ is }) => is(parts)).map(({ what }) => what);
}

/** The URL without all that. */
export function simplestForm(url: string): string {
  const parts = readUrl(url);
  return normalOrigin(parts) + (parts.path === '' ? '' : goPathJoin(parts.path)).replace(/^\/$/, '');
}
