import fs from 'node:fs';
import path from 'node:path';
import { printable } from '../../diagnostics/code-frame';
import { shellWord } from '../../diagnostics/shell-word';
import { makeFolders } from '../../files/make-folders';
import { isSystemError, writeFailure } from '../../files/system-error';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import type { Host } from '../host';
import { packagedSchema } from '../packaged-schemas';
import { programName } from '../program-name';
import { starterDocument } from '../starter-document';

/** Lines that the .gitignore of a document's folder needs. */
const IGNORED = ['.pachkit/', 'dist/'];

/** `pachkit init [DIR]` */
export async function init(
  host: Host,
  [directory = '.']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const target = path.resolve(host.directory, directory);
  const name = clusterName(path.basename(target));
  const documentFile = path.join(target, 'pachyderm.yaml');
  const shown = path.join(directory, 'pachyderm.yaml');
  try {
    if (fs.existsSync(documentFile)) {
      host.writeError(
        `pachkit init: ${printable(shown)} is there already and stays as it is; name another folder\n`,
      );
      return ExitCode.usage;
    }
    makeFolders(path.join(target, 'schemas'));
    writeNew(
      path.join(target, 'schemas', 'cluster.schema.json'),
      `${JSON.stringify(packagedSchema('cluster'), null, 2)}\n`,
    );
    addLines(path.join(target, '.gitignore'), IGNORED);
    writeNew(documentFile, starterDocument(name));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    host.writeError(
      `pachkit init: ${printable(directory)} cannot be written (${writeFailure(error)}); name another folder\n`,
    );
    return ExitCode.usage;
  }
  // Where the .gitignore above keeps the output from git, whatever folder this is run in.
  const out = path.join(directory, 'dist', 'pachkit');
  const where = path.normalize(directory) === '.' ? '' : ` --out ${shellWord(out)}`;
  if (!options.quiet)
    host.writeOut(
      `wrote ${printable(shown)}\n\nnext\n  ${programName(host)} synth ${shellWord(shown)}${where}\n`,
    );
  return ExitCode.fine;
}

function clusterName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'pachyderm' : name;
}

/** Writes a file that must not exist yet. One that does, such as a schema of an earlier start, stays. */
function writeNew(fileName: string, content: string): void {
  try {
    fs.writeFileSync(fileName, content, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function addLines(fileName: string, lines: readonly string[]): void {
  const current = fs.existsSync(fileName) ? fs.readFileSync(fileName, 'utf8') : '';
  const have = new Set(current.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !have.has(line));
  if (missing.length === 0) return;
  const separator = current === '' || current.endsWith('\n') ? '' : '\n';
  fs.appendFileSync(fileName, `${separator}${missing.join('\n')}\n`);
}
