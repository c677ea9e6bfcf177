import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The helm on PATH, or the one that `npm run e2e:tools` built; undefined when there is neither. */
export function findHelm() {
  const built = path.join(
    process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
    'pachkit-e2e',
    'helm',
  );
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    ...(fs.existsSync(built) ? fs.readdirSync(built).map((name) => path.join(built, name)) : []),
  ];
  return folders.map((folder) => path.join(folder, 'helm')).find((file) => fs.existsSync(file));
}
