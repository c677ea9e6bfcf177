import type { Auth0 } from '../../src/model/cluster';
import { literalSecret, existingSecret, type SecretReference } from '../../src/model/secret';
import {
  clashingVariables,
  missingCredentials,
  secretVariables,
  withoutSecrets,
} from '../../src/provision/credentials';
import { clusterOf, BASE } from '../terraform/cluster-of';
import { documentOf } from '../support/input-of';

const document = documentOf(`${BASE}auth0: { domain: acme.eu.auth0.com }\n`);

/** An application with this client secret, and one user. */
function applicationWith(clientSecret: SecretReference): Auth0 {
  const { auth0 } = clusterOf(
    `${BASE}profile: dev\nauth0: { domain: acme.eu.auth0.com, database: { name: people }, users: [{ email: ada@acme.com, password: { env: ADA } }] }\n`,
  );
  if (auth0 === undefined) throw new Error('no application');
  const users = auth0.users.map((user) => ({ ...user, password: literalSecret('pass-word') }));
  return { ...auth0, users, application: { ...auth0.application, clientSecret } };
}

test.each([
  ['a token', { AUTH0_API_TOKEN: 't' }],
  ['an application with a secret', { AUTH0_CLIENT_ID: 'a', AUTH0_CLIENT_SECRET: 'b' }],
  ['an application with a key', { AUTH0_CLIENT_ID: 'a', AUTH0_CLIENT_ASSERTION_PRIVATE_KEY: 'b' }],
  ["the login of Auth0's own program", { AUTH0_CLI_LOGIN: 'true' }],
])('%s is enough', (_what, environment) => expect(missingCredentials(environment, document)).toEqual([]));

test.each([
  ['neither AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET nor AUTH0_API_TOKEN are set', {}],
  ['neither AUTH0_CLIENT_ID', { AUTH0_CLIENT_SECRET: 'b', AUTH0_API_TOKEN: ' ' }],
  ['AUTH0_CLIENT_ID is set and AUTH0_CLIENT_SECRET is not', { AUTH0_CLIENT_ID: 'a' }],
])('%s', (said, environment) =>
  expect(missingCredentials(environment, document)).toMatchObject([
    { code: 'TFR003', path: '/auth0', message: expect.stringContaining(said) as string },
  ]),
);

describe('a secret of the document in a variable of the provider', () => {
  const read = documentOf(
    `${BASE}auth0: { domain: acme.eu.auth0.com, application: { clientSecret: { env: AUTH0_CLIENT_SECRET } } }\n`,
  );
  const MACHINE = { AUTH0_CLIENT_ID: 'a', AUTH0_CLIENT_SECRET: 'b' };

  test('is told where it is written', () =>
    expect(clashingVariables(MACHINE, read)).toMatchObject([
      {
        code: 'TFR007',
        severity: 'warning',
        path: '/auth0/application/clientSecret',
        message: expect.stringContaining('AUTH0_CLIENT_SECRET') as string,
      },
    ]));

  test.each([
    ['where the provider logs in with a token', { ...MACHINE, AUTH0_API_TOKEN: 't' }, read],
    ['where the document reads another variable', MACHINE, document],
  ])('is none %s', (_where, environment, of) => expect(clashingVariables(environment, of)).toEqual([]));
});

test('secrets of the document become variables of Terraform', () =>
  expect(secretVariables(applicationWith(literalSecret('of-the-document')), {}, document)).toEqual({
    variables: {
      TF_VAR_auth0_client_secret: 'of-the-document',
      TF_VAR_auth0_password_ada_acme_com_154e1e0a: 'pass-word',
    },
    diagnostics: [],
  }));

test('one that only the cluster has is taken from the variable that is set, or asked for', () => {
  const application = applicationWith(existingSecret('mine', 'secret'));
  const set = { TF_VAR_auth0_client_secret: 'of-the-user' };
  expect(secretVariables(application, set, document).diagnostics).toEqual([]);
  expect(secretVariables(application, {}, document).diagnostics).toMatchObject([
    {
      code: 'TFR006',
      path: '/auth0/application/clientSecret',
      message: expect.stringContaining('TF_VAR_auth0_client_secret is not set') as string,
    },
  ]);
});

test('to take everything away no secret is needed, and Terraform takes what stands for it', () => {
  const values = Object.values(withoutSecrets(applicationWith(existingSecret('mine', 'secret'))));
  expect(values).toHaveLength(2);
  for (const value of values) expect(value.length).toBeGreaterThanOrEqual(32);
});
