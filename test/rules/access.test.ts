import { diagnosticsOf } from '../support/check-document';
import { describeRule } from '../support/rule-cases';

describeRule('ACC001', [
  {
    shows: 'an ingress without a host',
    document: `
access:
  via: ▸ingress
`,
    says: ['if ingress is enabled, an ingress.host is required'],
  },
  { shows: 'an ingress with one', document: 'access: { via: ingress, host: pach.acme.com }' },
  { shows: 'the proxy, which needs none', document: 'access: { via: proxy }' },
]);

describeRule('ACC002', [
  {
    shows: 'the proxy on a release without one',
    document: `
release: 2.2.8
access: { via: ▸proxy, host: pach.acme.com }
`,
    says: ['Release 2.2.8 has no proxy'],
  },
  {
    shows: 'an ingress through the proxy on a release without one',
    document: `
release: 2.2.0
access: { via: ingress, host: pach.acme.com, ingress: { through: ▸proxy } }
`,
    says: ['it comes with 2.3'],
  },
  { shows: 'the proxy on the first release with one', document: 'release: 2.3.0\naccess: { via: proxy }' },
  {
    shows: 'a release without a proxy that asks for none',
    document: 'release: 2.2.8\naccess: { via: ingress, host: pach.acme.com }',
  },
]);

describeRule('ACC003', [
  {
    shows: 'a public host without TLS',
    document: 'access: { via: proxy, host: ▸pach.acme.com }',
    says: ['reached at pach.acme.com over plain http'],
    severity: 'error',
  },
  {
    shows: 'the address of a node, with TLS that it cannot serve',
    document: 'access: { via: nodePort, host: ▸192.168.49.2, tls: { offloaded: true } }',
    says: ['over plain http'],
  },
  {
    shows: 'URLs that are set, each for itself',
    document: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls:
    issuer: ▸http://pach.acme.com/dex
    callback: ▸http://pach.acme.com/dex/callback
    pachdRedirect: https://pach.acme.com/authorization-code/callback
    consoleIssuer: http://localhost
`,
    says: ['access.urls.issuer', 'access.urls.callback'],
  },
  {
    shows: 'an issuer that only pods use',
    document: `
access:
  urls:
    issuer: http://pachd.pachyderm.svc.cluster.local:30658/dex
    userAccessibleIssuer: https://pach.acme.com
`,
  },
  { shows: 'TLS', document: 'access: { via: proxy, host: pach.acme.com, tls: { offloaded: true } }' },
  { shows: 'profile dev', document: 'profile: dev\naccess: { via: proxy, host: pach.acme.com }' },
  { shows: 'localhost', document: 'access: { via: proxy, host: localhost }' },
  { shows: 'a loopback address', document: 'access: { via: nodePort, host: 127.0.0.1 }' },
  { shows: 'a host that no URL has', document: 'access: { via: portForward, host: pach.acme.com }' },
]);

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
    shows: 'an issuer at another host',
    document: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  urls: { issuer: ▸https://login.acme.com/dex }
`,
    says: [
      'log in at https://login.acme.com, the issuer, but access says that the cluster is reached at https://pach.acme.com',
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

describeRule('ACC007', [
  {
    shows: 'a proxy without a certificate',
    document: `
access:
  via: proxy
  host: pach.acme.com
  ▸tls: {}
`,
    says: ['proxy.tls.secretName must be set when TLS is enabled on the proxy'],
  },
  {
    shows: 'an ingress without a certificate',
    document: 'access: { via: ingress, host: pach.acme.com, ▸tls: { offloaded: false } }',
    says: ['if ingress.tls.enabled you must specify ingress.tls.secretName'],
  },
  {
    shows: 'TLS where there can be none',
    document: 'access: { via: nodePort, host: 10.0.0.1, ▸tls: { secretName: tls } }',
    says: ['has no effect with access.via: nodePort'],
  },
  {
    shows: 'a certificate',
    document: 'access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }',
  },
  {
    shows: 'one elsewhere',
    document: 'access: { via: ingress, host: pach.acme.com, tls: { offloaded: true } }',
  },
]);

describeRule('ACC008', [
  {
    shows: 'a port that nodes do not open',
    document: `
access: { via: nodePort, host: 10.0.0.1 }
pachd: { service: { ports: { grpc: ▸1650 } } }
`,
    says: ['provided port is not in the valid range'],
  },
  {
    shows: 'one port twice, once by default',
    document: 'pachd: { service: { ports: { oidc: ▸30650 } } }',
    says: ['pachd.service.ports.oidc is 30650, as pachd.service.ports.grpc is'],
  },
  {
    shows: 'a port of nodes that Dex has too',
    document: `
access: { via: nodePort, host: 10.0.0.1 }
identity: { dex: standalone }
dex: { service: { nodePort: ▸30658 } }
`,
    says: ['Every node opens 30658 for pachd.service.ports.identity already'],
  },
  {
    shows: 'a port given where none is used',
    document: 'access: { via: nodePort, host: 10.0.0.1, port: ▸30080 }',
    says: ['access.port has no effect with access.via: nodePort'],
    severity: 'warning',
  },
  {
    shows: 'the two ports of the proxy and of its nodes',
    document: `
access:
  via: proxy
  host: pach.acme.com
  port: 30080
  tls: { secretName: tls }
  proxy:
    service: { type: NodePort, httpPort: 443, httpsPort: ▸443, httpsNodePort: ▸30080 }
`,
    says: ['access.proxy.service.httpsPort is 443', 'access.proxy.service.httpsNodePort is 30080'],
  },
  {
    shows: 'the second port of a proxy without a certificate, which is not there',
    document: 'access: { via: proxy, proxy: { service: { type: NodePort, httpsNodePort: 30080 } } }',
  },
  {
    shows: 'a port of the proxy that another leads past it with',
    document: `
access: { proxy: { service: { legacyPorts: { console: ▸80, grpc: 30650, s3: ▸30650 } } } }
`,
    says: [
      'legacyPorts.console is 80, as access.proxy.service.httpPort is',
      'legacyPorts.s3 is 30650, as access.proxy.service.legacyPorts.grpc is',
    ],
  },
  {
    shows: 'a port past the proxy that nodes do not open',
    document: 'access: { proxy: { service: { type: NodePort, legacyPorts: { console: ▸4000 } } } }',
    says: ['legacyPorts.console, which cannot be 4000'],
  },
  {
    shows: 'Console at the port of the proxy by default',
    document: `
access: { proxy: { service: { type: NodePort } } }
console: { ▸service: { type: NodePort } }
`,
    says: ['Every node opens 30080 for access.proxy.service.httpNodePort already'],
  },
  {
    shows: 'components at one port',
    document: `
console: { service: { type: NodePort, nodePort: 31000 } }
etcd: { service: { type: NodePort, nodePort: ▸31000 } }
database:
  internal: { service: { type: NodePort, nodePort: ▸31000 } }
  pgBouncer: { service: { type: NodePort, nodePort: ▸31000 } }
`,
    says: ['Every node opens 31000 for console.service.nodePort already'],
  },
  {
    shows: 'a component at a port of pachd',
    document: `
access: { via: nodePort, host: 10.0.0.1 }
etcd: { service: { type: NodePort, nodePort: ▸30650 } }
`,
    says: ['for pachd.service.ports.grpc already'],
  },
  {
    shows: 'components with ports of their own, by default too',
    document: `
access: { proxy: { service: { type: NodePort, legacyPorts: { grpc: 30650 } } } }
console: { service: { type: NodePort, nodePort: 31000 } }
etcd: { service: { type: NodePort } }
database: { internal: { service: { type: NodePort } }, pgBouncer: { service: { type: NodePort } } }
`,
  },
  {
    shows: 'components that nodes do not open the port of',
    document: 'console: { service: { nodePort: 31000 } }\netcd: { service: { nodePort: 31000 } }',
  },
  {
    shows: 'any port inside the cluster',
    document: 'access: { via: proxy }\npachd: { service: { ports: { grpc: 1650 } } }',
  },
  { shows: 'the default ports on nodes', document: 'access: { via: nodePort, host: 10.0.0.1 }' },
]);

describeRule('ACC009', [
  {
    shows: 'a proxy on a node port that no URL names',
    document: `
access:
  via: proxy
  host: pach.acme.com
  tls: { secretName: tls }
  proxy: { service: { type: ▸NodePort } }
`,
    says: ['Browsers go to https://pach.acme.com/, port 443; the nodes listen at 30443'],
    severity: 'warning',
  },
  {
    shows: 'one without TLS',
    document:
      'access: { via: proxy, host: pach.acme.com, proxy: { service: { type: ▸NodePort, httpNodePort: 31080 } } }',
    says: ['the nodes listen at 31080'],
  },
  {
    shows: 'URLs that name it',
    document:
      'access: { via: proxy, host: pach.acme.com, port: 30080, proxy: { service: { type: NodePort } } }',
  },
  {
    shows: 'a load balancer in front',
    document:
      'access: { via: proxy, host: pach.acme.com, tls: { offloaded: true }, proxy: { service: { type: NodePort } } }',
  },
  {
    shows: 'another type',
    document: 'access: { via: proxy, host: pach.acme.com, proxy: { service: { type: LoadBalancer } } }',
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

describeRule('ACC012', [
  {
    shows: 'sections of other ways, and a host without use',
    document: `
access:
  via: portForward
  ▸host: pach.acme.com
  ▸ingress: { className: nginx }
  ▸proxy: { replicas: 2 }
`,
    says: ['reached as localhost alone', 'there is no Ingress', 'no proxy runs'],
    severity: 'warning',
  },
  {
    shows: 'the proxy with an ingress that leads past it',
    document:
      'access: { via: ingress, host: pach.acme.com, ingress: { through: services }, ▸proxy: { replicas: 2 } }',
    says: ['the Ingress leads to pachd and Console'],
  },
  {
    shows: 'a certificate that nothing serves',
    document: 'access: { via: proxy, host: pach.acme.com, tls: { ▸secretName: tls, offloaded: true } }',
    says: ['access.tls.secretName has no effect'],
  },
  {
    shows: 'ports past a proxy with TLS',
    document: `
access:
  host: pach.acme.com
  tls: { secretName: tls }
  proxy: { service: { ▸legacyPorts: { grpc: 30650 } } }
`,
    says: ['connections to these ports are refused'],
  },
  {
    shows: 'ports past a proxy with TLS in front of it',
    document:
      'access: { host: pach.acme.com, tls: { offloaded: true }, proxy: { service: { legacyPorts: { grpc: 30650 } } } }',
  },
  {
    shows: 'an ingress through the proxy, with details of both',
    document:
      'access: { via: ingress, host: pach.acme.com, ingress: { className: nginx }, proxy: { replicas: 2 } }',
  },
  { shows: 'the default way', document: 'access: { host: pach.acme.com, proxy: { replicas: 2 } }' },
]);

describeRule('ACC013', [
  {
    shows: 'exceptions that leave out the cluster',
    document: 'network: { httpProxy: "http://proxy:3128", noProxy: ▸.acme.com }',
    says: ['the Kubernetes API and pachd go to the proxy'],
    severity: 'warning',
  },
  {
    shows: 'exceptions that leave out the API server',
    document: 'network: { httpProxy: "http://proxy:3128", noProxy: ▸".svc,.cluster.local" }',
    says: ['the Kubernetes API go to the proxy'],
  },
  {
    shows: 'exceptions that leave out pachd',
    document: 'network: { httpProxy: "http://proxy:3128", noProxy: ▸"10.96.0.1,local.example.com" }',
    says: ['Requests to pachd go to the proxy'],
  },
  {
    shows: 'the address of the API server and names with and without dots',
    document: `network: { httpProxy: 'http://proxy:3128', noProxy: 'Cluster.Local., $(KUBERNETES_SERVICE_HOST)' }`,
  },
  {
    shows: 'ranges of addresses',
    document: `network: { httpProxy: 'http://proxy:3128', noProxy: 'fd00::/8,*.svc.cluster.local' }`,
  },
  { shows: 'everything', document: `network: { httpProxy: 'http://proxy:3128', noProxy: '*' }` },
  { shows: 'no exceptions, which are filled in', document: `network: { httpProxy: 'http://proxy:3128' }` },
  { shows: 'no proxy', document: `network: { noProxy: .acme.com }` },
]);

describeRule('ACC014', [
  {
    shows: 'an IPv6 address',
    document: `access: { via: ingress, host: ▸'2001:db8::10', tls: { secretName: tls } }`,
    says: ['must be a DNS name, not an IP address'],
    severity: 'error',
  },
  {
    shows: 'an IPv4 address in a release without the proxy',
    document: 'release: 2.2.8\naccess: { via: ingress, host: ▸192.0.2.1 }',
    says: ['An Ingress cannot have the address 192.0.2.1'],
  },
  { shows: 'a name', document: 'access: { via: ingress, host: 192.0.2.1.example.com }' },
  { shows: 'an address that the proxy answers at', document: `access: { via: proxy, host: '2001:db8::10' }` },
]);

describeRule('ACC020', [
  {
    shows: 'another port behind the proxy',
    document: 'access: { via: proxy }\nconsole: { port: ▸4100 }',
    says: ['The proxy looks for Console at port 4000, and Console listens at 4100'],
    severity: 'error',
  },
  {
    shows: 'another port behind an ingress that leads to the proxy',
    document: 'access: { via: ingress, host: pach.acme.com }\nconsole: { port: ▸4100 }',
    says: ['no healthy upstream'],
  },
  {
    shows: 'another port behind an ingress that leads to Console',
    document:
      'access: { via: ingress, host: pach.acme.com, ingress: { through: services } }\nconsole: { port: 4100 }',
  },
  { shows: 'the port that the proxy leads to', document: 'access: { via: proxy }\nconsole: { port: 4000 }' },
  {
    shows: 'a Console that does not run',
    document: 'access: { via: proxy }\nconsole: { enabled: false, port: 4100 }',
  },
]);

const NEW_SECRET = 'newSecret: { certificate: { file: tls.crt }, key: { file: tls.key } }';

describeRule('ACC021', [
  {
    shows: 'two certificates in one Secret',
    document: `
access: { host: pach.acme.com, tls: { secretName: tls, ${NEW_SECRET} } }
pachd: { tls: { secretName: ▸tls, ${NEW_SECRET} } }
`,
    says: ['pachkit writes another Secret tls'],
    severity: 'error',
  },
  {
    shows: 'the name of a Secret that pachkit writes anyway',
    document: `pachd: { tls: { secretName: ▸pachyderm-auth, ${NEW_SECRET} } }`,
    says: ['pachkit writes another Secret pachyderm-auth'],
  },
  {
    shows: 'keys that are in a Secret already, or generated',
    document: `
access:
  host: pach.acme.com
  tls: { secretName: a, newSecret: { certificate: { file: a }, key: { ▸existing: { name: b, key: c } } } }
pachd:
  tls: { secretName: d, newSecret: { certificate: { file: d }, key: { ▸generate: {} } } }
`,
    says: ['access.tls.newSecret.key is written into a Secret', 'pachd.tls.newSecret.key belongs to'],
  },
  {
    shows: 'a Secret for each',
    document: `
access: { host: pach.acme.com, tls: { secretName: public, ${NEW_SECRET} } }
pachd: { tls: { secretName: own, ${NEW_SECRET} } }
`,
  },
  {
    shows: 'one Secret for both that is in the namespace',
    document: `
access: { host: pach.acme.com, tls: { secretName: tls } }
pachd: { tls: { secretName: tls } }
`,
  },
]);
