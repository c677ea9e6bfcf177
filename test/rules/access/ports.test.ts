import { describeRule } from '../../support/rule-cases';

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
