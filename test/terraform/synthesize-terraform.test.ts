import { RootConstruct } from 'constructs';
import { literalSecret } from '../../src/model/secret';
import { withoutSecrets } from '../../src/model/secret-reader';
import { synthesizeTerraform } from '../../src/terraform/synthesize-terraform';
import { TerraformStack, TerraformVariable, Token } from '../../src/terraform/cdktf';
import { terraformSecretVariables } from '../../src/terraform/terraform-variables';
import { BASE, clusterOf } from './cluster-of';
import { EVERYTHING } from './everything';
import { at, mappingAt, type Json } from '../support/tree';
import { terraformOf, application, MINIMAL, textOf } from './synthesized';

describe('the application', () => {
  test('has every default that a login through Dex needs', () => {
    expect(application(MINIMAL)).toEqual({
      name: 'Pachyderm',
      description: '',
      app_type: 'regular_web',
      callbacks: ['https://pachyderm.acme.com/dex/callback'],
      allowed_logout_urls: [],
      allowed_origins: [],
      web_origins: [],
      grant_types: ['authorization_code', 'refresh_token'],
      oidc_conformant: true,
      is_first_party: true,
      cross_origin_auth: false,
      sso_disabled: false,
      is_token_endpoint_ip_header_trusted: false,
      organization_usage: 'deny',
      organization_require_behavior: 'no_prompt',
      skip_non_verifiable_callback_uri_confirmation_prompt: 'false',
      jwt_configuration: [{ alg: 'RS256', lifetime_in_seconds: 36000 }],
      refresh_token: [
        {
          rotation_type: 'rotating',
          expiration_type: 'expiring',
          leeway: 60,
          token_lifetime: 2592000,
          infinite_token_lifetime: false,
          idle_token_lifetime: 1296000,
          infinite_idle_token_lifetime: false,
        },
      ],
    });
  });

  test('takes its callback from the URLs of the cluster, and keeps further ones behind it', () => {
    const document = `${BASE}auth0:
  domain: acme.eu.auth0.com
  application:
    additionalCallbackURLs: [https://old.acme.com/dex/callback, https://pachyderm.acme.com/dex/callback]
`;
    expect(application(document)['callbacks']).toEqual([
      'https://pachyderm.acme.com/dex/callback',
      'https://old.acme.com/dex/callback',
    ]);
    expect(at(terraformOf(document), 'output.callback_urls.value')).toEqual(
      application(document)['callbacks'],
    );
  });

  test('on localhost in dev does without the question about callbacks that cannot be verified', () => {
    const local =
      'apiVersion: pachkit/v1\nname: local\nrelease: 2.11.6\nauth0: { domain: acme.eu.auth0.com }\n';
    const skips = 'skip_non_verifiable_callback_uri_confirmation_prompt';
    expect(application(`${local}profile: dev\n`)[skips]).toBe('true');
    expect(application(local)[skips]).toBe('false');
    expect(application(`${local}profile: dev\n`)['callbacks']).toEqual(['http://localhost/dex/callback']);
  });

  test('and its connector agree about client id, method, groups and scopes', () => {
    const cluster = clusterOf(
      `${BASE}auth0:
  domain: acme.eu.auth0.com
  application: { clientID: abc, authenticationMethod: client_secret_basic }
  connector: { id: people, name: People, version: 3, scopes: [profile, email, offline_access] }
  groups: { claim: https://acme.com/groups }
`,
      () => literalSecret('the client secret'),
    );
    const [connector] = cluster.identity.connectors;
    expect({ ...connector, config: { ...connector?.config, clientSecret: undefined } }).toEqual({
      type: 'oidc',
      // Findings about it are in the words of Auth0, at whatever domain it is.
      provider: expect.objectContaining({ name: 'auth0' }) as unknown,
      id: 'people',
      name: 'People',
      version: 3,
      config: {
        issuer: 'https://acme.eu.auth0.com/',
        clientID: 'abc',
        clientSecret: undefined,
        redirectURI: 'https://pachyderm.acme.com/dex/callback',
        scopes: ['profile', 'email', 'offline_access'],
        insecureEnableGroups: true,
        claimMapping: { groups: 'https://acme.com/groups' },
      },
    });
    expect(
      clusterOf(`${BASE}auth0: { domain: acme.eu.auth0.com, application: { clientID: abc } }\n`).identity
        .connectors[0]?.config['basicAuthUnsupported'],
    ).toBe(true);
  });

  test('has no connector before Auth0 has made its client id', () => {
    expect(clusterOf(MINIMAL).identity.connectors).toEqual([]);
  });
});

describe('an application that exists', () => {
  const provisioned = (provision: string): string => `${BASE}auth0:
  domain: acme.eu.auth0.com
  application: { clientID: hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5, provision: ${provision}, clientSecret: { env: X } }
`;

  test('is imported by its client id and is then the application of the document', () => {
    const { import: imported, ...rest } = terraformOf(provisioned('import'));
    expect(imported).toEqual([{ to: 'auth0_client.application', id: 'hegmOc5rTotLPu5ByRDXOvBAzgs3wuw5' }]);
    expect(rest).toEqual(terraformOf(provisioned('create')));
  });

  test('and is managed elsewhere has a connector and no Terraform', () => {
    const cluster = clusterOf(provisioned('none'), () => literalSecret('the client secret'));
    expect(synthesizeTerraform(cluster)).toBeUndefined();
    expect(cluster.identity.connectors).toEqual(
      clusterOf(provisioned('create'), () => literalSecret('the client secret')).identity.connectors,
    );
  });
});

describe('the way of the secret', () => {
  test('variable: ephemeral, write-only, with a number that stands for it', () => {
    const terraform = terraformOf(`${BASE}auth0:
  domain: acme.eu.auth0.com
  application: { clientSecretVersion: 4 }
`);
    expect(at(terraform, 'variable.auth0_client_secret')).toMatchObject({
      ephemeral: true,
      sensitive: true,
      validation: [{ condition: '${length(var.auth0_client_secret) >= 32}' }],
    });
    expect(at(terraform, 'resource.auth0_client_credentials.application_credentials')).toEqual({
      client_id: '${auth0_client.application.id}',
      authentication_method: 'client_secret_post',
      client_secret_wo: '${var.auth0_client_secret}',
      client_secret_wo_version: 4,
    });
    expect(terraform['output']).not.toHaveProperty('client_secret');
  });

  test('state: Auth0 makes it and a sensitive output prints it', () => {
    const document = `${BASE}auth0:
  domain: acme.eu.auth0.com
  application: { clientSecretFrom: state }
  terraform: { encryptedState: true }
`;
    const terraform = terraformOf(document);
    expect(terraform['variable']).not.toHaveProperty('auth0_client_secret');
    expect(at(terraform, 'resource.auth0_client_credentials.application_credentials')).toEqual({
      client_id: '${auth0_client.application.id}',
      authentication_method: 'client_secret_post',
    });
    expect(at(terraform, 'output.client_secret')).toMatchObject({
      sensitive: true,
      value: '${auth0_client_credentials.application_credentials.client_secret}',
    });
    // Before the application exists, its secret cannot be read from anywhere.
    const asked: string[] = [];
    clusterOf(document, (request) => {
      asked.push(request.path.join('.'));
      return withoutSecrets(request);
    });
    expect(asked).toContain('auth.rootToken');
    expect(asked).not.toContain('auth0.application.clientSecret');
  });

  test('no secret value is in the text, and the library knows which variable takes which', () => {
    const cluster = clusterOf(EVERYTHING, ({ path }) => literalSecret(`planted ${path.join('.')}`));
    expect(synthesizeTerraform(cluster)?.['cdk.tf.json']).not.toContain('planted');
    const variables = cluster.auth0 ? terraformSecretVariables(cluster.auth0) : [];
    expect(
      variables.map(({ name, isEphemeral, secret }) => [
        name,
        isEphemeral,
        secret?.kind === 'literal' && secret.value.reveal(),
      ]),
    ).toEqual([
      ['auth0_client_secret', true, 'planted auth0.application.clientSecret'],
      ['auth0_password_ada_acme_com_154e1e0a', false, 'planted auth0.users.0.password'],
    ]);
    expect(
      Object.keys(mappingAt(JSON.parse(synthesizeTerraform(cluster)?.['cdk.tf.json'] ?? ''), 'variable')),
    ).toEqual(['auth0_client_secret', 'auth0_domain', 'auth0_password_ada_acme_com_154e1e0a']);
  });
});

describe('what belongs to the application', () => {
  const resources = mappingAt(terraformOf(EVERYTHING), 'resource');

  test('uses only resources that leave the rest of the tenant alone', () => {
    expect(Object.keys(resources)).toEqual([
      'auth0_action',
      'auth0_client',
      'auth0_client_credentials',
      'auth0_connection',
      'auth0_connection_client',
      'auth0_organization',
      'auth0_organization_connection',
      'auth0_role',
      'auth0_trigger_action',
      'auth0_user',
      'auth0_user_role',
    ]);
  });

  test('connections: by id as it is, by name looked up once, its own created', () => {
    expect(terraformOf(EVERYTHING)['data']).toEqual({
      auth0_connection: {
        'existing_google-workspace': { name: 'google-workspace', skip_enabled_clients: true },
      },
    });
    expect(
      Object.values(mappingAt(resources, 'auth0_connection_client')).map((link) => at(link, 'connection_id')),
    ).toEqual([
      'con_9dKKcib71UMRiHHW',
      '${data.auth0_connection.existing_google-workspace.id}',
      '${auth0_connection.database.id}',
    ]);
    expect(at(resources, 'auth0_connection.database')).toEqual({
      name: 'pachyderm-users',
      strategy: 'auth0',
      options: [
        {
          disable_signup: true,
          brute_force_protection: true,
          password_policy: 'good',
          requires_username: false,
        },
      ],
    });
  });

  test('roles: one for each group that role bindings name, unless the document lists them', () => {
    expect(resources['auth0_role']).toEqual({
      'role_a-b-c8687a08': { name: 'a b', description: '' },
      'role_data-science': { name: 'data-science', description: '' },
    });
    const listed = terraformOf(
      `${EVERYTHING}  roles: [{ name: data-science, description: People with models }]\n`,
    );
    expect(at(listed, 'resource.auth0_role')).toEqual({
      'role_data-science': { name: 'data-science', description: 'People with models' },
    });
    expect(terraformOf(`${EVERYTHING}  roles: []\n`)['resource']).not.toHaveProperty('auth0_role');
  });

  test('users come after the connection is enabled, roles by the resource that adds one', () => {
    expect(Object.values(mappingAt(resources, 'auth0_user'))).toEqual([
      {
        connection_name: '${auth0_connection.database.name}',
        depends_on: ['auth0_connection_client.connection_pachyderm-users'],
        email: 'ada@acme.com',
        email_verified: true,
        // The id, and not the connection: a change of its settings must not replace users.
        lifecycle: { replace_triggered_by: ['auth0_connection.database.id'] },
        name: 'Ada',
        password: '${var.auth0_password_ada_acme_com_154e1e0a}',
      },
    ]);
    expect(Object.values(mappingAt(resources, 'auth0_user_role'))).toEqual([
      {
        role_id: '${auth0_role.role_data-science.id}',
        user_id: '${auth0_user.user_ada-acme-com-154e1e0a.id}',
      },
    ]);
  });

  test('addresses of users are written as Auth0 keeps them, in lowercase', () => {
    const mixed = terraformOf(EVERYTHING.replace('email: ada@acme.com', 'email: Ada@ACME.com'));
    expect(mixed['resource']).toEqual(resources);
    expect(mixed['variable']).toEqual(terraformOf(EVERYTHING)['variable']);
  });

  test('users of a connection that exists are replaced by nothing', () => {
    const existing = terraformOf(
      EVERYTHING.replace('name: Ada,', 'name: Ada, connection: Username-Password-Authentication,'),
    );
    const [user] = Object.values(mappingAt(existing, 'resource.auth0_user'));
    expect(user).toMatchObject({ connection_name: 'Username-Password-Authentication' });
    expect(user).not.toHaveProperty('lifecycle');
  });

  test('organizations get their connections, the new one too', () => {
    expect(at(resources, 'auth0_client.application')).toMatchObject({
      organization_usage: 'require',
      organization_require_behavior: 'post_login_prompt',
    });
    expect(Object.values(mappingAt(resources, 'auth0_organization_connection'))).toEqual(
      expect.arrayContaining([
        {
          organization_id: '${auth0_organization.organization_acme.id}',
          connection_id: '${auth0_connection.database.id}',
          assign_membership_on_login: true,
        },
      ]),
    );
  });

  test('the two bindings of the post-login flow are made one after the other', () => {
    const bindings = mappingAt(resources, 'auth0_trigger_action');
    expect(at(bindings, 'groups_binding.depends_on')).toEqual(['auth0_trigger_action.allow_binding']);
    expect(bindings['allow_binding']).toEqual({
      trigger: 'post-login',
      action_id: '${auth0_action.allow_action.id}',
      display_name: 'prod-allow',
    });
  });
});

describe('the backend', () => {
  const withBackend = (backend: string): Json =>
    terraformOf(`${BASE}auth0: { domain: acme.eu.auth0.com, terraform: { backend: ${backend} } }\n`)[
      'terraform'
    ] as Json;

  test('is a local file beside the output unless the document says', () => {
    expect(terraformOf(MINIMAL)['terraform']).toEqual({
      backend: { local: { path: 'terraform.tfstate' } },
      required_providers: { auth0: { source: 'registry.terraform.io/auth0/auth0', version: '~> 1.55' } },
      required_version: '>= 1.11.0',
    });
  });

  test.each([
    ['local', { path: '../state/prod.tfstate' }],
    [
      's3',
      {
        bucket: 'acme',
        key: 'auth0.tfstate',
        region: 'eu-central-1',
        encrypt: true,
        use_lockfile: true,
        assume_role: { role_arn: 'arn:aws:iam::1:role/x' },
      },
    ],
    ['gcs', { bucket: 'acme', prefix: 'auth0' }],
    ['azurerm', { storage_account_name: 'acme', container_name: 'state', key: 'auth0' }],
    ['remote', { organization: 'acme', workspaces: { name: 'auth0' } }],
    ['http', { address: 'https://state.acme.com/auth0', lock_address: 'https://state.acme.com/lock' }],
    ['kubernetes', { secret_suffix: 'auth0' }],
    ['pg', { schema_name: 'auth0' }],
    ['consul', { path: 'auth0' }],
  ])('%s takes its settings as they are', (kind, settings) => {
    expect(withBackend(JSON.stringify({ [kind]: settings }))['backend']).toEqual({ [kind]: settings });
  });

  test('the provider knows the tenant, and credentials are left to the environment', () => {
    const terraform = terraformOf(
      `${BASE}auth0: { domain: login.acme.com, terraform: { tenantDomain: acme.eu.auth0.com } }\n`,
    );
    expect(terraform['provider']).toEqual({ auth0: [{ domain: '${var.auth0_domain}' }] });
    expect(at(terraform, 'variable.auth0_domain.default')).toBe('acme.eu.auth0.com');
  });
});

test('leaves no token in the map that cdktf keeps until the process ends, and takes away none of others', () => {
  const tokens = (): string[] => {
    const { __cdktfTokenMap: map } = globalThis as {
      readonly __cdktfTokenMap?: { readonly stringTokenMap: ReadonlyMap<string, object> };
    };
    return [...(map?.stringTokenMap.keys() ?? [])];
  };
  const others = new TerraformVariable(new TerraformStack(new RootConstruct(), 'others'), 'theirs', {});
  const theirs = others.stringValue;
  const before = tokens();
  expect(before.length).toBeGreaterThan(0);
  const [first, second] = [textOf(EVERYTHING), textOf(EVERYTHING)];
  expect(second).toBe(first);
  expect(tokens()).toEqual(before);
  expect(Token.isUnresolved(theirs)).toBe(true);
});
