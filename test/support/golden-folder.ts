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

/** Names the files of a golden folder that are, byte for byte, those of another one: path here to path there. */
const SAME_AS = 'same-as.json';

/**
 * Compares a folder with the one that is checked in. A file that equals one of `base`, another golden folder, is not kept
 * twice: `same-as.json` says which. `npm run test:update` writes all of it anew; what changed is then there to be reviewed.
 */
export function expectFolder(actual: string, expected: string, base?: string): void {
  const written = readFolder(actual);
  if (process.env['UPDATE_GOLDEN']) writeGolden(written, expected, base);
  expect(written).toEqual(readGolden(expected));
}

function writeGolden(written: Readonly<Record<string, string>>, expected: string, base?: string): void {
  const known = new Map(
    Object.entries(base === undefined ? {} : readFolder(base)).map(([at, text]) => [text, at]),
  );
  const same: Record<string, string> = {};
  fs.rmSync(expected, { recursive: true, force: true });
  for (const [at, text] of Object.entries(written)) {
    const other = base === undefined ? undefined : known.get(text);
    if (base !== undefined && other !== undefined) {
      same[at] = path.relative(expected, path.join(base, other));
      continue;
    }
    fs.mkdirSync(path.dirname(path.join(expected, at)), { recursive: true });
    fs.writeFileSync(path.join(expected, at), text);
  }
  if (Object.keys(same).length > 0)
    fs.writeFileSync(path.join(expected, SAME_AS), `${JSON.stringify(same, null, 2)}\n`);
}

function readGolden(expected: string): Record<string, string> {
  const { [SAME_AS]: references, ...files } = readFolder(expected);
  const same = JSON.parse(references ?? '{}') as Record<string, string>;
  for (const [at, other] of Object.entries(same))
    files[at] = fs.readFileSync(path.join(expected, other), 'utf8');
  return files;
}
