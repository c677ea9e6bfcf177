import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileInput } from '../../src/document/input';
import { readDescriptor, readOwnText, readRegularFile } from '../../src/files/read-file';
import { readDocuments } from '../../src/document/read-documents';
import { inShort } from '../support/input-of';

let folder: string;
const socket = createServer();
beforeAll((done) => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'));
  execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  fs.writeFileSync(path.join(folder, 'a.yaml'), 'a: 1\n');
  fs.symlinkSync('a.yaml', path.join(folder, 'link'));
  socket.listen(path.join(folder, 'socket'), done);
});
afterAll(() => socket.close());
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('reading a file', () => {
  test('gives its bytes, also through a link', () => {
    for (const name of ['a.yaml', 'link'])
      expect(readRegularFile(path.join(folder, name), { limit: 100 }).toString()).toBe('a: 1\n');
  });

  test('stops one byte beyond the limit', () => {
    const file = path.join(folder, 'large');
    fs.writeFileSync(file, Buffer.alloc(300_000, 'x'));
    expect(readRegularFile(file, { limit: 100 })).toHaveLength(101);
    expect(readRegularFile(file, { limit: 299_999 })).toHaveLength(300_000);
    expect(readRegularFile(file, { limit: 300_000 })).toHaveLength(300_000);
    expect(readRegularFile(file, { limit: 400_000 })).toHaveLength(300_000);
  });

  test('of pachkit itself gives text, and refuses what is too long to be one', () => {
    const file = path.join(folder, 'own');
    fs.writeFileSync(file, 'ab');
    expect(readOwnText(file)).toBe('ab');
    expect(readOwnText(file, 2)).toBe('ab');
    expect(() => readOwnText(file, 1)).toThrow('too long');
    expect(() => readOwnText(path.join(folder, 'pipe'))).toThrow('not a regular file');
  });

  test('that has no end stops too', () => {
    const zero = fs.openSync('/dev/zero', 'r');
    try {
      expect(readDescriptor(zero, 1_000_000)).toHaveLength(1_000_001);
    } finally {
      fs.closeSync(zero);
    }
  });

  test.each([
    ['a pipe that no one writes to', 'pipe', 'ENOTFILE'],
    ['a device', '/dev/zero', 'ENOTFILE'],
    ['a socket', 'socket', 'ENOTFILE'],
    ['a folder', '.', 'EISDIR'],
    ['nothing', 'nothing', 'ENOENT'],
  ])('refuses %s', (_name, file, code) =>
    expect(() => readRegularFile(path.resolve(folder, file), { limit: 100 })).toThrow(
      expect.objectContaining({ code }) as Error,
    ),
  );
});

describe('a document', () => {
  const problemsOf = (name: string, text?: string): string[] => {
    if (text !== undefined) fs.writeFileSync(path.join(folder, name), text);
    return readDocuments(name, fileInput(folder)).diagnostics.map(inShort);
  };

  test.each(['pipe', '/dev/zero', '/dev/tty'])('that is no file: %s', (name) =>
    expect(problemsOf(name)).toEqual([expect.stringMatching(/^\S+ DOC001 \S+: (this|it|there) /)]),
  );

  test.each(['pipe', '/dev/zero', '/dev/stdin', '/dev/fd/0'])('whose base is no file: %s', (base) =>
    expect(problemsOf('b.yaml', `extends: ${base}\n`)).toEqual([
      expect.stringMatching(/^b\.yaml:1:10 DOC001 \S+: /),
    ]),
  );
});
