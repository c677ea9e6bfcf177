import { runInNewContext } from 'node:vm';
import { BASE } from './cluster-of';
import { EVERYTHING } from './everything';
import { at, type Json } from '../support/tree';
import { terraformOf } from './synthesized';

describe('the Actions', () => {
  interface Outcome {
    readonly claims: Record<string, unknown>;
    readonly denied: string | undefined;
  }

  /** Runs an Action as Auth0 does, once Terraform has filled in the client id. */
  async function login(name: string, event: Json, document = EVERYTHING): Promise<Outcome> {
    const code = String(at(terraformOf(document), `resource.auth0_action.${name}.code`))
      .replace('${auth0_client.application.id}', 'our-client')
      .replace(/([$%])\1\{/g, '$1{');
    const claims: Record<string, unknown> = {};
    let denied: string | undefined;
    const api = {
      idToken: { setCustomClaim: (claim: string, value: unknown) => void (claims[claim] = value) },
      access: { deny: (reason: string) => void (denied = reason) },
    };
    const exports: { onExecutePostLogin?: (event: Json, api: unknown) => Promise<void> } = {};
    runInNewContext(code, { exports });
    await exports.onExecutePostLogin?.(event, api);
    return { claims: JSON.parse(JSON.stringify(claims)) as Record<string, unknown>, denied };
  }

  const ada = {
    client: { client_id: 'our-client' },
    user: { email: 'Ada@Acme.com', email_verified: true },
    connection: { name: 'google-workspace', id: 'con_1' },
    authorization: { roles: ['data-science', 'billing'] },
  };

  test('groups: roles go into the claim, all or those that are listed', async () => {
    expect((await login('groups_action', ada)).claims).toEqual({
      'https://acme.com/groups': ['data-science', 'billing'],
    });
    const some = EVERYTHING.replace(
      'claim: https://acme.com/groups',
      'claim: https://acme.com/groups, fromRoles: [billing]',
    );
    expect((await login('groups_action', ada, some)).claims).toEqual({
      'https://acme.com/groups': ['billing'],
    });
  });

  test('groups: someone without roles is in no group, and other applications get no claim', async () => {
    expect((await login('groups_action', { ...ada, authorization: undefined })).claims).toEqual({
      'https://acme.com/groups': [],
    });
    expect((await login('groups_action', { ...ada, client: { client_id: 'another' } })).claims).toEqual({});
  });

  describe('groups: those of connections that are listed come along', () => {
    const document = EVERYTHING.replace(
      'claim: https://acme.com/groups',
      'claim: https://acme.com/groups, fromRoles: [billing], fromConnections: [acme-entra, con_7gkVcCMxhc0QBUV9]',
    );
    const entra = {
      ...ada,
      connection: { name: 'acme-entra', id: 'con_entra0000000000' },
      user: { identities: [{ connection: 'acme-entra' }], groups: ['platform', 'billing', 7, ''] },
    };

    test.each([
      ['by the name of the connection', {}, ['billing', 'platform']],
      [
        'by its id',
        {
          connection: { name: 'acme-okta', id: 'con_7gkVcCMxhc0QBUV9' },
          user: { identities: [{ connection: 'acme-okta' }], groups: ['platform'] },
        },
        ['billing', 'platform'],
      ],
      [
        'one group, which some connections send as a string',
        { user: { ...entra.user, groups: 'platform' } },
        ['billing', 'platform'],
      ],
      ['none without groups', { user: { identities: [{ connection: 'acme-entra' }] } }, ['billing']],
      ['none of a connection that is not listed', { connection: ada.connection }, ['billing']],
      [
        'none that another identity of the user has brought',
        { user: { ...entra.user, identities: [{ connection: 'evil-oidc' }, { connection: 'acme-entra' }] } },
        ['billing'],
      ],
    ])('%s', async (_case, change, groups) => {
      const { claims } = await login('groups_action', { ...entra, ...change }, document);
      expect(claims).toEqual({ 'https://acme.com/groups': groups });
    });

    test('and a group that a connection may send is made no role', () => {
      const roles = (groups: string) =>
        Object.keys(
          at(
            terraformOf(
              `${BASE}auth0:\n  domain: acme.eu.auth0.com\n  groups: { claim: "https://acme.com/g"${groups} }\n` +
                'auth: { roleBindings: { "group:data": [clusterAdmin], "group:platform": [projectViewer] } }\n',
            ),
            'resource.auth0_role',
          ) ?? {},
        );
      expect(roles('')).toEqual(['role_data', 'role_platform']);
      expect(roles(', fromConnections: [acme-entra]')).toEqual([]);
      expect(roles(', fromConnections: [acme-entra], fromRoles: [data]')).toEqual(['role_data']);
    });
  });

  test.each([
    ['everything is met', {}, false],
    ['another connection', { connection: { name: 'google-oauth2', id: 'con_2' } }, true],
    ['a connection of ours by id only', { connection: { name: 'pachyderm-users', id: 'con_3' } }, false],
    ['another domain', { user: { email: 'eve@gmail.com', email_verified: true } }, true],
    ['a domain that only ends alike', { user: { email: 'eve@evil-acme.com', email_verified: true } }, true],
    [
      'an address within an address',
      { user: { email: 'eve@acme.com@gmail.com', email_verified: true } },
      true,
    ],
    ['an address that is not verified', { user: { email: 'eve@acme.com', email_verified: false } }, true],
    ['no address', { user: {} }, true],
    ['no role', { authorization: { roles: ['billing'] } }, true],
    ['no roles at all', { authorization: undefined }, true],
    ['another application', { client: { client_id: 'another' }, user: {} }, false],
  ])('allow: %s', async (_case, change, isDenied) => {
    const { denied } = await login('allow_action', { ...ada, ...change });
    expect(denied !== undefined).toBe(isDenied);
  });

  test('text of the document cannot become program', async () => {
    const nasty = String.raw`x"]; process.exit(1); ["${'${'}auth0_client.application.name}`;
    const document = `${BASE}auth0:
  domain: acme.eu.auth0.com
  groups: { claim: https://acme.com/groups, fromRoles: [${JSON.stringify(nasty)}] }
`;
    const { claims } = await login('groups_action', { ...ada, authorization: { roles: [nasty] } }, document);
    expect(claims).toEqual({ 'https://acme.com/groups': [nasty] });
  });
});
