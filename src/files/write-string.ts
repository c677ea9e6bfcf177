import fs from 'node:fs';

/**
 * Writes a string into a new file or over an old one, with `mode` for a new one. Unlike `fs.writeFileSync` of Node 20 it makes
 * no Buffer of the string first.
 */
export function writeString(file: string, content: string, mode: number): void {
  const descriptor = fs.openSync(file, 'w', mode);
  try {
    const written = fs.writeSync(descriptor, content);
    if (written < Buffer.byteLength(content))
      fs.writeFileSync(descriptor, Buffer.from(content).subarray(written));
  } finally {
    fs.closeSync(descriptor);
  }
}
