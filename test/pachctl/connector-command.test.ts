import fs from 'node:fs';
import path from 'node:path';
import { pachkit, temporaryFolder, type Outcome } from '../support/pachkit';

const STAND_IN = path.join(__dirname, 'stand-in.mjs');
const SECRETS = { SSO_SECRET: 'planted secret of sso', LDAP_PASSWORD: 'planted password of ldap' };
const ISSUER = 'https://pachyderm.acme.com/dex';

interface StoredConnector {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly version: number;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What the stand-in has and does. */
interface State {
  readonly release?: string;
  readonly connectors: readonly StoredConnector[];
  readonly idp?: { readonly issuer: string };
  readonly environment?: boolean;
  readonly role?: 'none' | 'idpAdmin';
  readonly fails?: string;
  readonly hangs?: boolean;
  readonly overtaken?: boolean;
  readonly unreachable?: readonly string[];
  readonly calls?: readonly { readonly args: readonly string[]; readonly context: string | null }[];
}

const SSO: StoredConnector = {
  id: 'sso',
  name: 'Single sign-on',
  type: 'oidc',
  version: 3,
  config: {
    clientID: 'pachyderm',
    clientSecret: SECRETS.SSO_SECRET,
    issuer: 'https://sso.acme.com/',
    redirectURI: `${ISSUER}/callback`,
  },
};
const LDAP: StoredConnector = {
  id: 'corp',
  name: 'corp',
  type: 'ldap',
  version: 0,
  config: {
    bindDN: 'cn=dex,dc=acme,dc=com',
    bindPW: SECRETS.LDAP_PASSWORD,
    host: 'ldap.acme.com:636',
    userSearch: { baseDN: 'ou=people,dc=acme,dc=com', emailAttr: 'mail', idAttr: 'uid', username: 'mail' },
  },
};

function documentText(release: string, changes: object): string {
  return JSON.stringify({
    apiVersion: 'pachkit/v1',
    name: 'acme',
    release,
    access: {
      via: release.startsWith('2.2') ? 'ingress' : 'proxy',
      host: 'pachyderm.acme.com',
      tls: { secretName: 'tls' },
    },
    auth: {
      rootToken: { existing: { name: 'root', key: 'token' } },
      clientSecret: { existing: { name: 'pachd', key: 'secret' } },
      roleBindings: {
        'user:ada@acme.com': ['clusterAdmin'],
        ...(release.startsWith('2.2') ? {} : { allClusterUsers: ['projectCreator'] }),
      },
    },
    ...(release.startsWith('2.12')
      ? {}
      : {
          enterprise: {
            licenseKey: { existing: { name: 'license', key: 'key' } },
            secret: { existing: { name: 'license', key: 'secret' } },
          },
        }),
    console: { clientSecret: { existing: { name: 'console', key: 'secret' } } },
    identity: {
      connectors: [
        {
          type: 'oidc',
          id: 'sso',
          name: 'Single sign-on',
          config: {
            issuer: 'https://sso.acme.com/',
            clientID: 'pachyderm',
            clientSecret: { env: 'SSO_SECRET' },
          },
        },
        {
          type: 'ldap',
          id: 'corp',
          config: {
            host: 'ldap.acme.com:636',
            bindDN: 'cn=dex,dc=acme,dc=com',
            bindPW: { env: 'LDAP_PASSWORD' },
            userSearch: {
              baseDN: 'ou=people,dc=acme,dc=com',
              username: 'mail',
              idAttr: 'uid',
              emailAttr: 'mail',
            },
          },
        },
      ],
    },
    database: { external: { host: 'db.acme.com', password: { existing: { name: 'db', key: 'password' } } } },
    storage: { s3: { bucket: 'acme', region: 'eu-central-1' } },
    ...changes,
  });
}

let folder: string;
const folders: string[] = [];
afterAll(() => folders.forEach((each) => fs.rmSync(each, { recursive: true, force: true })));

/** Runs `pachkit connector` beside a cluster in this state. */
function connector(
  args: string,
  state: State,
  { withPachctl = true, release = '2.12.0-rc.3', changes = {} } = {},
): Outcome & { state: State } {
  folder = temporaryFolder({
    'pachyderm.yaml': documentText(release, changes),
    'state.json': JSON.stringify({ idp: { issuer: ISSUER }, release, ...state }),
    ...(withPachctl ? { 'bin/pachctl': `#!/bin/sh\nexec "${process.execPath}" "${STAND_IN}" "$@"\n` } : {}),
  });
  folders.push(folder);
  if (withPachctl) fs.chmodSync(path.join(folder, 'bin/pachctl'), 0o755);
  const [action = '', ...rest] = args.split(' ');
  const outcome = pachkit(['connector', action, 'pachyderm.yaml', ...rest], {
    folder,
    environment: {
      ...SECRETS,
      PATH: withPachctl ? `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}` : '/nowhere',
      PACHCTL_STATE: path.join(folder, 'state.json'),
      PACHCTL_MODULES: __filename,
    },
  });
  const after = JSON.parse(fs.readFileSync(path.join(folder, 'state.json'), 'utf8')) as State;
  // No secret is an argument, is printed, or lies in a file of the folder but for what pachd keeps.
  const calls = JSON.stringify(after.calls ?? []);
  for (const text of [outcome.stdout, outcome.stderr, calls]) expect(text).not.toMatch(/planted/);
  return { ...outcome, state: after };
}

const codesIn = ({ stdout, stderr }: Outcome): string[] =>
  `${stdout}\n${stderr}`.match(/CTL\d{3}(?=:)/g) ?? [];

describe.each(['2.2.8', '2.5.6', '2.12.0-rc.3'])('with pachctl %s', (release) => {
  const given = { release };

  test('a cluster without connectors gets those of the document', () => {
    const { exitCode, stdout, state } = connector('apply --yes', { connectors: [] }, given);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('applied sso\napplied corp\n');
    expect(state.connectors.map(({ id, version }) => [id, version])).toEqual([
      ['sso', 0],
      ['corp', 0],
    ]);
    expect(state.connectors[1]?.config).toEqual(LDAP.config);
    expect(state.connectors[0]?.config).toMatchObject(SSO.config);
  });

  test('what was applied has no difference, and is left as it is', () => {
    const applied = connector('apply --yes', { connectors: [] }, given).state;
    const before = { ...applied, calls: [] };
    const compared = connector('diff', before, given);
    expect([compared.exitCode, compared.stdout]).toEqual([0, 'nothing differs\n']);
    const again = connector('apply', before, given);
    expect([again.exitCode, again.stdout]).toEqual([0, 'nothing to change\n']);
    expect(again.state.connectors).toEqual(applied.connectors);
  });
});

const moved: StoredConnector = {
  ...LDAP,
  version: 4,
  config: { ...LDAP.config, host: 'old.acme.com:636', bindPW: 'planted, old' },
};
const left: StoredConnector = {
  id: '-old',
  name: 'Old - one (a)',
  type: 'github',
  version: 1,
  config: { clientID: 'a' },
};
const applied = [SSO, { ...moved }, left];

test('diff shows what differs, and of secrets only that they do', () => {
  const { exitCode, stdout } = connector('diff', { connectors: [...applied, { ...SSO, id: 'gone' }] });
  expect(exitCode).toBe(16);
  expect(stdout).toContain(
    '~ corp (ldap): updated, version 4 to 5\n    config.bindPW: changed, a secret\n    config.host: "old.acme.com:636" to "ldap.acme.com:636"\n',
  );
  expect(stdout).toContain('- -old (github): only in the cluster\n');
});

test('apply raises the stored version by one and leaves what the document does not have', () => {
  const { exitCode, stdout, state } = connector('apply corp --yes', { connectors: applied });
  expect([exitCode, stdout]).toEqual([0, 'applied corp\n']);
  expect(state.connectors).toEqual([SSO, { ...LDAP, version: 5 }, left]);
});

test('apply --prune deletes what the document does not have', () => {
  const { exitCode, stdout, state } = connector('apply --prune --yes', { connectors: [SSO, LDAP, left] });
  expect([exitCode, stdout]).toMatchObject([0, expect.stringContaining('deleted -old\n') as unknown]);
  expect(state.connectors.map(({ id }) => id)).toEqual(['sso', 'corp']);
});

test('delete takes ids, or what the document does not have', () => {
  const all = { connectors: [SSO, LDAP, left] };
  expect(connector('delete --yes', all).state.connectors.map(({ id }) => id)).toEqual(['sso', 'corp']);
  expect(connector('delete corp --yes', all).state.connectors.map(({ id }) => id)).toEqual(['sso', '-old']);
  const unknown = connector('delete nobody --yes', all);
  expect([unknown.exitCode, unknown.stderr]).toEqual([
    2,
    'pachkit connector: the cluster has no connector "nobody"\n',
  ]);
});

test('list asks for no settings', () => {
  const { exitCode, stdout, state } = connector('list', { connectors: [left, { ...LDAP, name: 'another' }] });
  expect(exitCode).toBe(0);
  expect(stdout).toBe(
    'sso   oidc    Single sign-on  only in the document\ncorp  ldap    corp            differs\n-old  github  Old - one (a)   only in the cluster\n',
  );
  expect(state.calls?.map(({ args }) => args)).toEqual([['idp', 'list-connector']]);
});

test('the context is handed on', () => {
  const { state } = connector('list --context staging', { connectors: [] });
  expect(state.calls).toEqual([{ args: ['idp', 'list-connector'], context: 'staging' }]);
});

test('a connector without settings, which pachctl cannot show, is updated by the version that pachd expects', () => {
  const bare = { ...SSO, version: 7, config: {} };
  const { exitCode, state } = connector('apply sso --yes', { connectors: [bare] });
  expect([exitCode, state.connectors[0]?.version]).toEqual([0, 8]);
});

test('nothing is changed without a terminal to ask on, or --yes', () => {
  const { exitCode, stderr, state } = connector('apply', { connectors: [] });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--yes has to say that it is meant');
  expect(state.connectors).toEqual([]);
});

test('programs get the connectors with their state', () => {
  const { exitCode, stdout } = connector('diff --format json', { connectors: [SSO, moved] });
  expect(exitCode).toBe(16);
  expect(JSON.parse(stdout)).toMatchObject({
    connectors: [
      { id: 'sso', state: 'same', version: 3 },
      {
        id: 'corp',
        state: 'different',
        differences: [{ path: 'config.bindPW', isSecret: true }, { path: 'config.host' }],
      },
    ],
  });
});

describe('what goes wrong is told, and nothing is half done', () => {
  interface Trouble {
    readonly title: string;
    readonly args?: string;
    readonly state: Partial<State>;
    readonly withPachctl?: false;
    readonly code: string;
    readonly said: string;
    /** Ids in the cluster afterwards. */
    readonly after?: readonly string[];
  }
  const troubles: readonly Trouble[] = [
    {
      title: 'pachctl is missing',
      state: {},
      withPachctl: false,
      code: 'CTL001',
      said: 'pachctl cannot be started (ENOENT)',
    },
    {
      title: 'no cluster answers',
      state: { hangs: true },
      args: 'apply --yes --timeout 1',
      code: 'CTL002',
      said: 'has no answer after 1 s',
    },
    {
      title: 'the cluster cannot be reached',
      state: {
        fails:
          'could not connect: failed to connect to address "grpc://10.0.0.5:30650": context deadline exceeded',
      },
      code: 'CTL002',
      said: 'could not connect: failed to connect to address',
    },
    {
      title: 'no context is active',
      state: {
        fails:
          'pachctl config error: no active context configured. you can fix your config by setting the active context like so: pachctl config set active-context <context>',
      },
      code: 'CTL002',
      said: 'no active context configured',
    },
    {
      title: 'no one is logged in',
      state: { fails: 'rpc error: code = Unauthenticated desc = no authentication token (try logging in)' },
      code: 'CTL003',
      said: 'no authentication token (try logging in)',
    },
    {
      title: 'authentication is off',
      state: { fails: 'the auth service is not activated' },
      code: 'CTL003',
      said: 'the auth service is not activated',
    },
    { title: 'a role is missing', state: { role: 'none' }, code: 'CTL004', said: 'CLUSTER_IDENTITY' },
    {
      title: 'the environment has the connectors',
      state: { environment: true },
      code: 'CTL005',
      said: 'identity.CreateIDPConnector() is disabled when the Identity Connectors are set via environment.',
    },
    {
      title: 'a provider cannot be reached from pachd',
      state: { unreachable: ['https://sso.acme.com/'] },
      code: 'CTL006',
      said: 'unable to open connector: failed to get provider',
      after: ['corp'],
    },
    {
      title: 'someone was faster',
      state: { connectors: [SSO, moved], overtaken: true },
      code: 'CTL007',
      said: 'new config version is 5, expected 6',
      after: ['sso', 'corp'],
    },
    {
      title: 'something unknown',
      state: { fails: 'rpc error: something new' },
      code: 'CTL008',
      said: 'something new',
    },
    {
      title: 'the context is of another cluster',
      state: { idp: { issuer: 'https://other.acme.com/dex' } },
      code: 'CTL010',
      said: 'https://other.acme.com/dex',
    },
  ];
  test.each(troubles)(
    '$title',
    ({ args = 'apply --yes', state, withPachctl = true, code, said, after = [] }) => {
      const outcome = connector(args, { connectors: [], ...state }, { withPachctl });
      expect([outcome.exitCode, codesIn(outcome)]).toEqual([3, [code]]);
      expect(outcome.stderr.replace(/\s+/g, ' ')).toContain(said);
      expect(outcome.state.connectors.map(({ id }) => id)).toEqual(after);
    },
  );
});

test('a list without pachctl says nothing of the cluster', () =>
  expect(connector('list', { connectors: [] }, { withPachctl: false })).toMatchObject({
    exitCode: 3,
    stdout: '',
  }));

test('an administrator of connectors alone may apply them', () =>
  expect(connector('apply --yes', { connectors: [], role: 'idpAdmin' }).exitCode).toBe(0));

describe('connectors that pachctl does not manage are left alone, with the reason', () => {
  test.each<[string, object, string]>([
    [
      'a standalone Dex',
      {
        identity: {
          dex: 'standalone',
          connectors: [{ type: 'mockPassword', id: 'a', config: { username: 'a', password: 'planted' } }],
        },
      },
      'The standalone Dex reads its connectors from its own configuration',
    ],
    [
      'a Secret',
      { identity: { connectorsFrom: { existing: { name: 'idps', key: 'list' } } } },
      'The connectors are in the Secret idps',
    ],
    [
      'no authentication',
      { auth: { enabled: false }, identity: undefined, console: { enabled: false } },
      'Without authentication a cluster has no connectors',
    ],
  ])('%s', (_title, changes, said) => {
    const outcome = connector('apply --yes', { connectors: [] }, { changes: { profile: 'dev', ...changes } });
    expect([outcome.exitCode, codesIn(outcome)]).toEqual([2, ['CTL009']]);
    expect(outcome.stderr).toContain(said);
    expect(outcome.state.calls).toBeUndefined();
  });
});
