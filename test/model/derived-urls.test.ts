import type { ClusterDocument } from '../../src/generated/cluster-document';
import { type Access, urlsOf, columnsOf, PACHD, CONSOLE, TLS, eraB, localhostAtPort80 } from './urls-of';

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
