// Lets scripts use what is written in TypeScript below src/.
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { withoutXml } from './esbuild-plugins.mjs';

/** The exports of a program in TypeScript whose imports start at the root of the project. */
export async function loadSources(root, program) {
  // Below node_modules, so that what stays outside of the bundle is found.
  const cache = path.join(root, 'node_modules', '.cache');
  fs.mkdirSync(cache, { recursive: true });
  const folder = fs.mkdtempSync(path.join(cache, 'pachkit-sources-'));
  const outfile = path.join(folder, 'sources.cjs');
  try {
    await build({
      absWorkingDir: root,
      stdin: { contents: program, resolveDir: root, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile,
      external: ['esbuild'],
      plugins: [withoutXml],
      logLevel: 'error',
    });
    return createRequire(import.meta.url)(outfile);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
