import { describeRule } from '../../support/rule-cases';

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
