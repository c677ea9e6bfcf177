import type { Rule } from '../rule';

/** What browsers send: scheme, host in lowercase, and a port that is not the scheme's own. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#A-Z@]+$/;

const DEFAULT_PORT = /^(http:\/\/.*:80|https:\/\/.*:443)$/;

export const unmatchedOrigin: Rule<'cluster' | 'dex-config'> = {
  code: 'DEX237',
  severity: 'warning',
  reads: ['cluster', 'dex-config'],
  documentsAlone: 'standalone',
  title: 'Origin that no browser sends',
  reason:
    'Dex compares the header Origin with web.allowedOrigins letter by letter. Browsers send scheme, host and port, without a slash or a path behind them, the host in lowercase and the port only when it is not 80 for http or 443 for https. An entry of another form matches nothing, and scripts of that site get no answer from Dex.',
  remedy: 'Write scheme://host or scheme://host:port, or a single * for every origin.',
  *check({ allowedOrigins }) {
    for (const { value: origin, path } of allowedOrigins) {
      if (origin === '*' || origin === 'null') continue;
      if (ORIGIN.test(origin) && !DEFAULT_PORT.test(origin) && !origin.includes('*')) continue;
      yield {
        path,
        message: `No browser sends the origin ${JSON.stringify(origin)}, and Dex compares letter by letter: scripts of that site get no answer`,
        hint: hintFor(origin),
      };
    }
  },
};

function hintFor(written: string): string {
  if (written.includes('*')) return 'list every origin, or write "*" alone for any';
  const [, scheme = 'https', host = ''] =
    /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?([^\s/?#]*)/.exec(written) ?? [];
  const origin = `${scheme.toLowerCase()}://${host.toLowerCase()}`;
  const port = origin.startsWith('https:') ? /:443$/ : /:80$/;
  return host === ''
    ? 'write scheme://host, such as https://app.example.com'
    : `write ${origin.replace(port, '')}`;
}
