import { App, type Chart } from 'cdk8s';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { writtenSecrets } from '../../src/model/written-secrets';
import { clusterOf } from '../support/cluster-of';

interface SecretObject {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly stringData?: Readonly<Record<string, string>>;
}

function keysInManifests(chart: Chart): Record<string, string[]> {
  return Object.fromEntries(
    (chart.toJson() as SecretObject[])
      .filter(({ kind }) => kind === 'Secret')
      .map(({ metadata, stringData = {} }) => [metadata.name, Object.keys(stringData).sort()]),
  );
}

const existing = (key: string) => ({ existing: { name: 'mine', key } });
const mock = { id: 'mock', type: 'mockPassword', config: { username: 'a', password: 'b' } };
const clients: NonNullable<ClusterDocument['identity']>['clients'] = [
  { id: 'a', name: 'A', secret: 'one', redirectURIs: ['https://a.example.com/'] },
  { id: 'b', name: 'B', secret: { generate: {} }, redirectURIs: ['https://b.example.com/'] },
];
const member = {
  serverAddress: 'grpc://server:650',
  serverToken: 'token',
  callbackAddress: 'grpc://me:650',
};
const s3 = { bucket: 'data', region: 'eu-central-1', credentials: { id: 'a', secret: 'b' } };

const DOCUMENTS: Readonly<Record<string, Partial<ClusterDocument>>> = {
  'nothing said': {},
  'a license': { enterprise: { licenseKey: 'key' } },
  'a license in a Secret': { enterprise: { licenseKey: existing('license') } },
  'connectors, clients and roles': {
    enterprise: { licenseKey: 'key' },
    identity: { connectors: [mock], clients },
    auth: { roleBindings: { 'user:a@example.com': ['clusterAdmin'] } },
  },
  'one of two client secrets in a Secret': {
    enterprise: { licenseKey: 'key' },
    identity: {
      connectors: [mock],
      clients: [clients[0]!, { ...clients[1]!, secret: existing('b') }],
    },
  },
  'a member': { enterprise: { member } },
  'everything about logging in in Secrets': {
    auth: { rootToken: existing('root'), clientSecret: existing('client') },
    enterprise: { licenseKey: existing('license'), secret: existing('secret') },
    identity: {
      connectorsFrom: { existing: { name: 'idps' } },
      clientsFrom: { existing: { name: 'clients' } },
    },
    console: { clientSecret: existing('console') },
    deploymentID: { existing: { name: 'mine', key: 'id' } },
  },
  'authentication and Console switched off': { auth: { enabled: false }, console: { enabled: false } },
  'a bucket': { storage: { s3 } },
  'the storage secret in the namespace': {
    storage: {
      s3: {
        ...s3,
        credentials: {
          id: { existing: { name: 'pachyderm-storage-secret', key: 'AMAZON_ID' } },
          secret: { existing: { name: 'pachyderm-storage-secret', key: 'AMAZON_SECRET' } },
        },
      },
    },
  },
  'an external database with an authority': {
    database: {
      external: { host: 'db.example.com', password: 'secret' },
      sslCertificateAuthority: '-----BEGIN CERTIFICATE-----',
    },
  },
  'database passwords in Secrets': {
    database: { internal: { password: existing('a'), rootPassword: existing('b') } },
  },
};

describe.each(['2.2.8', '2.5.0', '2.11.6', '2.12.0-rc.3'])('release %s', (release) => {
  test.each(Object.keys(DOCUMENTS))('%s: every Secret and key of the manifests', (name) => {
    const cluster = clusterOf({ release, ...DOCUMENTS[name] });
    const listed = Object.entries(writtenSecrets(cluster)).map(([secret, keys]) => [
      secret,
      [...keys].sort(),
    ]);
    expect(Object.fromEntries(listed)).toEqual(keysInManifests(new PachydermChart(new App(), 'c', cluster)));
  });
});

test("a standalone Dex's Secret is listed with its configuration file", () => {
  const cluster = clusterOf({ identity: { dex: 'standalone', connectors: [mock], clients } });
  const inManifests = keysInManifests(new PachydermChart(new App(), 'c', cluster));
  const listed = writtenSecrets(cluster);
  expect(Object.keys(listed).sort()).toEqual(Object.keys(inManifests).sort());
  expect(inManifests['dex']).toEqual(expect.arrayContaining([...(listed['dex'] ?? [])]));
});
