import fs from 'node:fs';
import net from 'node:net';

/** Something on this machine that has a port already. */
export interface UsedPort {
  readonly port: number;
  /** Program and process, such as `node (1234)`; missing where the system does not tell. */
  readonly by?: string;
}

/** Those of some ports on which something of this machine listens. */
export async function usedPorts(ports: readonly number[]): Promise<readonly UsedPort[]> {
  const used: UsedPort[] = [];
  for (const port of ports) {
    if (!(await isUsed(port))) continue;
    const by = processAt(port);
    used.push({ port, ...(by === undefined ? {} : { by }) });
  }
  return used;
}

/** Asked by listening: a port below 1024, which needs root, is left to the tool. */
function isUsed(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'EADDRINUSE'));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(false)));
  });
}

/** State of a socket that listens, in Linux's table. */
const LISTENS = '0A';

/** The process that listens on a port, as Linux tells it of processes of the same user. */
function processAt(port: number): string | undefined {
  try {
    const inodes = new Set(['tcp', 'tcp6'].flatMap((table) => listeners(`/proc/net/${table}`, port)));
    for (const id of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      if (hasSocket(id, inodes)) return `${fs.readFileSync(`/proc/${id}/comm`, 'utf8').trim()} (${id})`;
  } catch {
    // Other systems have no such table.
  }
  return undefined;
}

/** Inodes of sockets that listen on a port. */
function listeners(table: string, port: number): string[] {
  return fs
    .readFileSync(table, 'utf8')
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      const isHere = Number.parseInt(local.split(':')[1] ?? '', 16) === port;
      return isHere && state === LISTENS && inode !== undefined ? [inode] : [];
    });
}

function hasSocket(processID: string, inodes: ReadonlySet<string>): boolean {
  const folder = `/proc/${processID}/fd`;
  try {
    return fs.readdirSync(folder).some((descriptor) => {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(fs.readlinkSync(`${folder}/${descriptor}`)) ?? [];
      return inode !== undefined && inodes.has(inode);
    });
  } catch {
    // A process of someone else, or one that has just ended.
    return false;
  }
}
