import { createServer, type IncomingMessage, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** What a provider says of the one person that it knows. */
export interface Said {
  /** Claims of the ID token, beside those that every token has. */
  readonly token?: Readonly<Record<string, unknown>>;
  /** Claims of the userinfo endpoint. */
  readonly userinfo?: Readonly<Record<string, unknown>>;
}

/** Identity providers on one port, each below a path of its own: they let the one person in without asking. */
export interface Providers {
  /** The issuer of the provider with this id. */
  issuer(id: string): string;
  stop(): Promise<void>;
}

const CLIENT_ID = 'dex';

/** Starts a provider for every id. */
export async function startProviders(people: ReadonlyMap<string, Said>): Promise<Providers> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...publicKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'key' };
  let base = '';
  const server = createServer((incoming, outgoing) => {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', base);
    const [, id = '', ...rest] = pathname.split('/');
    const issuer = `${base}/${id}`;
    const json = (value: unknown): void => {
      outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    switch (rest.join('/')) {
      case '.well-known/openid-configuration':
        return json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          userinfo_endpoint: `${issuer}/userinfo`,
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case 'keys':
        return json({ keys: [key] });
      case 'authorize': {
        const back = new URL(searchParams.get('redirect_uri') ?? '');
        back.searchParams.set('code', 'code');
        back.searchParams.set('state', searchParams.get('state') ?? '');
        return void outgoing.writeHead(302, { location: back.href }).end();
      }
      case 'token':
        return void drained(incoming).then(() =>
          json({
            access_token: 'access',
            token_type: 'Bearer',
            id_token: idToken(privateKey, issuer, people.get(id)?.token ?? {}),
          }),
        );
      case 'userinfo':
        return json({ sub: 'person', ...people.get(id)?.userinfo });
      default:
        return void outgoing.writeHead(404).end();
    }
  });
  await listening(server);
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer: (id) => `${base}/${id}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A token as RFC 7519 has it, signed with RS256. */
function idToken(key: KeyObject, issuer: string, claims: Readonly<Record<string, unknown>>): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: 'RS256', kid: 'key' },
    { sub: 'person', iss: issuer, aud: CLIENT_ID, iat: now, exp: now + 300, ...claims },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signature = sign('sha256', Buffer.from(parts.join('.')), key);
  return [...parts, signature.toString('base64url')].join('.');
}

function listening(server: HttpServer): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function drained(incoming: IncomingMessage): Promise<void> {
  return new Promise((resolve) => incoming.resume().once('end', resolve));
}
