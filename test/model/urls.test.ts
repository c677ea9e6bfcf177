import { type Access, urlsOf, columnsOf, PACHD, CONSOLE, TLS, eraB, localhostAtPort80 } from './urls-of';

const eraBWithUrls = ['2.3.6', '2.3.9', '2.4.0', '2.5.0', '2.5.9'];
const all = [...eraB, ...eraBWithUrls, ...localhostAtPort80];

interface Row {
  readonly releases: readonly string[];
  readonly access: Access;
  readonly urls: readonly unknown[];
}

/** Issuer, redirect of pachd, redirect of Console, issuer for Console's browser, user-accessible issuer, localhost issuer, callback. */
const rows: Readonly<Record<string, Row>> = {
  'no way in but port-forwarding': {
    releases: ['2.2.0', '2.2.8', ...eraB],
    access: { via: 'portForward' },
    urls: [
      'http://pachd:30658',
      `http://localhost:30657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://localhost:30658',
      'localhost:30658',
      true,
      'http://localhost:30658/callback',
    ],
  },
  'no way in but port-forwarding, the user-accessible issuer a URL': {
    releases: eraBWithUrls,
    access: { via: 'portForward' },
    urls: [
      'http://pachd:30658',
      `http://localhost:30657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://localhost:30658',
      'http://localhost:30658',
      true,
      'http://localhost:30658/callback',
    ],
  },
  'no way in but port-forwarding, where the chart says http://localhost and nothing listens there': {
    releases: localhostAtPort80,
    access: { via: 'portForward' },
    urls: [
      'http://pachd:30658',
      `http://localhost:30657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://localhost:30658',
      'http://localhost:30658',
      true,
      'http://localhost:30658/callback',
    ],
  },
  'node ports of nodes without a name, where the chart says http://pachd:1658, a port of no Service': {
    releases: ['2.2.0', '2.2.8', ...eraB],
    access: { via: 'nodePort' },
    urls: [
      'http://pachd:30658',
      `http://localhost:30657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://localhost:30658',
      'localhost:30658',
      true,
      'http://localhost:30658/callback',
    ],
  },
  'node ports of nodes without a name, later': {
    releases: [...eraBWithUrls, ...localhostAtPort80],
    access: { via: 'nodePort' },
    urls: [
      'http://pachd:30658',
      `http://localhost:30657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://localhost:30658',
      'http://localhost:30658',
      true,
      'http://localhost:30658/callback',
    ],
  },
  'node ports of a node with an address, which browsers and pods both reach': {
    releases: [...eraBWithUrls, ...localhostAtPort80],
    access: { via: 'nodePort', host: '192.168.49.2' },
    urls: [
      'http://192.168.49.2:30658',
      `http://192.168.49.2:30657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://192.168.49.2:30658',
      'http://192.168.49.2:30658',
      true,
      'http://192.168.49.2:30658/callback',
    ],
  },
  'an ingress of 2.2, whose issuer pods reach as browsers do': {
    releases: ['2.2.0', '2.2.8'],
    access: { via: 'ingress', host: 'p' },
    urls: [
      'http://p/dex',
      `http://p${PACHD}`,
      `http://p${CONSOLE}`,
      'http://p',
      undefined,
      false,
      'http://p/dex/callback',
    ],
  },
  'an ingress of 2.2 with TLS': {
    releases: ['2.2.0', '2.2.8'],
    access: { via: 'ingress', host: 'p', tls: TLS },
    urls: [
      'https://p/dex',
      `https://p${PACHD}`,
      `https://p${CONSOLE}`,
      'https://p',
      undefined,
      false,
      'https://p/dex/callback',
    ],
  },
  'an ingress, the user-accessible issuer a bare host': {
    releases: eraB,
    access: { via: 'ingress', host: 'p' },
    urls: [
      'http://p/dex',
      `http://p${PACHD}`,
      `http://p${CONSOLE}`,
      'http://p',
      'p',
      true,
      'http://p/dex/callback',
    ],
  },
  'an ingress': {
    releases: [...eraBWithUrls, ...localhostAtPort80],
    access: { via: 'ingress', host: 'p' },
    urls: [
      'http://p/dex',
      `http://p${PACHD}`,
      `http://p${CONSOLE}`,
      'http://p',
      'http://p',
      true,
      'http://p/dex/callback',
    ],
  },
  'an ingress with TLS': {
    releases: [...eraBWithUrls, ...localhostAtPort80],
    access: { via: 'ingress', host: 'p', tls: TLS },
    urls: [
      'https://p/dex',
      `https://p${PACHD}`,
      `https://p${CONSOLE}`,
      'https://p',
      'https://p',
      true,
      'https://p/dex/callback',
    ],
  },
  'an ingress behind something that ends TLS': {
    releases: [...eraBWithUrls, ...localhostAtPort80],
    access: { via: 'ingress', host: 'p', tls: { offloaded: true } },
    urls: [
      'https://p/dex',
      `https://p${PACHD}`,
      `https://p${CONSOLE}`,
      'https://p',
      'https://p',
      true,
      'https://p/dex/callback',
    ],
  },
  'the proxy with a host, where the chart says http://pachd:30658/dex': {
    releases: eraB,
    access: { via: 'proxy', host: 'p', tls: TLS },
    urls: [
      'https://p/dex',
      `https://p${PACHD}`,
      `https://p${CONSOLE}`,
      'https://p',
      'p',
      true,
      'https://p/dex/callback',
    ],
  },
  'the proxy with a host': {
    releases: [...eraBWithUrls, ...localhostAtPort80],
    access: { via: 'proxy', host: 'p' },
    urls: [
      'http://p/dex',
      `http://p${PACHD}`,
      `http://p${CONSOLE}`,
      'http://p',
      'http://p',
      true,
      'http://p/dex/callback',
    ],
  },
  'the proxy with a host and TLS': {
    releases: [...eraBWithUrls, ...localhostAtPort80],
    access: { via: 'proxy', host: 'p', tls: TLS },
    urls: [
      'https://p/dex',
      `https://p${PACHD}`,
      `https://p${CONSOLE}`,
      'https://p',
      'https://p',
      true,
      'https://p/dex/callback',
    ],
  },
  'the proxy with a host, at a port of its own': {
    releases: [...eraBWithUrls, ...localhostAtPort80],
    access: { via: 'proxy', host: 'p', port: 30080 },
    urls: [
      'http://p:30080/dex',
      `http://p:30080${PACHD}`,
      `http://p:30080${CONSOLE}`,
      'http://p:30080',
      'http://p:30080',
      true,
      'http://p:30080/dex/callback',
    ],
  },
  'the proxy without a host, to 2.3.5': {
    releases: eraB,
    access: { via: 'proxy' },
    urls: [
      'http://pachd:30658/dex',
      `http://localhost:30657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://localhost:30658',
      'localhost:30658',
      true,
      'http://localhost:30658/dex/callback',
    ],
  },
  'the proxy without a host, to 2.5': {
    releases: eraBWithUrls,
    access: { via: 'proxy' },
    urls: [
      'http://pachd:30658/dex',
      `http://localhost:30657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://localhost:30658',
      'http://localhost:30658',
      true,
      'http://localhost:30658/dex/callback',
    ],
  },
  'the proxy without a host, from 2.6': {
    releases: localhostAtPort80,
    access: { via: 'proxy' },
    urls: [
      'http://pachd:30658/dex',
      `http://localhost${PACHD}`,
      `http://localhost${CONSOLE}`,
      'http://localhost:80',
      'http://localhost',
      true,
      'http://localhost/dex/callback',
    ],
  },
  'the proxy without a host, with TLS, where the chart says http although the proxy forces https': {
    releases: localhostAtPort80,
    access: { via: 'proxy', tls: TLS },
    urls: [
      'http://pachd:30658/dex',
      `https://localhost${PACHD}`,
      `https://localhost${CONSOLE}`,
      'https://localhost:443',
      'https://localhost',
      true,
      'https://localhost/dex/callback',
    ],
  },
};

describe.each(Object.entries(rows))('%s', (_title, { releases, access, urls }) => {
  test.each(releases)('%s', (release) => expect(columnsOf(urlsOf(release, access))).toEqual(urls));
});

describe('URLs that the document sets', () => {
  test('an issuer takes everything with it that browsers find there', () =>
    expect(
      urlsOf('2.11.6', { via: 'proxy', host: 'p', urls: { issuer: 'https://dex.acme.com/dex' } }),
    ).toMatchObject({
      issuer: 'https://dex.acme.com/dex',
      issuerCallback: 'https://dex.acme.com/dex/callback',
      callback: 'https://dex.acme.com/dex/callback',
      consoleIssuer: 'https://dex.acme.com',
      userAccessibleIssuer: 'https://dex.acme.com',
      pachdRedirect: `http://p${PACHD}`,
    }));

  test('a user-accessible issuer gives host and scheme of the callback, the issuer its path', () =>
    expect(
      urlsOf('2.11.6', { via: 'proxy', urls: { userAccessibleIssuer: 'https://p:8443' } }),
    ).toMatchObject({
      issuer: 'http://pachd:30658/dex',
      issuerCallback: 'http://pachd:30658/dex/callback',
      callback: 'https://p:8443/dex/callback',
      userAccessibleIssuer: 'https://p:8443',
    }));

  test('a user-accessible issuer is a bare host up to 2.3.5, also behind the ingress of 2.2', () => {
    const urls = { userAccessibleIssuer: 'https://p:8443' };
    expect(urlsOf('2.3.5', { via: 'portForward', urls }).userAccessibleIssuer).toBe('p:8443');
    expect(urlsOf('2.2.8', { via: 'ingress', host: 'q', urls }).userAccessibleIssuer).toBe('p:8443');
  });

  test('each of the others holds and changes nothing else', () => {
    const urls = {
      callback: 'https://a/c',
      pachdRedirect: 'https://a/p',
      consoleRedirect: 'https://a/r',
      consoleIssuer: 'https://a',
    };
    expect(urlsOf('2.11.6', { via: 'proxy', host: 'p', urls })).toEqual({
      ...urlsOf('2.11.6', { via: 'proxy', host: 'p' }),
      ...urls,
    });
  });
});

test.each([...all, '2.2.8'])(
  '%s: with nothing overridden, the callback of a public host is that of the issuer',
  (release) => {
    const urls = urlsOf(release, { via: release === '2.2.8' ? 'ingress' : 'proxy', host: 'p', tls: TLS });
    expect(urls.callback).toBe(urls.issuerCallback);
  },
);
