import {
  CALLBACK,
  healthyDex,
  healthyDocument,
  healthyProvider,
  HOST,
  html,
  ISSUER,
  json,
  PROVIDER,
  PROVIDER_HOST,
  redirect,
  SECRETS,
  startHealthy,
} from './healthy';
import {
  certificates,
  closedPort,
  examined,
  hopsOf,
  seenAt,
  StandIns,
  type Answering,
  type Reply,
} from './stand-ins';
import type { Consultation } from '../../src/doctor/examine-files';

const servers = new StandIns();
afterEach(() => servers.stop());

type Document = ReturnType<typeof healthyDocument>;

/** A server that answers one path otherwise. */
const except =
  (answering: Answering, path: string, reply: Reply | undefined | ((url: URL) => Reply)): Answering =>
  (question) =>
    question.url.pathname === path
      ? typeof reply === 'function'
        ? reply(question.url)
        : reply
      : answering(question);

const DISCOVERY = '/dex/.well-known/openid-configuration';
const PROVIDER_DISCOVERY = '/realms/acme/.well-known/openid-configuration';
const at = (key: string): string => `/identity/connectors/0/config/${key}`;
const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Warnings that every chain has here, because the authority of the tests is one of `--ca`. */
const BY_OPTION = `connector sso: TLS warning HOP003 ${at('issuer')}`;

describe('after a deploy of the cluster', () => {
  const afterDeploy = async (ports: Readonly<Record<string, number>>, ofDeployed = 'acme') =>
    examined(healthyDocument(), ports, { variables: SECRETS, ofDeployed });

  test('the login is looked at, and nothing that the deploy has said before', async () => {
    const seen = hopsOf(await afterDeploy(await startHealthy(servers)));
    expect(seen).toContain('Dex: discovery ok');
    expect(seen.filter((hop) => hop.startsWith('document'))).toEqual([]);
  });

  test('what cannot be reached from here is a warning with its fix', async () => {
    const ports = { ...(await startHealthy(servers)), [`${HOST}:443`]: await closedPort() };
    const seen = await afterDeploy(ports);
    expect(hopsOf(seen).slice(0, 3)).toEqual([
      'Dex: DNS ok',
      'Dex: TCP warning HOP002 /access/host',
      'Dex: TLS skipped',
    ]);
    expect(seenAt(seen, 'Dex', 'TCP')).toMatch(/^cannot be looked at from here: the connection is refused/);
    expect(seen.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('what answers, and answers wrong, is an error', async () => {
    const dex = except(healthyDex, DISCOVERY, json({ issuer: 'https://else.acme.com/dex' }));
    expect(hopsOf(await afterDeploy(await startHealthy(servers, { dex })))).toContain(
      'Dex: discovery failed HOP009 /access/host',
    );
  });

  test('other clusters of the file are left alone', async () =>
    expect((await afterDeploy({}, 'another')).examinations).toEqual([]));
});

test('a healthy login has no fault, and every hop is seen', async () => {
  const seen = await examined(healthyDocument(), await startHealthy(servers), { variables: SECRETS });
  expect(hopsOf(seen)).toEqual([
    'document: rules ok',
    'document: secrets ok',
    'Dex: DNS ok',
    'Dex: TCP ok',
    'Dex: TLS ok',
    'Dex: discovery ok',
    'Dex: clock ok',
    'Dex: keys ok',
    'Dex: client ok',
    'Dex: client secret ok',
    'Dex: pachd ok',
    'Dex: Console ok',
    'pachd API: root token skipped',
    'pachd API: bindings skipped',
    'pachd API: clients skipped',
    'pachd API: connectors skipped',
    'connector sso: DNS ok',
    'connector sso: TCP ok',
    BY_OPTION,
    'connector sso: discovery ok',
    'connector sso: clock ok',
    'connector sso: keys ok',
    'connector sso: in Dex ok',
    'connector sso: login page ok',
    'connector sso: client secret ok',
  ]);
  expect(JSON.stringify(seen)).not.toMatch(/planted/);
});

interface Case {
  readonly title: string;
  readonly document?: (document: Document) => void;
  readonly dex?: Answering;
  readonly provider?: Answering;
  readonly dexCertificate?: { cert: string; key: string };
  readonly providerCertificate?: { cert: string; key: string };
  readonly ports?: () => Promise<Readonly<Record<string, number>>>;
  readonly given?: Partial<Consultation>;
  readonly variables?: Readonly<Record<string, string>>;
  /** What is wrong, beside the warning that all have. */
  readonly faults: readonly string[];
  /** What is seen there, or part of it. */
  readonly seen: readonly [section: string, hop: string, text: string];
}

const setConfig =
  (key: string, value: unknown) =>
  (document: Document): void => {
    const [connector] = document.identity.connectors;
    if (connector) connector.config[key] = value;
  };

const cases: readonly Case[] = [
  {
    title: 'a host that DNS does not know',
    document: (document) =>
      (document['access'] = { via: 'proxy', host: 'nowhere.invalid', tls: { secretName: 't' } }),
    faults: [
      'Dex: DNS failed HOP001 /access/host',
      // The provider knows the callback URL of the old host only.
      `connector sso: login page failed HOP014 ${at('redirectURI')}`,
    ],
    seen: ['Dex', 'DNS', 'no such name'],
  },
  {
    title: 'a port that is closed',
    ports: async () => ({ [`${HOST}:443`]: await closedPort() }),
    faults: ['Dex: TCP failed HOP002 /access/host'],
    seen: ['Dex', 'TCP', 'ECONNREFUSED'],
  },
  {
    title: 'a port that takes connections and says nothing',
    ports: async () => ({ [`${HOST}:443`]: await servers.tcp(() => undefined) }),
    given: { timeout: 200 },
    faults: ['Dex: TLS failed HOP029 /access/host'],
    seen: ['Dex', 'TLS', 'no answer in 0.2 s'],
  },
  {
    title: 'a port without TLS',
    ports: async () => ({ [`${HOST}:443`]: await servers.http(healthyDex) }),
    faults: ['Dex: TLS failed HOP006 /access/host'],
    seen: ['Dex', 'TLS', 'does not speak TLS'],
  },
  {
    title: 'a certificate of an authority that no one trusts',
    given: { authorities: '' },
    faults: ['Dex: TLS failed HOP003 /access/host', `connector sso: TLS failed HOP003 ${at('issuer')}`],
    seen: ['Dex', 'TLS', 'Authority of the tests, which is not trusted'],
  },
  {
    title: 'a certificate of another name',
    dexCertificate: certificates.other,
    faults: ['Dex: TLS failed HOP004 /access/host'],
    seen: ['Dex', 'TLS', `is for ingress.local, not for ${HOST}`],
  },
  {
    title: 'certificates that have expired',
    given: { now: () => Date.now() + 200 * YEAR },
    faults: ['Dex: TLS failed HOP005 /access/host', `connector sso: TLS failed HOP005 ${at('issuer')}`],
    seen: ['Dex', 'TLS', 'expired on 2126'],
  },
  {
    title: 'certificates that are not valid yet',
    given: { now: () => Date.now() - 20 * YEAR },
    faults: ['Dex: TLS failed HOP005 /access/host', `connector sso: TLS failed HOP005 ${at('issuer')}`],
    seen: ['Dex', 'TLS', 'is valid from 2026'],
  },
  {
    title: 'a way in that has no Dex behind it',
    dex: () => ({ status: 503, body: 'no healthy upstream' }),
    faults: [
      'Dex: discovery failed HOP007 /access/host',
      'Dex: pachd warning HOP024 /access',
      'Dex: Console warning HOP024 /console',
    ],
    seen: ['Dex', 'discovery', '503 with `no healthy upstream`'],
  },
  {
    title: 'a page of HTML where discovery should be',
    dex: except(healthyDex, DISCOVERY, html('Console')),
    faults: ['Dex: discovery failed HOP007 /access/host'],
    seen: ['Dex', 'discovery', '200 with a page of HTML'],
  },
  {
    title: 'the Dex inside pachd that does not start',
    dex: except(healthyDex, DISCOVERY, { status: 500, body: 'unable to start Dex server, check logs' }),
    faults: ['Dex: discovery failed HOP013 /access/host'],
    seen: ['Dex', 'discovery', 'unable to start Dex server'],
  },
  {
    title: 'discovery that redirects in a circle',
    dex: except(healthyDex, DISCOVERY, redirect(`${ISSUER}/.well-known/openid-configuration`)),
    faults: ['Dex: discovery failed HOP020 /access/host'],
    seen: ['Dex', 'discovery', 'in a circle'],
  },
  {
    title: 'a Dex that calls itself with a slash',
    dex: except(healthyDex, DISCOVERY, json({ issuer: `${ISSUER}/` })),
    faults: ['Dex: discovery failed HOP009 /access/host'],
    seen: ['Dex', 'discovery', `${ISSUER}/`],
  },
  {
    title: 'a Dex without keys',
    dex: except(healthyDex, '/dex/keys', json({ keys: [] })),
    faults: ['Dex: keys failed HOP010 /access/host'],
    seen: ['Dex', 'keys', 'no key is published'],
  },
  {
    title: 'a Dex that does not know the client',
    document: (document) => (document['auth'] = { ...(document['auth'] as object), clientID: 'pachd2' }),
    faults: ['Dex: client failed HOP011 /auth'],
    seen: ['Dex', 'client', 'Invalid client_id ("pachd2")'],
  },
  {
    title: 'a Dex that does not know the redirect URI',
    dex: except(healthyDex, '/dex/auth', html('Unregistered redirect_uri (&#34;https://x&#34;).', 400)),
    faults: ['Dex: client failed HOP011 /auth'],
    seen: ['Dex', 'client', 'Unregistered redirect_uri ("https://x")'],
  },
  {
    title: 'a Dex with another secret of pachd',
    variables: { ...SECRETS, PACHD_SECRET: 'planted and wrong' },
    faults: ['Dex: client secret failed HOP018 /auth/clientSecret'],
    seen: ['Dex', 'client secret', 'invalid_client: Invalid client credentials.'],
  },
  {
    title: 'a Dex that does not offer the connector',
    dex: except(
      healthyDex,
      '/dex/auth',
      html('<a href="/dex/auth/ldap?x=1">LDAP</a><a href="/dex/auth/github?x=1">GitHub</a>'),
    ),
    faults: ['connector sso: in Dex failed HOP012 /identity/connectors/0'],
    seen: ['connector sso', 'in Dex', 'Dex offers ldap, github and not sso'],
  },
  {
    title: 'a Dex that cannot begin the login',
    dex: except(healthyDex, '/dex/auth/sso', html('Internal Server Error Login error.', 500)),
    faults: [`connector sso: in Dex failed HOP013 ${at('redirectURI')}`],
    seen: ['connector sso', 'in Dex', 'Login error.'],
  },
  {
    title: 'a Dex that runs with another document',
    dex: except(
      healthyDex,
      '/dex/auth/sso',
      redirect(`${PROVIDER}/auth?client_id=pachyderm&redirect_uri=${encodeURIComponent(`${CALLBACK}/old`)}`),
    ),
    faults: [
      `connector sso: in Dex warning HOP028 ${at('redirectURI')}`,
      `connector sso: login page failed HOP014 ${at('redirectURI')}`,
    ],
    seen: ['connector sso', 'in Dex', `${CALLBACK}/old`],
  },
  {
    title: 'a provider whose issuer has a slash',
    provider: except(
      healthyProvider,
      PROVIDER_DISCOVERY,
      json({ issuer: `${PROVIDER}/`, authorization_endpoint: PROVIDER, token_endpoint: PROVIDER }),
    ),
    faults: [`connector sso: discovery failed HOP009 ${at('issuer')}`],
    seen: ['connector sso', 'discovery', `${PROVIDER}/`],
  },
  {
    title: 'a provider without a discovery document',
    provider: () => ({ status: 404, body: '' }),
    faults: [`connector sso: discovery failed HOP008 ${at('issuer')}`],
    seen: ['connector sso', 'discovery', '404 with nothing'],
  },
  {
    title: 'a provider that answers a page of HTML',
    provider: () => html('Welcome'),
    faults: [`connector sso: discovery failed HOP008 ${at('issuer')}`],
    seen: ['connector sso', 'discovery', '200 with a page of HTML'],
  },
  {
    title: 'a provider with no keys',
    provider: except(healthyProvider, '/realms/acme/keys', json({ keys: [] })),
    faults: [`connector sso: keys failed HOP010 ${at('issuer')}`],
    seen: ['connector sso', 'keys', 'no key is published'],
  },
  {
    title: 'a provider with other keys than JSON',
    provider: except(healthyProvider, '/realms/acme/keys', html('Not found', 404)),
    faults: [`connector sso: keys failed HOP010 ${at('issuer')}`],
    seen: ['connector sso', 'keys', '404 with a page of HTML'],
  },
  {
    title: 'a provider that does not know the client',
    document: setConfig('clientID', 'pachyderm2'),
    dex: except(
      healthyDex,
      '/dex/auth/sso',
      redirect(`${PROVIDER}/auth?client_id=pachyderm2&redirect_uri=${CALLBACK}`),
    ),
    faults: [`connector sso: login page failed HOP015 ${at('clientID')}`],
    seen: ['connector sso', 'login page', 'Client not found.'],
  },
  {
    title: 'a provider that refuses a scope, and sends browsers back',
    provider: except(
      healthyProvider,
      '/realms/acme/auth',
      redirect(`${CALLBACK}?error=invalid_scope&error_description=Invalid+scopes:+openid+groups&state=x`),
    ),
    faults: [`connector sso: login page failed HOP016 ${at('scopes')}`],
    seen: ['connector sso', 'login page', 'invalid_scope: Invalid scopes: openid groups'],
  },
  {
    title: 'a provider that refuses for a reason that no one knows',
    provider: except(healthyProvider, '/realms/acme/auth', html('Computer says no', 403)),
    faults: [`connector sso: login page failed HOP017 ${at('issuer')}`],
    seen: ['connector sso', 'login page', '403 Log in: Computer says no'],
  },
  {
    title: 'a provider that redirects in a circle',
    provider: except(healthyProvider, '/realms/acme/login', redirect('/realms/acme/login')),
    faults: [`connector sso: login page failed HOP020 ${at('issuer')}`],
    seen: ['connector sso', 'login page', 'in a circle'],
  },
  {
    title: 'a provider with another client secret',
    variables: { ...SECRETS, SSO_SECRET: 'planted and wrong' },
    faults: [`connector sso: client secret failed HOP018 ${at('clientSecret')}`],
    seen: ['connector sso', 'client secret', 'invalid_client: Invalid client credentials'],
  },
  {
    title: 'a provider whose clock is an hour behind',
    provider: (question) => {
      const reply = healthyProvider(question);
      const date = new Date(Date.now() - 60 * 60 * 1000).toUTCString();
      return reply && { ...reply, headers: { ...reply.headers, date } };
    },
    faults: [`connector sso: clock failed HOP019 ${at('issuer')}`],
    seen: ['connector sso', 'clock', '60 min behind this machine'],
  },
  {
    title: 'a Dex whose clock is two minutes ahead',
    dex: (question) => {
      const reply = healthyDex(question);
      const date = new Date(Date.now() + 130 * 1000).toUTCString();
      return reply && { ...reply, headers: { ...reply.headers, date } };
    },
    faults: ['Dex: clock warning HOP019 /access/host'],
    seen: ['Dex', 'clock', '2 min ahead of this machine'],
  },
  {
    title: 'a secret that is not there',
    variables: { PACHD_SECRET: SECRETS.PACHD_SECRET },
    faults: ['document: secrets failed'],
    seen: ['document', 'secrets', '1 cannot be read (SEC001)'],
  },
  {
    title: 'a connector of a directory that is not the one of the document',
    document: (document) =>
      (document.identity.connectors = [
        { type: 'mockPassword', id: 'sso', config: { username: 'a', password: { env: 'SSO_SECRET' } } },
      ]),
    faults: ['document: rules failed', 'connector sso: in Dex failed HOP012 /identity/connectors/0'],
    seen: ['connector sso', 'in Dex', `Dex sends browsers to ${PROVIDER_HOST}`],
  },
];

test.each(cases)('names $title', async (each) => {
  const document = healthyDocument();
  each.document?.(document);
  const ports = { ...(await startHealthy(servers, each)), ...(await each.ports?.()) };
  const seen = await examined(document, ports, { variables: each.variables ?? SECRETS, ...each.given });
  const faults = hopsOf(seen, 'failed', 'warning').filter((line) => line !== BY_OPTION);
  expect(faults).toEqual(each.faults.filter((line) => !line.endsWith(' ok')));
  const [section, hop, text] = each.seen;
  expect(seenAt(seen, section, hop)).toContain(text);
  expect(JSON.stringify(seen)).not.toMatch(/planted/);
  // Each finding has the place of what is wrong, and a fix.
  for (const { code, location, hint } of seen.diagnostics)
    if (code.startsWith('HOP')) expect([location.file, location.range, hint]).not.toContain(undefined);
});

test('a provider is asked before Dex runs, with the request that Dex would send', async () => {
  const ports = await startHealthy(servers, { dex: () => ({ status: 503 }) });
  const document = healthyDocument();
  setConfig('redirectURI', `${CALLBACK}/`)(document);
  const seen = await examined(document, ports, { variables: SECRETS });
  expect(hopsOf(seen, 'skipped')).toContain('connector sso: in Dex skipped');
  expect(hopsOf(seen, 'failed')).toContain(`connector sso: login page failed HOP014 ${at('redirectURI')}`);
  expect(seenAt(seen, 'connector sso', 'login page')).toBe('`Invalid parameter: redirect_uri`');
});

test('no secret is sent to a server whose certificate is not to be trusted', async () => {
  const asked: string[] = [];
  const provider: Answering = (question) => {
    asked.push(`${question.method} ${question.url.pathname}`);
    return healthyProvider(question);
  };
  const ports = await startHealthy(servers, { provider, providerCertificate: certificates.other });
  await examined(healthyDocument(), ports, { variables: SECRETS });
  expect(asked.filter((line) => line.startsWith('POST'))).toEqual([]);
});

test('offline, nothing is asked and the hops are listed', async () => {
  const asked: string[] = [];
  const watched: Answering = (question) => {
    asked.push(question.url.pathname);
    return healthyDex(question);
  };
  const ports = await startHealthy(servers, { dex: watched, provider: watched });
  const seen = await examined(healthyDocument(), ports, { variables: SECRETS, offline: true });
  expect(asked).toEqual([]);
  expect(seenAt(seen, 'Dex', 'discovery')).toContain(ISSUER);
  expect(hopsOf(seen, 'ok', 'failed', 'warning', 'skipped')).toEqual([
    'document: rules ok',
    'document: secrets ok',
  ]);
});

test('authentication that is off has no login', async () => {
  const document = { ...healthyDocument(), auth: { enabled: false }, profile: 'dev' };
  const seen = await examined(document, {}, { variables: SECRETS });
  expect(seenAt(seen, 'Dex', 'login')).toContain('auth.enabled is false');
});
