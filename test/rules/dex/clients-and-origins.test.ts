import { describeRule } from '../../support/rule-cases';

/** A standalone Dex with these clients and settings, behind the proxy of the cluster. */
const standalone = (clients: string, dex = ''): string => `
access: { via: proxy, host: pach.acme.com, tls: { secretName: tls } }
identity:
  dex: standalone
  clients:${clients}
  connectors:
    - type: ldap
      id: corp
      config: { host: 'ldap:636', userSearch: { baseDN: dc=a, username: uid, idAttr: uid, emailAttr: mail } }${dex}`;

const CONFIDENTIAL = `
    - { id: grafana, name: Grafana, secret: { env: GRAFANA }, redirectURIs: [https://grafana.acme.com/login] }`;

describeRule('DEX236', [
  {
    shows: 'a confidential client with the device flow, which ends at the root of the host',
    document: standalone(`
    - { id: cli, name: CLI, secret: { env: CLI }, redirectURIs: [https://cli.acme.com/, ▸/device/callback] }`),
    says: ['ends at /device/callback instead of /dex/device/callback, where Dex is'],
    severity: 'warning',
  },
  {
    shows: 'a public client, for which Dex puts its path in front',
    document: standalone(`
    - { id: cli, name: CLI, public: true, redirectURIs: [/device/callback] }`),
  },
  { shows: 'a client without the device flow', document: standalone(CONFIDENTIAL) },
]);

describeRule('DEX237', [
  {
    shows: 'origins with a slash, without a scheme, and with the port of the scheme',
    document: standalone(
      CONFIDENTIAL,
      `
dex: { web: { allowedOrigins: [▸'https://a.acme.com/', ▸b.acme.com, ▸'https://c.acme.com:443', https://d.acme.com] } }`,
    ),
    says: ['"https://a.acme.com/"', '"b.acme.com"', '"https://c.acme.com:443"'],
    severity: 'warning',
  },
  {
    shows: 'any origin',
    document: standalone(
      CONFIDENTIAL,
      `
dex: { web: { allowedOrigins: ['*'] } }`,
    ),
  },
]);

describeRule('DEX238', [
  {
    shows: 'a public client with localhost beside another URI',
    document: standalone(`
    - { id: cli, name: CLI, public: true, redirectURIs: [https://cli.acme.com/, ▸'http://localhost/callback'] }`),
    says: ['http://localhost/callback is port 80 alone'],
    severity: 'warning',
  },
  {
    shows: 'a port that the program always uses',
    document: standalone(`
    - { id: cli, name: CLI, public: true, redirectURIs: ['http://localhost:8000/callback'] }`),
  },
  {
    shows: 'no URI, so that any port of localhost may be used',
    document: standalone(`
    - { id: cli, name: CLI, public: true, redirectURIs: [] }`),
  },
]);
