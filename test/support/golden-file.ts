import fs from 'node:fs';
import path from 'node:path';

/** Compares a string with the file that is checked in. `npm run test:update` writes the latter anew, to be reviewed. */
export function expectFile(actual: string, expected: string): void {
  if (process.env['UPDATE_GOLDEN']) {
    fs.mkdirSync(path.dirname(expected), { recursive: true });
    fs.writeFileSync(expected, actual);
  }
  expect(actual).toBe(
    fs.existsSync(expected) ? fs.readFileSync(expected, 'utf8') : `(${path.basename(expected)} is missing)`,
  );
}
