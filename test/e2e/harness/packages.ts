import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

/** A file of a package, or why it cannot be had. */
export type Provided = { readonly file: string } | { readonly reason: string };

const cache = process.env['PACHKIT_E2E_CACHE'] || path.join(os.homedir(), '.cache', 'pachkit-e2e');

/** A file of an npm package, by its path in the package; fetched once, with what the package depends on. */
export function fromNpm(name: string, version: string, file: string): Provided {
  const folder = path.join(cache, 'npm', `${name.replace('/', '+')}@${version}`);
  const wanted = path.join(folder, 'node_modules', file);
  if (!fs.existsSync(wanted)) {
    fs.mkdirSync(folder, { recursive: true });
    const { status, stderr } = npm(['install', '--prefix', folder, '--ignore-scripts', `${name}@${version}`]);
    if (status !== 0 || !fs.existsSync(wanted))
      return { reason: `npm cannot fetch ${name}@${version}: ${stderr.trim().split('\n')[0] ?? ''}` };
  }
  return { file: wanted };
}

/** A file of the source archive that PyPI has of a project, by its path in the archive; fetched once. */
export function fromPypi(name: string, version: string, file: string): Provided {
  const folder = path.join(cache, 'pypi', `${name}@${version}`);
  const wanted = path.join(folder, `${name}-${version}`, file);
  if (!fs.existsSync(wanted)) {
    fs.mkdirSync(folder, { recursive: true });
    const archive = `${name}-${version}.tar.gz`;
    const from = ['--no-deps', '--no-binary', ':all:', '--quiet', '--dest', folder, `${name}==${version}`];
    const pip = spawnSync('python3', ['-m', 'pip', 'download', ...from], { encoding: 'utf8' });
    spawnSync('tar', ['-xzf', archive, path.join(`${name}-${version}`, file)], { cwd: folder });
    if (!fs.existsSync(wanted))
      return {
        reason: `pip cannot fetch ${name} ${version}: ${pip.stderr?.trim().split('\n')[0] ?? 'no python3'}`,
      };
  }
  return { file: wanted };
}

/** A program of a project of PyPI, with what it depends on, in a virtual environment of its own; fetched once. */
export function programFromPypi(name: string, version: string): Provided {
  const folder = path.join(cache, 'pypi', `${name}@${version}-environment`);
  const program = path.join(folder, 'bin', name);
  if (!fs.existsSync(program)) {
    spawnSync('python3', ['-m', 'venv', folder]);
    const from = ['-m', 'pip', 'install', '--quiet', `${name}==${version}`];
    const pip = spawnSync(path.join(folder, 'bin', 'python3'), from, { encoding: 'utf8' });
    if (!fs.existsSync(program))
      return {
        reason: `pip cannot install ${name} ${version}: ${pip.stderr?.trim().split('\n')[0] ?? 'no python3'}`,
      };
  }
  return { file: program };
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
