import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';
import { checkSecretValues } from '../../src/secrets/check-secret-values';
import { clusterOf } from '../support/cluster-of';

const HASH = '$2a$10$33EMT0cVYVlPy6WAMCLsceLYjWhuHpbz5yuZxu/GAFj03J9Lytjuy';

describe('hashes of the users of a Dex beside pachd', () => {
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
