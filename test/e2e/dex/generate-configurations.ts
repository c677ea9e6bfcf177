import { Chance } from '../../support/chance';

/**
 * Configurations of Dex made by chance: a sound one out of every kind of connector, storage and section, with up to three
 * things changed in it. The same seed makes the same configurations.
 */
export interface GeneratedConfiguration {
  readonly text: string;
  /** What was changed, for the report. */
  readonly changes: readonly string[];
}

/** A value as it is written in YAML, where JSON has no way to write it. */
class Raw {
  constructor(readonly text: string) {}
}

type Value = string | number | boolean | null | Raw | Value[] | { [key: string]: Value };
type Mapping = { [key: string]: Value };

const HASH = '$2a$10$33EMT0cVYVlPy6WAMCLsceLYjWhuHpbz5yuZxu/GAFj03J9Lytjuy';
const ISSUER = 'http://127.0.0.1:5556/dex';
const CLIENT = { clientID: 'a', clientSecret: 's3cr3t', redirectURI: `${ISSUER}/callback` };
const SEARCH = {
  baseDN: 'dc=a',
  username: 'uid',
  idAttr: 'uid',
  emailAttr: 'mail',
  nameAttr: 'cn',
  scope: 'sub',
};

/** The settings of a sound connector by its type; `provider` answers for what is asked when Dex starts. */
const connectorsFor = (provider: string, certificate: string): Readonly<Record<string, Mapping>> => ({
  oidc: {
    ...CLIENT,
    issuer: provider,
    scopes: ['profile', 'email'],
    insecureEnableGroups: true,
    claimMapping: { email: 'mail' },
    getUserInfo: false,
    promptType: 'consent',
  },
  github: {
    ...CLIENT,
    orgs: [{ name: 'acme', teams: ['red'] }],
    teamNameField: 'slug',
    loadAllGroups: false,
    useLoginAsID: false,
  },
  gitlab: { ...CLIENT, baseURL: 'https://gitlab.example.com', groups: ['acme'], useLoginAsID: false },
  gitea: { ...CLIENT, baseURL: 'https://gitea.example.com', orgs: [{ name: 'acme' }] },
  microsoft: {
    ...CLIENT,
    tenant: '11111111-2222-3333-4444-555555555555',
    groups: ['devs'],
    groupNameFormat: 'id',
    onlySecurityGroups: true,
  },
  linkedin: { ...CLIENT },
  'bitbucket-cloud': { ...CLIENT, teams: ['acme'] },
  oauth: {
    ...CLIENT,
    tokenURL: 'https://id.example.com/token',
    authorizationURL: 'https://id.example.com/auth',
    userInfoURL: 'https://id.example.com/me',
    scopes: ['email'],
    claimMapping: { emailKey: 'mail' },
  },
  saml: {
    ssoURL: 'https://id.example.com/sso',
    caData: Buffer.from(certificate).toString('base64'),
    redirectURI: `${ISSUER}/callback`,
    usernameAttr: 'name',
    emailAttr: 'email',
    nameIDPolicyFormat: 'persistent',
  },
  ldap: {
    host: 'ldap.example.com:636',
    rootCAData: Buffer.from(certificate).toString('base64'),
    bindDN: 'cn=admin',
    bindPW: 'p',
    userSearch: SEARCH,
    groupSearch: {
      baseDN: 'dc=a',
      filter: '(objectClass=group)',
      userMatchers: [{ userAttr: 'DN', groupAttr: 'member' }],
      nameAttr: 'cn',
    },
  },
  keystone: {
    keystoneHost: 'https://k.example.com',
    domain: 'default',
    keystoneUsername: 'u',
    keystonePassword: 'p',
  },
  'atlassian-crowd': {
    clientID: 'a',
    clientSecret: 's',
    baseURL: 'https://crowd.example.com',
    groups: ['g'],
  },
  authproxy: { userHeader: 'X-Remote-User' },
  mockPassword: { username: 'u', password: 'p' },
  mockCallback: {},
});

const SECTIONS: Readonly<Record<string, Value>> = {
  telemetry: { http: '127.0.0.1:0' },
  grpc: { addr: '127.0.0.1:0' },
  expiry: {
    signingKeys: '6h',
    idTokens: '24h',
    authRequests: '24h',
    deviceRequests: '5m',
    refreshTokens: {
      reuseInterval: '3s',
      validIfNotUsedFor: '2160h',
      absoluteLifetime: '3960h',
      disableRotation: false,
    },
  },
  logger: { level: 'info', format: 'text' },
  oauth2: {
    responseTypes: ['code'],
    skipApprovalScreen: true,
    alwaysShowLoginScreen: false,
    passwordConnector: 'local',
  },
  frontend: { issuer: 'Acme', theme: 'dark', extra: { a: 'b' } },
  staticClients: [
    { id: 'app', secret: 's', name: 'App', redirectURIs: ['https://app.example.com/cb'] },
    { id: 'cli', public: true, name: 'CLI', trustedPeers: ['app'] },
  ],
  staticPasswords: [{ email: 'ada@example.com', hash: HASH, username: 'ada', userID: '1' }],
};

/** Values in place of any other, by what they show. */
const ANYTHING: readonly (readonly [what: string, value: Value])[] = [
  ['null', null],
  ['empty', ''],
  ['a number', 5],
  ['a fraction', 1.5],
  ['a negative number', -1],
  ['true', true],
  ['a list', ['x']],
  ['an empty list', []],
  ['a list of null', [null]],
  ['a mapping', { x: 'y' }],
  ['an empty mapping', {}],
  ['octal', new Raw('0123')],
  ['an underscore', new Raw('1_000')],
  ['a binary number', new Raw('0b11')],
  ['yes', new Raw('yes')],
  ['a tilde', new Raw('~')],
  ['a date', new Raw('2026-01-01')],
  ['a tag', new Raw('!x y')],
  ['a binary tag', new Raw('!!binary aGVsbG8=')],
  ['a string with a slash escaped', new Raw('"a\\/b"')],
  ['a reference', '$GENERATED_VALUE'],
];

/** Values that are nearly right, by the name of the key. */
const NEARLY: readonly (readonly [key: RegExp, values: readonly Value[]])[] = [
  [
    /^(http|addr)$/,
    [
      '127.0.0.1:99999',
      '::1:5556',
      'localhost',
      '127.0.0.1:',
      '127.0.0.1:+0',
      ':nosuch',
      '[::1]:0',
      '127.0.0.01:0',
    ],
  ],
  [
    /^(signingKeys|idTokens|authRequests|deviceRequests|reuseInterval|validIfNotUsedFor|absoluteLifetime)$/,
    [
      '1d',
      '0',
      '0s',
      '-3s',
      '1.5h',
      '.5m',
      '1h30m',
      '24H',
      '9999999h',
      ' 1h',
      '5',
      '1µs',
      '+1h',
      '1h ',
      '2562047h',
    ],
  ],
  [
    /^issuer$/,
    ['http://[::1/dex', 'https://h:port/dex', 'https://h/%zz', '/dex', 'dex', 'http://127.0.0.1:5556/dex/'],
  ],
  [
    /^hash$/,
    [
      `${HASH}\n`,
      `${HASH}x`,
      HASH.slice(0, -1),
      HASH.slice(0, -2),
      HASH.replace('2a', '3a'),
      HASH.replace('2a', '2z'),
      HASH.replace('$10$', '$40$'),
      Buffer.from(HASH).toString('base64'),
      Buffer.from(`${HASH}\n`).toString('base64'),
      'JDJh',
      'plain',
    ],
  ],
  [/^level$/, ['warn', 'WARN', 'info+2', 'trace', 'Debug', 'info+', 'debug ']],
  [/^format$/, ['JSON', 'Text', 'logfmt']],
  [/^type$/, ['OIDC', 'memory ', 'github', 'local', 'Memory', 'redis', 'mockCallback']],
  [
    /^(teamNameField|groupNameFormat|nameIDPolicyFormat|scope)$/,
    ['both', 'name', 'NAME', 'one', 'base', 'emailAddress', 'x', '$X'],
  ],
  [
    /^(caData|rootCAData)$/,
    ['aGVsbG8=', 'not base64', '-----BEGIN CERTIFICATE-----', 'aGVsbG8', 'aGVsbG8=\n'],
  ],
  [/^host$/, ['ldap.example.com', 'ldaps://ldap.example.com', 'ldap.example.com:389', 'a b']],
  [/^(responseTypes)$/, [['token'], ['id_token', 'code'], ['code token'], ['bogus'], ['']]],
  [/^(redirectURIs)$/, [['/cb'], ['x'], [''], ['com.example.app:/cb']]],
  [/^enablePasswordDB$/, [new Raw('on'), new Raw('True'), 'true', new Raw('!!bool yes'), new Raw('tRUE')]],
];

type Place = { readonly mapping: Mapping; readonly key: string; readonly path: string };

/** Every key of a configuration, however deep. */
function placesIn(value: Value, path = ''): Place[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => placesIn(item, `${path}[${index}]`));
  if (value === null || typeof value !== 'object' || value instanceof Raw) return [];
  return Object.keys(value).flatMap((key) => [
    { mapping: value, key, path: `${path}.${key}` },
    ...placesIn(value[key] as Value, `${path}.${key}`),
  ]);
}

/** Changes something at a place; says what. */
function mutate({ mapping, key, path }: Place, chance: Chance): string {
  const written = mapping[key] as Value;
  const nearly = NEARLY.find(([pattern]) => pattern.test(key))?.[1];
  switch (chance.below(nearly ? 14 : 9)) {
    case 0:
      delete mapping[key];
      return `${path} removed`;
    case 1: {
      const other = chance.of([
        key.toUpperCase(),
        key.toLowerCase(),
        key.charAt(0).toUpperCase() + key.slice(1),
      ]);
      delete mapping[key];
      mapping[other] = written;
      return `${path} written ${other}`;
    }
    case 2:
      if (typeof written !== 'string') break;
      mapping[key] = chance.of([` ${written}`, `${written}\n`, '   ', written.toUpperCase(), `${written}x`]);
      return `${path} := ${JSON.stringify(mapping[key])}`;
    case 3:
      mapping[key.toUpperCase()] = chance.of(ANYTHING)[1];
      return `${path} and ${key.toUpperCase()}`;
    case 4:
      mapping[`${key}x`] = written;
      return `${path}x too`;
    default:
  }
  if (nearly && chance.below(2) === 0) {
    mapping[key] = chance.of(nearly);
    return `${path} := ${show(mapping[key])}`;
  }
  const [what, value] = chance.of(ANYTHING);
  mapping[key] = structuredCloneOf(value);
  return `${path} := ${what}`;
}

/** As flow YAML on one line for each section, in which raw values stand as they are. */
function show(value: Value): string {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${show(inner)}`)
    .join(', ')}}`;
}

function structuredCloneOf(value: Value): Value {
  if (value instanceof Raw || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(structuredCloneOf);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, structuredCloneOf(inner)]));
}

/**
 * @param provider URL of an OpenID provider that answers discovery
 * @param certificate a certificate as PEM
 */
export function generateConfigurations(
  seed: number,
  count: number,
  provider: string,
  certificate: string,
): GeneratedConfiguration[] {
  const chance = new Chance(seed);
  const connectors = Object.entries(connectorsFor(provider, certificate));
  return Array.from({ length: count }, () => {
    const [type, config] = chance.of(connectors);
    const configuration: Mapping = {
      issuer: ISSUER,
      storage: { type: 'memory' },
      web: { http: '127.0.0.1:0' },
      enablePasswordDB: true,
      connectors: [{ type, id: 'one', name: 'One', config: structuredCloneOf(config) }],
    };
    for (const [name, section] of Object.entries(SECTIONS))
      if (chance.below(3) === 0) configuration[name] = structuredCloneOf(section);
    const changes = Array.from({ length: chance.of([0, 1, 1, 1, 1, 2, 3]) }, () =>
      mutate(chance.of(placesIn(configuration)), chance),
    );
    const text = Object.entries(configuration)
      .map(([key, value]) => `${key}: ${show(value)}\n`)
      .join('');
    return { text, changes: [`connector ${type}`, ...changes] };
  });
}
