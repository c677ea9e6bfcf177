import { DexConnector } from '../../src/model/dex-connector';
import { dexServer } from '../../src/model/dex-server';
import { existingSecret, literalSecret, ReferredSecret, Secret } from '../../src/model/secret';

const issuer = 'https://dex.example.com/dex';

test('a connector whose browser comes back has the redirectURI of the issuer', () => {
  const connector = new DexConnector({
    issuer,
    type: 'github',
    id: 'github',
    config: { clientID: 'abc', clientSecret: existingSecret('github', 'secret'), orgs: [{ name: 'acme' }] },
  });
  expect({ ...connector }).toEqual({
    type: 'github',
    id: 'github',
    name: 'github',
    version: 0,
    config: {
      clientID: 'abc',
      clientSecret: new ReferredSecret(existingSecret('github', 'secret')),
      orgs: [{ name: 'acme' }],
      redirectURI: 'https://dex.example.com/dex/callback',
    },
  });
});

test('secrets stay closed, however deep they are', () => {
  const { config } = new DexConnector({
    issuer,
    type: 'ldap',
    id: 'corp',
    name: 'Corporate LDAP',
    config: {
      host: 'ldap.example.com:636',
      bindPW: literalSecret('hunter2'),
      userSearch: { baseDN: 'dc=example', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
    },
  });
  expect(config['bindPW']).toBeInstanceOf(Secret);
  expect(JSON.stringify(config)).not.toContain('hunter2');
  expect(config).not.toHaveProperty('redirectURI');
});

test('a redirectURI of the caller stays', () => {
  const { config } = new DexConnector({
    issuer,
    type: 'saml',
    id: 'saml',
    config: {
      ssoURL: 'https://idp.example.com/sso',
      caData: 'LS0t',
      usernameAttr: 'name',
      emailAttr: 'email',
      redirectURI: `${issuer}/callback/saml`,
    },
  });
  expect(config['redirectURI']).toBe(`${issuer}/callback/saml`);
});

test('a Dex alone has defaults for all but its address and its storage', () => {
  expect(dexServer({ issuer, storage: { type: 'kubernetes' } })).toMatchObject({
    issuer,
    target: 'dex@2.45',
    replicas: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    connectors: [],
    staticClients: [],
  });
  expect(dexServer({ issuer, storage: { type: 'memory' } })).toMatchObject({ replicas: 1 });
  expect(dexServer({ issuer, storage: { type: 'memory' } })).not.toHaveProperty('podDisruptionBudget');
});

test('a release without facts is refused at once', () =>
  expect(() => dexServer({ issuer, storage: { type: 'memory' }, version: '2.99.0' })).toThrow(
    'nothing is known about Dex 2.99',
  ));
