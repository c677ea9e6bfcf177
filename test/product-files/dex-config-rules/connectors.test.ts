import { describeServerRule } from '../support/server-rule-cases';
import { github, keystone } from '../support/dex-config-sections';

const strict = (type: string, redirectURI: string): string =>
  `[{ type: ${type}, id: one, name: One, config: { redirectURI: ${redirectURI} } }]`;

describeServerRule('IDN003', [
  {
    shows: 'two connectors of one id',
    sections: { connectors: `[${github}, { type: mockCallback, id: ▸gh, name: M }]` },
    says: ['The connector id "gh" is taken by connectors[0]'],
    severity: 'error',
  },
  {
    shows: 'ids of their own',
    sections: { connectors: `[${github}, { type: mockCallback, id: m, name: M }]` },
  },
]);

describeServerRule('DEX218', [
  {
    shows: 'an empty storage',
    sections: { '▸issuer': 'https://dex.example.com/dex', enablePasswordDB: undefined },
    says: ['`server: no connectors specified`'],
    severity: 'error',
  },
  {
    shows: 'a storage that may have some',
    sections: {
      '▸issuer': 'https://dex.example.com/dex',
      storage: '{ type: kubernetes, config: { inCluster: true } }',
      enablePasswordDB: undefined,
    },
    says: ['unless the storage holds connectors'],
    severity: 'warning',
  },
  { shows: 'a connector', sections: { enablePasswordDB: undefined, connectors: `[${github}]` } },
  { shows: 'the password database' },
]);

describeServerRule('DEX315', [
  {
    shows: 'a connector with a page of its own',
    sections: { connectors: `[${github}]`, oauth2: '{ passwordConnector: ▸gh }' },
    says: ['of type github, which sends browsers to a page and checks no passwords'],
    severity: 'error',
  },
  {
    shows: 'no connector',
    sections: { oauth2: '{ passwordConnector: ▸x }' },
    says: ['There is no connector "x"; every request with a password fails unless the storage holds one'],
    severity: 'warning',
  },
  { shows: 'the password database', sections: { oauth2: '{ passwordConnector: local }' } },
  { shows: 'keystone', sections: { connectors: keystone('$P'), oauth2: '{ passwordConnector: k }' } },
]);

describeServerRule('DEX001', [
  {
    shows: 'a path that was forgotten',
    sections: { connectors: strict('github', '▸https://dex.example.com/callback') },
    says: [
      'expected callback URL "https://dex.example.com/dex/callback" did not match the URL in the config "https://dex.example.com/callback"',
    ],
    severity: 'error',
    hint: 'write https://dex.example.com/dex/callback',
  },
  {
    shows: 'an issuer that is to be written another way',
    sections: {
      issuer: 'https://Dex.example.com/dex',
      connectors: strict('github', '▸https://dex.example.com/dex/callback'),
    },
    says: ['https://Dex.example.com/dex/callback'],
    hint: 'make the issuer https://dex.example.com/dex',
  },
  ...['gitea', 'gitlab'].map((type) => ({
    shows: `${type}, which swaps the two`,
    sections: { connectors: strict(type, '▸https://dex.example.com/callback') },
    says: [
      'expected callback URL "https://dex.example.com/callback" did not match the URL in the config "https://dex.example.com/dex/callback"',
    ],
  })),
  {
    shows: 'saml at another host',
    sections: { connectors: strict('saml', '▸https://evil.example.com/dex/callback') },
    says: [
      'this Dex takes it at https://dex.example.com/dex/callback and https://dex.example.com/dex/callback/one',
    ],
    severity: 'error',
  },
  {
    shows: 'saml at another connector',
    sections: { connectors: strict('saml', '▸https://dex.example.com/dex/callback/two') },
    says: ['would post its response to https://dex.example.com/dex/callback/two'],
  },
  {
    shows: 'saml at the callback URL',
    sections: { connectors: strict('saml', 'https://dex.example.com/dex/callback') },
  },
  {
    shows: 'saml at that of the connector',
    sections: { connectors: strict('saml', 'https://dex.example.com/dex/callback/one') },
  },
  {
    shows: 'saml in capitals, which nothing compares',
    sections: { connectors: strict('saml', 'https://DEX.example.com:443/dex/callback') },
  },
  { shows: 'the callback URL', sections: { connectors: `[${github}]` } },
  { shows: 'a variable', sections: { connectors: strict('gitlab', 'https://$HOST/dex/callback') } },
]);
