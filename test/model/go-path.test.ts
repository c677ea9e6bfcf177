import { dexCallbackUrl, goPathJoin, headerCallbackUrl, splitUrl } from '../../src/model/go-path';

test.each([
  ['https://dex.example.com', 'https://dex.example.com/callback'],
  ['https://dex.example.com/', 'https://dex.example.com/callback'],
  ['https://dex.example.com/dex/', 'https://dex.example.com/dex/callback'],
  ['https://dex.example.com//dex//', 'https://dex.example.com/dex/callback'],
  ['https://Dex.Example.com:443/dex', 'https://Dex.Example.com:443/dex/callback'],
  ['https://dex.example.com/dex?x=1', 'https://dex.example.com/dex/callback?x=1'],
  ['http://pachd:30658', 'http://pachd:30658/callback'],
  ['http://pachd:1658/', 'http://pachd:1658/callback'],
  ['http://192.168.49.2:30658', 'http://192.168.49.2:30658/callback'],
  ['http://[::1]:5556/dex', 'http://[::1]:5556/dex/callback'],
  ['http://dex.example.com:80', 'http://dex.example.com:80/callback'],
  ['https://dex.example.com?x=1', 'https://dex.example.com/callback?x=1'],
  ['https://dex.example.com/a/./b', 'https://dex.example.com/a/b/callback'],
  ['https://dex.example.com/a/../b', 'https://dex.example.com/b/callback'],
  ['https://dex.example.com/../b', 'https://dex.example.com/b/callback'],
  ['https://dex.example.com/a/..', 'https://dex.example.com/callback'],
  ['https://dex.example.com/DEX', 'https://dex.example.com/DEX/callback'],
])('Dex with issuer %s calls back at %s', (issuer, callback) =>
  expect(dexCallbackUrl(issuer)).toBe(callback),
);

test('the result differs from that of WHATWG URL where that normalizes', () => {
  const issuer = 'https://Dex.Example.com:443/dex';
  expect(new URL('/dex/callback', issuer).href).toBe('https://dex.example.com/dex/callback');
  expect(dexCallbackUrl(issuer)).not.toBe(new URL('/dex/callback', issuer).href);
});

/** Results of Go's path.Join, from its documentation and its tests. */
test.each<[readonly string[], string]>([
  [[], ''],
  [[''], ''],
  [['', ''], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a/b'],
  [['a', ''], 'a'],
  [['', 'b'], 'b'],
  [['/', 'a'], '/a'],
  [['/', 'a/b'], '/a/b'],
  [['/', ''], '/'],
  [['/a', '..'], '/'],
  [['a/', 'b'], 'a/b'],
  [['a/', ''], 'a'],
  [['a/b', '../../../xyz'], '../xyz'],
  [['a', 'b/c'], 'a/b/c'],
  [['a/b', '/c'], 'a/b/c'],
  [['a', '..'], '.'],
  [['/..', 'a'], '/a'],
  [['..', '..', 'a'], '../../a'],
])('path.Join(%j) is %j', (elements, joined) => expect(goPathJoin(...elements)).toBe(joined));

test.each([
  ['https://Dex.Example.com:443/dex?x=1#y', 'https://Dex.Example.com:443', '/dex', '?x=1'],
  ['https://dex.example.com', 'https://dex.example.com', '', ''],
  ['https://dex.example.com?x', 'https://dex.example.com', '', '?x'],
  ['dex.example.com/dex', '', '', ''],
  ['see https://dex.example.com/dex', '', '', ''],
])('%s is split as it is written', (url, origin, path, query) =>
  expect(splitUrl(url)).toEqual({ origin, path, query }),
);

test.each([
  ['https://pachyderm.example.com/dex/callback', 'https://pachyderm.example.com/dex/callback/sso'],
  ['http://localhost:30658/callback', 'http://localhost:30658/callback/sso'],
  ['https://dex.example.com/dex/callback?x=1', 'https://dex.example.com/dex/callback/sso?x=1'],
])('Dex, called back at %s, takes the headers of the connector sso at %s', (callback, url) =>
  expect(headerCallbackUrl(callback, 'sso')).toBe(url),
);
