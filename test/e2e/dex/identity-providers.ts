import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as tls from 'node:tls';
import type { Connector } from '../../../src/model/cluster';
import type { CertificateAuthority } from '../harness';

/**
 * Stands for the identity providers that connectors ask for their discovery document when Dex opens them: a proxy for https
 * that is itself at the end of every connection, with a certificate for the host that is asked for.
 */
export interface IdentityProviders {
  /** Variables of a Dex that takes them for the real ones. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Where connectors look when they are opened, by what they find there. */
function documentsOf(connectors: readonly Connector[]): Map<string, object> {
  const documents = new Map<string, object>();
  const add = (issuer: string, name: string): void => {
    const base = issuer.replace(/\/$/, '');
    documents.set(`${base}/.well-known/${name}`, {
      // As it is written: Dex compares the two as strings.
      issuer,
      authorization_endpoint: `${base}/authorize`,
      token_endpoint: `${base}/token`,
      jwks_uri: `${base}/keys`,
      userinfo_endpoint: `${base}/userinfo`,
      id_token_signing_alg_values_supported: ['RS256'],
    });
  };
  for (const { type, config } of connectors) {
    if (type === 'oidc') add(textOf(config['issuer']), 'openid-configuration');
    if (type === 'google') add('https://accounts.google.com', 'openid-configuration');
    if (type === 'openshift') add(textOf(config['issuer']), 'oauth-authorization-server');
  }
  return documents;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Starts the providers of these connectors. */
export async function startIdentityProviders(
  connectors: readonly Connector[],
  authority: CertificateAuthority,
): Promise<IdentityProviders> {
  const documents = documentsOf(connectors);
  const hosts = [...new Set([...documents.keys()].map((url) => new URL(url).hostname))];
  const { certificate: cert, key } = await authority.issue('providers', [...hosts, 'localhost']);
  const secureContext = tls.createSecureContext({ cert, key });

  const answers = http.createServer((incoming, outgoing) => {
    const document = documents.get(`https://${incoming.headers.host}${incoming.url}`);
    outgoing.writeHead(document ? 200 : 404, { 'content-type': 'application/json' });
    outgoing.end(JSON.stringify(document ?? {}));
  });
  const proxy = http.createServer();
  proxy.on('connect', (_request, socket) => {
    socket.on('error', () => {});
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    const secure = new tls.TLSSocket(socket, { isServer: true, secureContext });
    secure.on('error', () => {});
    answers.emit('connection', secure);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  // A test that fails before it stops them leaves them behind; they must not keep the tests running.
  proxy.unref();
  const { port } = proxy.address() as AddressInfo;
  return {
    environment: { HTTPS_PROXY: `http://127.0.0.1:${port}`, SSL_CERT_FILE: authority.certificateFile },
    stop: async () => {
      proxy.closeAllConnections();
      answers.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
