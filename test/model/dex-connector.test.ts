import { DexConnector } from '../../src/model/dex-connector';
import { dexServer, type DexServerOptions } from '../../src/model/dex-server';
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

test.each<[string, Partial<DexServerOptions>, string]>([
  [
    'a release without facts',
    { version: '2.99.0' },
    'unsupported version Dex 2.99; supported are 2.29 to 2.45; take a release from 2.29.0 to 2.45.1',
  ],
  ['half a release', { version: '2.45' }, '"2.45" is not a release of Dex; write it in full, such as 2.45.1'],
  ['an issuer without a scheme', { issuer: 'dex.acme.com' }, 'the issuer "dex.acme.com" is not an absolute'],
  ['an issuer without a host', { issuer: 'https:///dex' }, 'the issuer "https:///dex" is not an absolute'],
  ['several pods with their own memory', { replicas: 2 }, '2 pods do not share storage memory'],
])('%s is refused at once', (_, options, message) =>
  expect(() => dexServer({ issuer, storage: { type: 'memory' }, ...options })).toThrow(message),
);

test.each(['https://dex.acme.com:8443/dex', 'http://[::1]:5556', 'http://10.0.0.1/dex', 'http://dex'])(
  '%s is an issuer',
  (url) => expect(dexServer({ issuer: url, storage: { type: 'memory' } }).issuer).toBe(url),
);
