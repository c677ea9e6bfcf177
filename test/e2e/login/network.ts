import * as http from 'node:http';
import * as net from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * Stands for name servers and the network behind them: a proxy that leads connections to names on the internet to ports of
 * this machine, and does not look into them. Browsers and Dex use it alike.
 */
export interface Network {
  /** For `HTTPS_PROXY`. */
  readonly proxyUrl: string;
  /** From now on connections to the name end at this port of loopback. */
  lead(name: string, port: number): void;
  stop(): Promise<void>;
}

export async function startNetwork(): Promise<Network> {
  const ports = new Map<string, number>();
  const sockets = new Set<net.Socket>();
  const track = (socket: net.Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const proxy = http.createServer((_request, response) => response.writeHead(502).end());
  proxy.on('connection', track);
  proxy.on('connect', (request, client: net.Socket, head) => {
    const port = ports.get((request.url ?? '').replace(/:\d+$/, ''));
    if (port === undefined) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const server = net.connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.write(head);
      server.pipe(client);
      client.pipe(server);
    });
    track(server);
    server.once('error', () => client.destroy());
    server.once('close', () => client.destroy());
    client.once('close', () => server.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  return {
    proxyUrl: `http://127.0.0.1:${port}`,
    lead: (name, to) => void ports.set(name, to),
    stop: async () => {
      const closed = new Promise((resolve) => proxy.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
