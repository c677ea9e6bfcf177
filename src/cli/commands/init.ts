import fs from 'node:fs';
import path from 'node:path';
import { readOwnText } from '../../files/read-file';
import { printable } from '../../diagnostics/code-frame';
import type { Diagnostic } from '../../diagnostics/diagnostic';
import { shellWord } from '../../diagnostics/shell-word';
import { makeFolders } from '../../files/make-folders';
import { isSystemError, writeFailure } from '../../files/system-error';
import { validateFiles } from '../../pipeline/validate-files';
import { supportedReleases } from '../../releases/supported';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import type { Host } from '../host';
import { packagedSchema } from '../packaged-schemas';
import { programName } from '../program-name';
import { starterChoices, type StarterChoices, type StarterRequest } from '../starter/choices';
import { starterDocument, starterVariables } from '../starter/starter-document';

/** Lines that the .gitignore of a document's folder needs. */
const IGNORED = ['.pachkit/', 'dist/'];

/** `pachkit init [DIR]` */
export async function init(
  host: Host,
  [directory = '.']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const target = path.resolve(host.directory, directory);
  const choices = starterChoices(clusterName(path.basename(target)), options as StarterRequest);
  if (!choices) {
    host.writeError(
      `pachkit init: pachkit does not support Pachyderm ${printable(String(options['release']))}; name a release of ${supportedReleases().join(', ')}\n`,
    );
    return ExitCode.usage;
  }
  const document = starterDocument(choices);
  const objection = objectionTo(document);
  if (objection) {
    host.writeError(
      `pachkit init: ${shownChoices(choices)}: ${printable(objection.message)} (${objection.code}); ${objection.hint ?? 'choose otherwise'}\n`,
    );
    return ExitCode.usage;
  }
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
    writeNew(documentFile, document);
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
  const next = [
    ...(isAsked(options)
      ? [`# replace the names of example.com and any client id in ${printable(shown)} by your own`]
      : []),
    ...starterVariables(document).map((variable) => `export ${variable}=…`),
    `${programName(host)} synth ${shellWord(shown)}${where}`,
  ];
  if (!options.quiet)
    host.writeOut(`wrote ${printable(shown)}\n\nnext\n${next.map((line) => `  ${line}\n`).join('')}`);
  return ExitCode.fine;
}

/** What the rules say against a document: the choices in it do not go together. */
function objectionTo(document: string): Diagnostic | undefined {
  const { diagnostics } = validateFiles(['pachyderm.yaml'], {
    directory: '/',
    readFile: () => Buffer.from(document),
    readStandardInput: () => Buffer.alloc(0),
  });
  return diagnostics.find(({ severity }) => severity === 'error');
}

/** Whether anything but the document by default was asked for. */
function isAsked(options: CommandOptions): boolean {
  return ['profile', 'release', 'provider', 'access', 'storage'].some((name) => options[name] !== undefined);
}

function shownChoices({ profile, release, provider, access, storage }: StarterChoices): string {
  return `--profile ${profile} --release ${release.version.text} --provider ${provider} --access ${access} --storage ${storage}`;
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
  const current = fs.existsSync(fileName) ? readOwnText(fileName) : '';
  const have = new Set(current.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !have.has(line));
  if (missing.length === 0) return;
  const separator = current === '' || current.endsWith('\n') ? '' : '\n';
  fs.appendFileSync(fileName, `${separator}${missing.join('\n')}\n`);
}
