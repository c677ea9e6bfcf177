// Builds the documentation as a site into dist/site. What builds it has a package.json of its own, so that no one installs it for
// anything else.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const site = path.join(root, 'site');
const modules = path.join(site, 'node_modules');
const lock = fs.readFileSync(path.join(site, 'package-lock.json'), 'utf8');
const installed = path.join(modules, '.installed-lock.json');

if (!fs.existsSync(installed) || fs.readFileSync(installed, 'utf8') !== lock) {
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  fs.writeFileSync(installed, lock);
}
const pages = path.join(site, 'pages');
fs.rmSync(pages, { recursive: true, force: true });
fs.cpSync(path.join(root, 'docs'), pages, { recursive: true });
run(process.execPath, [path.join(modules, 'vitepress', 'bin', 'vitepress.js'), 'build', '.']);

function run(program, args) {
  const { status } = spawnSync(program, args, {
    cwd: site,
    stdio: 'inherit',
    shell: program === 'npm' && process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}
