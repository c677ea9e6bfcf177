import type { ClusterDocument } from '../../src/generated/cluster-document';
import type { ClusterUrls } from '../../src/model/urls';
import { clusterOf } from '../support/cluster-of';

type Access = NonNullable<ClusterDocument['access']>;

const urlsOf = (release: string, access?: Access, more: Partial<ClusterDocument> = {}): ClusterUrls =>
  clusterOf({ release, ...(access ? { access } : {}), ...more }).urls;

/** What of the URLs stands in the objects of a cluster, in the order of the columns below. */
function columnsOf(urls: ClusterUrls): unknown[] {
  const {
    issuer,
    pachdRedirect,
    consoleRedirect,
    consoleIssuer,
    userAccessibleIssuer,
    localhostIssuer,
    callback,
  } = urls;
  return [
    issuer,
    pachdRedirect,
    consoleRedirect,
    consoleIssuer,
    userAccessibleIssuer,
    localhostIssuer,
    callback,
  ];
}

const PACHD = '/authorization-code/callback';
const CONSOLE = '/oauth/callback/?inline=true';
const TLS = { secretName: 'tls' };

const eraB = ['2.3.0', '2.3.5'];
const eraBWithUrls = ['2.3.6', '2.3.9', '2.4.0', '2.5.0', '2.5.9'];
const localhostAtPort80 = ['2.6.0', '2.7.0', '2.11.6', '2.12.0-rc.3'];
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

describe('a document without access', () => {
  test.each(['2.2.8', ...eraB, '2.3.6', '2.4.7'])('%s is reached by port-forwarding', (release) =>
    expect(urlsOf(release)).toEqual(urlsOf(release, { via: 'portForward' })),
  );
  test.each(['2.5.0', ...localhostAtPort80])('%s is reached by its proxy', (release) =>
    expect(urlsOf(release)).toEqual(urlsOf(release, { via: 'proxy' })),
  );
  test.each(localhostAtPort80)('%s: a Service of type NodePort behind the proxy changes no URL', (release) =>
    expect(urlsOf(release, undefined, { pachd: { service: { type: 'NodePort' } } })).toEqual(urlsOf(release)),
  );
});

describe('what else is derived', () => {
  test.each<[string, string, Access | undefined, string, string, string | undefined]>([
    ['port-forwarding', '2.2.8', undefined, 'grpc://localhost:30650', 'http://localhost:4000/', undefined],
    [
      'an ingress to the services',
      '2.2.8',
      { via: 'ingress', host: 'p' },
      'grpc://localhost:30650',
      'http://p/',
      'p',
    ],
    [
      'an ingress to the proxy',
      '2.11.6',
      { via: 'ingress', host: 'p', tls: TLS },
      'grpcs://p:443',
      'https://p/',
      'p',
    ],
    ['the proxy', '2.11.6', { via: 'proxy', host: 'p' }, 'grpc://p:80', 'http://p/', 'p'],
    [
      'the proxy without a host',
      '2.11.6',
      { via: 'proxy', tls: TLS },
      'grpcs://localhost:443',
      'https://localhost/',
      undefined,
    ],
    [
      'the proxy at another port than that of https',
      '2.11.6',
      { via: 'proxy', host: 'p', port: 8443, tls: TLS },
      'grpcs://p:8443',
      'https://p:8443/',
      'p:8443',
    ],
    [
      'an ingress at another port',
      '2.11.6',
      { via: 'ingress', host: 'p', port: 8080 },
      'grpc://p:8080',
      'http://p:8080/',
      'p:8080',
    ],
    [
      'the proxy at a forwarded port',
      '2.11.6',
      { via: 'proxy', port: 8080 },
      'grpc://localhost:8080',
      'http://localhost:8080/',
      'localhost:8080',
    ],
    [
      'the proxy at an IPv6 address',
      '2.11.6',
      { via: 'proxy', host: '2001:db8::10', tls: TLS },
      'grpcs://[2001:db8::10]:443',
      'https://[2001:db8::10]/',
      '[2001:db8::10]',
    ],
    [
      'the proxy at an IPv6 address and another port',
      '2.11.6',
      { via: 'proxy', host: '::1', port: 8080 },
      'grpc://[::1]:8080',
      'http://[::1]:8080/',
      '[::1]:8080',
    ],
    [
      'a node',
      '2.11.6',
      { via: 'nodePort', host: '10.0.0.1' },
      'grpc://10.0.0.1:30650',
      'http://localhost:4000/',
      undefined,
    ],
  ])(
    '%s: where pachctl connects to and people open Console',
    (_title, release, access, pachd, console, publicHost) =>
      expect({ publicHost: undefined, ...urlsOf(release, access) }).toMatchObject({
        pachd,
        console,
        publicHost,
      }),
  );

  test('a host has no part in port-forwarding', () =>
    expect(columnsOf(urlsOf('2.11.6', { via: 'portForward', host: 'p' }))).toEqual(
      columnsOf(urlsOf('2.11.6', { via: 'portForward' })),
    ));

  test('ports of the document are those of the URLs', () =>
    expect(
      columnsOf(
        urlsOf(
          '2.11.6',
          { via: 'nodePort', host: 'n' },
          { pachd: { service: { ports: { oidc: 31657, identity: 31658 } } } },
        ),
      ),
    ).toEqual([
      'http://n:31658',
      `http://n:31657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://n:31658',
      'http://n:31658',
      true,
      'http://n:31658/callback',
    ]));

  const PORTS = { pachd: { service: { ports: { grpc: 31650, oidc: 31657, identity: 31658 } } } };

  test('the ports that pachctl forwards are its own', () => {
    const urls = urlsOf('2.11.6', { via: 'portForward' }, PORTS);
    expect(columnsOf(urls)).toEqual([
      'http://pachd:31658',
      `http://localhost:30657${PACHD}`,
      `http://localhost:4000${CONSOLE}`,
      'http://localhost:30658',
      'http://localhost:30658',
      true,
      'http://localhost:30658/callback',
    ]);
    expect(urls.pachd).toBe('grpc://localhost:30650');
  });

  test.each<[string, string, Access]>([
    ['an ingress to the services', '2.11.6', { via: 'ingress', host: 'p', ingress: { through: 'services' } }],
    ['a proxy without a host', '2.5.0', { via: 'proxy' }],
  ])('pachctl reaches pachd through them also beside %s', (_title, release, access) =>
    expect(urlsOf(release, access, PORTS).pachd).toBe('grpc://localhost:30650'),
  );

  test('ports of a node without a name are those of the Services', () => {
    expect(urlsOf('2.11.6', { via: 'nodePort' }, PORTS)).toMatchObject({
      issuer: 'http://pachd:31658',
      browserIssuer: 'http://localhost:31658',
      pachdRedirect: `http://localhost:31657${PACHD}`,
      pachd: 'grpc://localhost:31650',
    });
    const beside: Partial<ClusterDocument> = { identity: { dex: 'standalone' } };
    expect(urlsOf('2.11.6', { via: 'nodePort' }, beside)).toMatchObject({
      issuer: 'http://dex:5556/dex',
      browserIssuer: 'http://localhost:30556/dex',
      consoleIssuer: 'http://localhost:30556',
      userAccessibleIssuer: 'http://localhost:30556',
      pachd: 'grpc://localhost:30650',
    });
    expect(
      urlsOf('2.11.6', { via: 'nodePort' }, { ...beside, dex: { service: { nodePort: 31556 } } })
        .browserIssuer,
    ).toBe('http://localhost:31556/dex');
    expect(urlsOf('2.11.6', { via: 'portForward' }, beside).browserIssuer).toBe('http://localhost:5556/dex');
  });

  test('a member of an enterprise server runs no Dex to be sent to', () =>
    expect(
      urlsOf(
        '2.11.6',
        { via: 'proxy' },
        {
          enterprise: {
            member: {
              serverAddress: 'grpc://e:31650',
              serverToken: 'token',
              callbackAddress: 'grpc://pachd:30650',
            },
          },
        },
      ).localhostIssuer,
    ).toBe(false));

  test.each([true, false])('localhostIssuer %s of the document holds', (localhostIssuer) =>
    expect(urlsOf('2.11.6', { via: 'proxy', host: 'p', localhostIssuer }).localhostIssuer).toBe(
      localhostIssuer,
    ),
  );
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
