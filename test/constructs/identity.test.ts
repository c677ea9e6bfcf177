import { clientVariables, Identity } from '../../src/constructs/identity';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterOf } from '../support/cluster-of';
import { objectsOf, readEmbedded, type Objects } from '../support/objects-of';

const identityOf = (document: Partial<ClusterDocument> = {}): Objects =>
  objectsOf((chart) => new Identity(chart, 'identity', clusterOf(document)));

const mock = { id: 'test', type: 'mockPassword', config: { username: 'admin', password: 'yes' } };

describe('the ConfigMap pachyderm-identity-config', () => {
  const dataOf = (document: Partial<ClusterDocument> = {}): Readonly<Record<string, unknown>> => {
    const { data } = identityOf(document).get('ConfigMap/pachyderm-identity-config');
    return Object.fromEntries(Object.entries(data).map(([key, text]) => [key, readEmbedded<unknown>(text)]));
  };

  it('has the settings of Dex and its clients', () => {
    expect(
      dataOf({
        access: { via: 'proxy', host: 'pach.acme.com', tls: { secretName: 'tls' } },
        auth: { clientID: 'pachd-prod' },
        identity: { idTokenExpiry: '12h', trustedPeers: ['notebooks'] },
      }),
    ).toEqual({
      'identity-config': {
        issuer: 'https://pach.acme.com/dex',
        id_token_expiry: '12h',
        rotation_token_expiry: '48h',
      },
      'oidc-clients': [
        {
          id: 'pachd-prod',
          name: 'pachd-prod',
          redirect_uris: ['https://pach.acme.com/authorization-code/callback'],
          trusted_peers: ['console'],
        },
        {
          id: 'console',
          name: 'console',
          redirect_uris: ['https://pach.acme.com/oauth/callback/?inline=true'],
        },
      ],
      'trusted-peers': ['notebooks'],
    });
  });

  it('knows no Console that does not run', () => {
    expect(dataOf({ console: { enabled: false } })['oidc-clients']).toEqual([
      { id: 'pachd', name: 'pachd', redirect_uris: ['http://localhost/authorization-code/callback'] },
    ]);
  });

  it('is there without authentication too', () => {
    expect(dataOf({ auth: { enabled: false } })['oidc-clients']).toMatchObject([
      { id: 'pachd' },
      { id: 'console' },
    ]);
  });
});

describe('the Secret pachyderm-identity', () => {
  const connectorsOf = (document: Partial<ClusterDocument>): unknown =>
    readEmbedded(identityOf(document).get('Secret/pachyderm-identity').stringData['upstream-idps']);

  it('has the connectors with their secrets and without what pachd refuses', () => {
    expect(connectorsOf({ identity: { connectors: [{ ...mock, name: 'Test', version: 3 }] } })).toEqual([
      { id: 'test', name: 'Test', type: 'mockPassword', config: { username: 'admin', password: 'yes' } },
    ]);
  });

  it('gives a connector without settings a form that pachd takes', () => {
    expect(connectorsOf({ identity: { connectors: [{ id: 'cb', type: 'mockCallback' }] } })).toEqual([
      { id: 'cb', name: 'cb', type: 'mockCallback', jsonConfig: '{}' },
    ]);
  });

  it('is not written without connectors, nor where they are in a Secret already', () => {
    expect(identityOf().has('Secret/pachyderm-identity')).toBe(false);
    const identity = { connectorsFrom: { existing: { name: 'idps' } } };
    expect(identityOf({ identity }).has('Secret/pachyderm-identity')).toBe(false);
  });
});

describe('further clients', () => {
  type Client = NonNullable<NonNullable<ClusterDocument['identity']>['clients']>[number];
  const client: Client = {
    id: 'notebooks',
    redirectURIs: ['https://hub.acme.com/callback'],
    secret: 'hub-secret',
  };
  const other: Client = {
    id: 'ci',
    name: 'CI',
    redirectURIs: ['https://ci.acme.com/callback'],
    secret: { existing: { name: 'ci', key: 'oidc' } },
    trustedPeers: ['notebooks'],
  };
  const EXTRAS = 'Secret/pachyderm-identity-extras';

  it('are one text in a Secret', () => {
    const document = { identity: { clients: [client] } };
    expect(readEmbedded(identityOf(document).get(EXTRAS).stringData['additional-oidc-clients'])).toEqual([
      { id: 'notebooks', name: 'notebooks', secret: 'hub-secret', redirect_uris: client.redirectURIs },
    ]);
    expect(clientVariables(clusterOf(document))).toEqual([
      {
        name: 'IDP_ADDITIONAL_CLIENTS',
        valueFrom: { secretKeyRef: { name: 'pachyderm-identity-extras', key: 'additional-oidc-clients' } },
      },
    ]);
  });

  it('may have their secrets elsewhere', () => {
    const document = { identity: { clients: [client, other] } };
    expect(identityOf(document).get(EXTRAS).stringData).toEqual({ 'client-secret-1': 'hub-secret' });
    const variables = clientVariables(clusterOf(document));
    expect(variables.slice(0, 2)).toEqual([
      {
        name: 'IDP_CLIENT_SECRET_1',
        valueFrom: { secretKeyRef: { name: 'pachyderm-identity-extras', key: 'client-secret-1' } },
      },
      { name: 'IDP_CLIENT_SECRET_2', valueFrom: { secretKeyRef: { name: 'ci', key: 'oidc' } } },
    ]);
    // Kubernetes replaces only variables that are listed before.
    const list = variables[2];
    expect(list?.name).toBe('IDP_ADDITIONAL_CLIENTS');
    expect(list?.value).not.toContain('hub-secret');
    expect(readEmbedded(list?.value)).toEqual([
      {
        id: 'notebooks',
        name: 'notebooks',
        secret: '$(IDP_CLIENT_SECRET_1)',
        redirect_uris: client.redirectURIs,
      },
      {
        id: 'ci',
        name: 'CI',
        secret: '$(IDP_CLIENT_SECRET_2)',
        redirect_uris: other.redirectURIs,
        trusted_peers: ['notebooks'],
      },
    ]);
  });

  it('write no Secret when none of theirs is to be written', () => {
    expect(identityOf({ identity: { clients: [other] } }).has(EXTRAS)).toBe(false);
  });

  it('may be in a Secret as a whole', () => {
    const document = { identity: { clientsFrom: { existing: { name: 'clients' } } } };
    expect(identityOf(document).has(EXTRAS)).toBe(false);
    expect(clientVariables(clusterOf(document))).toEqual([
      {
        name: 'IDP_ADDITIONAL_CLIENTS',
        valueFrom: { secretKeyRef: { name: 'clients', key: 'additional-oidc-clients' } },
      },
    ]);
  });
});

it('leaves Dex to the bootstrap job in 2.2', () => {
  expect(identityOf({ release: '2.2.8', identity: { connectors: [mock] } }).names).toEqual([]);
});
