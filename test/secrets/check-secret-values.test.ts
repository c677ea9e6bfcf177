import fc from 'fast-check';
import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';
import { checkFiles } from '../../src/pipeline/check-files';
import { licenseKeyError } from '../../src/model/license-key';
import { checkSecretValues } from '../../src/secrets/check-secret-values';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { inputOf } from '../support/input-of';
import { clusterOf } from '../support/cluster-of';
import { readConnectionString } from '../support/connection-string';

const HASH = '$2a$10$33EMT0cVYVlPy6WAMCLsceLYjWhuHpbz5yuZxu/GAFj03J9Lytjuy';

describe('hashes of the users of a standalone Dex', () => {
  const findings = (hash: string, release = '2.12.0-rc.3') => {
    const cluster = clusterOf({
      profile: 'dev',
      release,
      identity: { dex: 'standalone' },
      dex: { staticPasswords: [{ email: 'ada@acme.com', hash, userID: '1' }] },
    });
    const [root] = readYaml(new SourceFile('a.yaml', 'dex: { staticPasswords: [{ hash: x }] }', '/')).nodes;
    if (!root) throw new Error('the document cannot be read');
    const document = { file: 'a.yaml', directory: '/', defaultName: 'a', root, value: toValue(root) };
    return checkSecretValues(document, cluster);
  };

  test('are bcrypt with a cost that Dex takes', () => {
    expect(findings(HASH)).toEqual([]);
    expect(findings(HASH.replace('$10$', '$16$'))).toEqual([]);
  });

  test('begin with $, which is nothing to the job that bootstraps 2.2: it does not read them', () =>
    expect(findings(HASH, '2.2.8')).toEqual([]));

  test.each(['password', HASH.replace('$10$', '$08$'), HASH.replace('$10$', '$17$'), HASH.slice(0, -1)])(
    '%s is none',
    (text) => {
      const [finding] = findings(text);
      expect([finding?.code, finding?.path]).toEqual(['SEC009', '/dex/staticPasswords/0/hash']);
      expect(finding?.message).toContain('malformed bcrypt hash');
      expect(JSON.stringify(finding)).not.toContain(text === 'password' ? '"password"' : text);
    },
  );
});

describe('secrets that the bootstrap job of 2.2 reads', () => {
  const codes = (release: string) => {
    const cluster = clusterOf({
      profile: 'dev',
      release,
      auth: { rootToken: '$ecret' },
      identity: { clients: [{ id: 'grafana', secret: '$ecret', redirectURIs: ['http://localhost/login'] }] },
    });
    const [root] = readYaml(new SourceFile('a.yaml', 'auth: { rootToken: x }', '/')).nodes;
    if (!root) throw new Error('the document cannot be read');
    const document = { file: 'a.yaml', directory: '/', defaultName: 'a', root, value: toValue(root) };
    return checkSecretValues(document, cluster).map(({ code, path }) => [code, path]);
  };

  test('may not begin with $, which stands for a variable there', () =>
    expect(codes('2.2.8')).toEqual([
      ['SEC007', '/auth/rootToken'],
      ['SEC007', '/identity/clients/0/secret'],
    ]));

  test('may in later releases', () => expect(codes('2.12.0-rc.3')).toEqual([]));
});

/** Codes of what is wrong with the secrets of a cluster, and where; no message holds the text. */
function findingsOf(given: Partial<ClusterDocument>, secret: string): (readonly [string, string])[] {
  const [root] = readYaml(new SourceFile('a.yaml', 'release: 2.11.6', '/')).nodes;
  if (!root) throw new Error('the document cannot be read');
  const document = { file: 'a.yaml', directory: '/', defaultName: 'a', root, value: toValue(root) };
  const found = checkSecretValues(document, clusterOf({ profile: 'dev', ...given }));
  if (secret.length > 8) expect(JSON.stringify(found)).not.toContain(JSON.stringify(secret).slice(1, -1));
  return found.map(({ code, path }) => [code, path] as const);
}

describe('the password of the database', () => {
  const internal = (password: string) => findingsOf({ database: { internal: { password } } }, password);

  test.each(['two words', 'back\\slash', "'quoted", 'tab\tbed', 'no\u0000pe'])(
    '%j pachd would not read',
    (text) => expect(internal(text)).toEqual([['STO011', '/database/internal/password']]),
  );

  test.each(["it's", '$(id)', '`id`', 'a"b', 'p=w', 'ä€😀', '#;&|'])('%j pachd reads', (text) =>
    expect(internal(text)).toEqual([]),
  );

  test('is that of a server elsewhere too', () =>
    expect(
      findingsOf({ database: { external: { host: 'db.acme.com', password: 'two words' } } }, 'two words'),
    ).toEqual([['STO011', '/database/external/password']]));

  test('holds no quote where pg-bouncer writes it into its list of users', () => {
    const codes = (authType: 'md5' | 'scram-sha-256', release: string) =>
      findingsOf({ release, database: { internal: { password: 'a"b' }, authType } }, 'a"b');
    expect(codes('scram-sha-256', '2.11.6')).toEqual([['STO012', '/database/internal/password']]);
    expect(codes('md5', '2.11.6')).toEqual([]);
    // The pg-bouncer of 2.2 is not told of the type.
    expect(codes('scram-sha-256', '2.2.8')).toEqual([]);
  });

  test('may be anything for the superuser, whose password goes nowhere else', () =>
    expect(findingsOf({ database: { internal: { rootPassword: "' \\" } } }, "' \\")).toEqual([]));

  test("comes whole out of pachd's connection string wherever it is accepted", () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab=\'"\\ \t$`%{}#;é'), minLength: 1, maxLength: 8 });
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.oneof(word, fc.string({ unit: 'binary', minLength: 1 })),
        fc.nat(),
        (password, order) => {
          if (internal(password).length > 0) return;
          accepted++;
          // pachd writes the settings in any order.
          const settings = ['host=postgres', 'user=pachyderm', 'dbname=pachyderm', 'sslmode=disable'];
          settings.splice(order % 5, 0, `password=${password}`);
          expect(readConnectionString(settings.join(' '))).toEqual({
            host: 'postgres',
            user: 'pachyderm',
            dbname: 'pachyderm',
            sslmode: 'disable',
            password,
          });
        },
      ),
    );
    expect(accepted).toBeGreaterThan(10);
  });
});

describe('the key of a storage account', () => {
  test('is base64, or a word that stands for it', () => {
    const codes = (key: string) =>
      findingsOf({ storage: { azure: { container: 'data', account: 'acme', key } } }, key);
    const connection = 'AccountName=acme;AccountKey=YWJj;EndpointSuffix=core.windows.net';
    expect(codes(connection)).toEqual([['STO031', '/storage/azure/key']]);
    expect(codes('?sv=2024-11-04&sig=YWJj%3D')).toEqual([['STO031', '/storage/azure/key']]);
    expect(codes('YWJjZGVmZ2hpamtsbW5vcA==')).toEqual([]);
    expect(codes('example-key')).toEqual([]);
  });
});

describe('a license key', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const KEY = base64('{"token":"{\\"expiry\\":\\"2030-01-01T00:00:00Z\\"}","signature":"c2ln"}');
  const codes = (licenseKey: string, release = '2.11.6') =>
    findingsOf({ release, enterprise: { licenseKey } }, licenseKey);
  const REFUSED = [['SEC018', '/enterprise/licenseKey']];

  test.each([
    ['base64 of a token and its signature', KEY],
    ['names in another case', base64('{"Token":"{}","SIGNATURE":"c2ln"}')],
    ['further keys', base64('{"token":"{}","signature":"c2ln","a":1}')],
    ['lines, as base64 breaks them', KEY.replace(/.{20}/g, '$&\n')],
    ['a word that stands in for a key', 'example-license-key'],
  ])('may be %s', (_case, text) => {
    expect(codes(text).filter(([code]) => code === 'SEC018')).toEqual([]);
  });

  test.each([
    ['words', 'not base64 ***', 'activation code is not base64 encoded'],
    ['a key with a blank in front', ` ${KEY}`, 'not base64 encoded'],
    ['a key in quotes', `"${KEY}"`, 'not base64 encoded'],
    ['a key that was cut off', KEY.slice(0, -5), 'not base64 encoded'],
    [
      'JSON that is not encoded',
      '{"token":"{}","signature":"c2ln"}',
      'activation code is not base64 encoded',
    ],
    ['base64 of something else', base64('not json'), 'activation code is not valid JSON'],
    ['base64 of half of the JSON', base64('{"token":"{}","signature":"c2ln'), 'not valid JSON'],
    ['base64 of a list', base64('["token", "signature", "and more"]'), 'activation code is not valid JSON'],
    ['a token that is no string', base64('{"token":{},"signature":"c2ln"}'), 'not valid JSON'],
    ['a signature that is not base64', base64('{"token":"{}","signature":"*"}'), 'signature is not base64'],
  ])('cannot be %s', (_case, text, error) => {
    expect(codes(text)).toEqual(REFUSED);
    expect(licenseKeyError(text)).toContain(error);
    expect(codes(text, '2.2.8')).toEqual(REFUSED);
  });

  test('is nothing to releases that need none', () =>
    expect(codes('not base64 ***', '2.12.0-rc.3')).toEqual([]));

  test.each([
    ['that a variable holds is no key', '{ env: LICENSE }', ['SEC018']],
    ['in the place of the key has PRO002', '/etc/pachyderm/license.key', []],
  ])('a path %s', (_case, written, expected) => {
    const cluster = clusterOf({
      release: '2.11.6',
      enterprise: { licenseKey: '/etc/pachyderm/license.key' },
    });
    const [root] = readYaml(new SourceFile('a.yaml', `enterprise: { licenseKey: ${written} }`, '/')).nodes;
    if (!root) throw new Error('the document cannot be read');
    const document = { file: 'a.yaml', directory: '/', defaultName: 'a', root, value: toValue(root) };
    expect(cluster.profile).toBe('production');
    expect(
      checkSecretValues(document, cluster)
        .map(({ code }) => code)
        .filter((code) => code === 'SEC018'),
    ).toEqual(expected);
  });

  test('that stands in the document is checked without reading any secret', () => {
    const text =
      'apiVersion: pachkit/v1\nrelease: 2.11.6\nprofile: dev\nauth: { rootToken: { env: A }, clientSecret: { env: A } }\nconsole: { enabled: false }\nenterprise: { licenseKey: not base64, secret: { env: A } }\ndatabase: { internal: { password: two words, rootPassword: { env: A } } }\n';
    const { diagnostics } = checkFiles(['a.yaml'], inputOf({ 'a.yaml': text }));
    expect(diagnostics.map(({ code, location: { range } }) => [code, range?.line])).toEqual(
      expect.arrayContaining([
        ['SEC018', 6],
        ['STO011', 7],
      ]),
    );
    expect(JSON.stringify(diagnostics.map(({ message, hint }) => [message, hint]))).not.toContain(
      'two words',
    );
  });
});

describe('tokens that gRPC carries', () => {
  const rootToken = (text: string) => findingsOf({ auth: { rootToken: text } }, text);

  test.each(['schlüssel', 'tab\tbed', '\u007f'])('%j is none', (text) =>
    expect(rootToken(text)).toEqual([['PCH111', '/auth/rootToken']]),
  );

  test.each(['a', 'two words', '~!"#'])('%j is one', (text) => expect(rootToken(text)).toEqual([]));
});
