import { healthyDex, healthyDocument, HOST, html, json, SECRETS, startHealthy } from './healthy';
import { certificates, examined, hopsOf, seenAt, StandIns, type Answering, type Reply } from './stand-ins';

const servers = new StandIns();
afterEach(() => servers.stop());

const ROOT_TOKEN = 'planted root token';
const VARIABLES: Readonly<Record<string, string>> = { ...SECRETS, ROOT_TOKEN };

/** What pachd has, as its API shows it. */
interface Pachd {
  readonly bindings?: Readonly<Record<string, readonly string[]>>;
  readonly clients?: readonly string[];
  readonly connectors?: readonly string[];
  /** In the place of every answer. */
  readonly instead?: Reply;
}

const HEALTHY = {
  bindings: {
    'pach:root': ['clusterAdmin'],
    'internal:auth-server': ['clusterAdmin'],
    'user:ada@acme.com': ['clusterAdmin'],
    allClusterUsers: ['projectCreator'],
  },
  clients: ['pachd', 'console'],
  connectors: ['sso'],
};

const error = (code: number, message: string, status: number): Reply =>
  json({ code, message, details: [] }, status);

function pachd({
  bindings = HEALTHY.bindings,
  clients = HEALTHY.clients,
  connectors = HEALTHY.connectors,
  instead,
}: Pachd): Answering {
  return (question) => {
    const { pathname } = question.url;
    if (!pathname.startsWith('/api/')) return healthyDex(question);
    if (instead) return instead;
    if (question.headers['authn-token'] !== ROOT_TOKEN)
      return error(16, 'provided auth token is corrupted or has expired (try logging in again)', 401);
    switch (pathname) {
      case '/api/auth_v2.API/WhoAmI':
        return json({ username: 'pach:root' });
      case '/api/auth_v2.API/GetRoleBinding':
        expect(JSON.parse(question.body)).toEqual({ resource: { type: 'CLUSTER' } });
        return json({
          binding: {
            entries: Object.fromEntries(
              Object.entries(bindings).map(([principal, roles]) => [
                principal,
                { roles: Object.fromEntries(roles.map((role) => [role, true])) },
              ]),
            ),
          },
        });
      case '/api/identity_v2.API/ListOIDCClients':
        return json({ clients: clients.map((id) => ({ id, secret: 'planted', redirectUris: [] })) });
      case '/api/identity_v2.API/ListIDPConnectors':
        return json({ connectors: connectors.map((id) => ({ id, config: { clientSecret: 'planted' } })) });
      default:
        return error(12, 'Not Implemented', 501);
    }
  };
}

async function look(has: Pachd, { release = '2.12.0-rc.3', variables = VARIABLES } = {}) {
  const document = healthyDocument();
  document['release'] = release;
  document['auth'] = { ...(document['auth'] as object), rootToken: { env: 'ROOT_TOKEN' } };
  const seen = await examined(document, await startHealthy(servers, { dex: pachd(has) }), { variables });
  expect(JSON.stringify(seen)).not.toMatch(/planted/);
  return seen;
}

const ofApi = (seen: Awaited<ReturnType<typeof look>>): string[] =>
  hopsOf(seen)
    .filter((line) => line.startsWith('pachd API: '))
    .map((line) => line.slice('pachd API: '.length));

test('a cluster that is as the document has no fault', async () =>
  expect(ofApi(await look(HEALTHY))).toEqual([
    'root token ok',
    'bindings ok',
    'clients ok',
    'connectors ok',
  ]));

test.each<[string, Pachd, string, string]>([
  [
    'a binding that someone made by hand',
    { bindings: { ...HEALTHY.bindings, 'user:eve@acme.com': ['clusterAdmin'] } },
    'bindings warning HOP037 /auth/roleBindings',
    'user:eve@acme.com: otherwise than in the document',
  ],
  [
    'a binding that is missing',
    { bindings: { allClusterUsers: ['projectCreator'] } },
    'bindings warning HOP037 /auth/roleBindings/user:ada@acme.com',
    'user:ada@acme.com: otherwise',
  ],
  [
    'a client that left the document',
    { clients: [...HEALTHY.clients, 'old-cli'] },
    'clients warning HOP038 /identity/clients',
    'old-cli: not in the document',
  ],
  [
    'a client that is missing',
    { clients: ['pachd'] },
    'clients failed HOP011 /identity/clients',
    'Dex does not have console',
  ],
  [
    'a connector that left the document',
    { connectors: ['sso', 'old'] },
    'connectors warning HOP038 /identity/connectors',
    'old: not in the document',
  ],
  [
    'a connector that is missing',
    { connectors: [] },
    'connectors failed HOP012 /identity/connectors',
    'Dex does not have sso',
  ],
])('%s is named', async (_title, has, line, text) => {
  const seen = await look({ ...HEALTHY, ...has });
  expect(ofApi(seen).filter((each) => !each.endsWith(' ok'))).toEqual([line]);
  expect(seenAt(seen, 'pachd API', line.split(' ')[0] ?? '')).toContain(text);
});

test('what stays behind is named with the command that removes it', async () => {
  const { diagnostics } = await look({
    clients: [...HEALTHY.clients, 'old-cli'],
    connectors: ['sso', 'old'],
  });
  expect(diagnostics.filter(({ code }) => code === 'HOP038').map(({ hint }) => hint)).toEqual([
    'delete it: pachctl idp delete-client old-cli',
    'delete it: pachctl idp delete-connector old',
  ]);
});

test.each<[string, Pachd, Readonly<Record<string, string>>, string]>([
  [
    'is another one',
    HEALTHY,
    { ...VARIABLES, ROOT_TOKEN: 'planted and old' },
    'root token failed HOP036 /auth/rootToken',
  ],
  [
    'is asked before authentication is on',
    { instead: error(12, 'the auth service is not activated', 501) },
    VARIABLES,
    'root token failed HOP036 /auth',
  ],
  ['finds no API', { instead: html('Console', 404) }, VARIABLES, 'root token skipped'],
])('a root token that %s ends the section', async (_title, has, variables, first) =>
  expect(ofApi(await look(has, { variables }))).toEqual([
    first,
    'bindings skipped',
    'clients skipped',
    'connectors skipped',
  ]),
);

test('releases without the API are not asked', async () =>
  expect(ofApi(await look(HEALTHY, { release: '2.7.6' }))).toEqual([]));

test('the root token is not sent where the certificate is not to be trusted', async () => {
  const asked: string[] = [];
  const document = healthyDocument();
  document['auth'] = { ...(document['auth'] as object), rootToken: { env: 'ROOT_TOKEN' } };
  const dex: Answering = (question) => {
    asked.push(question.url.pathname);
    return pachd(HEALTHY)(question);
  };
  const port = await servers.http(dex, certificates.other);
  await examined(document, { [`${HOST}:443`]: port }, { variables: VARIABLES });
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([]);
});
