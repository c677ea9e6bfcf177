import schemas from '../fixtures/auth0/provider-schema.json';
import { synthesizeTerraform } from '../../src/terraform/synthesize-terraform';
import * as resources from '../../src/terraform/resources';
import { BASE, clusterOf } from './cluster-of';
import { EVERYTHING } from './everything';
import { departures, type ProviderSchemas } from './provider-schema';

const known = schemas as unknown as ProviderSchemas;

const terraformOf = (document: string) =>
  JSON.parse(synthesizeTerraform(clusterOf(document))?.['cdk.tf.json'] ?? '') as Record<string, unknown>;

const DOCUMENTS: readonly [name: string, document: string][] = [
  ['everything', EVERYTHING],
  ['the least', `${BASE}auth0: { domain: acme.eu.auth0.com }\n`],
  [
    'the secret in the state',
    `${BASE}auth0: { domain: acme.eu.auth0.com, application: { clientSecretFrom: state } }\n`,
  ],
];

test.each(DOCUMENTS)('%s is what the provider takes', (_name, document) => {
  expect(departures(terraformOf(document), known)).toEqual([]);
});

test('between them the documents make every resource that has a class', () => {
  const made = new Set(
    DOCUMENTS.flatMap(([, document]) => Object.keys(terraformOf(document)['resource'] as object)),
  );
  const classes = Object.values(resources).flatMap((value) =>
    typeof value === 'function' && 'tfResourceType' in value ? [String(value.tfResourceType)] : [],
  );
  expect([...made].sort()).toEqual([...new Set(classes)].sort());
});

test('a departure is found', () => {
  const terraform = terraformOf(EVERYTHING) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  const client = terraform.resource['auth0_client']?.['application'] ?? {};
  client['colour'] = 'red';
  client['client_id'] = 'mine';
  client['callbacks'] = 'https://acme.com';
  client['jwt_configuration'] = [{}, {}];
  client['refresh_token'] = [{ rotation_type: 'rotating' }];
  delete client['name'];
  expect(departures(terraform, known)).toEqual([
    'resource.auth0_client.application.callbacks is no list,string',
    'resource.auth0_client.application.jwt_configuration has too many blocks',
    'resource.auth0_client.application.refresh_token[0].expiration_type is missing',
    'resource.auth0_client.application.colour is not known',
    'resource.auth0_client.application.client_id is read-only',
    'resource.auth0_client.application.name is missing',
  ]);
});

test('the client secret goes through an attribute that only takes', () => {
  const attribute =
    schemas.provider_schemas['registry.terraform.io/auth0/auth0'].resource_schemas.auth0_client_credentials
      .block.attributes.client_secret_wo;
  expect(attribute.write_only).toBe(true);
});
