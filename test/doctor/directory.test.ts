import { healthyDex, healthyDocument, HOST, html } from './healthy';
import { certificates, examined, hopsOf, seenAt, StandIns, type Answering, type Reply } from './stand-ins';
import { directory, type StandInDirectory } from './stand-in-directory';
import tls from 'node:tls';

const servers = new StandIns();
afterEach(() => servers.stop());

const SECRETS = { PACHD_SECRET: 'planted secret of pachd', LDAP_PASSWORD: 'planted password' };
const BIND_DN = 'cn=dex,dc=acme,dc=com';

/** A document with one directory that is asked without TLS, or as `more` says. */
function document(more: object = {}): object {
  const healthy = healthyDocument();
  healthy.identity.connectors = [
    {
      type: 'ldap',
      id: 'corp',
      config: {
        host: 'ldap.acme.com:389',
        insecureNoSSL: true,
        bindDN: BIND_DN,
        bindPW: { env: 'LDAP_PASSWORD' },
        userSearch: {
          baseDN: 'ou=people,dc=acme,dc=com',
          filter: '(objectClass=person)',
          username: 'mail',
          idAttr: 'uid',
          emailAttr: 'mail',
          nameAttr: 'cn',
        },
        groupSearch: {
          baseDN: 'ou=groups,dc=acme,dc=com',
          userMatchers: [{ userAttr: 'DN', groupAttr: 'member' }],
          nameAttr: 'cn',
        },
        ...more,
      },
    },
  ];
  return healthy;
}

const PERSON = { uid: 'planted-uid', mail: 'planted@acme.com', cn: 'Planted Name' };

const HEALTHY: StandInDirectory = {
  bind: (dn) => ({ code: dn === BIND_DN ? 0 : 49 }),
  search: (base) => (base.startsWith('ou=people') ? [PERSON] : [{ cn: 'planted-group' }]),
};

async function look(stand: StandInDirectory, more: object = {}, given: object = {}) {
  const port = await servers.tcp(directory(stand));
  return examined(
    document(more),
    { 'ldap.acme.com:389': port, 'ldap.acme.com:636': port },
    {
      variables: SECRETS,
      ...given,
    },
  );
}

/** Hops of the directory alone: nothing is at the host of the cluster. */
const ofDirectory = (seen: Awaited<ReturnType<typeof look>>): string[] =>
  hopsOf(seen).filter((line) => line.startsWith('connector corp: ') && !/in Dex|form|bindings/.test(line));

const config = '/identity/connectors/0/config';

test('a healthy directory is bound to and searched, and no value of it is shown', async () => {
  const seen = await look(HEALTHY);
  expect(ofDirectory(seen)).toEqual([
    'connector corp: DNS ok',
    'connector corp: TCP ok',
    'connector corp: bind ok',
    'connector corp: users ok',
    'connector corp: groups ok',
  ]);
  expect(JSON.stringify(seen)).not.toMatch(/planted/i);
});

test.each([
  {
    title: 'a bind that is refused',
    stand: { ...HEALTHY, bind: () => ({ code: 49 }) },
    fault: `connector corp: bind failed HOP021 ${config}/bindDN`,
    seen: ['bind', '`LDAP Result Code 49 "Invalid Credentials"`'],
  },
  {
    title: 'a password that has expired, as Active Directory says it',
    stand: {
      ...HEALTHY,
      bind: () => ({
        code: 49,
        message: '80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 532, v4563',
      }),
    },
    fault: `connector corp: bind failed HOP021 ${config}/bindDN`,
    seen: ['bind', 'the password has expired'],
  },
  {
    title: 'a directory that wants TLS before a bind',
    stand: { ...HEALTHY, bind: () => ({ code: 13 }) },
    fault: `connector corp: bind failed HOP021 ${config}/bindDN`,
    seen: ['bind', '"Confidentiality Required"'],
  },
  {
    title: 'a base for users that does not exist',
    stand: { ...HEALTHY, search: (base: string) => (base.startsWith('ou=people') ? 32 : [{ cn: 'x' }]) },
    fault: `connector corp: users failed HOP022 ${config}/userSearch/baseDN`,
    seen: ['users', '"No Such Object"'],
  },
  {
    title: 'a base for groups that does not exist',
    stand: { ...HEALTHY, search: (base: string) => (base.startsWith('ou=people') ? [PERSON] : 32) },
    fault: `connector corp: groups failed HOP022 ${config}/groupSearch/baseDN`,
    seen: ['groups', '"No Such Object"'],
  },
  {
    title: 'a search that finds no one',
    stand: { ...HEALTHY, search: (base: string) => (base.startsWith('ou=people') ? [] : [{ cn: 'x' }]) },
    fault: `connector corp: users warning HOP023 ${config}/userSearch/baseDN`,
    seen: ['users', 'nothing matches (&(objectClass=person)(mail=*))'],
  },
  {
    title: 'an attribute that the entries lack',
    stand: {
      ...HEALTHY,
      search: (base: string) =>
        base.startsWith('ou=people') ? [{ uid: 'a', mail: 'a@b.c' }] : [{ cn: 'x' }],
    },
    fault: `connector corp: users warning HOP023 ${config}/userSearch/nameAttr`,
    seen: ['users', 'has cn'],
  },
  {
    title: 'an attribute in another case',
    stand: {
      ...HEALTHY,
      search: (base: string) =>
        base.startsWith('ou=people') ? [{ ...PERSON, UID: 'a', uid: '' }] : [{ cn: 'x' }],
    },
    fault: `connector corp: users warning HOP023 ${config}/userSearch/idAttr`,
    seen: ['users', 'has uid'],
  },
  {
    title: 'a filter that cannot be read',
    more: {
      userSearch: {
        baseDN: 'ou=people,dc=acme,dc=com',
        filter: '(objectClass=person',
        username: 'mail',
        idAttr: 'uid',
        emailAttr: 'mail',
      },
    },
    stand: HEALTHY,
    fault: `connector corp: users failed HOP022 ${config}/userSearch/filter`,
    seen: ['users', '`'],
  },
  {
    title: 'StartTLS that is refused',
    more: { insecureNoSSL: false, startTLS: true },
    stand: HEALTHY,
    fault: `connector corp: TLS failed HOP006 ${config}/host`,
    seen: ['TLS', 'the directory refuses StartTLS: `LDAP Result Code 2 "Protocol Error"`'],
  },
  {
    title: 'TLS at a port that has none',
    more: { insecureNoSSL: false, host: 'ldap.acme.com' },
    given: { timeout: 300 },
    stand: HEALTHY,
    fault: `connector corp: TLS failed HOP029 ${config}/host`,
    seen: ['TLS', 'no answer in 0.3 s'],
  },
])('names $title', async ({ stand, more, given, fault, seen: [hop, text] }) => {
  const seen = await look(stand, more, given);
  expect(ofDirectory(seen).filter((line) => / (failed|warning) /.test(line))).toEqual([fault]);
  expect(seenAt(seen, 'connector corp', hop ?? '')).toContain(text);
  expect(JSON.stringify(seen)).not.toMatch(/planted/i);
});

test('a directory with TLS that is asked without closes the connection', async () => {
  const { cert, key } = certificates.server;
  const server = tls.createServer({ cert, key });
  const port = await servers.tcp((socket) => void server.emit('connection', socket));
  const seen = await examined(document(), { 'ldap.acme.com:389': port }, { variables: SECRETS });
  expect(ofDirectory(seen)).toContain(`connector corp: bind failed HOP006 ${config}/insecureNoSSL`);
});

describe('Dex, which checks passwords itself,', () => {
  const FORM = html(
    '<form method="post" action="/dex/auth/corp/login?state=a"><input name="login"><input name="password" type="password"></form>',
  );

  /** Dex with the form of the connector, and what it answers to those who fill it in. */
  const dexAnswering =
    (answer: Reply, filledIn: (fields: URLSearchParams) => void = () => undefined): Answering =>
    (question) => {
      if (question.url.pathname === '/dex/auth') return html('<a href="/dex/auth/corp?x=1">corp</a>');
      if (question.url.pathname === '/dex/auth/corp') return FORM;
      if (question.url.pathname !== '/dex/auth/corp/login') return healthyDex(question);
      filledIn(new URLSearchParams(question.body));
      return answer;
    };

  async function lookThrough(dex: Answering) {
    const port = await servers.http(dex, certificates.server);
    return examined(document(), { [`${HOST}:443`]: port }, { variables: SECRETS });
  }

  test('is asked about a user that does not exist, with a random password', async () => {
    const asked: [string | null, string | null][] = [];
    const dex = dexAnswering(html('Invalid Email Address and password.', 401), (fields) =>
      asked.push([fields.get('login'), fields.get('password')]),
    );
    const seen = [await lookThrough(dex), await lookThrough(dex)];
    for (const each of seen)
      expect(seenAt(each, 'connector corp', 'form')).toBe(
        'Dex asks, and hears that there is no user pachkit-doctor',
      );
    expect(asked.map(([login]) => login)).toEqual(['pachkit-doctor', 'pachkit-doctor']);
    expect(asked[0]?.[1]).not.toBe(asked[1]?.[1]);
  });

  test.each<[string, Reply, string]>([
    [
      'cannot reach the directory',
      html(
        'Internal Server Error Login error: failed to connect: LDAP Result Code 200 "Network Error": dial tcp: lookup ldap.acme.com: no such host',
        500,
      ),
      `failed HOP030 ${config}/host`,
    ],
    [
      'is refused by the directory',
      html(
        'Internal Server Error Login error: ldap: initial bind for user "cn=dex" failed: LDAP Result Code 49 "Invalid Credentials": ',
        500,
      ),
      `failed HOP021 ${config}/bindDN`,
    ],
    [
      'lets strangers in',
      { status: 303, headers: { location: '/dex/approval?req=a' } },
      'warning HOP031 /identity/connectors/0',
    ],
    ['says something else', html('Too many requests', 429), 'skipped'],
  ])('and %s', async (_title, reply, said) => {
    const seen = await lookThrough(dexAnswering(reply));
    expect(hopsOf(seen).filter((line) => line.startsWith('connector corp: form'))).toEqual([
      `connector corp: form ${said}`,
    ]);
  });

  test('is asked for the client of pachd where it looks at it: once a connector is chosen', async () => {
    const chooser = dexAnswering(html(''));
    const seen = await lookThrough((question) =>
      question.url.pathname === '/dex/auth/corp'
        ? html('Invalid client_id (&#34;pachd&#34;).', 404)
        : chooser(question),
    );
    expect(hopsOf(seen)).toContain('Dex: client failed HOP011 /auth');
  });
});

describe('subjects of role bindings are looked for in the directory', () => {
  async function lookFor(roleBindings: object, stand: StandInDirectory, others: object[] = []) {
    const bound = document() as ReturnType<typeof healthyDocument>;
    bound['auth'] = { ...(bound['auth'] as object), roleBindings };
    bound.identity.connectors.push(...(others as typeof bound.identity.connectors));
    const port = await servers.tcp(directory(stand));
    return examined(bound, { 'ldap.acme.com:389': port }, { variables: SECRETS });
  }
  const having = (mail: string, cn: string): StandInDirectory => ({
    ...HEALTHY,
    search: (base) => (base.startsWith('ou=people') ? [{ ...PERSON, mail }] : cn === '' ? [] : [{ cn }]),
  });
  const BINDINGS = {
    'user:ada@acme.com': ['clusterAdmin'],
    'group:navy': ['projectCreator'],
    'robot:ci': ['projectViewer'],
  };
  const bindings = (seen: Awaited<ReturnType<typeof lookFor>>): string[] =>
    hopsOf(seen).filter((line) => line.startsWith('connector corp: bindings'));

  test('and found as they are written', async () =>
    expect(bindings(await lookFor(BINDINGS, having('ada@acme.com', 'navy')))).toEqual([
      'connector corp: bindings ok',
    ]));

  test('and found in another case, in which no one gets the roles', async () => {
    const seen = await lookFor(BINDINGS, having('ada@acme.com', 'Navy'));
    expect(bindings(seen)).toEqual(['connector corp: bindings warning HOP035 /auth/roleBindings/group:navy']);
    expect(seen.diagnostics.find(({ code }) => code === 'HOP035')?.hint).toBe("write 'group:Navy'");
  });

  test('and not found, which is a fault where no other connector has them', async () => {
    const stand = having('ada@acme.com', '');
    expect(bindings(await lookFor(BINDINGS, stand))).toEqual([
      'connector corp: bindings warning HOP035 /auth/roleBindings/group:navy',
    ]);
    const sso = {
      type: 'oidc',
      id: 'sso',
      config: { issuer: 'https://sso.invalid', clientID: 'a', clientSecret: { env: 'PACHD_SECRET' } },
    };
    const seen = await lookFor(BINDINGS, stand, [sso]);
    expect(bindings(seen)).toEqual(['connector corp: bindings ok']);
    expect(seenAt(seen, 'connector corp', 'bindings')).toBe(
      'group:navy: not in this directory; other connectors may have them',
    );
  });
});
