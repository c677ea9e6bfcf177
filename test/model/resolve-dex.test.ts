import type { ClusterDocument } from '../../src/generated/cluster-document';
import type { Cluster } from '../../src/model/cluster';
import { connectorTargetOf } from '../../src/releases/connector-target';
import type { DexServer } from '../../src/model/dex';
import { ReferredSecret } from '../../src/model/secret';
import { clusterOf } from '../support/cluster-of';

type Parts = Partial<ClusterDocument>;

function standalone(document: Parts = {}): Cluster & { dex: DexServer } {
  const cluster = clusterOf({
    enterprise: { licenseKey: 'license' },
    ...document,
    identity: { dex: 'standalone', ...document.identity },
  });
  if (!cluster.dex) throw new Error('no Dex');
  return { ...cluster, dex: cluster.dex };
}

test('a document that does not ask for one has no standalone Dex', () => {
  expect(clusterOf({ dex: { version: '2.44.0' } }).dex).toBeUndefined();
  expect(clusterOf({ identity: { dex: 'embedded' } }).dex).toBeUndefined();
});

describe('URLs', () => {
  test.each<[string, Parts, string, string, string, string]>([
    [
      'the proxy with a host',
      { access: { via: 'proxy', host: 'p.acme.com', tls: { secretName: 't' } } },
      'https://p.acme.com/dex',
      'https://p.acme.com/dex/callback',
      'https://p.acme.com',
      'https://p.acme.com/authorization-code/callback',
    ],
    [
      'an ingress to the services, on a port',
      {
        access: {
          via: 'ingress',
          host: 'p.acme.com',
          port: 8443,
          tls: { offloaded: true },
          ingress: { through: 'services' },
        },
      },
      'https://p.acme.com:8443/dex',
      'https://p.acme.com:8443/dex/callback',
      'https://p.acme.com:8443',
      'https://p.acme.com:8443/authorization-code/callback',
    ],
    [
      'the proxy without a host',
      { access: { via: 'proxy' } },
      'http://dex:5556/dex',
      'http://dex:5556/dex/callback',
      'http://localhost',
      'http://localhost/authorization-code/callback',
    ],
    [
      'the proxy without a host, before it is reached as localhost',
      { release: '2.5.0', access: { via: 'proxy' } },
      'http://dex:5556/dex',
      'http://dex:5556/dex/callback',
      'http://localhost:5556',
      'http://localhost:30657/authorization-code/callback',
    ],
    [
      'ports of nodes',
      { access: { via: 'nodePort', host: '192.168.49.2' } },
      'http://192.168.49.2:30556/dex',
      'http://192.168.49.2:30556/dex/callback',
      'http://192.168.49.2:30556',
      'http://192.168.49.2:30657/authorization-code/callback',
    ],
    [
      'ports of nodes without an address',
      { access: { via: 'nodePort' } },
      'http://dex:5556/dex',
      'http://dex:5556/dex/callback',
      'http://localhost:30556',
      'http://localhost:30657/authorization-code/callback',
    ],
    [
      'forwarded ports',
      { access: { via: 'portForward' } },
      'http://dex:5556/dex',
      'http://dex:5556/dex/callback',
      'http://localhost:5556',
      'http://localhost:30657/authorization-code/callback',
    ],
    [
      'an issuer of the document',
      { access: { via: 'portForward', urls: { issuer: 'https://Login.acme.com:443/dex' } } },
      'https://Login.acme.com:443/dex',
      'https://Login.acme.com:443/dex/callback',
      'https://Login.acme.com:443',
      'http://localhost:30657/authorization-code/callback',
    ],
  ])('%s', (_, document, issuer, callback, userAccessibleIssuer, pachdRedirect) => {
    const { urls, dex } = standalone(document);
    expect(urls).toMatchObject({
      issuer,
      callback,
      issuerCallback: callback,
      userAccessibleIssuer,
      pachdRedirect,
      localhostIssuer: false,
    });
    expect(dex.issuer).toBe(issuer);
  });

  test('the node port of the document is in the issuer and on the Service', () => {
    const { urls, dex } = standalone({
      access: { via: 'nodePort', host: '192.168.49.2' },
      dex: { service: { nodePort: 31000 } },
    });
    expect(urls.issuer).toBe('http://192.168.49.2:31000/dex');
    expect(dex.service.nodePort).toBe(31000);
    expect(standalone().dex.service.nodePort).toBeUndefined();
  });

  test('the Dex inside pachd keeps its own', () => {
    const { urls } = clusterOf({ access: { via: 'proxy' } });
    expect(urls).toMatchObject({
      issuer: 'http://pachd:30658/dex',
      callback: 'http://localhost/dex/callback',
      localhostIssuer: true,
    });
  });

  test('an embedded issuer that browsers cannot reach has oidc skip the comparison; one beside pachd never', () => {
    const identity = { connectors: [{ type: 'oidc', id: 'a', config: { issuer: 'https://a.example.com' } }] };
    const access = { via: 'proxy' } as const;
    expect(clusterOf({ access, identity }).identity.connectors[0]?.config).toMatchObject({
      insecureSkipIssuerCallbackDomainCheck: true,
      redirectURI: 'http://localhost/dex/callback',
    });
    expect(standalone({ access, identity }).dex.connectors[0]?.config).toEqual({
      issuer: 'https://a.example.com',
      redirectURI: 'http://dex:5556/dex/callback',
    });
  });
});

test('clients are pachd, Console and those of the document, and Console may ask for tokens for pachd', () => {
  const { dex, auth, console } = standalone({
    access: { via: 'proxy', host: 'p.acme.com', tls: {} },
    identity: {
      trustedPeers: ['app'],
      clients: [{ id: 'app', redirectURIs: ['https://app.acme.com/callback'], secret: 'app secret' }],
    },
  });
  expect(dex.staticClients).toEqual([
    {
      id: 'pachd',
      name: 'pachd',
      secret: auth?.clientSecret,
      redirectURIs: ['https://p.acme.com/authorization-code/callback'],
      trustedPeers: ['console', 'app'],
    },
    {
      id: 'console',
      name: 'console',
      secret: console.clientSecret,
      redirectURIs: ['https://p.acme.com/oauth/callback/?inline=true'],
      trustedPeers: [],
    },
    {
      id: 'app',
      name: 'app',
      secret: expect.objectContaining({ kind: 'literal' }) as unknown,
      redirectURIs: ['https://app.acme.com/callback'],
      trustedPeers: [],
    },
  ]);
  expect(standalone({ console: { enabled: false } }).dex.staticClients.map(({ id }) => id)).toEqual([
    'pachd',
  ]);
});

describe('secrets of connectors', () => {
  const config = { host: 'ldap.acme.com', bindPW: { existing: { name: 'bind', key: 'password' } } };
  const identity = { connectors: [{ type: 'ldap', id: 'corp', config }] };

  test('may be in other Secrets', () => {
    const value = standalone({ identity }).dex.connectors[0]?.config['bindPW'];
    expect(value).toBeInstanceOf(ReferredSecret);
    expect(value).toMatchObject({ reference: { name: 'bind', key: 'password' } });
  });

  test('may not be for the Dex inside pachd', () =>
    expect(clusterOf({ identity }).identity.connectors[0]?.config).not.toHaveProperty('bindPW'));

  test('are those of the auth0 section too', () => {
    const clientSecret = { existing: { name: 'auth0', key: 'secret' } };
    const { dex } = standalone({
      auth0: { domain: 'acme.eu.auth0.com', application: { clientID: 'abc', clientSecret } },
    });
    expect(dex.connectors[0]?.config['clientSecret']).toMatchObject({ reference: { name: 'auth0' } });
  });
});

describe('storage', () => {
  const storageOf = (document: Parts) => standalone(document).dex.storage;
  const external = { host: 'db.acme.com', password: { existing: { name: 'db', key: 'password' } } };

  test('is a database on the server in the namespace, which serves no TLS', () =>
    expect(storageOf({})).toMatchObject({
      type: 'postgres',
      host: 'postgres',
      port: 5432,
      user: 'pachyderm',
      database: 'dex',
      sslMode: 'disable',
    }));

  test.each([
    [undefined, 'require'],
    ['allow', 'require'],
    ['prefer', 'require'],
    ['disable', 'disable'],
    ['require', 'require'],
    ['verify-full', 'verify-full'],
  ] as const)('with database.sslMode %s of an external server is reached with %s', (sslMode, expected) =>
    expect(storageOf({ database: { external, ...(sslMode ? { sslMode } : {}) } })).toMatchObject({
      host: 'db.acme.com',
      sslMode: expected,
      password: { kind: 'existing', name: 'db', key: 'password' },
    }),
  );

  test('takes certificates of the external server over, and not for another one', () => {
    const database = {
      external,
      sslMode: 'verify-ca',
      sslCertificateAuthority: 'PEM',
      sslSecretName: 'tls',
    } as const;
    expect(storageOf({ database })).toMatchObject({
      certificateAuthority: 'PEM',
      clientCertificateSecretName: 'tls',
    });
    const postgres = { host: 'other.acme.com', user: 'dex', password: 'p' };
    const other = storageOf({ database, dex: { storage: { postgres } } });
    expect(other).toMatchObject({ host: 'other.acme.com', port: 5432, user: 'dex', sslMode: 'require' });
    expect(other).not.toHaveProperty('certificateAuthority');
  });

  test.each([
    [{ kubernetes: {} }, { type: 'kubernetes' }],
    [{ memory: {} }, { type: 'memory' }],
    [{ sqlite3: {} }, { type: 'sqlite3', size: '1Gi' }],
  ])('%j is %j', (storage, expected) => expect(storageOf({ dex: { storage } })).toEqual(expected));
});

test.each([
  ['production', {}, 2, true],
  ['dev', {}, 1, false],
  ['production', { storage: { memory: {} } }, 1, false],
  ['production', { replicas: 3 }, 3, true],
  ['production', { podDisruptionBudget: { enabled: false } }, 2, false],
  ['dev', { podDisruptionBudget: { enabled: true } }, 1, true],
] as const)('profile %s with %j has %i pods, and a budget: %s', (profile, dex, replicas, hasBudget) => {
  const result = standalone({ profile, dex }).dex;
  expect([result.replicas, result.podDisruptionBudget !== undefined]).toEqual([replicas, hasBudget]);
});

describe('the image', () => {
  test.each<[ClusterDocument['dex'], Parts, string, string]>([
    [{}, {}, 'ghcr.io/dexidp/dex:v2.45.1', 'dex@2.45'],
    [{ version: '2.41.1' }, {}, 'ghcr.io/dexidp/dex:v2.41.1', 'dex@2.41'],
    [{ image: { variant: 'distroless' } }, {}, 'ghcr.io/dexidp/dex:v2.45.1-distroless', 'dex@2.45'],
    [
      {},
      { images: { registry: 'mirror.acme.com/hub/' } },
      'mirror.acme.com/hub/dexidp/dex:v2.45.1',
      'dex@2.45',
    ],
    [
      { image: { registry: 'docker.io', repository: 'acme/dex', digest: `sha256:${'a'.repeat(64)}` } },
      { images: { registry: 'mirror.acme.com' } },
      `docker.io/acme/dex:v2.45.1@sha256:${'a'.repeat(64)}`,
      'dex@2.45',
    ],
  ])('of %j with %j is %s', (dex, document, reference, target) => {
    const cluster = standalone({ ...document, ...(dex ? { dex } : {}) });
    expect(cluster.dex.image.reference).toBe(reference);
    expect(connectorTargetOf(cluster)).toBe(target);
  });

  test('of the release decides about connectors otherwise', () =>
    expect(connectorTargetOf(clusterOf({ release: '2.11.6' }))).toBe('pachyderm@2.11'));
});

test('lifetimes are those of the identity section and of Dex', () => {
  const { expiry } = standalone({
    identity: { idTokenExpiry: '12h', rotationTokenExpiry: '720h' },
    dex: { expiry: { authRequests: '10m', refreshTokens: { validIfNotUsedFor: '168h' } } },
  }).dex;
  expect(expiry).toEqual({
    idTokens: '12h',
    signingKeys: '6h',
    authRequests: '10m',
    deviceRequests: '5m',
    refreshTokens: {
      disableRotation: false,
      reuseInterval: '3s',
      validIfNotUsedFor: '168h',
      absoluteLifetime: '720h',
    },
  });
});
