import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { usedPorts } from '../../src/dev/used-ports';

test('a port on which something listens is told with its process, and no other', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const [used] = await usedPorts([port]);
  expect(used?.port).toBe(port);
  if (process.platform === 'linux') expect(used?.by).toContain(`(${process.pid})`);
  await new Promise((resolve) => server.close(resolve));
  expect(await usedPorts([port])).toEqual([]);
});
