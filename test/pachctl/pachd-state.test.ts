import fs from 'node:fs';
import path from 'node:path';
import { SourceFile } from '../../src/document/source-file';
import { readYaml } from '../../src/document/read-yaml';
import { toValue, type SourceNode } from '../../src/document/source-node';
import { Pachctl } from '../../src/pachctl/pachctl';
import { readPachdState } from '../../src/pachctl/pachd-state';
import { clusterOf } from '../support/cluster-of';
import { temporaryFolder } from '../support/pachkit';

const STAND_IN = path.join(__dirname, 'stand-in.mjs');
const cluster = clusterOf({
  name: 'acme',
  access: { via: 'proxy', host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
});
const [root] = readYaml(
  new SourceFile('pachyderm.yaml', 'name: acme\naccess: { host: pachyderm.acme.com }\n', '/'),
).nodes;
const document = {
  file: 'pachyderm.yaml',
  directory: '/',
  defaultName: 'acme',
  root: root as SourceNode,
  value: toValue(root as SourceNode),
};
const ISSUER = cluster.urls.issuer;

let folder: string;
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Asking {
  readonly withPachctl?: boolean;
  /** Of the document. */
  readonly roleBindings?: Readonly<Record<string, readonly string[]>>;
}

/** What pachd says in this state, to pachctl of a release. */
function ask(state: object, { withPachctl = true, roleBindings }: Asking = {}) {
  folder = temporaryFolder({
    'state.json': JSON.stringify({ connectors: [], idp: { issuer: ISSUER }, ...state }),
    'bin/pachctl': `#!/bin/sh\nexec "${process.execPath}" "${STAND_IN}" "$@"\n`,
  });
  fs.chmodSync(path.join(folder, 'bin/pachctl'), 0o755);
  const environment = {
    PATH: withPachctl ? `${path.join(folder, 'bin')}:${process.env['PATH'] ?? ''}` : '/nowhere',
    PACHCTL_STATE: path.join(folder, 'state.json'),
    PACHCTL_MODULES: __filename,
  };
  const { auth } = cluster;
  const described = auth && roleBindings ? { ...cluster, auth: { ...auth, roleBindings } } : cluster;
  return readPachdState({ cluster: described, document }, new Pachctl({ environment, timeout: 10_000 }));
}

test('to an administrator pachd tells license and bindings, its own subjects aside', () => {
  const bindings = {
    'pach:root': ['clusterAdmin'],
    'internal:auth-server': ['clusterAdmin'],
    'user:ada@acme.com': ['repoReader', 'clusterAdmin'],
    'group:data: [science]': ['projectCreator'],
    'robot:ci': [],
  };
  expect(ask({ license: 'ACTIVE', bindings })).toEqual({
    state: {
      user: 'user:ada@acme.com',
      isActivated: true,
      license: { state: 'ACTIVE', expires: '2027-01-01 00:00:00 +0000 UTC' },
      bindings: {
        'user:ada@acme.com': ['repoReader', 'clusterAdmin'],
        'group:data: [science]': ['projectCreator'],
        'robot:ci': [],
      },
      missing: [],
      extra: [],
      untold: [],
    },
    diagnostics: [],
  });
});

test('bindings of the document that pachd lacks, and others that were made by hand, are told apart', () => {
  const roleBindings = { 'user:ada@acme.com': ['clusterAdmin'], 'group:data': ['repoReader'] };
  const bindings = {
    'pach:root': ['clusterAdmin'],
    'user:ada@acme.com': ['clusterAdmin', 'debugger'],
    'user:made@by.hand': ['clusterAdmin'],
  };
  expect(ask({ bindings }, { roleBindings }).state).toMatchObject({
    missing: [{ subject: 'group:data', roles: ['repoReader'] }],
    extra: [
      { subject: 'user:ada@acme.com', roles: ['debugger'] },
      { subject: 'user:made@by.hand', roles: ['clusterAdmin'] },
    ],
  });
  // To others it does not say what it has.
  expect(ask({ role: 'idpAdmin', bindings }, { roleBindings }).state).toMatchObject({
    missing: [],
    extra: [],
  });
});

test('what it tells to administrators alone is named to others', () => {
  const reason = 'pachd tells it to administrators of the cluster alone';
  expect(ask({ role: 'idpAdmin' }).state).toEqual({
    user: 'user:ada@acme.com',
    isActivated: true,
    missing: [],
    extra: [],
    untold: [
      { what: 'the license', reason },
      { what: 'role bindings', reason },
    ],
  });
});

test('a pachd without authentication and without a license says so', () =>
  expect(ask({ isOff: true })).toEqual({
    state: { isActivated: false, license: { state: 'NONE' }, missing: [], extra: [], untold: [] },
    diagnostics: [],
  }));

test.each([
  ['CTL001', {}, { withPachctl: false }],
  ['CTL002', { fails: 'could not connect: context deadline exceeded' }, {}],
  ['CTL003', { fails: 'no authentication token (try logging in)' }, {}],
  ['CTL010', { idp: { issuer: 'https://other.acme.com/dex' } }, {}],
])('%s where pachctl cannot ask this cluster', (code, state, given) =>
  expect(ask(state, given)).toMatchObject({ diagnostics: [{ code, location: { file: 'pachyderm.yaml' } }] }),
);
