import fs from 'node:fs';
import { writeString } from '../../src/files/write-string';
import { testFolder } from '../support/test-folder';

describe('writeString', () => {
  const { at, write } = testFolder();
  afterEach(() => jest.restoreAllMocks());

  test('writes a string as UTF-8 into a file of the given mode', () => {
    writeString(at('file'), 'Zürich\n', 0o600);
    expect(fs.readFileSync(at('file'), 'utf8')).toBe('Zürich\n');
    expect(fs.statSync(at('file')).mode & 0o777).toBe(0o600);
  });

  test('leaves nothing of a longer string that was there', () => {
    write('file', 'a longer text');
    writeString(at('file'), 'short', 0o644);
    expect(fs.readFileSync(at('file'), 'utf8')).toBe('short');
  });

  test('writes the rest where the system takes only a part at once', () => {
    const writeBytes = fs.writeSync.bind(fs) as (descriptor: number, bytes: Buffer) => number;
    jest
      .spyOn(fs, 'writeSync')
      .mockImplementationOnce((descriptor, text) => writeBytes(descriptor, Buffer.from(text).subarray(0, 4)));
    writeString(at('file'), 'grüß Gott', 0o644);
    expect(fs.readFileSync(at('file'), 'utf8')).toBe('grüß Gott');
  });

  test('closes the file when nothing can be written', () => {
    const close = jest.spyOn(fs, 'closeSync');
    jest.spyOn(fs, 'writeSync').mockImplementationOnce(() => {
      throw new Error('ENOSPC');
    });
    expect(() => writeString(at('file'), 'text', 0o644)).toThrow('ENOSPC');
    expect(close).toHaveBeenCalledTimes(1);
  });
});
