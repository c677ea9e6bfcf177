import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { FileLock, LockedError } from '../../src/files/file-lock';
import { ownIdentity, type ProcessIdentity } from '../../src/files/process-identity';

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'));
  file = path.join(folder, 'lock');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;
const heldBy = (owner: Partial<ProcessIdentity>): void =>
  fs.writeFileSync(file, JSON.stringify({ ...ownIdentity(), ...owner, id: 'someone' }));
const isTaken = (waitMs: number): boolean => {
  FileLock.acquire(file, waitMs).release();
  return true;
};

test('a lock is a file while it is held, and leaves nothing behind', () => {
  const lock = FileLock.acquire(file, 0);
  expect(fs.readdirSync(folder)).toEqual(['lock']);
  expect(lock.isHeld()).toBe(true);
  lock.release();
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('a lock that someone else has taken over is not released', () => {
  const lock = FileLock.acquire(file, 0);
  heldBy({ pid: process.ppid });
  expect(lock.isHeld()).toBe(false);
  lock.release();
  expect(fs.existsSync(file)).toBe(true);
});

test.each(['ENOSPC', 'EPERM'])('a lock that cannot be written leaves nothing behind: %s', (code) => {
  const failing = Object.assign(new Error(code), { code });
  const write = jest.spyOn(fs, 'writeFileSync').mockImplementation((name) => {
    fs.closeSync(fs.openSync(name as string, 'wx'));
    throw failing;
  });
  try {
    expect(() => FileLock.acquire(file, 0)).toThrow(failing);
  } finally {
    write.mockRestore();
  }
  expect(fs.readdirSync(folder)).toEqual([]);
});

describe('is taken over at once', () => {
  const linux = process.platform === 'linux' ? test : test.skip;
  test('from a process that was killed', () => {
    heldBy({ pid: deadPid() });
    expect(isTaken(0)).toBe(true);
  });
  linux('from one whose number another process has now', () => {
    heldBy({ pid: process.ppid, start: '1' });
    expect(isTaken(0)).toBe(true);
  });
  linux('from one that ran before the machine was started again', () => {
    heldBy({ boot: 'earlier' });
    expect(isTaken(0)).toBe(true);
  });
  test('although the one that was taking it over was killed too', () => {
    heldBy({ pid: deadPid() });
    fs.copyFileSync(file, `${file}.takeover`);
    expect(isTaken(0)).toBe(true);
    expect(fs.readdirSync(folder)).toEqual([]);
  });
});

describe('is taken over when nothing happened while someone waited', () => {
  test.each<[string, () => void]>([
    ['from a process of another machine', () => heldBy({ host: 'elsewhere' })],
    ['from no one: an empty file', () => fs.writeFileSync(file, '')],
    ['from no one: garbage', () => fs.writeFileSync(file, '{"pid":')],
  ])('%s', (_, hold) => {
    hold();
    expect(isTaken(60)).toBe(true);
  });

  test('not from a process of another machine that goes on', () => {
    heldBy({ host: 'elsewhere' });
    const script = `const fs = require('fs'); setInterval(() => { const now = Date.now() / 1000; fs.utimesSync(process.argv[1], now, now); }, 1)`;
    const owner = spawn(process.execPath, ['-e', script, file]);
    try {
      expect(() => FileLock.acquire(file, 2_000)).toThrow(LockedError);
    } finally {
      owner.kill('SIGKILL');
    }
  }, 20_000);
});

test('a process that runs keeps its lock, and is named', () => {
  const lock = FileLock.acquire(file, 0);
  expect(() => FileLock.acquire(file, 60)).toThrow(
    expect.objectContaining({ owner: `process ${process.pid} on ${os.hostname()}`, fileName: file }) as Error,
  );
  lock.release();
});

test('a folder that cannot be written is an error of the system', () => {
  expect(() => FileLock.acquire(path.join(folder, 'missing', 'lock'), 0)).toThrow(
    expect.objectContaining({ code: 'ENOENT' }) as Error,
  );
});

test('only one process at a time has it, however many of them are killed', async () => {
  const program = path.join(folder, 'count.cjs');
  const source = JSON.stringify(path.join(__dirname, '../../src/files/file-lock.ts'));
  buildSync({
    stdin: {
      // Anyone who finds the file of another there was not alone.
      contents: `import { FileLock } from ${source};
import fs from 'node:fs';
const [, , lock, inside, rounds] = process.argv;
for (let round = 0; round < Number(rounds); round++) {
  const held = FileLock.acquire(lock, 20000);
  const other = fs.existsSync(inside) && Number(fs.readFileSync(inside, 'utf8'));
  if (other) try { process.kill(other, 0); process.stdout.write('not alone\\n'); } catch {}
  fs.writeFileSync(inside, String(process.pid));
  fs.rmSync(inside);
  held.release();
}`,
      resolveDir: folder,
    },
    bundle: true,
    platform: 'node',
    outfile: program,
  });
  const start = (rounds: number): ChildProcess =>
    spawn(process.execPath, [program, file, path.join(folder, 'inside'), String(rounds)]);
  const endOf = (child: ChildProcess): Promise<[number | null, string]> =>
    new Promise((resolve) => {
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk) => (output += String(chunk)));
      child.once('close', (code) => resolve([code, output]));
    });
  const survivors = [start(40), start(40), start(40)].map(endOf);
  for (let round = 0; round < 8; round++) {
    const victim = start(1_000_000);
    const ended = endOf(victim);
    await new Promise((resolve) => setTimeout(resolve, 60 + 13 * round));
    victim.kill('SIGKILL');
    // Until this process has heard of its end, the operating system still counts it as running.
    await ended;
  }
  for (const survivor of survivors) expect(await survivor).toEqual([0, '']);
  expect(isTaken(10_000)).toBe(true);
}, 120_000);
