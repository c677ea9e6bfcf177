import http from 'node:http';
import type net from 'node:net';
import { beginTls, type CertificateFault } from './certificate';
import { dial, type Endpoint } from './dial';
import { networkProblem, NetworkProblem } from './problems';
import type { Routes } from './routes';

/** A request; what is left out is a GET. */
export interface Asked {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a server answered. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  /** At most {@link BODY_LIMIT} characters. */
  readonly body: string;
  /** When it was asked and when it had answered, in milliseconds. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

/** How servers are asked. */
export interface HttpOptions {
  readonly routes: Routes;
  readonly authorities: readonly string[];
  readonly now: () => number;
}

/** More is not read of a page. */
const BODY_LIMIT = 1_000_000;

/** Providers show their pages to browsers only. */
const BROWSER = 'Mozilla/5.0 (compatible; pachkit doctor)';

/** The host and port of an http or https URL. */
export function endpointOf(url: string): Endpoint {
  const { protocol, hostname, port } = new URL(url);
  const isHttps = protocol === 'https:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isHttps ? 443 : 80) : Number(port),
    isHttps,
  };
}

/**
 * Asks servers over connections of its own, without following redirects, and keeps their cookies. A certificate that clients
 * refuse does not keep it from asking for a page, but from sending anything: a body could hold a secret.
 */
export class HttpClient {
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(private readonly options: HttpOptions) {}

  /** Sends one request; throws a {@link NetworkProblem}. The signal ends it. */
  async request(url: string, asked: Asked, signal: AbortSignal): Promise<Answer> {
    const endpoint = endpointOf(url);
    const socket = await dial(endpoint, this.options.routes, signal);
    if (!endpoint.isHttps) return this.#ask(url, asked, socket, signal);
    const { authorities, now } = this.options;
    const sighting = await beginTls(socket, { host: endpoint.host, authorities, now: now() }, signal);
    const [fault] = sighting.faults;
    if (fault && asked.body !== undefined) {
      sighting.socket.destroy();
      throw new NetworkProblem('tls', `nothing is sent there, for its certificate is ${faultText(fault)}`);
    }
    return this.#ask(url, asked, sighting.socket, signal);
  }

  #ask(url: string, asked: Asked, socket: net.Socket, signal: AbortSignal): Promise<Answer> {
    const { pathname, search, host, hostname } = new URL(url);
    const { method = 'GET', headers = {}, body } = asked;
    const askedAt = this.options.now();
    return new Promise((resolve, reject) => {
      const cookies = this.#cookieHeader(hostname);
      const request = http.request({
        createConnection: () => socket,
        method,
        path: pathname + search,
        headers: {
          host,
          'user-agent': BROWSER,
          accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8',
          'accept-encoding': 'identity',
          connection: 'close',
          ...(cookies === '' ? {} : { cookie: cookies }),
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
        signal,
      });
      const fail = (error: unknown): void => {
        socket.destroy();
        reject(answerProblem(error));
      };
      request.once('error', fail);
      request.once('response', (incoming) => {
        const { statusCode: status = 0 } = incoming;
        this.#keepCookies(hostname, incoming.headers['set-cookie'] ?? []);
        let text = '';
        incoming.setEncoding('utf8');
        const finish = (): void => {
          socket.destroy();
          resolve({
            url,
            status,
            headers: incoming.headers,
            body: text,
            askedAt,
            answeredAt: this.options.now(),
          });
        };
        incoming.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > BODY_LIMIT) finish();
        });
        incoming.once('error', fail);
        incoming.once('end', finish);
      });
      request.end(body);
    });
  }

  #cookieHeader(host: string): string {
    return [...(this.#cookies.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keepCookies(host: string, lines: readonly string[]): void {
    for (const line of lines) {
      const [, name, value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined) continue;
      const kept = this.#cookies.get(host) ?? new Map<string, string>();
      if (value === '') kept.delete(name.trim());
      else kept.set(name.trim(), value);
      this.#cookies.set(host, kept);
    }
  }
}

/** What is wrong with a certificate, as an adjective. */
function faultText({ kind }: CertificateFault): string {
  return {
    expired: 'expired',
    'not-yet-valid': 'not valid yet',
    'other-name': 'for another name',
    untrusted: 'untrusted',
  }[kind];
}

function answerProblem(error: unknown): NetworkProblem {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code?.startsWith('HPE_'))
    return new NetworkProblem('http', `what answers does not speak HTTP (${message})`, code);
  if (code === 'ECONNRESET') return new NetworkProblem('http', 'the other side closes the connection', code);
  return networkProblem('http', error);
}
