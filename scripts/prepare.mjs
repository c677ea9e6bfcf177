// What `npm install` of a checkout runs: builds.
//
// Where a repository is installed globally, as pre-commit does for hooks, npm hands that to the install of the clone too, which then
// lacks what building takes. That is installed here.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

if (!fs.existsSync(path.join(root, 'node_modules', 'esbuild'))) {
  const { npm_config_global: _, npm_config_prefix: __, ...environment } = process.env;
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  const { status } = spawnSync('npm', args, {
    cwd: root,
    env: environment,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
await import('./build.mjs');
