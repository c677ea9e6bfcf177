import { createHash, randomBytes } from 'node:crypto';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from '../harness';
import { Refusal } from './refusal';
import { Tenant, type Answer, type Json } from './tenant';

/** A call that the emulated Management API has answered. */
interface Call {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

/** An Auth0 tenant that lives in this process, behind a Management API over TLS on loopback. */
export interface ManagementApi {
  /** `localhost:port`, as a provider takes the domain. */
  readonly domain: string;
  /** A Management API token with the scopes of the tenant. */
  readonly token: string;
  readonly tenant: Tenant;
  /** All calls so far, oldest first. */
  readonly calls: Call[];
  stop(): Promise<void>;
}

/** Starts an emulated tenant. Its token endpoint takes any client credentials. */
export async function startManagementApi(certificate: Certificate): Promise<ManagementApi> {
  const token = randomBytes(24).toString('hex');
  const tenant = new Tenant();
  const calls: Call[] = [];

  const server = https.createServer(
    { cert: certificate.certificate, key: certificate.key },
    (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const path = request.url ?? '/';
        const method = request.method ?? 'GET';
        const [status, answer] = answerTo(method, path, text, request.headers.authorization);
        calls.push({ method, path, body: bodyOf(text), status });
        response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
        response.end(answer === undefined ? undefined : JSON.stringify(answer));
      });
    },
  );

  function answerTo(method: string, path: string, text: string, authorization: string | undefined): Answer {
    if (method === 'POST' && path === '/oauth/token')
      return authorization?.startsWith('Basic ') === true || text.includes('client_secret=')
        ? [200, { access_token: token, token_type: 'Bearer', expires_in: 86400 }]
        : [401, { error: 'access_denied', error_description: 'Unauthorized' }];
    if (!path.startsWith('/api/v2/')) return failure(404, 'Not Found', 'Not Found');
    if (authorization !== `Bearer ${token}`) return failure(401, 'Unauthorized', 'Invalid token');
    const url = new URL(path, 'https://localhost');
    const steps = url.pathname.slice('/api/v2/'.length).split('/').map(decodeURIComponent);
    try {
      return tenant.answer(method, steps, url.searchParams, bodyOf(text) as Json);
    } catch (error) {
      if (error instanceof Refusal) return failure(error.status, error.kind, error.message, error.errorCode);
      // Anything but a 5xx: those are tried again for seconds.
      return failure(400, 'Bad Request', `the emulator failed: ${String(error)}`);
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    domain: `localhost:${port}`,
    token,
    tenant,
    calls,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bodyOf(text: string): unknown {
  try {
    return text.trim() === '' ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return `sha256:${createHash('sha256').update(text).digest('hex')}`;
  }
}

function failure(statusCode: number, error: string, message: string, errorCode?: string): Answer {
  return [statusCode, { statusCode, error, message, ...(errorCode === undefined ? {} : { errorCode }) }];
}
