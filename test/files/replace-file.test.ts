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
