import { defineCluster } from '../../src/document/define-cluster';

// What the compiler says of a document is checked by `npm run types`: an expected error that is none is an error itself.

const release = { apiVersion: 'pachkit/v1', release: '2.11.6' } as const;

test('a document is returned as it is', () => {
  const document = { ...release, name: 'dev' } as const;
  expect(defineCluster(document)).toBe(document);
});

test('connectors are typed by their type', () => {
  const { identity } = defineCluster({
    ...release,
    identity: {
      connectors: [
        {
          type: 'ldap',
          id: 'corp',
          config: {
            host: 'ldap.acme.com:636',
            userSearch: { baseDN: 'dc=acme,dc=com', username: 'uid', idAttr: 'uid', emailAttr: 'mail' },
          },
        },
        { type: 'mockCallback', id: 'mock' },
        {
          type: 'oidc',
          id: 'acme',
          config: {
            issuer: 'https://login.acme.com',
            // @ts-expect-error Dex's key is clientID
            clientId: 'abc',
            clientSecret: { env: 'CLIENT_SECRET' },
          },
        },
        {
          // @ts-expect-error no connector type of Dex
          type: 'okta',
          id: 'acme',
          config: {},
        },
        // @ts-expect-error an ldap connector needs its settings
        { type: 'ldap', id: 'corp' },
      ],
    },
  });
  expect(identity?.connectors).toHaveLength(5);
});
