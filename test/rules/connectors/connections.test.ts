import { describeRule } from '../../support/rule-cases';
import { CERTIFICATE } from '../../support/certificate';
import { PUBLIC, oidc, withConnectors } from './documents';

describeRule('DEX014', [
  {
    shows: 'a certificate that lost its lines, a URL, white space, for a Dex that takes strings',
    document: `${withConnectors(
      'profile: dev',
      oidc('{ rootCAs: [▸"-----BEGIN CERTIFICATE----- MIIB", ▸"https://a.com/ca.pem", ▸"/ca.pem\\n", ""] }'),
    )}\n  dex: standalone\ndex: { version: 2.45.1 }`,
    says: [
      'finds no certificate in rootCAs, whose lines must be as in the file, and cannot open the connector: `rootCAs.0 is not in PEM format',
      'fetches no certificates',
      'takes the white space at the end of rootCAs',
    ],
  },
  {
    shows: 'base64 of a certificate and an empty item, for a Dex that opens files alone',
    document: withConnectors(
      'profile: dev',
      oidc(`{ rootCAs: [▸${Buffer.from(CERTIFICATE).toString('base64')}, ▸""] }`),
    ),
    says: ['takes rootCAs for the path of a file', 'opens a file for every item of rootCAs'],
  },
  {
    shows: 'strings where files belong',
    document: withConnectors(
      'profile: dev',
      oidc('{ rootCAs: [/etc/ca.pem, ▸"-----BEGIN CERTIFICATE-----\\nMIIB"] }'),
      '{ type: ldap, id: b, config: { rootCA: ▸"-----BEGIN CERTIFICATE-----" } }',
      '{ type: saml, id: c, config: { ca: ▸"-----BEGIN CERTIFICATE-----" } }',
      '{ type: google, id: d, config: { serviceAccountFilePath: ▸"{ }" } }',
    ),
    says: [
      'takes rootCAs for the path of a file, and cannot open the connector: `failed to read root-ca: open …`',
      '`ldap: read ca file: open …`',
      '`read ca file: open …`',
      'error reading credentials from file',
    ],
    severity: 'error',
  },
  {
    shows: "a Dex of one's own, which takes some strings and from some version on",
    document: `${withConnectors(
      'profile: dev',
      oidc(`{ rootCAs: [${JSON.stringify(CERTIFICATE)}, ${Buffer.from(CERTIFICATE).toString('base64')}] }`),
      '{ type: ldap, id: b, config: { rootCA: ▸"-----BEGIN CERTIFICATE-----" } }',
    )}\n  dex: standalone\ndex: { version: 2.45.1 }`,
    says: ['Dex takes rootCA for the path of a file'],
  },
  {
    shows: 'an older one, which takes none',
    document: `${withConnectors(
      'profile: dev',
      oidc('{ rootCAs: [▸"-----BEGIN CERTIFICATE-----"] }'),
    )}\n  dex: standalone\ndex: { version: 2.41.0 }`,
    says: ['Dex takes rootCAs for the path of a file'],
  },
  {
    shows: 'providers with certificates of their own',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸https://keycloak.sso.svc.cluster.local/realms/a }'),
      oidc('{ issuer: ▸https://id.acme.internal }'),
      oidc('{ issuer: ▸https://10.1.2.3:8443 }'),
    ),
    says: ['x509: certificate signed by unknown authority'],
    severity: 'warning',
  },
  {
    shows: 'certificates in files, public hosts, plain http',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.internal, rootCAs: [/dexcreds/ca.pem] }'),
      oidc('{ issuer: https://id.acme.internal, insecureSkipVerify: true }'),
      oidc('{ issuer: https://id.acme.com }'),
      oidc('{ issuer: http://id.acme.internal }'),
      '{ type: ldap, id: b, config: { rootCAData: "-----BEGIN CERTIFICATE-----" } }',
    ),
  },
]);

describeRule('DEX024', [
  {
    shows: 'ways to the server that cannot work or are not safe',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { host: ▸ldap.acme.com, startTLS: true } }',
      '{ type: ldap, id: b, config: { host: "ldap.acme.com:389", startTLS: true, insecureNoSSL: ▸true } }',
    ),
    says: ['Dex takes port 636', 'insecureNoSSL wins over startTLS'],
    severity: 'error',
  },
  {
    shows: 'ports for something else',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { host: ▸"ldap.acme.com:389" } }',
      '{ type: ldap, id: b, config: { host: ▸"ldap.acme.com:636", startTLS: true } }',
      '{ type: ldap, id: c, config: { host: ▸"ldap.acme.com:636", insecureNoSSL: true } }',
      '{ type: ldap, id: d, config: { host: ▸"ad.acme.com:3268" } }',
      '{ type: ldap, id: e, config: { host: ▸"ad.acme.com:3269", startTLS: true } }',
      '{ type: ldap, id: f, config: { host: "ad.acme.com:3269" } }',
      '{ type: ldap, id: g, config: { host: "ad.acme.com:3268", startTLS: true } }',
    ),
    says: [
      'Dex speaks TLS from the start',
      'Dex begins without',
      'Dex begins without',
      'on port 3268',
      'on port 3269',
    ],
    hints: [
      'add startTLS: true, or use port 636',
      'remove startTLS, or use port 389',
      'remove insecureNoSSL, or use port 389',
      'add startTLS: true, or use port 3269',
      'remove startTLS, or use port 3268',
    ],
    severity: 'warning',
  },
  {
    shows: 'half a client certificate, and two @',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { ▸clientCert: /dexcreds/tls.crt } }',
      '{ type: ldap, id: b, config: { userSearch: { emailSuffix: ▸"@acme.com" } } }',
    ),
    says: ['because clientKey is missing', 'NAME@@acme.com'],
    severity: 'error',
  },
  {
    shows: 'the fix of a suffix',
    document: withConnectors(
      PUBLIC,
      "{ type: ldap, id: b, config: { userSearch: { emailSuffix: ▸'@acme.com' } } }",
    ),
    says: ['Dex puts an @ before the suffix'],
    fixed: withConnectors(
      PUBLIC,
      "{ type: ldap, id: b, config: { userSearch: { emailSuffix: 'acme.com' } } }",
    ),
  },
  {
    shows: 'groups that are not searched for',
    document: withConnectors(
      PUBLIC,
      '{ type: ldap, id: a, config: { ▸groupSearch: { baseDN: "ou=groups", userMatchers: [] } } }',
    ),
    says: ['users have none'],
    severity: 'warning',
  },
  {
    shows: 'settings that fit',
    document: withConnectors(
      'profile: dev',
      '{ type: ldap, id: a, config: { host: "ldap.acme.com:389", startTLS: true, clientCert: /a, clientKey: /b } }',
      '{ type: ldap, id: b, config: { host: ldap.acme.com, groupSearch: { baseDN: x, userMatchers: [{ userAttr: DN }] } } }',
      '{ type: ldap, id: c, config: { host: ldap, insecureNoSSL: true, groupSearch: { baseDN: x, userAttr: DN, groupAttr: m } } }',
    ),
  },
]);

describeRule('DEX033', [
  {
    shows: 'checks that are switched off, and clear text',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸http://id.acme.com, insecureSkipVerify: ▸true }'),
      '{ type: saml, id: b, config: { ssoURL: ▸http://id.acme.com, insecureSkipSignatureValidation: ▸true } }',
      '{ type: openshift, id: c, config: { insecureCA: ▸true } }',
      '{ type: ldap, id: d, config: { host: "ldap.acme.com:389", insecureNoSSL: ▸true } }',
    ),
    says: [
      'Dex speaks to the provider in clear text',
      'With insecureSkipVerify anyone who can answer',
      'Dex speaks to the provider in clear text',
      'With insecureSkipSignatureValidation everyone can write a response',
      'With insecureCA',
      'Dex speaks to the provider in clear text',
    ],
    severity: 'error',
  },
  {
    shows: 'clear text inside the cluster',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: ▸http://keycloak.sso.svc:8080/realms/a }'),
      '{ type: ldap, id: d, config: { host: "openldap:389", insecureNoSSL: ▸true } }',
    ),
    says: ['in clear text, inside the cluster'],
    severity: 'warning',
  },
  {
    shows: 'profile dev',
    document: withConnectors(
      'profile: dev',
      oidc('{ issuer: http://id.acme.com, insecureSkipVerify: true }'),
    ),
  },
  {
    shows: 'safe connections',
    document: withConnectors(
      PUBLIC,
      oidc('{ issuer: https://id.acme.com, insecureSkipVerify: false }'),
      oidc('{ issuer: http://localhost:8080 }'),
    ),
  },
]);
