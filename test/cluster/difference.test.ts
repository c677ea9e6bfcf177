import { compareWithObjects, type Difference } from '../../src/cluster/difference';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { wantedOf } from './wanted-of';

type Document = Partial<ClusterDocument>;

const between = (before: Document, after: Document): Difference =>
  compareWithObjects(wantedOf(before).objects, wantedOf(after));

const meanings = (before: Document, after: Document): string[] =>
  between(before, after).meanings.map(({ text, todo }) => (todo === undefined ? text : `${text} | ${todo}`));

const auth = (own: Document['auth'] = {}): Document => ({
  auth: { rootToken: 'first-root-token', roleBindings: { 'user:ada@acme.com': ['clusterAdmin'] }, ...own },
});

const connector = (id: string): NonNullable<NonNullable<Document['identity']>['connectors']>[number] => ({
  type: 'oidc',
  id,
  name: id,
  config: { issuer: 'https://login.acme.com', clientID: 'pachyderm', clientSecret: 'planted-client-secret' },
});

const withConnectors = (...ids: string[]): Document => ({ identity: { connectors: ids.map(connector) } });

test('a document does not differ from itself', () => {
  const { differs, changes, meanings: none } = between(auth(), auth());
  expect({ differs, none }).toEqual({ differs: false, none: [] });
  expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['none']));
});

test('objects come and go, and Pods restart', () => {
  const { changes, differs } = between(
    { console: { enabled: true } },
    { console: { enabled: false }, pachd: { environment: { LOG_LEVEL: 'debug' } } },
  );
  const actions = changes
    .filter(({ action }) => action !== 'none')
    .map(({ action, kind, name, restarts }) => `${action} ${kind}/${name}${restarts ? ' restarts' : ''}`);
  expect(actions).toEqual(
    expect.arrayContaining([
      'update Deployment/pachd restarts',
      'delete Deployment/console',
      'delete Service/console',
    ]),
  );
  expect(differs).toBe(true);
});

test.each<[string, Document, Document, string]>([
  [
    'a root token',
    auth(),
    auth({ rootToken: 'other-root-token' }),
    'the root token changes: users of the old one have to log in again once pachd has restarted',
  ],
  [
    'a host',
    { ...auth(), ...withConnectors('login') },
    { ...auth(), ...withConnectors('login'), access: { via: 'nodePort', host: 'pach.acme.com' } },
    'the callback URL of the connector login changes from http://pachyderm.acme.com:30658/callback to http://pach.acme.com:30658/callback | register http://pach.acme.com:30658/callback at its provider first, or logins through it fail',
  ],
  [
    'a role',
    auth(),
    auth({ roleBindings: { 'user:ada@acme.com': ['repoReader'] } }),
    'user:ada@acme.com loses clusterAdmin on the cluster',
  ],
  [
    'a connector that goes',
    { ...auth(), ...withConnectors('old', 'login') },
    { ...auth(), ...withConnectors('login') },
    'no user can log in through the connector old any more; sessions that began with it continue',
  ],
  [
    'the last connector, which stays',
    { ...auth(), ...withConnectors('old') },
    auth(),
    'the connector old leaves the document and stays in Dex: users keep logging in with it | pachctl idp delete-connector old',
  ],
  [
    'authentication',
    auth(),
    { auth: { enabled: false } },
    'the document switches authentication off, and in this cluster it stays on: root token, sessions and role bindings keep working | pachctl auth deactivate',
  ],
  [
    'a release',
    { release: '2.11.6' },
    { release: '2.12.0-rc.3' },
    'pachd moves from 2.11.6 to 2.12.0-rc.3: it migrates its database when it starts, and there is no way back | back up the database and the object store first',
  ],
  [
    'a smaller volume',
    { database: { internal: { size: '50Gi' } } },
    { database: { internal: { size: '10Gi' } } },
    'the volume claims of StatefulSet/postgres cannot shrink from 50Gi to 10Gi: those that exist keep their size',
  ],
  [
    'a larger volume',
    { database: { internal: { size: '50Gi' } } },
    { database: { internal: { size: '100Gi' } } },
    'the volume claims of StatefulSet/postgres that exist keep their 50Gi; only new ones get 100Gi | kubectl patch pvc, where the storage class allows claims to grow',
  ],
  [
    'a password of the bundled database',
    { database: { internal: { password: 'first-password' } } },
    { database: { internal: { password: 'other-password' } } },
    'a password of the bundled PostgreSQL changes: the server keeps the one its volume was set up with and refuses the new one | change it there first, with ALTER USER',
  ],
  [
    'Console, whose client stays',
    { ...auth(), console: { enabled: true } },
    { ...auth(), console: { enabled: false } },
    'the client console leaves the document and stays in Dex with its secret and redirect URIs | pachctl idp delete-client console',
  ],
  [
    'a node port',
    { access: { via: 'nodePort' } },
    { access: { via: 'proxy', host: 'pachyderm.acme.com' } },
    'Service pachd gets another type or port: clients that use it need another address | change DNS, firewalls, and pachctl connect',
  ],
])('what it means: %s', (_, before, after, meaning) => {
  expect(meanings(before, after)).toContain(meaning);
});

test('no secret is in what is shown', () => {
  const [before = {}, after = {}] = ['one', 'two'].map((word): Document => ({
    ...auth({ rootToken: `planted-root-${word}`, clientSecret: `planted-client-${word}` }),
    identity: {
      connectors: [
        {
          type: 'ldap' as const,
          id: 'corp',
          name: 'Corp',
          config: {
            host: `ldap-${word}.acme.com:636`,
            bindDN: 'cn=reader',
            bindPW: `planted-bind-${word}`,
            userSearch: {
              baseDN: 'dc=acme',
              username: 'uid',
              idAttr: 'uid',
              emailAttr: 'mail',
              nameAttr: 'cn',
            },
          },
        },
      ],
    },
    pachd: { environment: { PROXY: `http://ada:planted-url-${word}@proxy.acme.com` } },
    database: { internal: { password: `planted-password-${word}` } },
  }));
  const shown = between(before, after);
  expect(shown.changes.filter(({ action }) => action === 'update').length).toBeGreaterThan(3);
  expect(JSON.stringify(shown)).not.toMatch(/planted/);
});
