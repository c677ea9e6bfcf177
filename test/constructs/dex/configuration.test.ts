import { dexConfiguration } from '../../../src/constructs/dex-configuration';
import type { DexServer } from '../../../src/model/dex';
import { DexConnector } from '../../../src/model/dex-connector';
import { dexServer, type DexServerOptions } from '../../../src/model/dex-server';
import { existingSecret, literalSecret } from '../../../src/model/secret';
import { readSchema, connectorSchemas, secretValueSchema, strictAjv } from '../../connectors/support/schemas';
import { dexOf, fileOf, issuer, ldap, postgres, variablesOf } from '../../support/dex-objects';
import { at } from '../../support/tree';

describe('the configuration', () => {
  const environmentOf = (dex: DexServer) => dexConfiguration(dex).variables;
  const server = (options: Partial<DexServerOptions>) =>
    dexServer({ issuer, storage: { type: 'memory' }, ...options });

  test('holds no secret: each comes from a variable', () => {
    const objects = dexOf({
      storage: postgres,
      connectors: [
        ldap,
        new DexConnector({
          issuer,
          type: 'github',
          id: 'github',
          config: { clientID: 'abc', clientSecret: literalSecret('github secret') },
        }),
      ],
      staticClients: [
        {
          id: 'my-app',
          name: 'App',
          secret: literalSecret('app secret'),
          redirectURIs: [],
          trustedPeers: ['cli'],
        },
        {
          id: 'my.app',
          name: 'App 2',
          secret: existingSecret('app', 'secret'),
          redirectURIs: [],
          trustedPeers: [],
        },
        { id: 'cli', name: 'CLI', redirectURIs: ['/device/callback'], trustedPeers: [] },
      ],
      staticPasswords: [{ email: 'a@b.c', hash: literalSecret('$2a$10$hash'), username: 'a', userID: '1' }],
    });
    const text = JSON.stringify(fileOf(objects));
    for (const secret of ['db password', 'github secret', 'app secret', '$2a$10$hash'])
      expect(text).not.toContain(secret);
    const own = (name: string) => ({ secretKeyRef: { name: 'dex', key: name } });
    expect(variablesOf(objects)).toEqual({
      DEX_STORAGE_PASSWORD: own('DEX_STORAGE_PASSWORD'),
      DEX_CONNECTOR_CORP_LDAP_BIND_PW: { secretKeyRef: { name: 'bind', key: 'password' } },
      DEX_CONNECTOR_GITHUB_CLIENT_SECRET: own('DEX_CONNECTOR_GITHUB_CLIENT_SECRET'),
      DEX_STATIC_CLIENT_MY_APP_SECRET: own('DEX_STATIC_CLIENT_MY_APP_SECRET'),
      DEX_STATIC_CLIENT_MY_APP_SECRET_2: { secretKeyRef: { name: 'app', key: 'secret' } },
      DEX_STATIC_PASSWORD_1_HASH: own('DEX_STATIC_PASSWORD_1_HASH'),
    });
    expect(Object.keys(at(objects.get('Secret/dex'), 'stringData') as object).sort()).toEqual([
      'DEX_CONNECTOR_GITHUB_CLIENT_SECRET',
      'DEX_STATIC_CLIENT_MY_APP_SECRET',
      'DEX_STATIC_PASSWORD_1_HASH',
      'DEX_STORAGE_PASSWORD',
      'config.yaml',
      'postgres-ca.crt',
    ]);
    expect(fileOf(objects)['staticClients']).toEqual([
      {
        id: 'my-app',
        name: 'App',
        secretEnv: 'DEX_STATIC_CLIENT_MY_APP_SECRET',
        redirectURIs: [],
        trustedPeers: ['cli'],
      },
      { id: 'my.app', name: 'App 2', secretEnv: 'DEX_STATIC_CLIENT_MY_APP_SECRET_2', redirectURIs: [] },
      { id: 'cli', name: 'CLI', public: true, redirectURIs: ['/device/callback'] },
    ]);
  });

  test('names no variable that the pod does not have', () => {
    const objects = dexOf({ storage: postgres, connectors: [ldap] });
    const file = JSON.stringify(fileOf(objects));
    const named = [...file.matchAll(/\$([A-Z_0-9]+)|"(?:secretEnv|hashFromEnv)":"([^"]+)"/g)].map(
      ([, a, b]) => a ?? b,
    );
    expect(named.length).toBe(2);
    expect(Object.keys(variablesOf(objects))).toEqual(expect.arrayContaining(named));
  });

  test('keeps a $ in a string by a variable, which Kubernetes leaves alone too', () => {
    const connector = new DexConnector({
      issuer,
      type: 'ldap',
      id: 'l',
      config: {
        host: 'ldap:636',
        userSearch: { baseDN: 'ou=$(x),dc=a', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
        groupSearch: { baseDN: 'dc=a', userMatchers: [{ userAttr: 'a$b', groupAttr: 'c' }], nameAttr: 'cn' },
      },
    });
    expect(environmentOf(server({ connectors: [connector] }))).toEqual({
      DEX_CONNECTOR_L_USER_SEARCH_BASE_DN: 'ou=$(x),dc=a',
      DEX_CONNECTOR_L_GROUP_SEARCH_USER_MATCHERS_1_USER_ATTR: 'a$b',
    });
    expect(variablesOf(dexOf({ connectors: [connector] }))).toMatchObject({
      DEX_CONNECTOR_L_USER_SEARCH_BASE_DN: 'ou=$$(x),dc=a',
      DEX_CONNECTOR_L_GROUP_SEARCH_USER_MATCHERS_1_USER_ATTR: 'a$$b',
    });
  });

  test('escapes what older releases put into JSON text', () => {
    const connectors = [
      new DexConnector({
        issuer,
        type: 'mockPassword',
        id: 'm',
        config: { username: 'a', password: literalSecret('quote " and \\') },
      }),
    ];
    const text = (version: string): unknown => {
      const value = environmentOf(server({ connectors, version }))['DEX_CONNECTOR_M_PASSWORD'];
      return typeof value === 'object' && value.kind === 'literal' ? value.value.reveal() : value;
    };
    expect(text('2.41.1')).toBe('quote \\" and \\\\');
    expect(text('2.42.0')).toBe('quote " and \\');
  });

  test('says the life of signing keys where the release reads it', () => {
    expect(dexConfiguration(server({})).file).toMatchObject({
      signer: { type: 'local', config: { keysRotationPeriod: '6h' } },
    });
    expect(dexConfiguration(server({})).file).not.toHaveProperty('expiry.signingKeys');
    const older = dexConfiguration(server({ version: '2.44.0' })).file;
    expect(older).not.toHaveProperty('signer');
    expect(older).toHaveProperty('expiry.signingKeys', '6h');
  });

  test('is one that the schema accepts', () => {
    const validate = strictAjv([secretValueSchema, readSchema('connector'), ...connectorSchemas]).compile(
      readSchema('dex'),
    );
    for (const options of [
      { connectors: [ldap] },
      { connectors: [ldap], storage: postgres },
      { connectors: [ldap], storage: { type: 'sqlite3', size: '1Gi' } },
      { connectors: [ldap], storage: { type: 'kubernetes' }, version: '2.30.0' },
      {
        connectors: [ldap],
        web: { headers: { 'X-Frame-Options': 'DENY' }, allowedOrigins: ['*'] },
        frontend: { theme: 'dark', extra: { a: 'b' } },
        staticPasswords: [
          { email: 'a@b.c', hash: literalSecret('h'), username: 'a', userID: '1', groups: ['g'] },
        ],
        staticClients: [{ id: 'cli', name: 'CLI', redirectURIs: [], trustedPeers: [] }],
      },
    ] as Partial<DexServerOptions>[])
      expect([validate(dexConfiguration(server(options)).file), validate.errors]).toEqual([true, null]);
  });
});
