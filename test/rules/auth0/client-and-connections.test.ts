import { BASE, findingsOf } from '../../terraform/cluster-of';
import { FIRST, QUIET, codes, places } from './findings-in';

describe('the client', () => {
  const application = (text: string, more = ''): string =>
    `${BASE}${QUIET.replace('clientID: hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5', text)}${more}`;

  test('id is missed until it is there', () => {
    expect(places(application('name: X'), 'TFM011')).toEqual([['warning', FIRST + 3]]);
    expect(places(`${BASE}auth0:\n  domain: acme.auth0.com\n`, 'TFM011')).toEqual([['warning', FIRST]]);
  });

  test('secret stays out of a state that no one encrypts', () => {
    const state = 'clientSecretFrom: state';
    expect(places(application(state), 'TFM012')).toEqual([['error', FIRST + 4]]);
    expect(places(`profile: dev\n${application(state)}`, 'TFM012')).toEqual([]);
    const backend = (text: string) => `  terraform: { ${text} }\n`;
    expect(places(application(state, backend('encryptedState: true')), 'TFM012')).toEqual([]);
    const s3 = 'backend: { s3: { bucket: b, key: k, region: r, encrypt: true } }';
    expect(places(application(state, backend(s3)), 'TFM012')).toEqual([]);
    expect(places(application(state, backend(s3.replace(', encrypt: true', ''))), 'TFM012')).toEqual([
      ['error', FIRST + 4],
    ]);
  });

  test('secret has to be a string that the connector can have', () => {
    expect(
      places(application('clientID: x\n    clientSecret: { existing: { name: a, key: b } }'), 'TFM013'),
    ).toEqual([['error', FIRST + 5]]);
  });

  test('secret that Auth0 makes is not generated here too', () => {
    const state = 'clientID: x\n    clientSecretFrom: state';
    expect(places(`profile: dev\n${application(state)}`, 'TFM013')).toEqual([['error', FIRST + 6]]);
    expect(
      places(`profile: dev\n${application(`${state}\n    clientSecret: { generate: {} }`)}`, 'TFM013'),
    ).toEqual([['error', FIRST + 7]]);
    expect(
      places(`profile: dev\n${application(`${state}\n    clientSecret: { env: X }`)}`, 'TFM013'),
    ).toEqual([]);
    expect(places(`profile: dev\n${application('clientSecretFrom: state')}`, 'TFM013')).toEqual([]);
  });

  test('secret is long enough for Terraform', () => {
    const generate = (length: number): string =>
      application(`clientID: x\n    clientSecret: { generate: { length: ${length} } }`);
    expect(places(generate(31), 'TFM013')).toEqual([['error', FIRST + 5]]);
    expect(codes(generate(32))).toEqual([]);
  });

  test.each(['import', 'none'])('that exists with provision: %s is known by its id', (provision) => {
    const secret = '\n    clientSecret: { env: X }';
    const without = application(`provision: ${provision}${secret}`, '').replace(/  allow: .*\n/, '');
    expect(places(without, 'TFM022')).toEqual([['error', FIRST + 3]]);
    expect(codes(without)).toEqual(provision === 'none' ? ['TFM022'] : ['TFM007', 'TFM022']);
    expect(codes(without.replace('provision:', 'clientID: abc\n    provision:'))).toEqual(
      provision === 'none' ? [] : ['TFM007'],
    );
  });

  test('that nothing is sent to gets no secret that is generated here', () => {
    const none = (secret: string): string =>
      application(`clientID: abc\n    provision: none${secret}`).replace(/  allow: .*\n/, '');
    expect(places(none(''), 'TFM022')).toEqual([['error', FIRST + 4]]);
    expect(places(none('\n    clientSecret: { generate: {} }'), 'TFM022')).toEqual([['error', FIRST + 5]]);
    expect(codes(none('\n    clientSecret: { env: X }'))).toEqual([]);
    expect(
      codes(none('').replace('provision: none', 'provision: import')).filter((code) => code === 'TFM022'),
    ).toEqual([]);
  });

  test('that is managed elsewhere is not managed here', () => {
    const text = `${BASE}auth0:
  domain: acme.eu.auth0.com
  application:
    provision: none
    clientID: abc
    clientSecret: { env: X }
    authenticationMethod: client_secret_basic
    name: Data
    clientSecretFrom: state
  connector: { id: people }
  groups: { claim: https://acme.com/groups, fromRoles: [data] }
  connections: [acme-okta]
  allow: { emailDomains: [gmail.com] }
  roles: [{ name: a }, { name: a }]
`;
    expect(findingsOf(text).map(({ code, severity, line }) => [code, severity, line])).toEqual(
      [FIRST + 11, FIRST + 12, FIRST + 13, FIRST + 7, FIRST + 8, FIRST + 10].map((line) => [
        'TFM023',
        'warning',
        line,
      ]),
    );
    expect(codes(text.replace('provision: none', 'provision: create'))).not.toContain('TFM023');
  });

  test('refresh tokens end in the right order, with some leeway', () => {
    const tokens = (text: string) => application(`clientID: x\n    refreshToken: { ${text} }`);
    expect(places(tokens('lifetimeSeconds: 1000'), 'TFM017')).toEqual([['error', FIRST + 5]]);
    expect(places(tokens('leewaySeconds: 0'), 'TFM017')).toEqual([['warning', FIRST + 5]]);
    expect(codes(tokens('leewaySeconds: 0, rotation: non-rotating'))).toEqual([]);
  });
});

describe('connections', () => {
  const connections = (text: string, more = ''): string => `${BASE}${QUIET}  ${text}\n${more}`;
  const S3 = '  terraform: { backend: { s3: { bucket: b, key: k, region: r, encrypt: true } } }\n';

  test('by name put the secrets of their identity providers into a state that no one encrypts', () => {
    const text = connections('connections:\n    - con_9dKKcib71UMRiHHW\n    - acme-okta');
    expect(findingsOf(text)).toMatchObject([
      {
        code: 'TFM020',
        severity: 'error',
        line: FIRST + 7,
        message: expect.stringMatching(
          /"acme-okta" is looked up .*the client secret of its identity provider/,
        ) as unknown,
      },
    ]);
    expect(places(`profile: dev\n${text}`, 'TFM020')).toEqual([['warning', FIRST + 8]]);
    expect(places(`${text}${S3.replace(', encrypt: true', '')}`, 'TFM020')).toEqual([['error', FIRST + 7]]);
  });

  test('by name are fine when the state is declared to be encrypted', () => {
    const text = connections('connections: [acme-okta]');
    expect(codes(`${text}${S3}`)).toEqual([]);
    expect(codes(`${text}  terraform: { encryptedState: true }\n`)).toEqual([]);
  });

  test('of organizations are looked up too, but for the database of the document', () => {
    const organizations = (names: string): string =>
      connections(
        `organizations: { usage: allow, create: [{ name: a }, { name: b, connections: [${names}] }] }`,
        '  database: { name: people }\n',
      );
    expect(places(organizations('people, acme-okta'), 'TFM020')).toEqual([['error', FIRST + 5]]);
    expect(codes(organizations('people, con_9dKKcib71UMRiHHW'))).toEqual([]);
  });

  test('that only the Action compares are not looked up', () => {
    const text = `${BASE}${QUIET}`.replace('emailDomains: [acme.com]', 'connections: [acme-okta]');
    expect(codes(text)).toEqual([]);
  });

  test.each(['con_short', 'con_9dKKcib71UMRiHHW2', 'my_conn', 'My Conn', '-a', 'a-'])(
    '%s is neither name nor id',
    (name) => {
      expect(codes(connections(`connections: ["${name}"]`))).toEqual(['SCH005']);
    },
  );

  test.each(['con_9dKKcib71UMRiHHW', 'my_db', 'My Db', 'a-'])(
    '%s is not a name for a new database',
    (name) => {
      expect(codes(connections(`database: { name: "${name}" }`))).toEqual(['SCH005']);
    },
  );
});

describe('a database', () => {
  const named = (name: string): string => `${BASE}${QUIET}  database: { name: ${name} }\n`;

  test.each(['Username-Password-Authentication', 'username-password-authentication'])(
    '%s is in new tenants already',
    (name) => expect(places(named(name), 'TFM021')).toEqual([['warning', FIRST + 5]]),
  );

  test('of another name is not', () => expect(codes(named('pachyderm-users'))).toEqual([]));
});
