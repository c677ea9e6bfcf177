import { describeServerRule } from '../support/server-rule-cases';

describeServerRule('ACC005', [
  {
    shows: 'uppercase letters',
    sections: { issuer: '▸https://Dex.Example.com/dex' },
    says: ['The issuer has uppercase letters in the host: '],
    severity: 'warning',
    hint: 'write https://dex.example.com/dex',
  },
  {
    shows: 'the port of https',
    sections: { issuer: '▸https://dex.example.com:443/dex' },
    says: ['the port that the scheme has anyway'],
    hint: 'write https://dex.example.com/dex',
  },
  {
    shows: 'steps up',
    sections: { issuer: '▸https://dex.example.com/a/../dex' },
    says: ['a path that is not clean'],
    hint: 'write https://dex.example.com/dex',
  },
  {
    shows: 'two slashes',
    sections: { issuer: '▸https://dex.example.com//dex' },
    says: ['a path that is not clean'],
  },
  {
    shows: 'a slash at the end',
    sections: { issuer: '▸https://dex.example.com/dex/' },
    says: ['a slash at the end'],
  },
  {
    shows: 'nothing but a slash',
    sections: { issuer: '▸https://dex.example.com/' },
    says: ['a slash at the end'],
  },
  { shows: 'a user name, which is no issuer', sections: { issuer: 'https://u@Dex.example.com/dex' } },
  { shows: 'a query, which is no issuer', sections: { issuer: 'https://Dex.example.com/dex?x' } },
  { shows: 'another port', sections: { issuer: 'https://dex.example.com:8443/dex' } },
  { shows: 'a host alone', sections: { issuer: 'https://dex.example.com' } },
]);

describeServerRule('ACC003', [
  {
    shows: 'http',
    sections: { issuer: '▸http://dex.example.com' },
    says: ['issuer leads browsers over plain http'],
    severity: 'warning',
  },
  { shows: 'http on the machine itself', sections: { issuer: 'http://127.0.0.1:5556/dex' } },
  {
    shows: 'http by a port of a node, which the file does not tell who reaches',
    sections: { issuer: 'http://dex.example.com:31080/dex' },
  },
  {
    shows: 'the same with https beside it',
    sections: {
      issuer: '▸http://dex.example.com:5556/dex',
      web: '{ http: ":5556", https: ":5554", tlsCert: /c, tlsKey: /k }',
    },
    says: ['plain http'],
  },
  {
    shows: 'the same with a callback URL by https',
    sections: {
      issuer: '▸http://dex.example.com:5556/dex',
      connectors:
        '[{ type: github, id: g, name: G, config: { clientID: a, clientSecret: b, redirectURI: "https://Dex.example.com/dex/callback" } }]',
    },
    says: ['plain http'],
  },
  { shows: 'http on localhost', sections: { issuer: 'http://localhost:5556/dex' } },
  {
    shows: 'http inside the cluster, where browsers never come',
    sections: { issuer: 'http://dex.auth.svc.cluster.local:5556/dex' },
  },
  { shows: 'https' },
]);

describeServerRule('DEX212', [
  {
    shows: 'no section',
    sections: { '▸issuer': 'https://dex.example.com/dex', web: undefined },
    says: ['`must supply a HTTP/HTTPS  address to listen on`'],
    severity: 'error',
  },
  { shows: 'an empty section', sections: { '▸web': '{}' }, says: ['must supply'] },
  { shows: 'https', sections: { web: '{ https: ":443", tlsCert: /c, tlsKey: /k }' } },
  { shows: 'a section of another kind', sections: { web: '5' } },
]);

describeServerRule('DEX213', [
  {
    shows: 'no certificate',
    sections: { '▸web': '{ https: ":443", tlsKey: /k }' },
    says: ['no cert specified for HTTPS'],
    severity: 'error',
  },
  {
    shows: 'no key',
    sections: { '▸web': '{ https: ":443", tlsCert: /c }' },
    says: ['no private key specified for HTTPS'],
  },
  { shows: 'both', sections: { web: '{ https: ":443", tlsCert: /c, tlsKey: /k }' } },
  { shows: 'http' },
]);

describeServerRule('DEX214', [
  {
    shows: 'an order that leaves nothing',
    sections: { web: '{ http: ":80", tlsMinVersion: "1.3", tlsMaxVersion: ▸"1.2" }' },
    says: ['TLSMinVersion greater than TLSMaxVersion'],
    severity: 'error',
  },
  {
    shows: 'the same for gRPC',
    sections: { grpc: '{ addr: "127.0.0.1:1", tlsMinVersion: "1.3", tlsMaxVersion: ▸"1.2" }' },
    says: ['`grpc.tlsMaxVersion` is below'],
  },
  { shows: 'one version', sections: { web: '{ http: ":80", tlsMinVersion: "1.2", tlsMaxVersion: "1.2" }' } },
  {
    shows: 'a version that does not read them',
    sections: { web: '{ http: ":80", tlsMinVersion: "1.3", tlsMaxVersion: "1.2" }' },
    target: 'dex@2.37',
  },
]);

describeServerRule('DEX215', [
  {
    shows: 'no address',
    sections: { '▸grpc': '{ tlsCert: /c, tlsKey: /k, tlsClientCA: /a }' },
    says: ['no address specified for gRPC'],
    severity: 'error',
    hint: 'unless Dex is started with --grpc-addr',
  },
  {
    shows: 'no key',
    sections: { '▸grpc': '{ addr: ":1", tlsCert: /c, tlsClientCA: /a }' },
    says: ['must specific both a gRPC TLS cert and key'],
  },
  {
    shows: 'an authority alone',
    sections: { '▸grpc': '{ addr: ":1", tlsClientCA: /a }' },
    says: ['cannot specify gRPC TLS client CA without a gRPC TLS cert'],
  },
  { shows: 'everything', sections: { grpc: '{ addr: ":1", tlsCert: /c, tlsKey: /k, tlsClientCA: /a }' } },
  { shows: 'an address alone', sections: { grpc: '{ addr: ":1" }' } },
]);

describeServerRule('DEX216', [
  {
    shows: 'every address',
    sections: { grpc: '{ addr: ▸":1" }' },
    says: ['no one is asked who they are'],
    severity: 'warning',
  },
  {
    shows: 'TLS alone',
    sections: { grpc: '{ addr: ▸"0.0.0.0:5557", tlsCert: /c, tlsKey: /k }' },
    says: ['no one'],
  },
  { shows: 'the loopback address', sections: { grpc: '{ addr: 127.0.0.1:5557 }' } },
  { shows: 'that of IPv6', sections: { grpc: '{ addr: "[::1]:5557" }' } },
  { shows: 'its name', sections: { grpc: '{ addr: localhost:5557 }' } },
  { shows: 'an authority', sections: { grpc: '{ addr: ":1", tlsCert: /c, tlsKey: /k, tlsClientCA: /a }' } },
]);

describeServerRule('DEX233', [
  {
    shows: 'telemetry at the address of the pages',
    sections: { web: '{ http: ▸0.0.0.0:5556 }', telemetry: '{ http: 0.0.0.0:5556 }' },
    says: ['`listening (http) on 0.0.0.0:5556: listen tcp …: bind: address already in use`'],
    severity: 'error',
    hint: '5558 for telemetry',
  },
  {
    shows: 'every address, and one of them',
    sections: { web: '{ http: ":5556" }', grpc: '{ addr: ▸127.0.0.1:5556 }' },
    says: ['`listening (grcp) on 127.0.0.1:5556'],
  },
  {
    shows: 'http and https at one port',
    sections: { web: '{ http: localhost:443, https: ▸127.0.0.1:https, tlsCert: /c, tlsKey: /k }' },
    says: ['listening (https)'],
  },
  {
    shows: 'ports of their own, addresses of their own, and ports that are free',
    sections: {
      web: '{ http: 127.0.0.1:5556, https: 127.0.0.2:5556, tlsCert: /c, tlsKey: /k }',
      telemetry: '{ http: 127.0.0.1:0 }',
      grpc: '{ addr: "127.0.0.1:0" }',
    },
  },
]);

describeServerRule('DEX234', [
  {
    shows: 'the text of a certificate',
    sections: { web: '{ https: ":5554", tlsCert: ▸"-----BEGIN CERTIFICATE-----\\nMII", tlsKey: /k }' },
    says: [
      '`web.tlsCert` holds a certificate or key, and Dex takes it for the path of a file: `file name too long`',
    ],
    severity: 'error',
  },
  {
    shows: 'a line break behind the path',
    sections: { grpc: '{ addr: 127.0.0.1:5557, tlsCert: ▸"/c\\n", tlsKey: ▸" /k" }' },
    says: ['`grpc.tlsCert` has white space at one of its ends', '`grpc.tlsKey` has white space'],
    hint: 'does not',
  },
  {
    shows: 'the same where no file is opened',
    sections: { web: '{ http: 0.0.0.0:5556, tlsCert: "/c\\n" }' },
  },
  {
    shows: 'paths',
    sections: { web: '{ https: ":5554", tlsCert: /etc/tls/tls.crt, tlsKey: /etc/my tls/tls.key }' },
  },
]);

describeServerRule('DEX237', [
  {
    shows: 'a slash, a path, no scheme, uppercase letters, a port of the scheme, a wildcard',
    sections: {
      web: '{ http: ":5556", allowedOrigins: [▸https://a.com/, ▸https://a.com/x, ▸a.com, ▸https://A.com, ▸https://a.com:443, ▸https://*.a.com] }',
    },
    says: ['No browser sends the origin', '', '', '', '', ''],
    severity: 'warning',
    hint: 'write ',
  },
  {
    shows: 'origins',
    sections: { web: '{ http: ":5556", allowedOrigins: ["*", https://a.com, http://localhost:3000] }' },
  },
]);
