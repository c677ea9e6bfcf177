import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { guardDirectory } from './guard';

// Below the range from which Linux takes ports for outgoing connections (32768 and up), so that none of those can
// take a port between the check here and the server's start.
const firstPort = 20_000;
const lastPort = 32_767;
const reservations = path.join(os.tmpdir(), 'pachkit-e2e-ports');

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Reserves the port against other suites on this machine; `mkdir` is what makes it exclusive. */
function reserve(port: number): boolean {
  const directory = path.join(reservations, String(port));
  const ownerFile = path.join(directory, 'owner');
  mkdirSync(reservations, { recursive: true });
  try {
    mkdirSync(directory);
  } catch {
    let owner = Number.NaN;
    try {
      owner = Number(readFileSync(ownerFile, 'utf8'));
    } catch {
      // Being reserved or given back just now.
    }
    if (Number.isInteger(owner) && !isRunning(owner)) rmSync(directory, { recursive: true, force: true });
    return false;
  }
  writeFileSync(ownerFile, String(process.pid));
  guardDirectory(directory);
  return true;
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** A loopback port on which nothing listens and which no other suite is given while this test process runs. */
export async function freePort(): Promise<number> {
  const count = lastPort - firstPort + 1;
  const start = Math.floor(Math.random() * count);
  for (let offset = 0; offset < count; offset++) {
    const port = firstPort + ((start + offset) % count);
    if (reserve(port) && (await canListen(port))) return port;
  }
  throw new Error(`no port from ${firstPort} to ${lastPort} is free`);
}
