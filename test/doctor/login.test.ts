import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { healthyDex, healthyDocument, HOST, html, ISSUER, json, redirect, SECRETS } from './healthy';
import { certificates, examined, hopsOf, seenAt, StandIns, type Answering, type Reply } from './stand-ins';
import type { Person } from '../../src/doctor/login/person';

const servers = new StandIns();
afterEach(() => servers.stop());

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });

type Claims = Readonly<Record<string, unknown>>;

function idToken(claims: Claims, key: KeyObject = pair.privateKey): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', kid: '1' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

const ADA: Claims = { sub: 'Cg', email: 'ada@acme.com', email_verified: true, groups: ['data', 'admins'] };

/** What the stand-in for Dex makes of a login. */
interface Login {
  readonly claims?: Claims;
  readonly signedBy?: KeyObject;
  /** What follows the right password; by default browsers are sent back with a code. */
  readonly afterForm?: (back: string) => Reply;
  readonly tokens?: Reply;
}

/** Dex with a form, for the connector `corp`; the password is `engine`. */
function dexWithForm({ claims = ADA, signedBy, afterForm = redirect, tokens }: Login): Answering {
  const begun = new Map<string, URLSearchParams>();
  let nonce = '';
  const back = (parameters: URLSearchParams): string =>
    `${parameters.get('redirect_uri')}?code=planted-code&state=${parameters.get('state')}`;
  return (question) => {
    const { pathname, searchParams } = question.url;
    const form = new URLSearchParams(question.body);
    switch (pathname) {
      case '/dex/auth':
        return html('<a href="/dex/auth/corp?x=1">corp</a>');
      case '/dex/auth/corp': {
        const request = String(begun.size);
        begun.set(request, searchParams);
        return html(
          `<form method="post" action="/dex/auth/corp/login?request=${request}"><input name="login"><input name="password" type="password"></form>`,
        );
      }
      case '/dex/auth/corp/login': {
        if (form.get('password') !== 'engine') return html('Invalid Email Address and password.', 401);
        const asked = begun.get(searchParams.get('request') ?? '') ?? new URLSearchParams();
        nonce = asked.get('nonce') ?? '';
        return afterForm(back(asked));
      }
      case '/dex/approval':
        return question.method === 'POST' && form.get('approval') === 'approve'
          ? redirect(back(begun.get(form.get('req') ?? '') ?? new URLSearchParams()))
          : html(
              `<form method="post"><input name="req" value="${begun.size - 1}"><input name="approval" value="approve"></form>`,
            );
      case '/dex/token':
        if (form.get('code') !== 'planted-code') return healthyDex(question);
        return (
          tokens ??
          json({
            id_token: idToken(
              { iss: ISSUER, aud: 'pachd', exp: Math.floor(Date.now() / 1000) + 60, nonce, ...claims },
              signedBy,
            ),
          })
        );
      case '/dex/keys':
        return json({ keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: '1', alg: 'RS256' }] });
      default:
        return healthyDex(question);
    }
  };
}

const nobody: Person = {
  credentials: async () => undefined,
  show: () => undefined,
  address: async () => undefined,
};
const ada: Person = { ...nobody, credentials: async () => ({ name: 'ada', password: 'engine' }) };

function document(roleBindings?: object): ReturnType<typeof healthyDocument> {
  const healthy = healthyDocument();
  healthy.identity.connectors = [
    {
      type: 'ldap',
      id: 'corp',
      config: {
        host: 'ldap.acme.com:636',
        userSearch: { baseDN: 'dc=acme,dc=com', username: 'mail', idAttr: 'uid', emailAttr: 'mail' },
      },
    },
  ];
  if (roleBindings) healthy['auth'] = { ...(healthy['auth'] as object), roleBindings };
  return healthy;
}

async function logIn(
  login: Login,
  { person = ada, roleBindings }: { person?: Person; roleBindings?: object } = {},
) {
  const port = await servers.http(dexWithForm(login), certificates.server);
  const seen = await examined(
    document(roleBindings),
    { [`${HOST}:443`]: port },
    { variables: SECRETS, login: { connectorID: 'corp', person } },
  );
  expect(JSON.stringify(seen)).not.toMatch(/planted|engine|eyJ/);
  return seen;
}

const ofLogin = (seen: Awaited<ReturnType<typeof logIn>>): string[] =>
  hopsOf(seen)
    .filter((line) => line.startsWith('login corp: '))
    .map((line) => line.slice('login corp: '.length));

test('a login ends with the roles that the document gives', async () => {
  const seen = await logIn(
    {},
    { roleBindings: { 'group:admins': ['clusterAdmin'], allClusterUsers: ['projectCreator'] } },
  );
  expect(ofLogin(seen)).toEqual(['login ok', 'token ok', 'claims ok', 'subject ok', 'groups ok', 'roles ok']);
  expect(seenAt(seen, 'login corp', 'claims')).toBe(
    'sub Cg, email ada@acme.com, email_verified true, groups ["data","admins"]',
  );
  expect(seenAt(seen, 'login corp', 'subject')).toBe('user:ada@acme.com');
  expect(seenAt(seen, 'login corp', 'groups')).toBe('group:data, group:admins');
  expect(seenAt(seen, 'login corp', 'roles')).toBe(
    'clusterAdmin (group:admins), projectCreator (allClusterUsers)',
  );
});

test('Dex may ask for an approval first', async () =>
  expect(ofLogin(await logIn({ afterForm: () => redirect('/dex/approval?req=0') }))).toContain('roles ok'));

test('no password is asked for where it would be sent over plain HTTP', async () => {
  const answering = dexWithForm({});
  const plainly = (text = ''): string => text.replaceAll(`https://${HOST}`, `http://${HOST}`);
  const port = await servers.http((question) => {
    const reply = answering(question);
    const location = plainly(reply?.headers?.['location']);
    return (
      reply && {
        ...reply,
        headers: { ...reply.headers, ...(location === '' ? {} : { location }) },
        body: plainly(reply.body),
      }
    );
  });
  let asked = 0;
  const person: Person = {
    ...ada,
    credentials: async () => {
      asked += 1;
      return { name: 'ada', password: 'engine' };
    },
  };
  const seen = await examined(
    { ...document(), profile: 'dev', access: { via: 'proxy', host: HOST } },
    { [`${HOST}:80`]: port },
    { variables: SECRETS, login: { connectorID: 'corp', person } },
  );
  expect(hopsOf(seen)).toContain('Dex: client ok');
  expect(ofLogin(seen)[0]).toBe('login skipped');
  expect(seenAt(seen, 'login corp', 'login')).toContain('a password is not sent over plain HTTP');
  expect(asked).toBe(0);
});

test.each<[string, Login, string[], string]>([
  [
    'without an address',
    { claims: { ...ADA, email: undefined } },
    ['subject failed HOP034 /identity/connectors/0', 'groups skipped', 'roles skipped'],
    'subject',
  ],
  [
    'signed by someone else',
    { signedBy: other.privateKey },
    [
      'token failed HOP034 /identity/connectors/0',
      'claims skipped',
      'subject skipped',
      'groups skipped',
      'roles skipped',
    ],
    'token',
  ],
  [
    'for another client',
    { claims: { ...ADA, aud: 'console' } },
    [
      'token failed HOP034 /identity/connectors/0',
      'claims skipped',
      'subject skipped',
      'groups skipped',
      'roles skipped',
    ],
    'token',
  ],
  [
    'of another issuer',
    { claims: { ...ADA, iss: 'https://other' } },
    [
      'token failed HOP034 /identity/connectors/0',
      'claims skipped',
      'subject skipped',
      'groups skipped',
      'roles skipped',
    ],
    'token',
  ],
  [
    'of another login',
    { claims: { ...ADA, nonce: 'old' } },
    [
      'token failed HOP034 /identity/connectors/0',
      'claims skipped',
      'subject skipped',
      'groups skipped',
      'roles skipped',
    ],
    'token',
  ],
  [
    'that has expired',
    { claims: { ...ADA, exp: 1 } },
    [
      'token failed HOP034 /identity/connectors/0',
      'claims skipped',
      'subject skipped',
      'groups skipped',
      'roles skipped',
    ],
    'token',
  ],
  [
    'that is no token',
    { tokens: json({ id_token: 'abc' }) },
    [
      'token failed HOP034 /identity/connectors/0',
      'claims skipped',
      'subject skipped',
      'groups skipped',
      'roles skipped',
    ],
    'token',
  ],
  [
    'that is not given',
    { tokens: json({ error: 'invalid_grant' }, 400) },
    [
      'token failed HOP034 /identity/connectors/0',
      'claims skipped',
      'subject skipped',
      'groups skipped',
      'roles skipped',
    ],
    'token',
  ],
])('a token %s is refused as pachd does', async (_title, login, said) =>
  expect(ofLogin(await logIn(login)).filter((line) => !line.endsWith(' ok'))).toEqual(said),
);

test.each<[string, object, string]>([
  ['nothing', { 'user:grace@acme.com': ['clusterAdmin'] }, 'none'],
  ['another case', { 'user:Ada@acme.com': ['clusterAdmin'] }, 'none'],
  [
    'a path before the group',
    { 'group:/staff/data': ['clusterAdmin'], allClusterUsers: ['projectCreator'] },
    'projectCreator (allClusterUsers)',
  ],
])('roles that are bound to %s are a warning', async (_title, roleBindings, roles) => {
  const seen = await logIn({}, { roleBindings });
  expect(ofLogin(seen).at(-1)).toMatch(/^roles warning HOP032 /);
  expect(seenAt(seen, 'login corp', 'roles')).toBe(roles);
});

test.each<[string, Login, Person, string]>([
  [
    'a wrong password',
    {},
    { ...nobody, credentials: async () => ({ name: 'ada', password: 'planted' }) },
    '`Invalid Email Address and password.`',
  ],
  ['no one there', {}, nobody, '`no name and password are given`'],
  [
    'an error that is sent back',
    {
      afterForm: (back) =>
        redirect(`${back.split('?')[0]}?error=access_denied&error_description=not+in+a+group`),
    },
    ada,
    '`access_denied: not in a group`',
  ],
])('with %s the login is refused', async (_title, login, person, said) => {
  const seen = await logIn(login, { person });
  expect(ofLogin(seen)[0]).toBe('login failed HOP033 /identity/connectors/0');
  expect(seenAt(seen, 'login corp', 'login')).toBe(said);
});

test('without a client whose secret is known no one is asked for a password', async () => {
  const port = await servers.http(dexWithForm({}), certificates.server);
  const unknown = document();
  unknown['auth'] = { ...(unknown['auth'] as object), clientSecret: { existing: { name: 'a', key: 'b' } } };
  const credentials = jest.fn();
  const seen = await examined(
    unknown,
    { [`${HOST}:443`]: port },
    { variables: SECRETS, login: { connectorID: 'corp', person: { ...nobody, credentials } } },
  );
  expect(ofLogin(seen)[0]).toBe('login skipped');
  expect(credentials).not.toHaveBeenCalled();
});

test('a browser that comes back elsewhere has its address typed in', async () => {
  let nonce = '';
  const dex: Answering = (question) => {
    if (question.url.pathname === '/dex/token' && question.body.includes('code=planted'))
      return json({
        id_token: idToken({
          iss: ISSUER,
          aud: 'pachd',
          exp: Math.floor(Date.now() / 1000) + 60,
          nonce,
          ...ADA,
        }),
      });
    if (question.url.pathname === '/dex/keys')
      return json({ keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: '1' }] });
    return healthyDex(question);
  };
  let state = '';
  const person: Person = {
    ...nobody,
    show: (text) => {
      const url = new URL(/https:\S+/.exec(text)?.[0] ?? '');
      expect(url.pathname).toBe('/dex/auth/sso');
      [nonce, state] = ['nonce', 'state'].map((name) => url.searchParams.get(name) ?? '') as [string, string];
    },
    address: async () => `https://${HOST}/authorization-code/callback?code=planted&state=${state}`,
  };
  const port = await servers.http(dex, certificates.server);
  const given = { variables: SECRETS, login: { connectorID: 'sso', person } };
  const ports = { [`${HOST}:443`]: port };
  const seen = await examined(healthyDocument(), ports, given);
  expect(seenAt(seen, 'login sso', 'subject')).toBe('user:ada@acme.com');

  const stray = { ...person, address: async () => `https://${HOST}/?code=planted&state=other` };
  const refused = await examined(healthyDocument(), ports, {
    ...given,
    login: { connectorID: 'sso', person: stray },
  });
  expect(seenAt(refused, 'login sso', 'login')).toBe('`the address is of another login`');
});

test('a connector that is not in the document is told at once', async () =>
  await expect(examined(document(), {}, { login: { connectorID: 'crop', person: nobody } })).rejects.toThrow(
    '--login crop: there is no such connector; did you mean "corp"?',
  ));
