import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { replaceFile } from '../../src/files/replace-file';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-replace-'))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

test('the content is new, the mode is not, and nothing is left over', () => {
  const file = path.join(folder, 'a.yaml');
  fs.writeFileSync(file, 'old');
  fs.chmodSync(file, 0o640);
  replaceFile(file, Buffer.from('new'));
  expect(fs.readFileSync(file, 'utf8')).toBe('new');
  expect(fs.statSync(file).mode & 0o777).toBe(0o640);
  expect(fs.readdirSync(folder)).toEqual(['a.yaml']);
});

test('a link stays a link', () => {
  fs.mkdirSync(path.join(folder, 'there'));
  fs.writeFileSync(path.join(folder, 'there', 'a.yaml'), 'old');
  const link = path.join(folder, 'link.yaml');
  fs.symlinkSync(path.join('there', 'a.yaml'), link);
  replaceFile(link, Buffer.from('new'));
  expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
  expect(fs.readFileSync(path.join(folder, 'there', 'a.yaml'), 'utf8')).toBe('new');
});

test('a file that is not there is not made', () => {
  expect(() => replaceFile(path.join(folder, 'none'), Buffer.from('new'))).toThrow(/ENOENT/);
  expect(fs.readdirSync(folder)).toEqual([]);
});

test('what stands where the new content would be written is left alone', () => {
  const file = path.join(folder, 'a.yaml');
  fs.writeFileSync(file, 'old');
  const inTheWay = path.join(folder, `.a.yaml.${process.pid}.tmp`);
  fs.mkdirSync(inTheWay);
  expect(() => replaceFile(file, Buffer.from('new'))).toThrow();
  expect(fs.readFileSync(file, 'utf8')).toBe('old');
  expect(fs.existsSync(inTheWay)).toBe(true);
});

test('a pipe stays one, and who reads it gets the content', async () => {
  const pipe = path.join(folder, 'pipe');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  const reader = spawn('sh', ['-c', 'exec 3<>"$1"; echo ready; head -n 1 <&3', 'sh', pipe]);
  let read = '';
  reader.stdout.on('data', (chunk: Buffer) => {
    if (read === '') replaceFile(pipe, 'new\n', 0o644);
    read += chunk.toString();
  });
  await new Promise((end) => reader.once('close', end));
  expect(read).toBe('ready\nnew\n');
  expect(fs.lstatSync(pipe).isFIFO()).toBe(true);
  expect(fs.readdirSync(folder)).toEqual(['pipe']);
});

test('a pipe that no one reads is an error, and not waited for', () => {
  const pipe = path.join(folder, 'pipe');
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  expect(() => replaceFile(pipe, 'new', 0o644)).toThrow(/ENXIO/);
  expect(fs.lstatSync(pipe).isFIFO()).toBe(true);
});

test('what a name behind that of a file leads to is not asked for', () => {
  fs.writeFileSync(path.join(folder, 'a.yaml'), 'old');
  expect(() => replaceFile(path.join(folder, 'a.yaml', 'b'), 'new', 0o644)).toThrow(/ENOTDIR/);
});
