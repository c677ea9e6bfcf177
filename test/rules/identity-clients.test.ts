import { describeRule } from '../support/rule-cases';

describeRule('IDN004', [
  {
    shows: 'Console with the id of pachd',
    document: 'console: { clientID: ▸pachd }',
    says: ['The client id "pachd" is that of auth.clientID too'],
    severity: 'error',
  },
  {
    shows: 'pachd with the id of Console',
    document: 'auth: { clientID: ▸console }',
    says: ['that of console.clientID too'],
  },
  {
    shows: 'clients with ids of all kinds',
    document: `
identity:
  clients:
    - { id: ▸pachd, secret: { env: A }, redirectURIs: [https://a.acme.com] }
    - { id: app, secret: { env: A }, redirectURIs: [https://a.acme.com] }
    - { id: ▸app, secret: { env: A }, redirectURIs: [https://a.acme.com] }
    - { id: constructor, secret: { env: A }, redirectURIs: [https://a.acme.com] }
`,
    says: ['that of auth.clientID too', 'that of identity.clients[1].id too'],
  },
  {
    shows: 'the id of a Console that does not run',
    document: `
console: { enabled: false }
identity: { clients: [{ id: console, secret: { env: A }, redirectURIs: [https://a.acme.com] }] }
`,
  },
  { shows: 'ids of their own', document: 'auth: { clientID: a }\nconsole: { clientID: b }' },
  {
    shows: 'a member with the id that its server has for itself',
    document: `
release: 2.11.6
enterprise:
  licenseKey: { env: A }
  ▸member: { serverAddress: "grpc://a:31650", serverToken: { env: B }, callbackAddress: "grpc://b:30650" }
`,
    says: ['The enterprise server knows this member by the id "pachd", and itself too'],
    hints: [
      'set auth.clientID to an id that no other cluster of the server has, such as the name of this one',
    ],
    severity: 'warning',
  },
  {
    shows: 'a member with an id of its own',
    document: `
release: 2.11.6
auth: { clientID: data }
enterprise:
  licenseKey: { env: A }
  member: { serverAddress: "grpc://a:31650", serverToken: { env: B }, callbackAddress: "grpc://b:30650" }
`,
  },
]);

describeRule('IDN005', [
  {
    shows: 'peers that are no clients',
    document: `
identity:
  trustedPeers: [app, ▸ap, ▸elsewhere, console]
  clients:
    - { id: app, secret: { env: A }, redirectURIs: [https://a.acme.com], trustedPeers: [pachd, ▸consol] }
`,
    says: ['No client has the id "ap"', 'No client has the id "elsewhere"', 'gets tokens for "app"'],
    severity: 'warning',
  },
  {
    shows: 'clients that are not known here',
    document: 'identity: { trustedPeers: [elsewhere], clientsFrom: { existing: { name: clients } } }',
  },
  { shows: 'peers that are clients', document: 'identity: { trustedPeers: [pachd, console] }' },
]);

describeRule('IDN006', [
  {
    shows: 'URIs that do not work or are not safe',
    document: `
identity:
  clients:
    - id: app
      secret: { env: A }
      redirectURIs:
        - https://app.acme.com/callback
        - ▸https://app.acme.com/callback
        - ▸https://app.acme.com/*
        - ▸http://app.acme.com/callback
        - http://localhost:8000
`,
    says: ['has this redirect URI twice', 'Unregistered redirect_uri', 'over plain http'],
  },
  {
    shows: 'http in profile dev',
    document: `
profile: dev
identity: { clients: [{ id: app, secret: { env: A }, redirectURIs: [http://app.acme.com/callback] }] }
`,
  },
]);

describeRule('IDN007', [
  {
    shows: 'secrets that are elsewhere, one under a key in another case',
    document: `
identity:
  connectors:
    - { type: oidc, id: a, config: { clientSecret: ▸{ existing: { name: idp, key: secret } } } }
    - { type: ldap, id: b, config: { bindpw: ▸{ existing: { name: idp, key: secret } } } }
`,
    says: [
      'Pachyderm reads its connectors as one document, in which a reference to a Secret cannot be, so clientSecret would be missing',
      'bindpw would be missing',
    ],
    severity: 'error',
  },
  {
    shows: 'secrets in other forms',
    document: `
identity:
  connectors:
    - { type: oidc, id: a, config: { clientSecret: { env: A } } }
    - { type: ldap, id: b, config: { bindPW: { file: pw.txt } } }
    - { type: oidc, id: c, config: { clientSecret: null } }
    - { type: unheard-of, id: d, config: { clientSecret: { existing: { name: a, key: b } } } }
  clients:
    - { id: app, secret: { existing: { name: app, key: secret } }, redirectURIs: [https://a.acme.com] }
`,
  },
]);

describeRule('IDN017', [
  {
    shows: 'clients without a secret, and public ones of the Dex inside pachd',
    document: `
identity:
  clients:
    - ▸{ id: a, redirectURIs: [https://a.com] }
    - { id: b, public: ▸true, redirectURIs: [https://a.com] }
    - { id: c, secret: { env: X }, redirectURIs: ▸[] }`,
    says: [
      '"a" has no secret',
      'The Dex inside Pachyderm has no public clients',
      '`Unregistered redirect_uri`',
    ],
    severity: 'error',
  },
  {
    shows: 'a public client with a secret',
    document: `
dex: { version: 2.45.1 }
identity:
  dex: standalone
  clients:
    - { id: a, public: true, ▸secret: { env: X }, redirectURIs: [/device/callback] }`,
    says: ['Dex does not ask for its secret'],
  },
  {
    shows: 'programs that cannot keep a secret, of a standalone Dex',
    document: `
dex: { version: 2.45.1 }
identity:
  dex: standalone
  clients:
    - { id: a, public: true, redirectURIs: ['http://localhost:8000', /device/callback, com.example.app:/cb] }
    - { id: b, public: true, redirectURIs: [] }
    - { id: c, secret: { env: X }, redirectURIs: [https://a.com/cb, com.example.app:/cb] }`,
  },
]);

describeRule('IDN009', [
  {
    shows: 'a list that the job does not read',
    document: 'release: 2.2.8\nidentity: { ▸clientsFrom: { existing: { name: clients } } }',
    says: ['The job that bootstraps release 2.2.8 reads all clients as one document'],
    severity: 'error',
  },
  {
    shows: 'a release that does',
    document: 'release: 2.3.0\nidentity: { clientsFrom: { existing: { name: clients } } }',
  },
]);

describeRule('IDN020', [
  {
    shows: 'a product without its URL',
    document: 'identity:\n  clients:\n    - { preset: ▸grafana, secret: { env: S } }',
    says: ['follows from its URL, which "grafana" does not have: `Unregistered redirect_uri`'],
    severity: 'error',
  },
  {
    shows: 'a URL with the path of the callback',
    document:
      'identity:\n  clients:\n    - { preset: jupyterhub, url: ▸https://hub.acme.com/hub/oauth_callback/, secret: { env: S } }',
    says: ['has it two times'],
    severity: 'error',
  },
  {
    shows: 'an id that configuration files read in another way',
    document:
      'identity:\n  clients:\n    - { preset: argo-cd, id: ▸"a;b", url: https://cd.acme.com, secret: { env: S } }',
    says: ['goes into the configuration of Argo CD'],
    severity: 'error',
  },
  {
    shows: 'a URL of a program',
    document:
      'identity:\n  dex: standalone\n  clients:\n    - { preset: kubelogin, ▸url: https://cd.acme.com }',
    says: ['runs on the machines of people'],
    severity: 'warning',
  },
  {
    shows: 'a URL without a preset',
    document:
      'identity:\n  clients:\n    - { id: a, ▸url: https://a.acme.com, redirectURIs: [https://a.acme.com/b], secret: { env: S } }',
    says: ['Without a preset nothing follows from url'],
    severity: 'warning',
  },
  {
    shows: 'presets as they are meant',
    document:
      'identity:\n  dex: standalone\n  clients:\n    - { preset: kubelogin }\n    - { preset: grafana, url: https://grafana.acme.com, secret: { env: S } }',
  },
]);
