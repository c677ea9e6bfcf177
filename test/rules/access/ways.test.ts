import { describeRule } from '../../support/rule-cases';

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

describeRule('ACC023', [
  { shows: 'pachd without pods', document: 'pachd: { replicas: ▸0 }', says: ['no one can log in'] },
  {
    shows: 'a proxy without pods',
    document: 'access: { host: pach.acme.com, proxy: { replicas: ▸0 } }',
    says: ['no one reaches pachd'],
  },
  {
    shows: 'a proxy that nothing goes through',
    document: 'access: { via: ingress, host: pach.acme.com, proxy: { replicas: 0 } }',
  },
  { shows: 'one pod of each', document: 'pachd: { replicas: 1 }\naccess: { proxy: { replicas: 1 } }' },
]);
