import fs from 'node:fs';
import path from 'node:path';
import { readOwnText } from '../../files/read-file';
import { printable } from '../../diagnostics/code-frame';
import { shellWord } from '../../diagnostics/shell-word';
import { makeFolders } from '../../files/make-folders';
import { replaceFile } from '../../files/replace-file';
import { isSystemError, writeFailure } from '../../files/system-error';
import { unsupportedRelease } from '../../releases/supported';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import type { Host } from '../host';
import { withHint } from '../refuse';
import { packagedSchema } from '../packaged-schemas';
import { programName } from '../program-name';
import { report } from '../reporters';
import type { DataOf } from '../report-types';
import { AGENTS_MARKERS, withAgentsSection } from '../starter/agents';
import { starterChoices, type StarterChoices, type StarterRequest } from '../starter/choices';
import { objectionTo } from '../starter/objection';
import { starterDocument, starterVariables } from '../starter/starter-document';
import { withoutAround } from '../../forms/trim';

/** The schema that editors use, below the folder of the document. */
const SCHEMA_FILE = path.join('schemas', 'cluster.schema.json');

/** Lines that the .gitignore of a document's folder needs. */
const IGNORED = ['.pachkit/', 'dist/'];

/** `pachkit init [DIR]` */
export async function init(
  host: Host,
  [directory = '.']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const target = path.resolve(host.directory, directory);
  if (options['agents'] === true) return writeAgents(host, directory, options);
  const documentFile = path.join(target, 'pachyderm.yaml');
  const shown = path.join(directory, 'pachyderm.yaml');
  const replaces = isThere(documentFile);
  if (replaces && options['force'] !== true) {
    host.writeError(
      `pachkit init: ${printable(shown)} is there already and stays as it is; name another folder, or replace it with --force\n`,
    );
    return ExitCode.usage;
  }
  const request = await requestOf(host, options);
  if (request === undefined) return ExitCode.cancelled;
  const choices = starterChoices(clusterName(path.basename(target)), request);
  if (!choices) {
    host.writeError(`pachkit init: ${printable(withHint(unsupportedRelease(String(options['release']))))}\n`);
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
  const written: string[] = [];
  const note = (name: string, isWritten: boolean): void => {
    if (isWritten) written.push(path.join(directory, name));
  };
  try {
    makeFolders(path.dirname(path.join(target, SCHEMA_FILE)));
    const schema = `${JSON.stringify(packagedSchema('cluster'), null, 2)}\n`;
    note(SCHEMA_FILE, writeNew(path.join(target, SCHEMA_FILE), schema));
    note('.gitignore', addLines(path.join(target, '.gitignore'), IGNORED));
    if (replaces) replaceFile(documentFile, document);
    note('pachyderm.yaml', replaces || writeNew(documentFile, document));
  } catch (error) {
    return cannotWrite(host, directory, error);
  }
  // Where the .gitignore above keeps the output from git, whatever folder this is run in.
  const out = path.join(directory, 'dist', 'pachkit');
  const where = path.normalize(directory) === '.' ? '' : ` --out ${shellWord(out)}`;
  const variables = starterVariables(document);
  const synth = `${programName(host)} synth ${shellWord(shown)}${where}`;
  const folder = where === '' ? '' : ` ${shellWord(directory)}`;
  const next = [
    ...(request.profile === undefined
      ? [
          `# profile dev, since no option says otherwise; for a cluster that others reach: ${programName(host)} init${folder} --profile production --force`,
        ]
      : []),
    ...(hasExamples(document)
      ? [`# replace the names of example.com and any client id in ${printable(shown)} by your own`]
      : []),
    ...variables.map((variable) => `export ${variable}=…`),
    synth,
  ];
  const { release, name, profile, provider, access, storage } = choices;
  return say(
    host,
    options,
    {
      written,
      choices: { name, profile, release: release.version.text, provider, access, storage },
      variables,
      next: [synth],
    },
    `wrote ${printable(shown)}\n\nnext\n${next.map((line) => `  ${line}\n`).join('')}`,
  );
}

function say(host: Host, options: CommandOptions, data: DataOf<'init'>, text: string): Promise<ExitCode> {
  const streams = { findings: 'stderr', result: 'stdout' } as const;
  return report(host, options, { diagnostics: [], data: { ...data }, after: () => text }, streams);
}

/** What is asked for with options, and on a terminal with answers; undefined when the user leaves the questions. */
async function requestOf(host: Host, options: CommandOptions): Promise<StarterRequest | undefined> {
  const request = options as StarterRequest;
  const isForProgram = options['format'] === 'json' || options.quiet;
  const input = options['yes'] === true || isForProgram ? undefined : host.terminal();
  if (input === undefined) return request;
  const { askQuestions } = await import('../starter/ask-questions');
  return askQuestions(host, input, request, options.color);
}

/** Writes what coding agents need to know into AGENTS.md, and nothing else. */
function writeAgents(host: Host, directory: string, options: CommandOptions): Promise<ExitCode> | ExitCode {
  const shown = path.join(directory, 'AGENTS.md');
  const file = path.resolve(host.directory, shown);
  try {
    const current = isThere(file) ? readOwnText(file) : undefined;
    const text = withAgentsSection(current);
    if (text === undefined) {
      host.writeError(
        `pachkit init: ${printable(shown)} stays as it is: of the lines ${AGENTS_MARKERS.join(' and ')} it needs both, once and in this order, or neither\n`,
      );
      return ExitCode.usage;
    }
    makeFolders(path.dirname(file));
    if (current === undefined) writeNew(file, text);
    else if (text !== current) replaceFile(file, text);
    const isCurrent = text === current;
    return say(
      host,
      options,
      { written: isCurrent ? [] : [shown] },
      isCurrent ? `${printable(shown)} is current\n` : `wrote ${printable(shown)}\n`,
    );
  } catch (error) {
    return cannotWrite(host, directory, error);
  }
}

function cannotWrite(host: Host, directory: string, error: unknown): ExitCode {
  if (!isSystemError(error)) throw error;
  host.writeError(
    `pachkit init: ${printable(directory)} cannot be written (${writeFailure(error)}); name another folder\n`,
  );
  return ExitCode.usage;
}

/** Whether the document has names to replace, in what is no comment. */
function hasExamples(document: string): boolean {
  return document.split('\n').some((line) => !/^\s*#/.test(line) && /example|clientID:/.test(line));
}

function shownChoices({ profile, release, provider, access, storage }: StarterChoices): string {
  return `--profile ${profile} --release ${release.version.text} --provider ${provider} --access ${access} --storage ${storage}`;
}

function clusterName(folder: string): string {
  const words = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63);
  const name = withoutAround(words, '-');
  return name === '' ? 'pachyderm' : name;
}

/** Whether anything has this name, a link that leads nowhere among it. What stands in the way is said when it is written. */
function isThere(fileName: string): boolean {
  try {
    return fs.lstatSync(fileName, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return false;
  }
}

/** Writes a file that must not exist yet, and says whether it did. One that is there, such as a schema of an earlier start, stays. */
function writeNew(fileName: string, content: string): boolean {
  try {
    fs.writeFileSync(fileName, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Appends the lines that a file does not have yet, and says whether there were any. */
function addLines(fileName: string, lines: readonly string[]): boolean {
  const current = fs.existsSync(fileName) ? readOwnText(fileName) : '';
  const have = new Set(current.split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !have.has(line));
  if (missing.length === 0) return false;
  const separator = current === '' || current.endsWith('\n') ? '' : '\n';
  fs.appendFileSync(fileName, `${separator}${missing.join('\n')}\n`);
  return true;
}
