import { diagnosticsOf } from '../../support/check-document';
import { describeRule } from '../../support/rule-cases';

describeRule('ACC004', [
  {
    shows: 'an issuer without a path behind the proxy',
    document: `
access:
  via: proxy
  urls:
    issuer: ▸https://pach.acme.com
`,
    says: ['With the proxy enabled, oidc.issuerURI must end with /dex, not https://pach.acme.com'],
    fixed: `
access:
  via: proxy
  urls:
    issuer: https://pach.acme.com/dex
`,
  },
  {
    shows: 'a slash behind /dex, in quotes, behind an ingress',
    document: `
access:
  via: ingress
  host: pach.acme.com
  urls: { issuer: ▸'https://Pach.acme.com:443/dex/' }
`,
    says: ['The ingress leads /dex to Dex'],
    fixed: `
access:
  via: ingress
  host: pach.acme.com
  urls: { issuer: 'https://pach.acme.com/dex' }
`,
  },
  {
    shows: 'a path that ends in /dex and is another',
    document: 'access: { via: proxy, urls: { issuer: ▸https://pach.acme.com/login/dex } }',
    says: ['must end with /dex, not https://pach.acme.com/login/dex'],
  },
  { shows: '/dex', document: 'access: { via: proxy, urls: { issuer: https://pach.acme.com/dex } }' },
  {
    shows: 'ports of nodes, which lead no paths anywhere',
    document: 'access: { via: nodePort, host: 10.0.0.1, urls: { issuer: http://10.0.0.1:30658 } }',
  },
  {
    shows: 'a member, whose issuer is elsewhere',
    document: `
release: 2.11.6
access: { via: proxy, urls: { issuer: http://pach-enterprise.enterprise:31658 } }
enterprise:
  member: { serverAddress: grpc://e:31650, callbackAddress: grpc://p:30650, serverToken: { env: TOKEN } }
`,
  },
]);

describeRule('ACC005', [
  {
    shows: 'a slash at the end',
    document: 'access: { via: nodePort, urls: { issuer: ▸http://10.0.0.1:30658/ } }',
    says: ['a slash at the end'],
    severity: 'warning',
    fixed: 'access: { via: nodePort, urls: { issuer: http://10.0.0.1:30658 } }',
  },
  {
    shows: 'uppercase letters and the default port',
    document: 'access: { via: proxy, urls: { issuer: ▸"https://Pach.Acme.com:443/dex" } }',
    says: ['uppercase letters in the host and the port that the scheme has anyway'],
    fixed: 'access: { via: proxy, urls: { issuer: "https://pach.acme.com/dex" } }',
  },
  {
    shows: 'a path that is not clean',
    document: 'access: { via: portForward, urls: { issuer: ▸http://localhost:30658//a/../dex } }',
    says: ['a path that is not clean'],
    fixed: 'access: { via: portForward, urls: { issuer: http://localhost:30658/dex } }',
  },
  {
    shows: 'a host that the issuer is formed from',
    document: 'access: { via: proxy, host: ▸Pach.Acme.com, tls: { secretName: tls } }',
    says: ['uppercase letters'],
    fixed: 'access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }',
  },
  {
    shows: 'a port that the scheme has anyway',
    document: 'access: { via: proxy, host: pach.acme.com, port: ▸443, tls: { secretName: tls } }',
    says: ['https://pach.acme.com:443/dex'],
  },
  {
    shows: 'a port of its own',
    document: 'access: { via: proxy, host: pach.acme.com, port: 80, tls: { secretName: tls } }',
  },
  {
    shows: 'an issuer that ACC004 fixes',
    document: 'access: { via: proxy, urls: { issuer: https://Pach.acme.com/dex/ } }',
  },
  {
    shows: 'the simplest form',
    document: 'access: { via: proxy, urls: { issuer: https://pach.acme.com/dex } }',
  },
]);

describeRule('ACC006', [
  {
    shows: 'a callback URL with a slash at its end, beside an issuer that misses Dex',
    document: `
access:
  via: ingress
  host: pach.acme.com
  tls: { secretName: tls }
  urls: { issuer: https://pach.acme.com, callback: ▸https://pach.acme.com/dex/callback/ }
`,
    says: ['Dex answers at /dex/callback and nowhere else', 'write https://pach.acme.com/dex/callback,'],
  },
  {
    shows: 'an issuer at another host',
    document: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls: { issuer: ▸https://login.acme.com/dex }
`,
    says: [
      'log in at https://login.acme.com, the issuer, but the cluster is reached at https://pach.acme.com',
    ],
    severity: 'warning',
  },
  {
    shows: 'an issuer with another scheme',
    document: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls: { issuer: ▸http://pach.acme.com/dex }
`,
    says: ['http://pach.acme.com'],
  },
  {
    shows: 'an issuer that only pods know, without a way for browsers',
    document: `
access:
  via: proxy
  host: pach.acme.com
  urls: { issuer: ▸http://pachd:30658/dex }
`,
    says: ['a name that only pods know'],
    severity: 'error',
  },
  {
    shows: 'the same with one',
    document: `
access:
  via: proxy
  host: pach.acme.com
  urls: { issuer: http://pachd:30658/dex, userAccessibleIssuer: http://pach.acme.com }
`,
  },
  {
    shows: 'a public issuer with everything else on localhost',
    document: 'access: { via: proxy, urls: { issuer: ▸https://pach.acme.com/dex } }',
    says: ['Dex then sends them to http://localhost/authorization-code/callback'],
  },
  {
    shows: 'a callback that Dex does not serve',
    document: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls: { callback: ▸https://pach.acme.com/callback }
`,
    says: ['Dex answers at /dex/callback and nowhere else'],
    severity: 'error',
  },
  {
    shows: 'redirects to paths that no one serves, and to another host',
    document: `
access:
  via: ingress
  host: pach.acme.com
  tls: { secretName: tls }
  urls:
    pachdRedirect: ▸https://pach.acme.com/authorization-code/callback/
    consoleRedirect: ▸▸https://console.acme.com/callback?inline=true
`,
    says: ['pachd answers at /authorization-code/callback', 'console.acme.com', 'console.acme.com'],
  },
  {
    shows: 'a path where only scheme, host and port belong',
    document: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls: { userAccessibleIssuer: ▸https://pach.acme.com/dex }
`,
    says: ['only scheme, host and port'],
    severity: 'warning',
    fixed: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls: { userAccessibleIssuer: https://pach.acme.com }
`,
  },
  {
    shows: 'the same on a release that takes it for a host',
    document: `
release: 2.3.5
access:
  via: proxy
  host: pach.acme.com
  urls: { userAccessibleIssuer: ▸http://pach.acme.com/ }
`,
    says: ['leads nowhere'],
    severity: 'error',
  },
  {
    shows: 'a callback that Dex refuses for github',
    document: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls: { callback: ▸▸https://login.acme.com/dex/callback }
identity:
  connectors:
    - { type: github, id: hub, config: { clientID: a, clientSecret: { env: A } } }
`,
    says: [
      'Identity providers send browsers back to https://login.acme.com/dex/callback',
      'expected callback URL "https://pach.acme.com/dex/callback" did not match the URL in the config "https://login.acme.com/dex/callback"',
    ],
  },
  {
    shows: 'overrides that say what is derived anyway',
    document: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls:
    issuer: https://pach.acme.com/dex
    callback: https://pach.acme.com:443/dex/callback
    pachdRedirect: https://pach.acme.com/authorization-code/callback
    consoleRedirect: https://pach.acme.com/oauth/callback?inline=true
    userAccessibleIssuer: https://pach.acme.com
    consoleIssuer: https://PACH.acme.com
`,
  },
  {
    shows: 'the URLs of an enterprise server',
    document: `
release: 2.11.6
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls: { issuer: http://pach-enterprise.enterprise:31658, userAccessibleIssuer: https://e.acme.com, consoleIssuer: https://e.acme.com }
enterprise:
  member: { serverAddress: grpc://e:31650, callbackAddress: grpc://p:30650, serverToken: { env: TOKEN } }
`,
  },
  {
    shows: 'Console behind something that is not known, with ports of nodes',
    document: `
access:
  via: nodePort
  host: 10.0.0.1
  urls: { consoleRedirect: http://10.0.0.1:31000/oauth/callback/?inline=true }
`,
  },
]);

describeRule('ACC010', [
  {
    shows: 'a member without the issuer of its server, and with its own localhost',
    document: `
release: 2.11.6
access: { via: proxy, localhostIssuer: ▸true }
enterprise:
  licenseKey: { env: LICENSE }
  ▸member: { serverAddress: grpc://e:31650, callbackAddress: grpc://p:30650, serverToken: { env: TOKEN } }
`,
    says: ['provided OIDC issuer does not implement OIDC protocol'],
  },
  {
    shows: 'a member with it',
    document: `
release: 2.11.6
access: { via: proxy, localhostIssuer: false, urls: { issuer: http://pach-enterprise.enterprise:31658/dex } }
enterprise:
  licenseKey: { env: LICENSE }
  member: { serverAddress: grpc://e:31650, callbackAddress: grpc://p:30650, serverToken: { env: TOKEN } }
`,
  },
  { shows: 'no member', document: 'access: { localhostIssuer: true }' },
]);

describeRule('ACC011', [
  {
    shows: 'the callback URL of an issuer that is set, in the connector itself',
    document: `
access: { urls: { issuer: https://pach.acme.com/dex } }
identity:
  connectors:
    - { type: github, id: gh, name: GitHub, config: { clientID: a, clientSecret: { env: B }, redirectURI: https://pach.acme.com/dex/callback, orgs: [{ name: acme }] } }
`,
  },
  {
    shows: 'connectors that need a public issuer, and oidc, which does not',
    document: `
profile: dev
access: { via: proxy }
identity:
  connectors:
    - { type: ▸github, id: hub, config: { clientID: a, clientSecret: { env: A } } }
    - { type: ▸google, id: goo, config: { clientID: a, clientSecret: { env: A }, redirectURI: http://localhost/dex/callback } }
    - { type: oidc, id: oidc, config: { issuer: https://id.acme.com, clientID: a, clientSecret: { env: A } } }
    - { type: ldap, id: ldap, config: { host: ldap.acme.com } }
`,
    says: [
      'expected callback URL "http://pachd:30658/dex/callback" did not match the URL in the config "http://localhost/dex/callback"',
    ],
    severity: 'error',
  },
  {
    shows: 'a public issuer',
    document: `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity:
  connectors:
    - { type: github, id: hub, config: { clientID: a, clientSecret: { env: A } } }
`,
  },
  {
    shows: 'a node that browsers and pods reach alike',
    document: `
profile: dev
access: { via: nodePort, host: 10.0.0.1 }
identity:
  connectors:
    - { type: github, id: hub, config: { clientID: a, clientSecret: { env: A } } }
`,
  },
]);

const GITHUB =
  'identity: { connectors: [{ type: github, id: a, config: { clientID: a, clientSecret: { env: S } } }] }';

const STANDALONE =
  'identity: { dex: standalone, connectors: [{ type: github, id: a, config: { clientID: a, clientSecret: { env: S } } }] }';

test.each([
  [
    'ACC003',
    '2.11.6',
    'access: { via: nodePort, host: pach.acme.com }',
    'via proxy or ingress with access.tls',
  ],
  ['ACC003', '2.2.8', 'access: { via: nodePort, host: pach.acme.com }', 'via ingress with access.tls'],
  ['ACC011', '2.11.6', `access: { via: portForward }\n${GITHUB}`, 'via proxy or ingress, so'],
  ['ACC011', '2.2.8', `access: { via: portForward }\n${GITHUB}`, 'via ingress, so'],
  [
    'ACC011',
    '2.11.6',
    `profile: dev\naccess: { via: proxy }\n${GITHUB}`,
    'via proxy, ingress or nodePort, so',
  ],
  ['ACC011', '2.2.8', `profile: dev\naccess: { via: portForward }\n${GITHUB}`, 'via ingress or nodePort, so'],
  [
    'DEX309',
    '2.11.6',
    `access: { via: portForward }\n${STANDALONE}`,
    'access.host, with access.via proxy or ingress, or',
  ],
  ['DEX309', '2.11.6', `profile: dev\naccess: { via: proxy }\n${STANDALONE}`, 'give access.host, or'],
])('%s at %s suggests what works there: %s', (code, release, document, hint) => {
  const found = diagnosticsOf(`apiVersion: pachkit/v1\nrelease: ${release}\n${document}\n`);
  expect(found.find((each) => each.code === code)?.hint).toContain(hint);
});
