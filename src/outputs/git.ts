import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readOwnText, readRegularFile } from '../files/read-file';
import { DOCUMENT_LINK } from './inventory';

export const GITIGNORE = '.gitignore';

const HEADER = '# Written by pachkit. These files hold secrets in clear text, or may.';

/** What Terraform keeps and what may hold secrets, in the notation of .gitignore. */
const TERRAFORM_SECRETS = [
  '*.tfstate',
  '*.tfstate.*',
  '*.tfvars',
  '*.tfvars.json',
  '*.tfplan',
  '.terraform/',
  'crash.log',
  'crash.*.log',
];

/** The .gitignore of a cluster's folder: no one should have to know which of its files hold secrets. */
export function gitignoreText(secretFiles: readonly string[], hasTerraform: boolean): string {
  return [
    HEADER,
    `/${DOCUMENT_LINK}`,
    ...secretFiles.map((file) => `/${file.replace(/[\\*?[\]]/g, '\\$&')}`),
    ...(hasTerraform ? TERRAFORM_SECRETS : []),
    '',
  ].join('\n');
}

/** Whether the .gitignore of a folder is pachkit's, whatever its inventory says. */
export function isOwnGitignore(folder: string): boolean {
  try {
    return readOwnText(path.join(folder, GITIGNORE)).startsWith(HEADER);
  } catch {
    return false;
  }
}

/**
 * Those of the files of a folder that git tracks already, so that no .gitignore keeps them out of the next commit. Asks
 * git only when the index of a repository above the folder may name one.
 */
export function trackedFiles(folder: string, files: readonly string[]): string[] {
  try {
    const real = fs.realpathSync.native(folder);
    const repository = repositoryOf(real);
    if (repository === undefined || !mayBeTracked(repository, real, files)) return [];
    const args = ['--literal-pathspecs', '-C', real, 'ls-files', '-z', '--', ...files];
    const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
    return status === 0 ? stdout.split('\0').filter((file) => file !== '') : [];
  } catch {
    // What cannot be found out is not reported; the files are as they should be.
    return [];
  }
}

/** The folder with `.git` at or above a folder. */
function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, '.git'))) return at;
    if (at === path.dirname(at)) return undefined;
  }
}

/** More than the index of any repository has. */
const INDEX_LIMIT_BYTES = 512 * 1024 * 1024;

/** Reads the index, which takes much less time than starting git: up to version 3 it has each path as it is. */
function mayBeTracked(repository: string, folder: string, files: readonly string[]): boolean {
  const dotGit = path.join(repository, '.git');
  const link = fs.statSync(dotGit).isFile() ? /^gitdir: (.+)$/m.exec(readOwnText(dotGit)) : null;
  const gitFolder = link?.[1] === undefined ? dotGit : path.resolve(repository, link[1]);
  const index = path.join(gitFolder, 'index');
  if (!fs.existsSync(index)) return false;
  const content = readRegularFile(index, { limit: INDEX_LIMIT_BYTES });
  const isPlain = content.readUInt32BE(4) < 4 && !content.includes('link');
  const prefix = path.relative(repository, folder).split(path.sep).join('/');
  return !isPlain || files.some((file) => content.includes(prefix === '' ? file : `${prefix}/${file}`));
}
