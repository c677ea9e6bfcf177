import type { Rule } from '../rule';

/** A program on the user's machine listens there, mostly on any port that is free. */
const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(\/|$)/;

export const localPort: Rule<'cluster' | 'dex-config'> = {
  code: 'DEX238',
  severity: 'warning',
  reads: ['cluster', 'dex-config'],
  documentsAlone: 'standalone',
  title: 'Redirect to a program on the machine of the user',
  reason:
    'A public client without redirectURIs may use http://localhost with any port. Once redirectURIs has an entry, Dex compares every URI letter by letter, and http://localhost stands for port 80 alone: a program that listens on a port that was free is refused with "Unregistered redirect_uri".',
  remedy:
    'Make a second public client for the program, without redirectURIs, or list the URI with the port that the program always uses.',
  *check({ clients }) {
    for (const { isPublic, redirectURIs } of clients) {
      if (isPublic !== true) continue;
      for (const { value: uri, path } of redirectURIs)
        if (LOCAL.test(uri))
          yield {
            path,
            message: `With \`redirectURIs\` Dex compares letter by letter, so ${uri} is port 80 alone: a program on another port gets \`Unregistered redirect_uri ("…")\``,
            hint: 'make a second public client with `redirectURIs: []` for the program, which then may use any port of localhost',
          };
    }
  },
};
