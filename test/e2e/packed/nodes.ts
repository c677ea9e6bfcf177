import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** A Node of a certain version, or why there is none. */
export type ProvidedNode = { readonly program: string } | { readonly reason: string };

const cache = process.env['PACHKIT_E2E_CACHE'] || path.join(os.homedir(), '.cache', 'pachkit-e2e');

/** The Node of a version, out of the npm package that has it for this machine; fetched once. */
export function provideNode(version: string): ProvidedNode {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = path.join(cache, 'nodes', version);
  const program = path.join(folder, 'node_modules', name, 'bin', 'node');
  if (!fs.existsSync(program)) {
    fs.mkdirSync(folder, { recursive: true });
    const { status, stderr } = npm(['install', '--prefix', folder, '--ignore-scripts', `${name}@${version}`]);
    if (status !== 0 || !fs.existsSync(program))
      return { reason: `npm cannot fetch ${name}@${version}: ${stderr.trim().split('\n')[0] ?? ''}` };
  }
  return { program };
}

/** Runs npm; what it would print about audits and funding is left out. */
export function npm(
  args: readonly string[],
  folder = os.tmpdir(),
): { status: number | null; stderr: string } {
  return spawnSync('npm', [...args, '--no-audit', '--no-fund', '--silent'], {
    cwd: folder,
    encoding: 'utf8',
  });
}
