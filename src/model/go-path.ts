/**
 * Joins a path and an element the way Go's `path.Join` does: empty parts are skipped, runs of slashes, `.` and `..` are
 * resolved, a trailing slash is dropped. Dex forms its URLs with it; WHATWG `URL` gives other results.
 */
export function goPathJoin(...elements: readonly string[]): string {
  const joined = elements.filter((element) => element !== '').join('/');
  if (joined === '') return '';
  const rooted = joined.startsWith('/');
  const steps: string[] = [];
  for (const step of joined.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.length > 0 && steps[steps.length - 1] !== '..') steps.pop();
    else if (!rooted) steps.push('..');
  }
  return `${rooted ? '/' : ''}${steps.join('/')}` || '.';
}

/** A URL split as strings, so that nothing is normalized: host case and default ports stay as they were written. */
export interface UrlParts {
  /** Scheme and authority: `https://Dex.Example.com:443`. */
  readonly origin: string;
  /** `/dex`; empty when there is none. */
  readonly path: string;
  /** `?x=1` with its question mark; empty when there is none. */
  readonly query: string;
}

/** Splits an absolute http or https URL. */
export function splitUrl(url: string): UrlParts {
  const match = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)([^?#]*)(\?[^#]*)?/i.exec(url);
  return { origin: match?.[1] ?? '', path: match?.[2] ?? '', query: match?.[3] ?? '' };
}

/**
 * The callback URL that Dex derives from its issuer and compares, as strings, with the `redirectURI` of a connector:
 * the issuer with `/callback` joined to its path (Dex 2.29 to 2.45, Go's url.Parse and path.Join).
 */
export function dexCallbackUrl(issuer: string): string {
  const { origin, path, query } = splitUrl(issuer);
  return `${origin}${goPathJoin(path, '/callback')}${query}`;
}

/** Where Dex takes headers for a login through an authproxy connector, at its callback URL. */
export function headerCallbackUrl(callback: string, connectorID: string): string {
  const { origin, path, query } = splitUrl(callback);
  return `${origin}${path}/${connectorID}${query}`;
}
