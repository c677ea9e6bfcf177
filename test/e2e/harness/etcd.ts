import { freePort } from './ports';
import { request } from './http';
import { startProcess } from './process';
import type { Server } from './server';
import { temporaryDirectory } from './temporary-directory';
import { toolPath } from './tools';

export const etcdTools = ['etcd'] as const;

/** Starts an etcd of one member on loopback, without TLS. */
export async function startEtcd(): Promise<Server> {
  const directory = temporaryDirectory('etcd');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const peerUrl = `http://127.0.0.1:${await freePort()}`;
  const running = startProcess({
    name: 'etcd',
    program: toolPath('etcd'),
    args: [
      ...['--name', 'test', '--data-dir', directory.join('data'), '--unsafe-no-fsync', '--log-level', 'warn'],
      ...['--listen-client-urls', url, '--advertise-client-urls', url],
      ...['--listen-peer-urls', peerUrl, '--initial-advertise-peer-urls', peerUrl],
      ...['--initial-cluster', `test=${peerUrl}`],
    ],
    workingDirectory: directory.path,
  });
  await running.ready(async () => {
    const health = JSON.parse((await request(`${url}/health`)).body) as { health?: string };
    return health.health === 'true';
  });
  return {
    url,
    port,
    logs: running.logs,
    async stop() {
      await running.stop();
      directory.remove();
    },
  };
}
