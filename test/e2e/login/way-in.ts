import * as http from 'node:http';
import * as https from 'node:https';
import type { Certificate } from '../harness';

/**
 * Stands for the proxy or the ingress of a cluster: leads the path /dex to Dex as it is, and answers for pachd and Console
 * where they take browsers back after a login. No one answers elsewhere.
 */
export interface WayIn {
  readonly port: number;
  /** The Dex that is behind it from now on. */
  leadToDex(port: number): void;
  stop(): Promise<void>;
}

/** What browsers show where a login ends. */
export const ARRIVED = 'Back from the login';

/** What browsers show where nothing is. */
export const NOBODY = 'No one answers here';

const LOGIN_ENDS = ['/authorization-code/callback', '/oauth/callback/'];

/** Starts it on a port of loopback, with TLS when there is a certificate. */
export async function startWayIn(port: number, certificate?: Certificate): Promise<WayIn> {
  let dexPort = 0;
  const answer: http.RequestListener = (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://way-in');
    if (pathname === '/dex' || pathname.startsWith('/dex/')) {
      const forwarded = http.request(
        {
          host: '127.0.0.1',
          port: dexPort,
          method: incoming.method,
          path: incoming.url,
          headers: incoming.headers,
          agent: false,
        },
        (response) => {
          outgoing.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(outgoing);
        },
      );
      forwarded.once('error', () => outgoing.writeHead(503).end('Dex does not answer'));
      incoming.pipe(forwarded);
      return;
    }
    const isEnd = LOGIN_ENDS.includes(pathname);
    outgoing.writeHead(isEnd ? 200 : 404, { 'content-type': 'text/html' });
    outgoing.end(`<p>${isEnd ? ARRIVED : NOBODY}</p>`);
  };
  const server =
    certificate === undefined
      ? http.createServer(answer)
      : https.createServer({ cert: certificate.certificate, key: certificate.key }, answer);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port,
    leadToDex: (to) => {
      dexPort = to;
    },
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
