import { TerraformStack, Testing } from 'cdktf';
import { App, Chart } from 'cdk8s';
import {
  Auth0Application,
  Auth0Stack,
  existingSecret,
  InvalidClusterError,
  literalSecret,
  PachydermCluster,
  type PachydermAuth0Props,
} from '../../src/library';
import { synthesize } from '../../src/library';

const AUTH0: PachydermAuth0Props = {
  domain: 'acme.eu.auth0.com',
  allow: { emailDomains: ['acme.com'] },
  groups: { claim: 'https://acme.com/groups' },
};
const CALLBACK = 'https://pachyderm.acme.com/dex/callback';

interface Terraform {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly variable?: Readonly<Record<string, unknown>>;
  readonly provider?: Readonly<Record<string, unknown>>;
}

function terraformOf(fill: (stack: TerraformStack) => void): Terraform {
  const stack = new TerraformStack(Testing.app(), 'infrastructure');
  fill(stack);
  return JSON.parse(Testing.synth(stack)) as Terraform;
}

function newCluster(): PachydermCluster {
  return new PachydermCluster(new Chart(new App(), 'infrastructure'), 'prod', {
    release: '2.12.0-rc.3',
    profile: 'dev',
    secrets: { seed: 'one' },
    access: { via: 'ingress', host: 'pachyderm.acme.com', tls: { secretName: 'tls' } },
    auth: { roleBindings: { 'group:data-science': ['projectCreator'] } },
    auth0: AUTH0,
  });
}

describe('Auth0Application', () => {
  test('stands in a stack of the user, for a cluster that is made elsewhere', () => {
    const { resource, provider, variable } = terraformOf((stack) => {
      const application = new Auth0Application(stack, 'login', {
        auth0: AUTH0,
        callbackUrl: CALLBACK,
        clusterName: 'prod',
      });
      expect(application.clientId).toContain('TfToken');
      expect(application.client.terraformResourceType).toBe('auth0_client');
      expect(application.credentials.terraformResourceType).toBe('auth0_client_credentials');
      expect(application.warnings).toEqual([]);
    });
    expect(Object.values(resource['auth0_client'] ?? {})).toMatchObject([{ callbacks: [CALLBACK] }]);
    expect(Object.values(resource['auth0_action'] ?? {}).map(({ name }) => name)).toEqual([
      'prod-allow',
      'prod-groups',
    ]);
    expect(provider).toMatchObject({ auth0: [{ domain: 'acme.eu.auth0.com' }] });
    expect(Object.keys(variable ?? {})).toEqual([expect.stringMatching(/^login_auth0_client_secret_/)]);
  });

  test('takes the client secret from the stack', () => {
    const { resource, variable } = terraformOf((stack) => {
      new Auth0Application(stack, 'login', {
        auth0: AUTH0,
        callbackUrl: CALLBACK,
        clusterName: 'prod',
        clientSecret: '${ephemeral.vault_secret.auth0.value}',
      });
    });
    expect(variable).toBeUndefined();
    expect(Object.values(resource['auth0_client_credentials'] ?? {})).toMatchObject([
      { client_secret_wo: '${ephemeral.vault_secret.auth0.value}' },
    ]);
  });

  test('for a cluster of ours agrees with it in callback URL, roles and name', () => {
    const { resource } = terraformOf((stack) => {
      new Auth0Application(stack, 'login', { cluster: newCluster().resolved });
    });
    expect(Object.values(resource['auth0_client'] ?? {})).toMatchObject([{ callbacks: [CALLBACK] }]);
    expect(Object.values(resource['auth0_role'] ?? {})).toMatchObject([{ name: 'data-science' }]);
    expect(Object.values(resource['auth0_action'] ?? {})[0]).toMatchObject({ name: 'prod-allow' });
  });

  test.each<[string, object, string]>([
    ['a callback that is not a URL', { callbackUrl: 'pachyderm.acme.com' }, 'SCH005 /callbackUrl'],
    [
      'a claim that Auth0 reserves',
      { auth0: { ...AUTH0, groups: { claim: 'groups' } } },
      '/auth0/groups/claim',
    ],
    ['a name that is none', { clusterName: 'Prod EU' }, '/clusterName'],
    ['an unknown key', { auth0: { ...AUTH0, domian: 'x' } }, 'SCH001 /auth0/domian'],
  ])('refuses %s', (_title, change, message) => {
    const props = { auth0: AUTH0, callbackUrl: CALLBACK, clusterName: 'prod', ...change };
    const construct = (): unknown => terraformOf((stack) => void new Auth0Application(stack, 'login', props));
    expect(construct).toThrow(InvalidClusterError);
    expect(construct).toThrow(message);
  });

  test('hands on what does not stop it', () => {
    terraformOf((stack) => {
      const { warnings } = new Auth0Application(stack, 'login', {
        auth0: { domain: 'acme.eu.auth0.com' },
        callbackUrl: CALLBACK,
        clusterName: 'prod',
      });
      expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual(['TFM007 /auth0/allow']);
    });
  });

  test('says that a cluster has no application to make', () => {
    const cluster = (auth0?: PachydermAuth0Props): PachydermCluster =>
      new PachydermCluster(new Chart(new App(), 'infrastructure'), 'prod', {
        release: '2.12.0-rc.3',
        profile: 'dev',
        secrets: { seed: 'one' },
        ...(auth0
          ? { auth0 }
          : { identity: { connectorsFrom: existingSecret('identity-providers', 'connectors') } }),
      });
    const elsewhere = cluster({
      ...AUTH0,
      application: {
        provision: 'none',
        clientID: 'abc',
        clientSecret: literalSecret('a-client-secret-of-more-than-32-letters'),
      },
    });
    for (const [{ resolved }, reason] of [
      [cluster(), 'has no field auth0'],
      [elsewhere, 'is managed elsewhere (provision: none)'],
    ] as const) {
      expect(resolved.hasAuth0Application).toBe(false);
      expect(() =>
        terraformOf((stack) => void new Auth0Application(stack, 'l', { cluster: resolved })),
      ).toThrow(reason);
    }
  });
});

test('Auth0Stack is what the command writes', async () => {
  const cluster = newCluster().resolved;
  expect(cluster.hasAuth0Application).toBe(true);
  const stack = new Auth0Stack(Testing.app(), 'prod', { cluster });
  const files = await synthesize(cluster, { outputs: ['terraform'] });
  expect(files.map(({ path, isSecret }) => [path, isSecret])).toEqual([['terraform/cdk.tf.json', false]]);
  const { resource } = JSON.parse(files[0]?.content ?? '') as Terraform;
  const own = JSON.parse(Testing.synth(stack)) as Terraform;
  expect(own.resource['auth0_client']).toMatchObject(resource['auth0_client'] ?? {});
  expect(Object.keys(own.resource).sort()).toEqual(Object.keys(resource).sort());
});

test('synthesize writes the outputs that are asked for, and all unless some are', async () => {
  const folders = (files: readonly { path: string }[]): string[] => [
    ...new Set(files.map(({ path }) => path.split('/')[0] ?? '')),
  ];
  const cluster = newCluster().resolved;
  expect(folders(await synthesize(cluster))).toEqual(expect.arrayContaining(['manifests', 'terraform']));
  expect(folders(await synthesize(cluster, { outputs: ['manifests'] }))).toEqual(['manifests']);
});
