import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { Auth0Application, type Auth0ApplicationProps } from '../../src/terraform/auth0-application';
import { Auth0Provider } from '../../src/terraform/resources';
import { BASE, clusterOf } from './cluster-of';
import { EVERYTHING } from './everything';
import { at, mappingAt, type Json } from '../support/tree';

const auth0Of = (document: string): Auth0ApplicationProps['auth0'] => {
  const { auth0 } = clusterOf(document);
  if (!auth0) throw new Error('the document has no section auth0');
  return auth0;
};

/** What cdktf writes for a stack of a user, with its own checks of the tree, and what it complains of. */
function synthesized(build: (stack: TerraformStack) => void): Json {
  const outdir = mkdtempSync(path.join(tmpdir(), 'pachkit-own-stack-'));
  try {
    const app = new App({ outdir, stackTraces: false });
    build(new TerraformStack(app, 'mine'));
    app.synth();
    return JSON.parse(readFileSync(path.join(outdir, 'stacks/mine/cdk.tf.json'), 'utf8')) as Json;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe('an application in a stack of a user', () => {
  const auth0 = auth0Of(`${BASE}auth0: { domain: acme.eu.auth0.com }\n`);

  test('has a provider, and its secret from a variable', () => {
    const terraform = synthesized((stack) => {
      new Auth0Application(stack, 'pachyderm', { auth0, clusterName: 'prod' });
    });
    expect(at(terraform, 'provider.auth0')).toEqual([{ domain: 'acme.eu.auth0.com' }]);
    expect(at(terraform, 'terraform.required_providers.auth0')).toEqual({
      source: 'registry.terraform.io/auth0/auth0',
      version: '~> 1.55',
    });
    const [[name = '', variable]] = Object.entries(mappingAt(terraform, 'variable')) as [[string, unknown]];
    expect(name).toMatch(/^pachyderm_auth0_client_secret/);
    expect(variable).toMatchObject({
      ephemeral: true,
      sensitive: true,
      validation: [{ condition: `\${length(var.${name}) >= 32}` }],
    });
    expect(Object.values(mappingAt(terraform, 'resource.auth0_client_credentials'))).toMatchObject([
      { client_secret_wo: `\${var.${name}}`, client_secret_wo_version: 1 },
    ]);
  });

  test('takes a secret that the stack has', () => {
    const terraform = synthesized((stack) => {
      new Auth0Application(stack, 'pachyderm', { auth0, clusterName: 'prod', clientSecret: '${var.own}' });
    });
    expect(terraform).not.toHaveProperty('variable');
    expect(Object.values(mappingAt(terraform, 'resource.auth0_client_credentials'))).toMatchObject([
      { client_secret_wo: '${var.own}' },
    ]);
  });

  test('leaves a provider of the stack alone, wherever it is in the tree', () => {
    const terraform = synthesized((stack) => {
      new Auth0Provider(stack, 'own', { domain: 'login.acme.com', version: '~> 1.60' });
      new Auth0Application(stack, 'pachyderm', { auth0, clusterName: 'prod' });
    });
    expect(at(terraform, 'provider.auth0')).toEqual([{ domain: 'login.acme.com' }]);
    expect(at(terraform, 'terraform.required_providers.auth0.version')).toBe('~> 1.60');
  });

  test('is a duplicate with everything apart, and one provider', () => {
    const everything = auth0Of(EVERYTHING);
    const terraform = synthesized((stack) => {
      new Auth0Application(stack, 'one', { auth0: everything, clusterName: 'one' });
      new Auth0Application(stack, 'two', { auth0: everything, clusterName: 'two' });
    });
    expect(at(terraform, 'provider.auth0')).toHaveLength(1);
    expect(Object.keys(mappingAt(terraform, 'variable'))).toHaveLength(4);
    for (const [type, amount] of Object.entries({ auth0_client: 2, auth0_user: 2, auth0_action: 4 }))
      expect(Object.keys(mappingAt(terraform, `resource.${type}`))).toHaveLength(amount);
    const connections = Object.keys(mappingAt(terraform, 'resource.auth0_connection'));
    expect(
      Object.values(mappingAt(terraform, 'resource.auth0_user')).map((user) =>
        at(user, 'lifecycle.replace_triggered_by'),
      ),
    ).toEqual(connections.map((connection) => [`auth0_connection.${connection}.id`]));
  });
});

test('the library is the one that these tests are about', () => {
  const { TERRAFORM_LIBRARY = 'cdktf' } = globalThis as { TERRAFORM_LIBRARY?: string };
  expect(require.resolve('cdktf')).toContain(`/node_modules/${TERRAFORM_LIBRARY}/`);
});
