import {
  askedFor,
  hasDefaultPort,
  haveSameOrigin,
  isClusterHost,
  isComparable,
  isLoopbackHost,
  isOpenHttp,
  normalOrigin,
  readUrl,
} from '../../../src/model/url-text';

test.each([
  [
    'https://Pach.acme.com:443/dex/?a=1',
    ['https', 'Pach.acme.com', '443', '/dex/', '?a=1'],
    'https://pach.acme.com',
  ],
  ['http://[::1]:80', ['http', '[::1]', '80', '', ''], 'http://[::1]'],
  ['HTTPS://user:pw@acme.com', ['https', 'acme.com', '', '', ''], 'https://acme.com'],
  ['http://acme.com:8080/', ['http', 'acme.com', '8080', '/', ''], 'http://acme.com:8080'],
  ['no url', ['', '', '', '', ''], '://'],
  ['http://:', ['http', '', '', '', ''], 'http://'],
])('%s is taken apart', (text, parts, origin) => {
  const url = readUrl(text);
  expect([url.scheme, url.host, url.port, url.path, url.query]).toEqual(parts);
  expect(normalOrigin(url)).toBe(origin);
});

test('origins are compared as browsers do', () => {
  expect(haveSameOrigin('https://a.b:443/x', 'https://A.b')).toBe(true);
  expect(haveSameOrigin('https://a.b:80', 'https://a.b')).toBe(false);
  expect(haveSameOrigin('http://a.b', 'https://a.b')).toBe(false);
  expect(hasDefaultPort(readUrl('http://a.b:443'))).toBe(false);
});

test.each(['localhost', 'LOCALHOST', 'pach.localhost', '127.0.0.1', '127.8.9.10', '[::1]', '::1'])(
  '%s is the machine itself',
  (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  },
);

test.each(['acme.com', '127.0.0.1.acme.com', 'localhost.acme.com', '10.0.0.1', '[::2]', ''])(
  '%s is not',
  (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  },
);

test.each(['pachd', 'pachd.pachyderm', 'pach-enterprise.e', 'a.b.svc', 'a.b.svc.cluster.local'])(
  '%s is known to pods alone',
  (host) => {
    expect(isClusterHost(host)).toBe(true);
  },
);

test.each(['acme.com', 'pachd.acme.com', 'svc.acme.com', '10.0.0.1'])('%s is known to others', (host) => {
  expect(isClusterHost(host)).toBe(false);
});

test('http can be read on the way, except on the machine itself', () => {
  expect(isOpenHttp('http://acme.com')).toBe(true);
  expect(isOpenHttp('http://localhost:80/x')).toBe(false);
  expect(isOpenHttp('https://acme.com')).toBe(false);
});

test('URLs are compared as browsers ask for them', () => {
  expect(askedFor('HTTPS://A.b:443/X?y')).toBe('https://a.b/X?y');
  expect(askedFor('https://a.b/x')).not.toBe(askedFor('https://a.b/x/'));
});

test.each([
  ['https://a.b/x', true],
  ['http://a.b', true],
  ['a.b', false],
  ['https://<host>/x', false],
  ['https://$HOST/x', false],
  ['$URL', false],
])('whether %s can be compared: %s', (text, expected) => expect(isComparable(text)).toBe(expected));
