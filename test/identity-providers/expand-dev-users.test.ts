import { locate } from '../../src/document/source-node';
import type { Cluster } from '../../src/model/cluster';
import { checkDocument } from '../../src/pipeline/check-document';
import { documentOf } from '../support/input-of';

const HEAD = `apiVersion: pachkit/v1
name: test
release: 2.12.0-rc.3
profile: dev
`;

const check = (text: string): ReturnType<typeof checkDocument> =>
  checkDocument(documentOf({ 'pachyderm.yaml': HEAD + text }));

function clusterOf(text: string): Cluster {
  const { cluster, diagnostics } = check(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!cluster) throw new Error('no cluster');
  return cluster;
}

const USERS = `dev:
  users:
    - { email: ada@acme.com, groups: [data-science], roles: [clusterAdmin, projectCreator] }
    - { email: grace@acme.com }
`;

test('a directory is a connector after those of the document', () => {
  const { identity } = clusterOf(
    `${USERS}identity: { connectors: [{ type: mockPassword, id: test, config: { username: a, password: b } }] }`,
  );
  expect(identity.connectors.map(({ id, type }) => [id, type])).toEqual([
    ['test', 'mockPassword'],
    ['dev-users', 'ldap'],
  ]);
});

test('roles are bound to the address, beside the bindings of the document', () => {
  const { auth } = clusterOf(
    `${USERS}auth: { roleBindings: { 'user:ada@acme.com': [projectCreator, projectViewer], allClusterUsers: [projectCreator] } }`,
  );
  expect(auth?.roleBindings).toEqual({
    'user:ada@acme.com': ['projectCreator', 'projectViewer', 'clusterAdmin'],
    allClusterUsers: ['projectCreator'],
  });
});

test('without roles the bindings of the cluster stay as they are', () => {
  expect(clusterOf('dev: { users: [{ email: ada@acme.com }] }').auth?.roleBindings).toBeUndefined();
});

test.each([
  ['the Dex inside', '', 'directory'],
  [
    'a standalone Dex that reads groups',
    'identity: { dex: standalone }\ndex: { version: 2.45.1 }\n',
    'passwords',
  ],
  ['one that does not', 'identity: { dex: standalone }\ndex: { version: 2.44.0 }\n', 'directory'],
])('people in groups are known to %s', (_, dex, keptIn) => {
  const cluster = clusterOf(USERS + dex);
  expect(cluster.dev?.keptIn).toBe(keptIn);
  expect(cluster.identity.connectors.map(({ id }) => id)).toEqual(
    keptIn === 'directory' ? ['dev-users'] : [],
  );
  expect((cluster.dex?.staticPasswords ?? []).map(({ email, groups }) => [email, groups])).toEqual(
    keptIn === 'passwords'
      ? [
          ['ada@acme.com', ['data-science']],
          ['grace@acme.com', undefined],
        ]
      : [],
  );
});

test('people without groups need no directory beside a standalone Dex of any version', () => {
  const { dev } = clusterOf(
    'dev: { users: [{ email: ada@acme.com }] }\nidentity: { dex: standalone }\ndex: { version: 2.41.1 }',
  );
  expect(dev?.keptIn).toBe('passwords');
});

test('a role that no release knows is found where it is written', () => {
  const { diagnostics, document } = check('dev: { users: [{ email: ada@acme.com, roles: [owner] }] }');
  const found = diagnostics.find(({ code }) => code === 'AUT001');
  expect(found?.location).toEqual(locate(document.root, ['dev', 'users', 0, 'roles', 0]));
  expect(found?.path).toBe('/dev/users/0/roles/0');
});

test.each([
  'dev: 1',
  'dev: { users: ada }',
  'dev: { users: [1, null, { roles: 2 }] }',
  'dev: { users: [{ groups: 1 }] }\nauth: 3',
])('what has not its form is said by the schema alone: %s', (text) => {
  const codes = check(`${text}\nidentity: { connectors: [{ type: mockCallback, id: test }] }`)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !code.startsWith('SCH'))).toEqual([]);
});
