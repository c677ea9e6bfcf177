import { auth0Rules } from '../../../src/rules/auth0';
import { BASE, findingsOf } from '../../terraform/cluster-of';
import { FIRST, QUIET, codes, places } from './findings-in';

test('a section that is in order has no finding', () => {
  expect(findingsOf(BASE + QUIET)).toEqual([]);
});

test('codes are unique, in order, and every rule explains itself', () => {
  const all = auth0Rules.map(({ code }) => code);
  expect(all).toEqual(all.map((_, index) => `TFM${String(index + 1).padStart(3, '0')}`));
  for (const { title, reason, remedy } of auth0Rules)
    for (const text of [title, reason, remedy]) expect(text.trim().length).toBeGreaterThan(10);
});

describe('the domain', () => {
  test.each([
    'https://acme.eu.auth0.com',
    'acme.eu.auth0.com/',
    'acme.eu.auth0.com/path',
    'acme.eu.auth0.com:443',
  ])('%s is no bare domain', (domain) => {
    expect(findingsOf(`${BASE}auth0:\n  domain: ${domain}\n`)).toMatchObject([
      {
        code: 'SCH005',
        severity: 'error',
        line: FIRST + 1,
        message: expect.stringContaining('host name') as unknown,
      },
    ]);
  });

  test('of one’s own needs that of the tenant', () => {
    const text = `${BASE}${QUIET.replace('acme.eu.auth0.com', 'login.acme.com')}`;
    expect(places(text, 'TFM018')).toEqual([['warning', FIRST + 1]]);
    expect(codes(`${text}  terraform: { tenantDomain: acme.eu.auth0.com }\n`)).toEqual([]);
  });
});

describe('the groups claim', () => {
  const claim = (name: string): string => `${BASE}${QUIET}  groups:\n    claim: ${JSON.stringify(name)}\n`;

  test.each([
    'groups',
    'roles',
    'permissions',
    'org_id',
    'x5t#S256',
    'email',
    'https://acme.auth0.com/groups',
    'http://webtask.io/groups',
    'urn:auth0:groups',
    'https://',
    'https://acme.com/my groups',
  ])('%s is refused', (name) => expect(places(claim(name), 'TFM001')).toEqual([['error', FIRST + 6]]));

  test('without a namespace is a warning', () => {
    expect(places(claim('acme_groups'), 'TFM001')).toEqual([['warning', FIRST + 6]]);
  });

  test.each([
    'https://acme.com/groups',
    'http://pachyderm.com/groups',
    'urn:acme:groups',
    'https://notauth0.com/groups',
  ])('%s is fine', (name) => expect(codes(claim(name))).toEqual([]));

  test('the reason is given', () => {
    expect(findingsOf(claim('groups'))[0]?.message).toContain('Auth0 reserves the claim "groups"');
    expect(findingsOf(claim('https://auth0.com/g'))[0]?.message).toContain('namespace of Auth0');
  });
});

describe('callbacks', () => {
  const additional = (url: string): string =>
    `${BASE}${QUIET}    additionalCallbackURLs:\n      - ${JSON.stringify(url)}\n`;

  test.each([
    'https://a.com/callback, https://b.com/callback',
    'https://a.com/callback#x',
    'https://u@a.com/callback',
    'a.com/callback',
    'https://{organization_name}.a.com/callback',
    'ftp://a.com/x',
    'https://',
  ])('%s is no URL for Auth0', (url) =>
    expect(places(additional(url), 'TFM003')).toEqual([['error', FIRST + 6]]),
  );

  test('a wildcard is refused in callbacks and after logout', () => {
    expect(places(additional('https://*.acme.com/callback'), 'TFM004')).toEqual([['error', FIRST + 6]]);
    expect(places(`${BASE}${QUIET}    logoutURLs: ["https://*.acme.com/"]\n`, 'TFM004')).toEqual([
      ['error', FIRST + 5],
    ]);
  });

  test('http is refused but on localhost', () => {
    expect(places(additional('http://old.acme.com/callback'), 'TFM005')).toEqual([['error', FIRST + 6]]);
    for (const url of ['http://localhost:30658/callback', 'http://127.0.0.1/x', 'http://[::1]:8080/x'])
      expect(codes(additional(url))).toEqual([]);
  });

  test('an http callback of the cluster points to its host; dev permits private networks', () => {
    const cluster = (host: string, profile: string): string =>
      `apiVersion: pachkit/v1\nname: x\nrelease: 2.11.6\nprofile: ${profile}\naccess:\n  via: nodePort\n  host: ${host}\n${QUIET}`;
    expect(places(cluster('pachyderm.acme.com', 'dev'), 'TFM005')).toEqual([['warning', 7]]);
    for (const host of ['192.168.49.2', '10.0.0.1', 'minikube', 'nas.home.arpa'])
      expect(places(cluster(host, 'dev'), 'TFM005')).toEqual([]);
  });

  test('an overridden callback is looked at where it is written', () => {
    const text = `${BASE.replace('tls: { secretName: tls }', 'tls: { secretName: tls }, urls: { callback: "https://other.acme.com/*" }')}${QUIET}`;
    expect(places(text, 'TFM004')).toEqual([['error', 4]]);
  });
});

describe('organizations', () => {
  const organizations = (text: string): string => `${BASE}${QUIET}  organizations: { ${text} }\n`;

  test('that Dex cannot name are refused', () => {
    expect(places(organizations('usage: require'), 'TFM006')).toEqual([['error', FIRST + 5]]);
    expect(places(organizations('usage: require, requireBehavior: no_prompt'), 'TFM006')).toEqual([
      ['error', FIRST + 5],
    ]);
  });

  test('that Auth0 asks for are fine', () => {
    for (const behavior of ['pre_login_prompt', 'post_login_prompt'])
      expect(codes(organizations(`usage: require, requireBehavior: ${behavior}`))).toEqual([]);
  });

  test('settings without effect are a warning', () => {
    expect(places(organizations('usage: allow, requireBehavior: post_login_prompt'), 'TFM006')).toEqual([
      ['warning', FIRST + 5],
    ]);
    expect(places(organizations('create: [{ name: acme }]'), 'TFM006')).toEqual([['warning', FIRST + 5]]);
  });
});

describe('who may log in', () => {
  const allow = (text: string): string =>
    `${BASE}${QUIET.replace('  allow: { emailDomains: [acme.com] }\n', text === '' ? '' : `  ${text}\n`)}`;

  test('everyone with a Gmail address, unless something is said', () => {
    expect(findingsOf(allow(''))).toMatchObject([
      {
        code: 'TFM007',
        severity: 'warning',
        line: FIRST,
        message: expect.stringContaining('Gmail') as unknown,
      },
    ]);
  });

  test.each([
    'allow: { emailDomains: [acme.com, Gmail.com] }',
    'allow: { connections: [google-oauth2] }',
    'allow: { connections: [acme, github] }',
  ])('%s leaves the door open', (text) =>
    expect(places(allow(text), 'TFM007')).toEqual([['warning', FIRST + 2]]),
  );

  test('a database with sign-up leaves the door open', () => {
    expect(
      places(allow('allow: { connections: [people] }\n  database: { name: people, signUp: true }'), 'TFM007'),
    ).toEqual([['warning', FIRST + 3]]);
  });

  test.each([
    'allow: { emailDomains: [acme.com] }',
    'allow: { connections: [google-workspace] }',
    'allow: { connections: [google-oauth2], emailDomains: [acme.com] }',
    'allow: { roles: [pachyderm] }',
    'organizations: { usage: require, requireBehavior: post_login_prompt }',
  ])('%s closes it', (text) => expect(codes(allow(text))).toEqual([]));

  test('an empty allow is no answer', () => {
    expect(codes(allow('allow: {}'))).toEqual(['SCH006']);
  });
});

describe('users', () => {
  const users = (user: string, more = ''): string =>
    `${BASE}profile: dev\n${QUIET}  database: { name: people }\n  roles: [{ name: data-science }]\n${more}  users:\n    - { email: ada@acme.com, ${user} }\n`;
  const LINE = FIRST + 9;

  test('only in profile dev', () => {
    expect(places(users('password: { env: ADA }').replace('profile: dev\n', ''), 'TFM008')).toEqual([
      ['error', LINE - 2],
    ]);
    expect(codes(users('password: { env: ADA }, roles: [data-science]'))).toEqual([]);
  });

  test('need a password that Terraform can be given', () => {
    expect(places(users('name: Ada'), 'TFM009')).toEqual([['error', LINE]]);
    expect(places(users('password: { existing: { name: x, key: y } }'), 'TFM009')).toEqual([['error', LINE]]);
  });

  test('need a connection, by its name', () => {
    expect(
      places(users('password: { env: ADA }').replace('  database: { name: people }\n', ''), 'TFM009'),
    ).toEqual([['error', LINE - 1]]);
    expect(places(users('password: { env: ADA }, connection: con_9dKKcib71UMRiHHW'), 'TFM009')).toEqual([
      ['error', LINE],
    ]);
  });

  test('get roles that are created', () => {
    expect(findingsOf(users('password: { env: ADA }, roles: [data-sciense]'))).toMatchObject([
      { code: 'TFM010', line: LINE },
    ]);
  });
});

describe('terraform', () => {
  const terraform = (text: string): string => `${BASE}${QUIET}  terraform:\n    ${text}\n`;

  test('has one backend', () => {
    expect(places(terraform('backend:\n      gcs: { bucket: b }\n      local: {}'), 'TFM014')).toEqual([
      ['error', FIRST + 8],
    ]);
    expect(codes(terraform('backend: {}'))).toEqual(['SCH006']);
    expect(codes(terraform('backend: { s4: {} }'))).toEqual(['SCH001']);
  });

  test('of the section keycloak has one backend too', () => {
    expect(
      places(
        `${BASE}keycloak:\n  url: https://a.acme.com\n  realm: acme\n  terraform:\n    backend:\n      gcs: { bucket: b }\n      local: {}\n`,
        'TFM014',
      ),
    ).toEqual([['error', FIRST + 6]]);
  });

  test('takes no secret in the settings of a backend', () => {
    expect(
      codes(terraform('backend: { s3: { bucket: b, key: k, region: r, secret_key: planted } }')),
    ).toEqual(['SCH001']);
    expect(
      findingsOf(terraform('backend: { s3: { bucket: b, key: k, region: r, secret_key: planted } }'))[0]
        ?.message,
    ).not.toContain('planted');
  });

  test.each(['/var/state/x.tfstate', '~/x.tfstate', 'C:\\state', '\\\\server\\x'])(
    'finds no state at %s',
    (file) => {
      expect(places(terraform(`backend: { local: { path: ${JSON.stringify(file)} } }`), 'TFM014')).toEqual([
        ['error', FIRST + 6],
      ]);
    },
  );

  test('reads no templates in a backend', () => {
    expect(
      places(
        terraform(
          'backend: { s3: { bucket: b, key: "${x}", region: r, assume_role: { role_arn: "%{x}" } } }',
        ),
        'TFM014',
      ),
    ).toEqual([
      ['error', FIRST + 6],
      ['error', FIRST + 6],
    ]);
  });

  test.each([
    ['~> 1.55', undefined],
    ['>= 1.51.0, < 2', undefined],
    ['~> 2.0', undefined],
    ['> 1.51.3,!= 1.55.0', undefined],
    ['= 1.56.0-beta.1', undefined],
    ['>= 1.50', 'warning'],
    ['~> 1', 'warning'],
    ['!= 1.55.0', 'warning'],
    ['< 2.0', 'warning'],
    ['> 1.50.0', 'warning'],
    ['1.7.3', 'error'],
    ['~> 0.52', 'error'],
    ['~> 1.50.0', 'error'],
    ['>= 1.20, < 1.51', 'error'],
    ['<= 1.50.9', 'error'],
  ])('provider %s is too old: %s', (version, severity) => {
    const text = terraform(`providerVersion: "${version}"`);
    expect(findingsOf(text).map((finding) => [finding.code, finding.severity, finding.line])).toEqual(
      severity === undefined ? [] : [['TFM019', severity, FIRST + 6]],
    );
  });

  test.each(['v1.55', 'latest', '^1.55', '~> 1.x', '1.55 || 1.56', '=> 1.55', '1.2.3.4', ''])(
    '%s is not a version constraint of Terraform',
    (version) => expect(codes(terraform(`providerVersion: "${version}"`))).toEqual(['SCH005']),
  );

  test.each([
    ['~> 1.46', '  connections: [acme-okta]\n', true],
    ['~> 1.46', '  connections: [con_9dKKcib71UMRiHHW]\n', false],
    ['~> 1.47', '  connections: [acme-okta]\n', false],
  ])('provider %s looks connections up or not: %s%s', (version, connections, isTooOld) => {
    const text = `${BASE}${QUIET.replace('clientID:', 'clientSecretFrom: state\n    clientSecret: { env: X }\n    clientID:')}${connections}  terraform: { encryptedState: true, providerVersion: "${version}" }\n`;
    expect(codes(text)).toEqual(isTooOld ? ['TFM019'] : []);
  });
});

describe('the connector', () => {
  test('needs an id of its own', () => {
    const other = 'identity:\n  connectors:\n    - { type: github, id: auth0 }\n';
    expect(places(BASE + QUIET + other, 'TFM015')).toEqual([['error', FIRST + 7]]);
    expect(
      places(
        `${BASE}${QUIET}  connector: { id: people }\n${other.replace('id: auth0', 'id: people')}`,
        'TFM015',
      ),
    ).toEqual([['error', FIRST + 5]]);
  });

  test('has no place in a Secret that exists', () => {
    expect(
      places(`${BASE}${QUIET}identity:\n  connectorsFrom: { existing: { name: x } }\n`, 'TFM015'),
    ).toEqual([['error', FIRST + 6]]);
  });
});

describe('groups with roles', () => {
  const bound = 'auth:\n  roleBindings:\n    "group:data-science": [clusterAdmin]\n';

  test('that Auth0 never sends', () => {
    expect(places(BASE + QUIET + bound, 'TFM016')).toEqual([['warning', FIRST + 7]]);
    expect(
      places(
        `${BASE}${QUIET}  groups: { claim: "https://acme.com/g", fromRoles: [platform] }\n${bound}`,
        'TFM016',
      ),
    ).toEqual([['warning', FIRST + 8]]);
  });

  test('that it does send, or that someone else may', () => {
    expect(codes(`${BASE}${QUIET}  groups: { claim: "https://acme.com/g" }\n${bound}`)).toEqual([]);
    expect(codes(`${BASE}${QUIET}identity: { connectors: [{ type: github, id: gh }] }\n${bound}`)).toEqual(
      [],
    );
    expect(
      codes(
        `${BASE}${QUIET}  groups: { claim: "https://acme.com/g", fromRoles: [platform], fromConnections: [acme-entra] }\n${bound}`,
      ),
    ).toEqual([]);
  });
});

test('names that are duplicates', () => {
  const text = `${BASE}${QUIET}  roles: [{ name: a }, { name: a }]
  organizations: { usage: allow, create: [{ name: o }, { name: o }] }
`;
  expect(places(text, 'TFM002')).toEqual([
    ['error', FIRST + 5],
    ['error', FIRST + 6],
  ]);
});
