import type { Answer, Asked, HttpClient } from './network/http';

/** Where following redirects ended. */
export type End =
  /** At a page, or an error. */
  | { readonly kind: 'page'; readonly answer: Answer }
  /** At a URL that was not asked. */
  | { readonly kind: 'stopped'; readonly url: string }
  /** At one that was asked before. */
  | { readonly kind: 'loop'; readonly url: string };

export interface FollowOptions {
  readonly signal: AbortSignal;
  /** Whether a URL is where to stop without asking it. */
  readonly stopAt: (url: string) => boolean;
  /** The first request; what follows are GETs. */
  readonly first?: Asked;
}

/** Browsers give up after twenty. */
const LIMIT = 20;

/** Follows redirects as browsers do, with the cookies that servers give. A URL may come back once, with a new cookie. */
export async function follow(client: HttpClient, start: string, options: FollowOptions): Promise<End> {
  const { signal, stopAt, first = {} } = options;
  const visits = new Map<string, number>();
  let url = start;
  let asked = first;
  for (let count = 0; count <= LIMIT; count++) {
    const times = visits.get(url) ?? 0;
    if (times > 1) return { kind: 'loop', url };
    visits.set(url, times + 1);
    const answer = await client.request(url, asked, signal);
    const { location } = answer.headers;
    if (answer.status < 300 || answer.status >= 400 || location === undefined)
      return { kind: 'page', answer };
    url = new URL(location, url).href;
    asked = {};
    if (!/^https?:/.test(url) || stopAt(url)) return { kind: 'stopped', url };
  }
  return { kind: 'loop', url };
}
