import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback for the tests of a file or a `describe`. Returns its host and port, which it has once they run. */
export function localServer(answer: http.RequestListener): () => string {
  const server = http.createServer(answer);
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return () => `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
