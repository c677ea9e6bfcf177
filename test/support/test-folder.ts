import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What tests do in their folder. */
export interface TestFolder {
  /** The absolute path of a name in the folder; of the folder itself without one. */
  at(...names: string[]): string;
  /** Writes a file, and the folders above it. */
  write(name: string, content?: string): void;
}

/** A folder that is new for every test of a file, which everyone may write to, and which is gone after the test. */
export function testFolder(): TestFolder {
  let root = '';
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-'));
    fs.chmodSync(root, 0o777);
  });
  afterEach(() => {
    for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true }))
      if (entry.isDirectory()) fs.chmodSync(path.join(entry.parentPath, entry.name), 0o777);
    fs.rmSync(root, { recursive: true, force: true });
  });
  const at = (...names: string[]): string => path.join(root, ...names);
  return {
    at,
    write(name, content = name) {
      fs.mkdirSync(path.dirname(at(name)), { recursive: true });
      fs.writeFileSync(at(name), content);
    },
  };
}
