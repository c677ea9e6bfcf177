import { spawnSync } from 'node:child_process';
import { BASE } from '../terraform/cluster-of';
import { buildStandIn } from './auth0/stand-in';
import { Workspace } from './auth0/workspace';
import { describeWithTools, listTools, toolPath } from './harness';

const [terraform] = listTools(['terraform']);
/** OpenTofu takes Terraform's place where that is missing; it is built when it is needed. */
const tool = terraform?.path ? 'terraform' : 'tofu';

const SECRET = 'a-secret-that-no-file-may-have-0123456789';
const given = { TF_VAR_keycloak_client_secret: SECRET };

const document = (terraform: string, section = ''): string =>
  `${BASE}auth: { roleBindings: { "group:/acme/data": [clusterAdmin], "group:/acme/\${ops}": [clusterAdmin] } }
keycloak: { url: "https://keycloak.acme.com", realm: acme, fullGroupPath: true, ${section}terraform: ${terraform} }
`;

if (spawnSync('go', ['version']).status === 0)
  describeWithTools('Terraform for Keycloak, with the schema of its provider', [tool], () => {
    let workspace: Workspace;
    beforeAll(async () => {
      workspace = new Workspace({
        terraform: toolPath(tool),
        provider: await buildStandIn('keycloak'),
        environment: {},
      });
      workspace.write(document('{ groups: create }'));
      await workspace.succeed(['init', '-no-color']);
    }, 600_000);
    afterAll(() => workspace.remove());

    test('is valid, and makes client, mapper and groups', async () => {
      await workspace.succeed(['validate', '-no-color']);
      const changes = await workspace.plan(given);
      expect(Object.keys(changes).sort()).toEqual([
        'keycloak_group.group_acme',
        'keycloak_group.group_acme-data-a8902bf2',
        'keycloak_group.group_acme-ops-3ce70a8a',
        'keycloak_openid_client.client',
        'keycloak_openid_group_membership_protocol_mapper.groups',
      ]);
      expect(changes['keycloak_group.group_acme-ops-3ce70a8a']).toMatchObject({ after: { name: '${ops}' } });
      await workspace.succeed(['apply', '-no-color', 'plan'], given);
    });

    test('keeps the secret out of plan and state, and plans nothing a second time', async () => {
      expect(await workspace.plan(given)).toEqual({});
      expect(workspace.filesWith(SECRET).filter((name) => name !== 'log')).toEqual([]);
      expect(workspace.hasFile('terraform.tfstate')).toBe(true);
    });

    test('sends the secret again when its number has changed, and only then', async () => {
      expect(await workspace.plan({ TF_VAR_keycloak_client_secret: 'another' })).toEqual({});
      workspace.write(document('{ groups: create, clientSecretVersion: 2 }'));
      const changes = await workspace.plan(given);
      expect(Object.entries(changes).map(([name, { actions }]) => [name, actions])).toEqual([
        ['keycloak_openid_client.client', ['update']],
      ]);
    });

    test.each(['', 'undefined', 'null'])('refuses the secret "%s"', async (value) => {
      const { code, output } = await workspace.run(['plan', '-no-color'], {
        TF_VAR_keycloak_client_secret: value,
      });
      expect([code, output.includes('The client secret is empty')]).toEqual([1, true]);
    });

    test('takes over a client that exists, and leaves groups to others', async () => {
      const { resource } = workspace.write(document('{ client: import }')) as {
        resource: Record<string, Record<string, Record<string, unknown>>>;
      };
      expect(Object.keys(resource)).not.toContain('keycloak_group');
      expect(resource['keycloak_openid_client']?.['client']?.['import']).toBe(true);
      await workspace.succeed(['validate', '-no-color']);
    });

    test('makes realm roles where those become groups', async () => {
      workspace.write(document('{ groups: create }', 'groupsFrom: roles, '));
      await workspace.succeed(['validate', '-no-color']);
      const changes = await workspace.plan(given);
      expect(Object.keys(changes)).toContain('keycloak_openid_user_realm_role_protocol_mapper.groups');
      const roles = Object.entries(changes).flatMap(([address, change]) =>
        address.startsWith('keycloak_role.') ? [change] : [],
      );
      expect(roles).toMatchObject(
        ['/acme/data', '/acme/${ops}'].map((name) => ({ actions: ['create'], after: { name } })),
      );
    });
  });
else describe.skip('Terraform for Keycloak (for want of go)', () => test('Go', () => {}));
