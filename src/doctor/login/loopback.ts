import http from 'node:http';
import net from 'node:net';
import { endpointOf } from '../network/http';

/** What a browser brought back. */
export type Returned = Readonly<Record<string, string>>;

/** Waits where Dex sends a browser back to. */
export interface Listener {
  readonly returned: Promise<Returned>;
  stop(): void;
}

const PAGE =
  '<!DOCTYPE html><html><head><meta charset="utf-8"><title>pachkit</title></head><body><p>Back at pachkit. This page can be closed.</p></body></html>';

/**
 * Listens at a redirect URI of this machine, for a browser alone; undefined where something else listens there.
 *
 * @param state what the browser has to bring back
 */
export async function listenAt(redirectURI: string, state: string): Promise<Listener | undefined> {
  const { host, port } = endpointOf(redirectURI);
  const { pathname } = new URL(redirectURI);
  let settle: (returned: Returned) => void;
  const returned = new Promise<Returned>((resolve) => (settle = resolve));
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const found = Object.fromEntries(url.searchParams);
    const isMeant = url.pathname === pathname && found['state'] === state;
    response.writeHead(isMeant ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      connection: 'close',
    });
    response.end(isMeant ? PAGE : '');
    if (isMeant) settle(found);
  });
  const isListening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    // Names such as localhost are this machine's.
    server.listen(port, net.isIP(host) === 0 ? '127.0.0.1' : host, () => resolve(true));
  });
  if (!isListening) return undefined;
  return {
    returned,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
