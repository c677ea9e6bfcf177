import { goScalar } from '../../src/document/go-yaml-scalar';
import { examineHash } from '../../src/product-files/go-bcrypt';
import { collide, goListenError, readListenAddress } from '../../src/model/go-listen-address';
import { goUrlError } from '../../src/connectors/go-url';
import { check, rows } from './support/check';

// What Go 1.22 with gopkg.in/yaml.v2 2.4.0, ghodss/yaml 1.0.0 and x/crypto/bcrypt said to the same strings.

test.each<[string, unknown, string]>([
  ['0123', 83, '83'],
  ['00123456', 42798, '42798'],
  ['08', 8, '8'],
  ['1.10', 1.1, '1.1'],
  ['1e5', 100000, '100000'],
  ['1e6', 1000000, '1e+06'],
  ['1234567.5', 1234567.5, '1.2345675e+06'],
  ['0.00001', 0.00001, '1e-05'],
  ['16777217.0', 16777217, '1.6777216e+07'],
  ['1_000', 1000, '1000'],
  ['0b11', 3, '3'],
  ['-0b11', -3, '-3'],
  ['0o17', 15, '15'],
  ['+0x1F', 31, '31'],
  ['.5_0', 0.5, '0.5'],
  ['12345678901234567890', 12345678901234567890, '12345678901234567890'],
  ['18446744073709551616', 18446744073709551616, '1.8446744e+19'],
  ['yes', true, 'true'],
  ['OFF', false, 'false'],
  ['.inf', Infinity, '+Inf'],
  ['~', null, ''],
  ['2026-01-01', '2026-01-01', '2026-01-01'],
  ['1:20', '1:20', '1:20'],
  ['0x', '0x', '0x'],
  ['1e400', '1e400', '1e400'],
  ['yES', 'yES', 'yES'],
])('an unquoted %s is %p, and %p where a string belongs', (written, value, text) =>
  expect(goScalar(written)).toMatchObject({ value, text }),
);

const HASH = '$2a$10$33EMT0cVYVlPy6WAMCLsceLYjWhuHpbz5yuZxu/GAFj03J9Lytjuy';

test.each<[string, string, 'logs in' | 'starts' | 'refuses']>([
  ['a hash', HASH, 'logs in'],
  ['a line break behind it', `${HASH}\n`, 'logs in'],
  ['another character behind it', `${HASH}x`, 'logs in'],
  ['another minor version', HASH.replace('2a', '2z'), 'logs in'],
  ['no minor version', HASH.replace('2a', '2'), 'logs in'],
  ['an older version', HASH.replace('2a', '1a'), 'logs in'],
  ['one character less', HASH.slice(0, -1), 'starts'],
  ['a character that no hash has', HASH.replace('33EM', '33!M'), 'starts'],
  ['a low cost', HASH.replace('$10$', '$04$'), 'starts'],
  ['a high cost', HASH.replace('$10$', '$17$'), 'starts'],
  ['two characters less', HASH.slice(0, -2), 'refuses'],
  ['a newer version', HASH.replace('2a', '3a'), 'refuses'],
  ['no cost', HASH.replace('$10$', '$xx$'), 'refuses'],
  ['a cost beyond bcrypt', HASH.replace('$10$', '$40$'), 'refuses'],
  ['a blank in front', ` ${HASH}`, 'refuses'],
])('bcrypt: with %s Dex behaves as it does with base64 of it', (_shows, hash, what) => {
  for (const text of [hash, Buffer.from(hash).toString('base64')]) {
    const { refused, failing } = examineHash(text);
    expect(refused !== undefined ? 'refuses' : failing !== undefined ? 'starts' : 'logs in').toBe(what);
    expect(`${refused}${failing}`).not.toContain('33EMT');
  }
});

test.each<[string, string | undefined]>([
  ['0.0.0.0:5556', undefined],
  ['[::1]:5556', undefined],
  ['localhost:http', undefined],
  ['127.0.0.1:+5556', undefined],
  [':', undefined],
  ['127.0.0.1:99999', 'address 99999: invalid port'],
  ['127.0.0.1:-1', 'address -1: invalid port'],
  [':nosuch', 'lookup tcp/nosuch: unknown port'],
  ['::1:5556', 'address ::1:5556: too many colons in address'],
  ['5556', 'address 5556: missing port in address'],
  ['[::1]', 'address [::1]: missing port in address'],
  ['[::1:5556', "address [::1:5556: missing ']' in address"],
  ['a]b:5', "address a]b:5: unexpected ']' in address"],
  ['256.1.1.1:80', 'lookup 256.1.1.1: no such host'],
  ['127.0.0.1 :80', 'lookup 127.0.0.1 : no such host'],
  ['*:80', 'lookup *: no such host'],
  ['127.1:80', 'lookup 127.1: no such host'],
  ['0:80', 'lookup 0: no such host'],
  ['dex_1.acme-corp.com.:80', undefined],
  ['[fe80::1%eth0]:80', undefined],
  ['127.0.0.1: 80', undefined],
])('Go listens on %s, or says %p', (address, error) => expect(goListenError(address)).toBe(error));

test.each<[string, string, boolean]>([
  ['0.0.0.0:5556', '127.0.0.1:5556', true],
  [':5556', '[::1]:5556', true],
  ['localhost:443', '127.0.0.1:https', true],
  ['127.0.0.1:5556', '[::ffff:127.0.0.1]:5556', true],
  ['127.0.0.1:5556', '127.0.0.2:5556', false],
  ['127.0.0.1:5556', '127.0.0.1:5557', false],
  [':0', ':0', false],
])('%s and %s collide: %p', (a, b, expected) => {
  const [first, second] = [readListenAddress(a), readListenAddress(b)];
  expect(first && second && collide(first, second)).toBe(expected);
});

test.each<[string, string | undefined]>([
  ['https://dex.example.com/dex', undefined],
  ['ftp://x', undefined],
  ['/dex', undefined],
  ['http://[::1]:5556/dex', undefined],
  ['http://a%ff/', undefined],
  ['http://[::1/dex', "missing ']' in host"],
  ['https://h:port/dex', 'invalid port ":port" after host'],
  ['https://h/%zz', 'invalid URL escape "%zz"'],
  ['https://h/#%zz', 'invalid URL escape "%zz"'],
  ['::bad', 'missing protocol scheme'],
  ['1a:b', 'first path segment in URL cannot contain colon'],
  ['http://a b/', 'invalid character " " in host name'],
  ['http://a%20b/', 'invalid URL escape "%20"'],
  ['http://a\n/', 'net/url: invalid control character in URL'],
])('Go parses %s, or says %p', (url, error) => expect(goUrlError(url)).toBe(error));

const SOUND = 'issuer: https://dex.example.com/dex\nstorage: { type: memory }\nenablePasswordDB: true\n';

describe('YAML that YAML 1.2 allows', () => {
  test.each<[string, string, boolean]>([
    ['a version of YAML', '%YAML 1.2\n---\nweb: { http: ":5556" }\n', true],
    ['the right version of YAML', '%YAML 1.1\n---\nweb: { http: ":5556" }\n', false],
    ['another directive', '%FOO bar\n---\nweb: { http: ":5556" }\n', true],
    ['a directive for tags', '%TAG ! tag:acme.com,2000:\n---\nweb: { http: ":5556" }\n', false],
    ['a per cent sign in a value', 'web: { http: ":5556" }\nfrontend: { issuer: 5 %A }\n', false],
    ['a tag of what it is not', 'web: { http: ":5556" }\nfrontend: { issuer: !!int x }\n', true],
    ['no date', 'web: { http: ":5556" }\nfrontend: { issuer: !!timestamp x }\n', true],
    ['a date', 'web: { http: ":5556" }\nfrontend: { issuer: !!timestamp 2026-01-01 }\n', false],
    ['a tag that makes a string', 'web: { http: ":5556" }\nfrontend: { issuer: !!str 5 }\n', false],
    ['a tab in front of a comment', 'web: { http: ":5556" }\n\t# c\n', true],
    ['a tab in a blank line', 'web:\n  http: 0.0.0.0:5556\n\t\n', true],
    ['a tab that goes on with a value', 'web:\n  http: 0.0.0.0:5556\n    \t# c\n', false],
    ['a tab behind a value', 'web:\n  http: 0.0.0.0:5556\t# c\n', false],
    ['a slash with a backslash', 'web: { http: ":5556" }\nfrontend: { issuer: "a\\/b" }\n', true],
    ['halves of a character', 'web: { http: ":5556" }\nfrontend: { issuer: "\\ud83d\\udd11" }\n', true],
    ['a character by its number', 'web: { http: ":5556" }\nfrontend: { issuer: "\\u00e9\\\\/" }\n', false],
    ['backslashes in single quotes', "web: { http: ':5556' }\nfrontend: { issuer: '\\/' }\n", false],
  ])('%s', (_shows, text, isRefused) => {
    const whole = text.startsWith('%') ? text + SOUND : SOUND + text;
    expect(check('dex-config', whole, 'dex@2.45').map(({ code }) => code)).toEqual(
      isRefused ? ['DEX232'] : [],
    );
  });

  test('an empty document in front is the configuration', () => {
    const text = `---\n# generated\n---\n${SOUND}web: { http: ":5556" }\n`;
    expect(rows(check('dex-config', text, 'dex@2.45'))).toEqual([['FIL009', 1, 1]]);
    expect(
      rows(check('dex-config', `# generated\n---\n${SOUND}web: { http: ":5556" }\n`, 'dex@2.45')),
    ).toEqual([]);
  });

  test('a number in quotes with the tag of one is a number', () => {
    const github = (id: string): string =>
      `${SOUND}web: { http: ":5556" }\nconnectors: [{ type: github, id: g, name: G, config: { clientID: ${id}, clientSecret: b, redirectURI: https://dex.example.com/dex/callback, orgs: [{ name: a }] } }]\n`;
    expect(check('dex-config', github('!!int "5"'), 'dex@2.45').map(({ code }) => code)).toEqual(['DEX103']);
    expect(check('dex-config', github('"5"'), 'dex@2.45')).toEqual([]);
    const client = `staticClients: [{ id: a, name: A, secret: !!int "5", redirectURIs: [/a] }]\n`;
    expect(check('dex-config', `${SOUND}web: { http: ":5556" }\n${client}`, 'dex@2.45')).toEqual([]);
  });

  test('tags are read', () => {
    const text = `${SOUND.replace('true', '!!bool yes')}web: { http: !foo ":5556" }\nfrontend: { issuer: !!binary aGVsbG8= }\n`;
    expect(rows(check('dex-config', text, 'dex@2.45'))).toEqual([]);
  });

  test.each([
    'logger: {\nlevel: info\n}\n',
    'oauth2: { responseTypes: [\ncode\n] }#x\n',
    'frontend: { issuer: "a" }# comment\n',
    'frontend:\n  issuer: "two\n  lines"\n',
    "frontend:\n  issuer: 'two\n  lines'\n  extra: { a: |\n }\n".replace('|', "'|'"),
  ])('%j is read, without a blank that no one needs', (section) => {
    const text = `${SOUND}web: { http: ":5556" }\n${section}`;
    expect(rows(check('dex-config', text, 'dex@2.45'))).toEqual([]);
    expect(rows(check('connector', text, 'pachyderm@2.11')).map(([code]) => code)).toContain('DOC002');
  });

  test('places behind such a string are where they were', () => {
    const text = `${SOUND}logger: {\nlevel: info\n}\nweb: { http: ":5556" }\nnobody: 1\n`;
    expect(rows(check('dex-config', text, 'dex@2.45'))).toEqual([['DEX201', 8, 1]]);
  });
});
