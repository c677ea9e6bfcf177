import schemas from '../fixtures/keycloak/provider-schema.json';
import { keycloakClient } from '../../src/identity-providers/keycloak-realm';
import { synthesizeKeycloak, synthesizeTerraform } from '../../src/terraform/synthesize-terraform';
import { BASE, clusterOf } from './cluster-of';
import { departures, type ProviderSchemas } from './provider-schema';

type Json = Readonly<Record<string, unknown>>;

const known = schemas as unknown as ProviderSchemas;

function keycloakOf(terraform: string, section = '', url = 'https://keycloak.acme.com'): string {
  return `${BASE}auth: { roleBindings: { "group:data": [clusterAdmin], "user:ada@acme.com": [clusterAdmin] } }
keycloak: { url: "${url}", realm: acme, ${section}terraform: ${terraform} }
`;
}

function terraformOf(document: string): Json {
  return JSON.parse(synthesizeKeycloak(clusterOf(document))?.['cdk.tf.json'] ?? '{}') as Json;
}

function resources(document: string): Record<string, Record<string, Json>> {
  return terraformOf(document)['resource'] as Record<string, Record<string, Json>>;
}

test.each([
  ['the least', keycloakOf('{}')],
  ['groups', keycloakOf('{ groups: create }')],
  ['groups in groups', keycloakOf('{ groups: create }', 'fullGroupPath: true, ')],
  ['realm roles', keycloakOf('{ groups: create }', 'groupsFrom: roles, ')],
  ['no groups', keycloakOf('{ groups: create }', 'groups: false, ')],
  ['a client that exists', keycloakOf('{ client: import, clientSecretVersion: 7 }')],
])('%s is what the provider takes', (_name, document) => {
  expect(departures(terraformOf(document), known, 'keycloak')).toEqual([]);
});

test('the client is the one that Keycloak imports', () => {
  const document = keycloakOf('{}', 'additionalRedirectURIs: ["https://old.acme.com/callback"], ');
  const { keycloak } = clusterOf(document);
  if (!keycloak) throw new Error('no section');
  const imported = keycloakClient(keycloak, 'prod');
  const client = resources(document)['keycloak_openid_client']?.['client'];
  const said = {
    client_id: imported.clientId,
    name: imported.name,
    enabled: imported.enabled,
    standard_flow_enabled: imported.standardFlowEnabled,
    implicit_flow_enabled: imported.implicitFlowEnabled,
    direct_access_grants_enabled: imported.directAccessGrantsEnabled,
    service_accounts_enabled: imported.serviceAccountsEnabled,
    full_scope_allowed: imported.fullScopeAllowed,
    valid_redirect_uris: imported.redirectUris,
  };
  expect(client).toMatchObject(said);
  expect(said.valid_redirect_uris).toEqual([
    'https://pachyderm.acme.com/dex/callback',
    'https://old.acme.com/callback',
  ]);
});

test('the mapper sends groups as the connector reads them', () => {
  const groups = (section: string) => Object.entries(resources(keycloakOf('{}', section))).at(-1);
  expect(groups('')).toMatchObject([
    'keycloak_openid_group_membership_protocol_mapper',
    { groups: { claim_name: 'groups', full_path: false, add_to_id_token: true, add_to_access_token: false } },
  ]);
  expect(groups('groupsFrom: roles, ')).toMatchObject([
    'keycloak_openid_user_realm_role_protocol_mapper',
    { groups: { claim_name: 'groups', multivalued: true } },
  ]);
});

test('groups are made on demand alone', () => {
  expect(resources(keycloakOf('{}'))).not.toHaveProperty('keycloak_group');
  expect(resources(keycloakOf('{ groups: create }'))['keycloak_group']).toEqual({
    group_data: { realm_id: 'acme', name: 'data' },
  });
});

test('a path before the realms is apart from the URL, and the state is where the document says', () => {
  const terraform = terraformOf(
    keycloakOf(
      '{ backend: { s3: { bucket: states, key: keycloak, region: eu-west-1 } } }',
      '',
      'https://a.acme.com/auth',
    ),
  );
  expect(terraform['provider']).toEqual({ keycloak: [{ url: 'https://a.acme.com', base_path: '/auth' }] });
  expect(terraform['terraform']).toMatchObject({
    backend: { s3: { bucket: 'states', key: 'keycloak', region: 'eu-west-1' } },
    required_providers: {
      keycloak: { source: 'registry.terraform.io/keycloak/keycloak', version: '~> 5.8' },
    },
  });
});

test('without the field, and without the section, there is no Terraform', () => {
  expect(
    synthesizeKeycloak(clusterOf(`${BASE}keycloak: { url: "https://a.acme.com", realm: acme }\n`)),
  ).toBeUndefined();
  expect(synthesizeKeycloak(clusterOf(BASE))).toBeUndefined();
  expect(synthesizeTerraform(clusterOf(keycloakOf('{}')))).toBeUndefined();
});
