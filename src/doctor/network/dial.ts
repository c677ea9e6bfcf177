import dns from 'node:dns/promises';
import http from 'node:http';
import net from 'node:net';
import { networkProblem, NetworkProblem, type NetworkStep } from './problems';
import type { Routes, Tunnel } from './routes';

/** A host and port that something is to listen at. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Whether it is asked over HTTPS, which a proxy may lead to. */
  readonly isHttps: boolean;
}

/** The addresses of a host, and who says so. */
export interface Addresses {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly source: 'resolver' | 'resolve option' | 'address' | 'proxy' | 'tunnel';
}

/** Looks a host up as browsers do, with /etc/hosts; a proxy looks up by itself. */
export async function lookUp({ host, port, isHttps }: Endpoint, routes: Routes): Promise<Addresses> {
  const override = routes.override(host, port);
  if (override) return { addresses: [override.address], port: override.port, source: 'resolve option' };
  if (net.isIP(host) !== 0) return { addresses: [host], port, source: 'address' };
  if (routes.tunnel) return { addresses: [], port, source: 'tunnel' };
  if (isHttps && routes.proxy(host, port)) return { addresses: [], port, source: 'proxy' };
  try {
    const found = await dns.lookup(host, { all: true });
    return { addresses: found.map(({ address }) => address), port, source: 'resolver' };
  } catch (error) {
    throw networkProblem('dns', error);
  }
}

/** An open connection to an endpoint, through the proxy where one leads there. The signal closes it. */
export async function dial(endpoint: Endpoint, routes: Routes, signal: AbortSignal): Promise<net.Socket> {
  if (routes.tunnel) return throughTunnel(endpoint, routes.tunnel, signal);
  const { addresses, port, source } = await lookUp(endpoint, routes);
  if (source === 'proxy') return throughProxy(endpoint, routes, signal);
  let last: unknown;
  for (const address of addresses)
    try {
      return await open(address, port, signal);
    } catch (error) {
      last = error;
      if (signal.aborted) break;
    }
  throw networkProblem('tcp', last);
}

function open(address: string, port: number, signal: AbortSignal): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: address, port });
    const fail = (error: unknown): void => {
      socket.destroy();
      reject(networkProblem('tcp', error));
    };
    socket.once('error', fail);
    closeWith(socket, signal, fail);
    socket.once('connect', () => {
      socket.removeListener('error', fail);
      // The next user of it hears of errors by itself; without a listener Node would end the process.
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
  });
}

/** What programs say that could not connect, in the words of their C library, and Node's code for it. */
const SAID: readonly { readonly text: RegExp; readonly step: NetworkStep; readonly code: string }[] = [
  {
    text: /bad address|does not resolve|not known|no address|name resolution/i,
    step: 'dns',
    code: 'ENOTFOUND',
  },
  { text: /refused/i, step: 'tcp', code: 'ECONNREFUSED' },
  { text: /timed? ?out/i, step: 'tcp', code: 'ETIMEDOUT' },
  { text: /no route|unreachable/i, step: 'tcp', code: 'EHOSTUNREACH' },
];

/** TLS, HTTP and LDAP take any stream that has what they use of a socket. */
async function throughTunnel(
  { host, port }: Endpoint,
  tunnel: Tunnel,
  signal: AbortSignal,
): Promise<net.Socket> {
  const opened = await tunnel.open(host, port, signal);
  if (signal.aborted) throw networkProblem('tcp', signal.reason);
  if ('stream' in opened) {
    const { stream } = opened;
    stream.on('error', () => stream.destroy());
    return Object.assign(stream, {
      setTimeout: () => stream,
      setNoDelay: () => stream,
      setKeepAlive: () => stream,
      ref: () => stream,
      unref: () => stream,
    }) as unknown as net.Socket;
  }
  const known = SAID.find(({ text }) => text.test(opened.refused));
  throw known
    ? networkProblem(known.step, Object.assign(new Error(opened.refused), { code: known.code }))
    : new NetworkProblem('tcp', opened.refused);
}

function throughProxy(endpoint: Endpoint, routes: Routes, signal: AbortSignal): Promise<net.Socket> {
  const proxy = routes.proxy(endpoint.host, endpoint.port);
  const authority = `${endpoint.host}:${endpoint.port}`;
  return new Promise((resolve, reject) => {
    const login =
      proxy?.username === undefined || proxy.username === ''
        ? {}
        : {
            'proxy-authorization': `Basic ${Buffer.from([proxy.username, proxy.password].map(decodeURIComponent).join(':')).toString('base64')}`,
          };
    const request = http.request({
      host: proxy?.hostname,
      port: proxy?.port === '' ? 80 : proxy?.port,
      method: 'CONNECT',
      path: authority,
      headers: { host: authority, ...login },
      agent: false,
      signal,
    });
    request.once('error', (error) =>
      reject(new NetworkProblem('tcp', `the proxy ${proxy?.host}: ${networkProblem('tcp', error).message}`)),
    );
    request.once('connect', ({ statusCode = 0 }, socket: net.Socket) => {
      closeWith(socket, signal);
      socket.on('error', () => socket.destroy());
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(
        new NetworkProblem(
          'tcp',
          `the proxy ${proxy?.host} answers ${statusCode} when asked for ${authority}`,
        ),
      );
    });
    request.end();
  });
}

/** Ends a connection with the hop that it was opened for. A hop may open many, so nothing of one that is closed stays. */
function closeWith(
  socket: net.Socket,
  signal: AbortSignal,
  end: (reason: unknown) => void = () => socket.destroy(),
): void {
  const abort = (): void => end(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', abort));
}
