import fs from 'node:fs';
import path from 'node:path';

/** Every file below a folder with its text, by its path. */
export function readFolder(folder: string): Record<string, string> {
  if (!fs.existsSync(folder)) return {};
  return Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(folder, file), fs.readFileSync(file, 'utf8')]),
  );
}

/**
 * Compares a folder with the one that is checked in. `npm run test:update` writes the latter anew; what changed is then
 * there to be reviewed.
 */
export function expectFolder(actual: string, expected: string): void {
  if (process.env['UPDATE_GOLDEN']) {
    fs.rmSync(expected, { recursive: true, force: true });
    fs.cpSync(actual, expected, { recursive: true });
  }
  expect(readFolder(actual)).toEqual(readFolder(expected));
}
