import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** What a server shows. */
export interface Served {
  readonly page: string;
  /** Absolute names of the files that the page was made of, those of bases and programs among them. */
  readonly files: readonly string[];
}

/** A page that is shown while its files are edited. */
export interface ReportServer {
  /** `http://127.0.0.1:8090/` */
  readonly url: string;
  /** Rejects when the page cannot be made anew, which is a bug. */
  readonly failure: Promise<never>;
  stop(): Promise<void>;
}

/** Programs of this machine alone. */
const LOOPBACK = '127.0.0.1';

/** Editors write a file in several steps. */
const SETTLING_MILLISECONDS = 80;

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
} as const;

/**
 * Shows a page to this machine, makes it anew when one of its files has changed, and tells those who look at it. Rejects with
 * Node's error where the port cannot be had.
 *
 * @param port 0 for any that is free
 */
export async function serveReport(make: () => Promise<Served>, port: number): Promise<ReportServer> {
  let served = await make();
  const readers = new Set<http.ServerResponse>();
  const server = http.createServer((request, response) => {
    if (!isForUs(request.headers.host, portOf(server))) {
      // A page elsewhere whose name was made to lead here: it must not read what is shown.
      response.writeHead(421, HEADERS).end('This server answers at 127.0.0.1 and localhost alone.\n');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...HEADERS, allow: 'GET, HEAD' }).end();
      return;
    }
    // Compared as it came: not everything that HTTP lets through, such as //, is a URL.
    const pathname = request.url?.replace(/\?.*/s, '');
    if (pathname === '/changes' && request.method === 'GET') {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream' });
      response.write('retry: 500\n\n');
      readers.add(response);
      request.on('close', () => readers.delete(response));
      return;
    }
    if (pathname !== '/') {
      response.writeHead(404, HEADERS).end();
      return;
    }
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
    response.end(request.method === 'HEAD' ? undefined : served.page);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, resolve);
  });

  let fail: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (fail = reject));
  const watcher = new FolderWatcher(async () => {
    try {
      const { page } = served;
      served = await make();
      watcher.watch(served.files);
      if (served.page !== page) for (const reader of readers) reader.write('event: changed\ndata:\n\n');
    } catch (error) {
      fail(error);
    }
  });
  watcher.watch(served.files);
  return {
    url: `http://${LOOPBACK}:${portOf(server)}/`,
    failure,
    stop: async () => {
      watcher.stop();
      for (const reader of readers) reader.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function portOf(server: http.Server): number {
  return (server.address() as AddressInfo).port;
}

function isForUs(host: string | undefined, port: number): boolean {
  const names = [LOOPBACK, 'localhost', '[::1]'];
  const hosts = names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  return host !== undefined && hosts.includes(host.toLowerCase());
}

/** Looks at the folders of files: editors put a new file in the place of the old one. */
class FolderWatcher {
  #folders = new Map<string, fs.FSWatcher>();
  #files = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(private readonly onChange: () => Promise<void>) {}

  watch(files: readonly string[]): void {
    this.#files = new Set(files);
    const folders = new Set(files.map((file) => path.dirname(file)));
    for (const [folder, watcher] of this.#folders)
      if (!folders.has(folder)) {
        watcher.close();
        this.#folders.delete(folder);
      }
    for (const folder of folders)
      if (!this.#folders.has(folder)) {
        try {
          const watcher = fs.watch(folder, (_, name) => {
            if (name === null || this.#files.has(path.join(folder, name))) this.#settle();
          });
          // A folder that is removed cannot be looked at any more.
          watcher.on('error', () => watcher.close());
          this.#folders.set(folder, watcher);
        } catch {
          // The file is said to be missing on the page.
        }
      }
  }

  stop(): void {
    clearTimeout(this.#timer);
    for (const watcher of this.#folders.values()) watcher.close();
    this.#folders.clear();
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#running = this.#running.then(this.onChange);
    }, SETTLING_MILLISECONDS);
  }
}
