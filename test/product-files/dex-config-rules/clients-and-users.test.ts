import { describeServerRule } from '../support/server-rule-cases';
import { HASH, github, client } from '../support/dex-config-sections';

describeServerRule('IDN004', [
  {
    shows: 'two clients of one id',
    sections: { staticClients: '[{ id: a, secret: b, name: a }, { id: ▸a, secret: b, name: a }]' },
    says: ['The client id "a" is that of staticClients[0].id too'],
    severity: 'error',
  },
  {
    shows: 'ids of their own, and ids from variables',
    sections: {
      staticClients:
        '[{ id: a, secret: b, name: a }, { idEnv: B, secret: b, name: b }, { idEnv: C, secret: c, name: c }]',
    },
  },
]);

describeServerRule('DEX314', [
  {
    shows: 'two passwords of one email, whatever its case',
    sections: { staticPasswords: `[{ email: a, hash: ${HASH} }, { email: ▸A, hash: ${HASH} }]` },
    says: ['There is a user A already'],
    severity: 'error',
  },
  {
    shows: 'the id of the password database',
    sections: { connectors: '[{ type: mockCallback, id: ▸local, name: M }]' },
    says: ['With enablePasswordDB Dex adds a connector "local" of its own'],
    severity: 'error',
  },
  {
    shows: 'that id without the database',
    sections: { connectors: '[{ type: mockCallback, id: local, name: M }]', enablePasswordDB: 'false' },
  },
]);

describeServerRule('DEX217', [
  {
    shows: 'passwords alone',
    sections: {
      enablePasswordDB: 'false',
      connectors: `[${github}]`,
      '▸staticPasswords': `[{ email: a, hash: ${HASH} }]`,
    },
    says: ['cannot specify static passwords without enabling password db'],
    severity: 'error',
  },
  { shows: 'passwords with their database', sections: { staticPasswords: `[{ email: a, hash: ${HASH} }]` } },
  { shows: 'no passwords', sections: { enablePasswordDB: undefined, staticPasswords: '[]' } },
]);

describeServerRule('DEX222', [
  {
    shows: 'no id',
    sections: { staticClients: '[{ ▸secret: b, name: a }]' },
    says: ['ID or IDEnv field is required for a client'],
    severity: 'error',
  },
  {
    shows: 'two ids',
    sections: { staticClients: client('id: a, ▸idEnv: A, secret: b') },
    says: ['ID and IDEnv fields are exclusive for client "a"'],
  },
  {
    shows: 'no secret',
    sections: { staticClients: '[{ ▸id: a, name: a }]' },
    says: ['Secret or SecretEnv field is required for client "a"'],
  },
  {
    shows: 'two secrets',
    sections: { staticClients: client('id: a, secret: b, ▸secretEnv: B') },
    says: ['Secret and SecretEnv fields are exclusive for client "a"'],
  },
  { shows: 'a public client', sections: { staticClients: client('id: a, public: true') } },
  { shows: 'variables', sections: { staticClients: client('idEnv: A, secretEnv: B') } },
]);

describeServerRule('IDN006', [
  {
    shows: 'a star',
    sections: { staticClients: client('id: a, secret: b, redirectURIs: [▸"https://*.x/c"]') },
    says: ['knows no wildcards, so no request matches: `Unregistered redirect_uri`'],
    severity: 'error',
  },
  { shows: 'none', sections: { staticClients: client('id: a, secret: b, redirectURIs: ["https://a.x/c"]') } },
]);

describeServerRule('DEX224', [
  {
    shows: 'a public client with URIs',
    sections: { staticClients: client('id: a, public: true, ▸redirectURIs: ["http://localhost:1"]') },
    says: ['the device flow needs `/device/callback`'],
    severity: 'warning',
  },
  {
    shows: 'with that of the device flow',
    sections: { staticClients: client('id: a, public: true, redirectURIs: [/device/callback]') },
  },
  { shows: 'without URIs', sections: { staticClients: client('id: a, public: true') } },
  {
    shows: 'a client with a secret',
    sections: { staticClients: client('id: a, secret: b, redirectURIs: ["https://a.x/c"]') },
  },
]);

describeServerRule('IDN005', [
  {
    shows: 'a peer that is not there',
    sections: { staticClients: client('id: a, secret: b, trustedPeers: [▸c]') },
    says: ['No client has the id "c"'],
    severity: 'warning',
  },
  { shows: 'itself', sections: { staticClients: client('id: a, secret: b, trustedPeers: [a]') } },
  {
    shows: 'ids that are not in the file',
    sections: { staticClients: client('idEnv: A, secret: b, trustedPeers: [c]') },
  },
]);

describeServerRule('DEX226', [
  {
    shows: 'no hash',
    sections: { staticPasswords: '[{ ▸email: a }]' },
    says: ['no password hash provided'],
    severity: 'error',
  },
  { shows: 'a hash', sections: { staticPasswords: `[{ email: a, hash: ${HASH} }]` } },
  { shows: 'a variable', sections: { staticPasswords: '[{ email: a, hashFromEnv: HASH }]' } },
]);

describeServerRule('DEX236', [
  {
    shows: 'a confidential client with the device flow, and an issuer with a path',
    sections: { staticClients: `[{ id: a, secret: s, name: A, redirectURIs: [▸/device/callback] }]` },
    says: ['instead of /dex/device/callback, where Dex is: 404'],
    severity: 'warning',
  },
  {
    shows: 'a public client',
    sections: { staticClients: `[{ id: a, public: true, name: A, redirectURIs: [/device/callback] }]` },
  },
  {
    shows: 'an issuer without a path',
    sections: {
      issuer: 'https://dex.example.com',
      staticClients: `[{ id: a, secret: s, name: A, redirectURIs: [/device/callback] }]`,
    },
  },
]);

describeServerRule('DEX238', [
  {
    shows: 'a program on any port beside a site',
    sections: {
      staticClients:
        '[{ id: a, public: true, name: A, redirectURIs: [https://a.com/cb, ▸http://localhost, /device/callback] }]',
    },
    says: ['is port 80 alone'],
    severity: 'warning',
  },
  {
    shows: 'a program with a port of its own, a confidential client',
    sections: {
      staticClients:
        '[{ id: a, public: true, name: A, redirectURIs: [http://localhost:8000/cb] }, { id: b, secret: s, name: B, redirectURIs: [http://localhost/cb] }]',
    },
  },
]);

describeServerRule('DEX053', [
  {
    shows: 'a client whose secret ends with a line break, and one whose id begins with a blank',
    sections: {
      staticClients: '[{ id: a, secret: ▸"b\\n", name: a }, { id: ▸" c", secret: d, name: c }]',
    },
    says: ['The secret of the client "a" has a line break around it', 'The id of the client "c" has blanks'],
    severity: 'warning',
  },
  {
    shows: 'neither',
    sections: { staticClients: '[{ id: a, secret: b, name: a }, { idEnv: B, secretEnv: C, name: b }]' },
  },
]);

describeServerRule('DEX056', [
  {
    shows: 'a connector that has the issuer of the file',
    sections: {
      issuer: 'https://dex.acme.com/dex',
      connectors:
        '[{ type: oidc, id: a, name: A, config: { issuer: ▸https://dex.acme.com/dex, clientID: a, clientSecret: b, redirectURI: https://dex.acme.com/dex/callback } }]',
    },
    says: ['https://dex.acme.com/dex is the issuer of this Dex itself'],
    severity: 'error',
  },
  {
    shows: 'a connector with another one',
    sections: {
      issuer: 'https://dex.acme.com/dex',
      connectors:
        '[{ type: oidc, id: a, name: A, config: { issuer: https://dex.acme.com/other, clientID: a, clientSecret: b, redirectURI: https://dex.acme.com/dex/callback } }]',
    },
  },
]);
