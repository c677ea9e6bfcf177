// Stands for pachctl and the pachd behind it, as far as connectors go: it answers as the real one of its release does, and
// keeps what pachd would in the file that PACHCTL_STATE names. Every command is added to the list `calls` there.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';

const { parse, stringify } = createRequire(process.env.PACHCTL_MODULES)('yaml');
const file = process.env.PACHCTL_STATE;
const state = JSON.parse(readFileSync(file, 'utf8'));
const { release = '2.12.0', connectors, unreachable = [], idp = {} } = state;
const minor = Number(release.split('.')[1]);
const [, , ...given] = process.argv;
const args = given.filter((each) => each !== '--');
const input = args.includes('--config') ? readFileSync(0, 'utf8') : '';
(state.calls ??= []).push({ args: given, context: process.env.PACH_ENTERPRISE_CONTEXT ?? null });
writeFileSync(file, JSON.stringify(state));

const TYPES = [
  ...[
    'keystone',
    'mockCallback',
    'mockPassword',
    'ldap',
    'gitea',
    'github',
    'gitlab',
    'google',
    'oidc',
    'saml',
  ],
  ...[
    'authproxy',
    'linkedin',
    'microsoft',
    'bitbucket-cloud',
    'openshift',
    'atlassian-crowd',
    'samlExperimental',
  ],
  ...(minor >= 4 ? ['oauth'] : []),
];

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function authorize(method, permission) {
  if (state.fails) fail(state.fails);
  if (state.role === 'none')
    fail(
      `user:eve@acme.com is not authorized to perform this operation - needs permissions [${permission}] on CLUSTER . Run pachctl auth roles-for-permission to find roles that grant a given permission.`,
    );
  if (method && state.environment)
    fail(`identity.${method}() is disabled when the Identity Connectors are set via environment.`);
}

function read() {
  const keys = Object.entries(parse(input, { merge: true }) ?? {}).map(([key, value]) => [
    key.toLowerCase(),
    value,
  ]);
  const { id = '', name = '', type = '', version = 0, config = {} } = Object.fromEntries(keys);
  return { id, name, type, version, config };
}

function open({ id, type, name, config }) {
  if (!id) fail('no id specified');
  if (!type) fail('no type specified');
  if (!name) fail('no name specified');
  if (minor >= 3 && Object.keys(config).length === 0) fail('no configs are defined');
  if (!TYPES.includes(type)) fail(`unknown connector type "${type}"`);
  for (const [key, value] of Object.entries(config))
    if (key.startsWith('insecure') && typeof value !== 'boolean')
      fail(
        `unable to deserialize JSON: json: cannot unmarshal string into Go struct field Config.${key} of type bool`,
      );
  if (type === 'oidc' && unreachable.includes(config.issuer))
    fail(
      `unable to open connector: failed to get provider: Get "${config.issuer}.well-known/openid-configuration": dial tcp 10.0.0.9:443: connect: connection refused`,
    );
  if (type === 'mockPassword' && !config.password) fail('unable to open connector: no password supplied');
}

if (state.hangs) await wait(600_000);
if (minor <= 5 && args[0] === 'idp') process.stdout.write('Using enterprise context: production\n');
else if (args[0] === 'idp') process.stderr.write('Using enterprise context: production\n');

const commands = {
  'auth whoami': () => {
    if (state.isOff) fail('the auth service is not activated');
    authorize('', '');
    process.stdout.write(`You are "${state.user ?? 'user:ada@acme.com'}"\n`);
  },
  'enterprise get-state': () => {
    if (state.role === 'idpAdmin') fail('user:ada@acme.com is not authorized to perform this operation');
    if (!state.license) process.stdout.write('No Pachyderm Enterprise token was found\n');
    else
      process.stdout.write(
        `Pachyderm Enterprise token state: ${state.license}\nExpiration: 2027-01-01 00:00:00 +0000 UTC\n`,
      );
  },
  'auth get': () => {
    if (state.role === 'idpAdmin') fail('user:ada@acme.com is not authorized to perform this operation');
    for (const [subject, roles] of Object.entries(state.bindings ?? {}))
      process.stdout.write(`${subject}: [${roles.join(' ')}]\n`);
  },
  'config get': () => process.stdout.write('production\n'),
  'idp get-config': () => {
    if (state.role === 'idpAdmin')
      fail(
        'user:ada@acme.com is not authorized to perform this operation - needs permissions [CLUSTER_IDENTITY_GET_CONFIG] on CLUSTER .',
      );
    authorize('', 'CLUSTER_IDENTITY_GET_CONFIG');
    process.stdout.write(stringify(idp, { indent: 4, sortMapEntries: true }));
  },
  'idp list-connector': () => {
    authorize('', 'CLUSTER_IDENTITY_LIST_IDPS');
    for (const { id, name, type } of connectors) process.stdout.write(`${id} - ${name} (${type})\n`);
  },
  'idp get-connector': () => {
    authorize('', 'CLUSTER_IDENTITY_GET_IDP');
    const found = connectors.find(({ id }) => id === args[2]);
    if (!found) fail('ID does not exist');
    const { id, name, type, version, config } = found;
    if (minor >= 3 && Object.keys(config).length === 0) fail('no configs are defined');
    const shown = { Config: config, ID: id, Name: name, Type: type, Version: version };
    process.stdout.write(stringify(shown, { indent: 4, sortMapEntries: true }));
  },
  'idp create-connector': () => {
    authorize('CreateIDPConnector', 'CLUSTER_IDENTITY_CREATE_IDP');
    const connector = read();
    open(connector);
    if (connectors.some(({ id }) => id === connector.id)) fail('ID already exists');
    connectors.push(connector);
  },
  'idp update-connector': () => {
    authorize('UpdateIDPConnector', 'CLUSTER_IDENTITY_UPDATE_IDP');
    const connector = read();
    const at = connectors.findIndex(({ id }) => id === connector.id);
    if (at < 0) fail('not found');
    const stored = connectors[at];
    if (state.overtaken) stored.version += 1;
    if (connector.version !== stored.version + 1)
      fail(`new config version is ${connector.version}, expected ${stored.version + 1}`);
    const merged = {
      ...connector,
      name: connector.name || stored.name,
      type: connector.type || stored.type,
      config: Object.keys(connector.config).length === 0 ? stored.config : connector.config,
    };
    open(merged);
    connectors[at] = merged;
  },
  'idp delete-connector': () => {
    authorize('DeleteIDPConnector', 'CLUSTER_IDENTITY_DELETE_IDP');
    const at = connectors.findIndex(({ id }) => id === args[2]);
    if (at < 0) fail('not found');
    connectors.splice(at, 1);
  },
};
const command = commands[args.slice(0, 2).join(' ')];
if (!command) fail(`unknown command "${args.join(' ')}" for "pachctl"`);
command();
writeFileSync(file, JSON.stringify(state));
