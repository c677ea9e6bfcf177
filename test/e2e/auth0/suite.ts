import {
  listTools,
  temporaryDirectory,
  createCertificateAuthority,
  type TemporaryDirectory,
} from '../harness';
import { BASE } from '../../terraform/cluster-of';
import { EVERYTHING } from '../../terraform/everything';
import { mappingAt } from '../../support/tree';
import { lives } from './lives';
import { startManagementApi, type ManagementApi } from './management-api';
import type { Json } from './tenant';
import { Workspace, type Provider } from './workspace';

const SECRET = 'Planted-Client-Secret-0123456789-abcdefghijklmnopqrstuvwxyz';
const NEXT_SECRET = 'Rotated-Client-Secret-0123456789-abcdefghijklmnopqrstuvwxyz';
const PASSWORD = 'Planted-Password-1!';

const SECRETS = {
  TF_VAR_auth0_client_secret: SECRET,
  TF_VAR_auth0_password_ada_acme_com_154e1e0a: PASSWORD,
};

/** The id is of a connection that the tenant of the tests has not. */
const DOCUMENT = EVERYTHING.replace(', con_9dKKcib71UMRiHHW', '');

/** Puts things into the tenant that are not ours: an application, two connections, an Action in the flow, a role. */
function furnish({ tenant }: ManagementApi): void {
  const query = new URLSearchParams();
  const create = (steps: string[], body: Json): Json => tenant.answer('POST', steps, query, body)[1] as Json;
  const workspace = create(['connections'], { name: 'google-workspace', strategy: 'google-apps' });
  create(['connections'], { name: 'google-oauth2', strategy: 'google-oauth2' });
  create(['clients'], { name: 'Someone else', app_type: 'spa', callbacks: ['https://else.acme.com/'] });
  create(['roles'], { name: 'billing' });
  const action = create(['actions', 'actions'], {
    name: 'someone-elses',
    code: 'exports.onExecutePostLogin = async () => {};',
    runtime: 'node22',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
  });
  const id = String(action['id']);
  for (let status: unknown; status !== 'built';)
    ({ status } = tenant.answer('GET', ['actions', 'actions', id], query, {})[1] as Json);
  create(['actions', 'actions', id, 'deploy'], {});
  tenant.answer('GET', ['actions', 'actions', id], query, {});
  tenant.answer('PATCH', ['actions', 'triggers', 'post-login', 'bindings'], query, {
    bindings: [{ ref: { type: 'action_id', value: id }, display_name: 'someone-elses' }],
  });
  expect(workspace['id']).toMatch(/^con_/);
}

/** What the real Terraform does with what pachkit writes, with this provider, on an emulated tenant. */
export function auth0Suite(provide: () => Promise<Provider>): void {
  let directory: TemporaryDirectory;
  let api: ManagementApi;
  let provider: Provider;
  let environment: Record<string, string>;
  const workspaces: Workspace[] = [];

  const newWorkspace = (): Workspace => {
    const [terraform, tofu] = listTools(['terraform', 'tofu']);
    const program = terraform?.path ?? tofu?.path ?? '';
    const workspace = new Workspace({ terraform: program, provider, environment });
    workspaces.push(workspace);
    return workspace;
  };

  beforeAll(async () => {
    provider = await provide();
    directory = temporaryDirectory('auth0-tenant');
    const authority = await createCertificateAuthority(directory.path);
    api = await startManagementApi(await authority.issue('tenant', ['localhost', '127.0.0.1']));
    environment = {
      // Go takes only the authorities in this file; the provider inherits it from Terraform.
      SSL_CERT_FILE: authority.certificateFile,
      AUTH0_API_TOKEN: api.token,
      AUTH0_DOMAIN: '',
      TF_VAR_auth0_domain: api.domain,
    };
    furnish(api);
  });

  afterAll(async () => {
    for (const workspace of workspaces) workspace.remove();
    await api.stop();
    directory.remove();
  });

  const ourClient = (): Json => {
    const found = [...api.tenant.clients.values()].filter(({ name }) => name !== 'Someone else');
    expect(found).toHaveLength(1);
    return found[0] as Json;
  };

  describe('what is written is valid', () => {
    const withTerraform = (text: string): string => `${BASE}auth0: { domain: acme.eu.auth0.com, ${text} }\n`;

    test.each([
      ['everything', EVERYTHING],
      ['the least', `${BASE}auth0: { domain: acme.eu.auth0.com }\n`],
      ['the secret in the state', withTerraform('application: { clientSecretFrom: state }')],
      [
        'strings that look like templates',
        withTerraform(
          'application: { name: "${TfToken[TOKEN.1]} %{ if }", description: "${file(1)} $${x} %%{y" }, groups: { claim: "https://acme.com/${x}" }',
        ),
      ],
      ...[
        's3: { bucket: b, key: k, region: eu-central-1, encrypt: true, use_lockfile: true, assume_role: { role_arn: "arn:aws:iam::1:role/x" }, endpoints: { s3: "https://s3.acme.com" } }',
        'gcs: { bucket: b, prefix: p }',
        'azurerm: { resource_group_name: g, storage_account_name: s, container_name: c, key: k, use_oidc: true }',
        'remote: { organization: acme, workspaces: { name: auth0 } }',
        'http: { address: "https://state.acme.com/x", lock_address: "https://state.acme.com/l" }',
        'kubernetes: { secret_suffix: auth0, namespace: terraform }',
        'pg: { schema_name: auth0 }',
        'consul: { path: auth0 }',
      ].map((backend) => [
        `the backend ${backend.split(':')[0] ?? ''}`,
        withTerraform(`terraform: { backend: { ${backend} } }`),
      ]),
    ])('%s', async (_name, document) => {
      const workspace = newWorkspace();
      workspace.write(document);
      await workspace.succeed(['init', '-backend=false', '-no-color']);
      const verdict = JSON.parse(await workspace.succeed(['validate', '-json'])) as Json;
      expect(verdict).toMatchObject({ valid: true, diagnostics: [] });
    });
  });

  describe('a whole life', () => {
    let before: Json;
    let workspace: Workspace;

    beforeAll(() => {
      before = api.tenant.snapshot();
      workspace = newWorkspace();
    });

    test('apply makes the application as Dex needs it', async () => {
      workspace.write(DOCUMENT);
      await workspace.succeed(['init', '-no-color']);
      const changes = await workspace.plan(SECRETS);
      expect(new Set(Object.values(changes).map(({ actions }) => String(actions)))).toEqual(
        new Set(['create']),
      );
      expect(workspace.filesWith(SECRET)).toEqual([]);
      await workspace.succeed(['apply', '-no-color', 'plan'], SECRETS);

      expect(ourClient()).toMatchObject({
        name: 'Pachyderm',
        app_type: 'regular_web',
        callbacks: ['https://pachyderm.acme.com/dex/callback'],
        grant_types: ['authorization_code', 'refresh_token'],
        allowed_logout_urls: ['https://acme.com/bye'],
        oidc_conformant: true,
        is_first_party: true,
        jwt_configuration: { alg: 'RS256' },
        token_endpoint_auth_method: 'client_secret_post',
        client_secret: SECRET,
        organization_usage: 'require',
        organization_require_behavior: 'post_login_prompt',
        refresh_token: { rotation_type: 'rotating', expiration_type: 'expiring', leeway: 60 },
      });
      expect((await workspace.succeed(['output', '-raw', 'client_id'])).trim()).toBe(
        ourClient()['client_id'],
      );
    });

    test('and everything that belongs to it, behind what was there', () => {
      const { tenant } = api;
      const clientID = String(ourClient()['client_id']);
      expect(tenant.bindings.map(({ display_name }) => String(display_name))).toEqual([
        'someone-elses',
        'prod-allow',
        'prod-groups',
      ]);
      const groups = [...tenant.actions.values()].find(({ name }) => name === 'prod-groups');
      expect(groups?.['code']).toContain(`if (event.client.client_id !== "${clientID}") return;`);
      expect(groups?.['deployed_version']).toMatchObject({ deployed: true, code: groups?.['code'] });

      expect([...tenant.roles.values()].map(({ name }) => String(name)).sort()).toEqual([
        'a b',
        'billing',
        'data-science',
      ]);
      const [user] = [...tenant.users.values()];
      expect(user).toMatchObject({
        email: 'ada@acme.com',
        email_verified: true,
        connection: 'pachyderm-users',
        password: PASSWORD,
      });
      const held = [...(tenant.userRoles.get(String(user?.['user_id'])) ?? [])].map(
        (id) => tenant.roles.get(id)?.['name'] as string,
      );
      expect(held).toEqual(['data-science']);

      for (const { id, name } of tenant.connections.values())
        if (name !== 'google-oauth2') expect(tenant.enabledClients.get(String(id))).toContain(clientID);
      const [organization] = [...tenant.organizations.values()];
      expect(organization).toMatchObject({ name: 'acme', display_name: 'acme' });
      const links = [
        ...(
          tenant.organizationConnections.get(String(organization?.['id'])) ?? new Map<string, Json>()
        ).values(),
      ];
      expect(
        links
          .map(({ connection, assign_membership_on_login }) => [
            String((connection as Json)['name']),
            assign_membership_on_login,
          ])
          .sort(),
      ).toEqual([
        ['google-workspace', true],
        ['pachyderm-users', true],
      ]);
    });

    test('a second plan is empty', async () => {
      const { code, output } = await workspace.run(['plan', '-detailed-exitcode', '-no-color'], SECRETS);
      expect([code, output.includes('No changes.')]).toEqual([0, true]);
    });

    test('the client secret is in no file of Terraform and in no log of it', async () => {
      expect(await workspace.plan(SECRETS)).toEqual({});
      expect(workspace.hasFile('plan') && workspace.hasFile('terraform.tfstate')).toBe(true);
      expect(workspace.filesWith(SECRET)).toEqual([]);
      expect(workspace.filesWith('auth0_client_credentials')).toContain('log');
      // The search does find what is there: passwords of users have no way around the state.
      expect(workspace.filesWith(PASSWORD)).toEqual(expect.arrayContaining(['plan', 'terraform.tfstate']));
      expect(workspace.filesWith(PASSWORD)).not.toContain('cdk.tf.json');
    });

    test('another host changes the callbacks and nothing else', async () => {
      const old = api.tenant.snapshot();
      workspace.write(DOCUMENT.replace('pachyderm.acme.com', 'data.acme.com'));
      const changes = await workspace.plan(SECRETS);
      expect(Object.keys(changes)).toEqual(['auth0_client.application']);
      const {
        before: was,
        after: will,
        actions,
      } = changes['auth0_client.application'] as {
        before: Json;
        after: Json;
        actions: string[];
      };
      expect(actions).toEqual(['update']);
      expect(
        Object.keys(will).filter((key) => JSON.stringify(was[key]) !== JSON.stringify(will[key])),
      ).toEqual(['callbacks']);
      await workspace.succeed(['apply', '-no-color', 'plan'], SECRETS);

      const expected = structuredClone(old);
      mappingAt(expected, `clients.${String(ourClient()['client_id'])}`)['callbacks'] = [
        'https://data.acme.com/dex/callback',
      ];
      expect(api.tenant.snapshot()).toEqual(expected);
    });

    test('a new secret is sent when its number has changed, and not before', async () => {
      const moved = DOCUMENT.replace('pachyderm.acme.com', 'data.acme.com');
      const rotated = { ...SECRETS, TF_VAR_auth0_client_secret: NEXT_SECRET };
      expect(await workspace.plan(rotated)).toEqual({});
      workspace.write(moved.replace('application: {', 'application: { clientSecretVersion: 2,'));
      expect(Object.keys(await workspace.plan(rotated))).toEqual([
        'auth0_client_credentials.application_credentials',
      ]);
      await workspace.succeed(['apply', '-no-color', 'plan'], rotated);
      expect(ourClient()['client_secret']).toBe(NEXT_SECRET);
      expect(workspace.filesWith(NEXT_SECRET)).toEqual([]);
    });

    test('destroy takes away what was made and leaves the rest of the tenant as it was', async () => {
      await workspace.succeed(['destroy', '-auto-approve', '-no-color'], SECRETS);
      expect(api.tenant.snapshot()).toEqual(before);
    });
  });

  describe('lives', () => lives(() => ({ api, newWorkspace })));

  test('strings arrive as they were written', async () => {
    const workspace = newWorkspace();
    const name = '${TfToken[TOKEN.1]} %{ if true }';
    const description =
      '${file("/etc/hostname")} $${x} $$$${y} %%{z} %%%%{ $ % { $${TfToken[TOKEN.1]} $$$${TfToken[TOKEN.1]}';
    workspace.write(
      `${BASE}auth0: { domain: acme.eu.auth0.com, application: { name: ${JSON.stringify(name)}, description: ${JSON.stringify(description)} } }\n`,
    );
    await workspace.succeed(['init', '-no-color']);
    await workspace.succeed(['apply', '-auto-approve', '-no-color'], SECRETS);
    expect(ourClient()).toMatchObject({ name, description });
    await workspace.succeed(['destroy', '-auto-approve', '-no-color'], SECRETS);
  });

  test('the way by the state: an output prints the secret that Auth0 made', async () => {
    const workspace = newWorkspace();
    workspace.write(
      `${BASE}auth0: { domain: acme.eu.auth0.com, application: { clientSecretFrom: state } }\n`,
    );
    await workspace.succeed(['init', '-no-color']);
    const printed = await workspace.succeed(['apply', '-auto-approve', '-no-color']);
    const secret = String(ourClient()['client_secret']);
    expect(secret).toMatch(/^[A-Za-z0-9]{64}$/);
    expect(printed).not.toContain(secret);
    expect((await workspace.succeed(['output', '-raw', 'client_secret'])).trim()).toBe(secret);
    expect(workspace.filesWith(secret)).toContain('terraform.tfstate');
    const { code } = await workspace.run(['plan', '-detailed-exitcode', '-no-color']);
    expect(code).toBe(0);
    await workspace.succeed(['destroy', '-auto-approve', '-no-color']);
  });

  test('without the secret nothing is planned, and Terraform says what is missing', async () => {
    const workspace = newWorkspace();
    workspace.write(`${BASE}auth0: { domain: acme.eu.auth0.com }\n`);
    await workspace.succeed(['init', '-no-color']);
    const calls = api.calls.length;
    const { code, output } = await workspace.run(['plan', '-no-color', '-input=false']);
    expect([code, output.includes('auth0_client_secret')]).toEqual([1, true]);
    expect(api.calls.length).toBe(calls);
  });

  test('credentials of a machine-to-machine application do as well as a token', async () => {
    const workspace = newWorkspace();
    workspace.write(`${BASE}auth0: { domain: acme.eu.auth0.com }\n`);
    await workspace.succeed(['init', '-no-color']);
    const credentials = {
      AUTH0_API_TOKEN: '',
      AUTH0_CLIENT_ID: 'machine',
      AUTH0_CLIENT_SECRET: 'machine-secret',
    };
    await workspace.succeed(['apply', '-auto-approve', '-no-color'], { ...SECRETS, ...credentials });
    expect(api.calls.some(({ path, status }) => path === '/oauth/token' && status === 200)).toBe(true);
    expect(workspace.filesWith('machine-secret')).toEqual([]);
    await workspace.succeed(['destroy', '-auto-approve', '-no-color'], { ...SECRETS, ...credentials });
  });
}
