import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { BASE } from '../../terraform/cluster-of';
import type { ManagementApi } from './management-api';
import type { Json } from './tenant';
import type { Workspace } from './workspace';

/** What the tests of a suite share: a tenant, and folders in which Terraform works on it. */
export interface Surroundings {
  readonly api: ManagementApi;
  readonly newWorkspace: () => Workspace;
}

const SECRETS = {
  TF_VAR_auth0_client_secret: 'Planted-Client-Secret-0123456789-abcdefghijklmnopqrstuvwxyz',
};
const ADA = { ...SECRETS, TF_VAR_auth0_password_ada_acme_com_154e1e0a: 'Planted-Password-1!' };

const dev = (auth0: string, name = 'prod'): string =>
  `${BASE.replace('name: prod', `name: ${name}`)}profile: dev\nauth0: { domain: acme.eu.auth0.com, ${auth0} }\n`;

/** The scopes that the guide lists for anyone who uses these of its rows. */
function guideScopes(...rows: readonly string[]): Set<string> {
  const guide = readFileSync(path.resolve(__dirname, '../../../docs/guide/auth0.md'), 'utf8');
  const scopes = guide.slice(guide.indexOf('\n## Scopes'));
  const found = new Set<string>();
  for (const row of rows) {
    const line = scopes.split('\n').find((text) => text.startsWith(`| ${row} `));
    if (line === undefined) throw new Error(`the guide has no scopes for ${row}`);
    for (const [, scope = ''] of (line.split('|')[2] ?? '').matchAll(/`([^`]+)`/g)) found.add(scope);
  }
  return found;
}

/** Changes of documents and tenants that the provider has its difficulties with, one after the other. */
export function lives(surroundings: () => Surroundings): void {
  let api: ManagementApi;
  let workspace: Workspace;
  let before: Json;
  let environment: Readonly<Record<string, string>>;

  beforeEach(async () => {
    const { newWorkspace } = surroundings();
    ({ api } = surroundings());
    before = api.tenant.snapshot();
    workspace = newWorkspace();
    environment = ADA;
  });

  const apply = async (document: string): Promise<void> => {
    workspace.write(document);
    if (!workspace.hasFile('.terraform')) await workspace.succeed(['init', '-no-color']);
    await workspace.succeed(['apply', '-auto-approve', '-no-color'], environment);
  };
  const expectNoChanges = async (): Promise<void> => {
    expect(await workspace.plan(environment)).toEqual({});
  };
  const destroy = async (): Promise<void> => {
    await workspace.succeed(['destroy', '-auto-approve', '-no-color'], environment);
    expect(api.tenant.snapshot()).toEqual(before);
  };
  const users = (): Json[] => [...api.tenant.users.values()];
  const ours = (): Json | undefined =>
    [...api.tenant.clients.values()].find(({ name }) => name !== 'Someone else');

  test('an address in mixed case is no change for ever', async () => {
    await apply(dev('database: { name: people }, users: [{ email: Ada@ACME.com, password: { env: ADA } }]'));
    expect(users()).toMatchObject([{ email: 'ada@acme.com' }]);
    await expectNoChanges();
    await destroy();
  });

  test('descriptions go when they are removed', async () => {
    await apply(dev('application: { description: hello }, roles: [{ name: r, description: hello }]'));
    await apply(dev('roles: [{ name: r }]'));
    expect(ours()).toMatchObject({ description: '' });
    expect([...api.tenant.roles.values()].find(({ name }) => name === 'r')).toMatchObject({
      description: '',
    });
    await expectNoChanges();
    await destroy();
  });

  test('a database that is renamed takes its users along, in one apply', async () => {
    const named = (name: string, more = ''): string =>
      dev(
        `database: { name: ${name}${more} }, users: [{ email: ada@acme.com, password: { env: ADA }, roles: [r] }], roles: [{ name: r }]`,
      );
    await apply(named('people'));
    const [first] = users();
    // Another setting leaves the users alone.
    await apply(named('people', ', signUp: true'));
    expect(users()).toEqual([first]);
    await apply(named('others'));
    expect(users()).toMatchObject([{ email: 'ada@acme.com', connection: 'others' }]);
    await expectNoChanges();
    await destroy();
  });

  test.each([
    ['an empty one', ''],
    ['the word that a wrong lookup prints', 'undefined'],
    ['one of 31 characters', 'x'.repeat(31)],
  ])('a client secret that cannot be one stays here: %s', async (_which, secret) => {
    workspace.write(dev('roles: []'));
    await workspace.succeed(['init', '-no-color']);
    const calls = api.calls.length;
    const { code, output } = await workspace.run(['plan', '-no-color'], {
      TF_VAR_auth0_client_secret: secret,
    });
    expect([
      code,
      output.replace(/\s*│?\s+/g, ' ').includes('A client secret has at least 32 characters'),
    ]).toEqual([1, true]);
    expect(api.calls.length).toBe(calls);
    environment = { TF_VAR_auth0_client_secret: 'x'.repeat(32) };
    expect(Object.keys(await workspace.plan(environment))).toContain('auth0_client.application');
  });

  test('two clusters on one tenant: one creates what both use', async () => {
    const { newWorkspace } = surroundings();
    const groups = 'groups: { claim: https://acme.com/groups }';
    const bindings = 'auth: { roleBindings: { "group:data": [clusterAdmin] } }\n';
    const [eu, us] = [dev(groups, 'eu'), dev(groups, 'us')].map((text) => `${text}${bindings}`);
    await apply(eu ?? '');

    const second = newWorkspace();
    second.write(us ?? '');
    await second.succeed(['init', '-no-color']);
    const refused = await second.run(['apply', '-auto-approve', '-no-color'], environment);
    expect([refused.code, refused.output.includes('409 Conflict')]).toEqual([1, true]);

    second.write((us ?? '').replace(groups, `${groups}, roles: []`));
    await second.succeed(['apply', '-auto-approve', '-no-color'], environment);
    expect(await second.plan(environment)).toEqual({});
    await expectNoChanges();
    expect(api.tenant.bindings.map(({ display_name }) => String(display_name))).toEqual([
      'someone-elses',
      'eu-groups',
      'us-groups',
    ]);
    await second.succeed(['destroy', '-auto-approve', '-no-color'], environment);
    await destroy();
  });

  test('an application that exists is taken over, with its id', async () => {
    const query = new URLSearchParams();
    const [, made] = api.tenant.answer('POST', ['clients'], query, {
      name: 'Made by hand',
      app_type: 'regular_web',
      callbacks: ['https://old.acme.com/dex/callback'],
    });
    const clientID = String((made as Json)['client_id']);
    await apply(
      dev(
        `application: { provision: import, clientID: ${clientID}, clientSecret: { env: X }, additionalCallbackURLs: [https://old.acme.com/dex/callback] }`,
      ),
    );
    expect(ours()).toMatchObject({
      client_id: clientID,
      name: 'Pachyderm',
      callbacks: ['https://pachyderm.acme.com/dex/callback', 'https://old.acme.com/dex/callback'],
      client_secret: SECRETS.TF_VAR_auth0_client_secret,
    });
    expect((await workspace.succeed(['output', '-raw', 'client_id'])).trim()).toBe(clientID);
    await expectNoChanges();
    await destroy();
  });

  test('an Action that Auth0 cannot build is said so, and can be taken away', async () => {
    api.tenant.failsToBuild = true;
    try {
      await expect(apply(dev('allow: { emailDomains: [acme.com] }'))).rejects.toThrow('failed to build');
    } finally {
      api.tenant.failsToBuild = false;
    }
    await destroy();
  });

  describe('with the scopes of the guide', () => {
    afterEach(() => {
      api.tenant.scopes = undefined;
    });

    test.each([
      ['the least', 'roles: []', ['always', '`clientSecretFrom: variable`']],
      [
        'the secret from the state',
        'application: { clientSecretFrom: state }',
        ['always', '`clientSecretFrom: state`'],
      ],
      [
        'everything',
        'database: { name: people }, allow: { roles: [r] }, roles: [{ name: r }], organizations: { usage: allow, create: [{ name: acme, connections: [people] }] }, users: [{ email: ada@acme.com, password: { env: ADA }, roles: [r] }]',
        [
          'always',
          '`clientSecretFrom: variable`',
          '`connections`, `database`',
          '`groups`, `allow`',
          '`roles`, or `groups`',
          '`users`',
          '`organizations: { create: … }`',
        ],
      ],
    ])('%s comes, stays and goes', async (_name, auth0, rows) => {
      api.tenant.scopes = guideScopes(...rows);
      await apply(dev(auth0));
      await expectNoChanges();
      await destroy();
    });

    test('and not without one of them', async () => {
      api.tenant.scopes = new Set(
        [...guideScopes('always', '`clientSecretFrom: variable`')].filter(
          (scope) => scope !== 'update:client_keys',
        ),
      );
      await expect(apply(dev('roles: []'))).rejects.toThrow('update:client_keys');
      await destroy();
    });
  });

  describe('the client secret of the identity provider behind a connection', () => {
    const THEIRS = 'Planted-IdP-Secret-9876543210';
    const query = new URLSearchParams();
    let id: string;

    beforeEach(() => {
      const body = {
        name: 'acme-okta',
        strategy: 'okta',
        options: { client_id: 'x', client_secret: THEIRS },
      };
      const [, made] = api.tenant.answer('POST', ['connections'], query, body);
      id = String((made as Json)['id']);
      before = api.tenant.snapshot();
    });
    afterEach(() => api.tenant.answer('DELETE', ['connections', id], query, {}));

    const linked = (connection: string): string =>
      dev(
        `connections: [${connection}], allow: { connections: [acme-okta] }, organizations: { usage: allow, create: [{ name: acme, connections: [${connection}] }] }`,
      );

    test('is in no file of Terraform for its id, plan, state and logs included', async () => {
      await apply(linked(id));
      await expectNoChanges();
      expect(workspace.hasFile('plan') && workspace.hasFile('terraform.tfstate')).toBe(true);
      expect(workspace.filesWith(THEIRS)).toEqual([]);
      expect(api.tenant.enabledClients.get(id)).toContain(ours()?.['client_id']);
      await destroy();
    });

    const stateOf = async (): Promise<string> => await workspace.succeed(['show', '-json']);

    test('is in the state for its name, which is why that is refused; the id takes it out', async () => {
      // So few on a page that the connection is on the last.
      api.tenant.pageSize = 1;
      try {
        await apply(dev('connections: [acme-okta], allow: { connections: [acme-okta] }'));
        expect(workspace.filesWith(THEIRS)).toContain('terraform.tfstate');
        await expectNoChanges();
        const address = 'auth0_connection_client.connection_';
        await workspace.succeed(['state', 'mv', `${address}acme-okta`, `${address}${id}`]);
        workspace.write(dev(`connections: [${id}], allow: { connections: [acme-okta] }`));
        await expectNoChanges();
        await workspace.succeed(['apply', '-auto-approve', '-no-color'], environment);
        expect(await stateOf()).not.toContain(THEIRS);
        await destroy();
      } finally {
        api.tenant.pageSize = 100;
      }
    });

    test('is out of the state after a second apply, where nothing has been moved', async () => {
      await apply(linked('acme-okta'));
      workspace.write(linked(id));
      // Terraform removes the old links and makes the same ones anew, in whatever order.
      await workspace.run(['apply', '-auto-approve', '-no-color'], environment);
      await workspace.succeed(['apply', '-auto-approve', '-no-color'], environment);
      await expectNoChanges();
      expect(await stateOf()).not.toContain(THEIRS);
      expect(api.tenant.enabledClients.get(id)).toContain(ours()?.['client_id']);
      await destroy();
    });
  });
}
