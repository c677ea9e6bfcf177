import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { shapes } from '../graph/shapes';
import { pachkit, temporaryFolder } from '../support/pachkit';

const PROGRAM = path.resolve(__dirname, '../../dist/bin/pachkit.js');
const DOCUMENT = shapes['quickstart'] ?? '';

let folder: string;
let running: ChildProcess | undefined;
beforeEach(() => {
  folder = temporaryFolder({ 'pachyderm.yaml': 'extends: ./base.yaml\n', 'base.yaml': DOCUMENT });
});
afterEach(() => {
  running?.kill('SIGKILL');
  running = undefined;
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Starts the server; resolves to its URL. */
async function served(): Promise<URL> {
  const started = spawn(process.execPath, [PROGRAM, 'report', 'pachyderm.yaml', '--serve', '--port', '0'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = started;
  let said = '';
  return new Promise((resolve, reject) => {
    started.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    started.once('exit', () => reject(new Error(`it ended: ${said}`)));
    started.stdout.on('data', (chunk: Buffer) => {
      const url = /http:\/\/\S+\//.exec(chunk.toString())?.[0];
      if (url !== undefined) resolve(new URL(url));
    });
  });
}

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

async function ask(url: URL, options: http.RequestOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent: false, ...options }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

/** Resolves when the server says that the page has changed. */
async function change(url: URL, then: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = http.get(new URL('/changes', url), { agent: false }, (response) => {
      then();
      response.on('data', (chunk: Buffer) => {
        if (!chunk.toString().includes('event: changed')) return;
        request.destroy();
        resolve();
      });
    });
    request.on('error', reject);
  });
}

test('the page is shown to this machine, and made anew when what a document extends is saved', async () => {
  const url = await served();
  expect(url.hostname).toBe('127.0.0.1');
  expect((await ask(url)).body).toContain("connect-src 'self'");
  const base = path.join(folder, 'base.yaml');
  await change(url, () => {
    // As editors do: a new file in the place of the old one.
    fs.writeFileSync(`${base}.new`, `namespace: renamed\n${DOCUMENT}`);
    fs.renameSync(`${base}.new`, base);
  });
  expect((await ask(url)).body).toContain('namespace renamed');
  await change(url, () => fs.writeFileSync(base, 'release: "'));
  expect((await ask(url)).body).toContain('base.yaml');
});

test('pages of others that lead here by their own name read nothing', async () => {
  const url = await served();
  for (const host of [
    'evil.example.com',
    `evil.example.com:${url.port}`,
    '127.0.0.1',
    `localhost.evil.example.com:${url.port}`,
  ])
    expect(await ask(url, { headers: { host } })).toMatchObject({
      status: 421,
      body: expect.not.stringContaining('quickstart') as string,
    });
  for (const host of [`localhost:${url.port}`, `127.0.0.1:${url.port}`])
    expect(await ask(url, { headers: { host } })).toMatchObject({ status: 200 });
  expect((await ask(url, { method: 'POST' })).status).toBe(405);
  expect((await ask(new URL('/../pachyderm.yaml', url))).status).toBe(404);
});

test.each(['//', '//[', 'http://[/', '/?a=//', '/changes/'])(
  'a request for %s does not end it',
  async (path) => {
    const url = await served();
    const { status } = await ask(url, { path });
    expect(status).toBe(path.startsWith('/?') ? 200 : 404);
    expect(await ask(url)).toMatchObject({ status: 200 });
  },
);

test('Ctrl-C ends it at once, whoever looks at the page', async () => {
  const url = await served();
  const ended = new Promise((resolve) => running?.once('exit', resolve));
  await new Promise<void>((resolve) => {
    const request = http.get(new URL('/changes', url), { agent: false }, (response) => {
      response.resume();
      running?.kill('SIGINT');
      resolve();
    });
    request.on('error', () => undefined);
  });
  expect(await ended).toBe(0);
});

test('a port in use is a finding', async () => {
  const other = net.createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const { exitCode, stderr } = pachkit(['report', 'pachyderm.yaml', '--serve', '--port', String(port)], {
    folder,
  });
  await new Promise((resolve) => other.close(resolve));
  expect(exitCode).toBe(2);
  expect(stderr).toContain(
    `error PAG001: The page cannot be shown at port ${port} of 127.0.0.1: something else listens on it`,
  );
});

test.each([
  ['--serve -o a.html', '--serve shows the page, and -o writes it: name one'],
  ['--serve --port 99999', '--port 99999: expected a port, from 0 to 65535'],
  ['--serve --port http', '--port http: expected a port, from 0 to 65535'],
])('%s is refused', (args, problem) =>
  expect(pachkit(['report', 'pachyderm.yaml', ...args.split(' ')], { folder })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `pachkit report: ${problem}\n`,
  }),
);
