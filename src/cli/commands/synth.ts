import path from 'node:path';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../../diagnostics/diagnostic';
import { didYouMean } from '../../diagnostics/suggest';
import { FileLock, LockedError } from '../../files/file-lock';
import { makeFolders } from '../../files/make-folders';
import { isFull, isSystemError, writeFailure } from '../../files/system-error';
import type { Cluster } from '../../model/cluster';
import type { OutputEntry } from '../../outputs/output';
import { OutputDirectory } from '../../outputs/output-directory';
import { outputs as allOutputs } from '../../outputs/registry';
import { checkFiles } from '../../pipeline/check-files';
import { readCluster } from '../../pipeline/read-cluster';
import { synthesize, type Synthesis } from '../../pipeline/synthesize';
import type { Colors } from '../colors';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { documentInput, isContinuousIntegration, secretInput, type Host } from '../host';
import { report } from '../reporters';
import { summarize, summaryText, type Summary } from '../summary';
import { terraformExports } from '../terraform-exports';

/** In the folder of all output while it is written. */
const LOCK_FILE = '.pachkit.lock';

/** Longest wait for another pachkit that writes to the same folder and shows no progress, in milliseconds. */
const LOCK_TIMEOUT_MS = 20_000;

/** `pachkit synth FILE… --out DIR` */
export async function synth(
  host: Host,
  files: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const selected = selectOutputs(options['only'] as string | undefined);
  if ('problem' in selected) {
    host.writeError(`pachkit synth: ${selected.problem}\n`);
    return ExitCode.usage;
  }
  const { diagnostics, summaries } = await run(host, files, options, selected.outputs);
  const outcome = {
    diagnostics,
    data: { clusters: summaries },
    after: (colors: Colors) => summaries.map((summary) => summaryText(summary, colors)).join('\n'),
  };
  return report(host, options, outcome, { findings: 'stderr', result: 'stdout' });
}

interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly summaries: readonly Summary[];
}

async function run(
  host: Host,
  files: readonly string[],
  options: CommandOptions,
  outputs: readonly OutputEntry[],
): Promise<Outcome> {
  const checked = checkFiles(files, documentInput(host));
  if (hasErrors(checked.diagnostics)) return { diagnostics: checked.diagnostics, summaries: [] };

  const shownOut = options['out'] as string;
  const out = path.resolve(host.directory, shownOut);
  const secrets = secretInput(host, isFrozen(host, options));
  const diagnostics = [...checked.diagnostics];
  const summaries: Summary[] = [];
  const staged: OutputDirectory[] = [];
  let lock: FileLock | undefined;
  try {
    for (const document of checked.documents) {
      const read = readCluster(document, secrets, outputs);
      diagnostics.push(...read.diagnostics);
      if (!read.value) continue;
      diagnostics.push(...cannotBeWritten(read.value, document.document.file, outputs));
      const directory = new OutputDirectory(out, shownOut, read.value.name, {
        ...(document.document.file === '-'
          ? {}
          : { document: path.resolve(host.directory, document.document.file) }),
        adopt: options['adopt'] === true,
      });
      diagnostics.push(...directory.check());
      if (hasErrors(diagnostics)) continue;
      const synthesis: Synthesis = await synthesize(read.value, outputs);
      if (!lock) {
        lock = lockOutput(out);
        // Anyone who had the lock may have written this folder meanwhile.
        diagnostics.push(...directory.check());
      }
      diagnostics.push(
        ...directory.abandoned(synthesis.files, synthesis.outputs),
        ...directory.conflicts(synthesis.files),
        ...directory.tracked(synthesis.files),
      );
      if (hasErrors(diagnostics)) continue;
      lock.touch();
      staged.push(directory);
      directory.stage(synthesis.files, synthesis.outputs);
      const exports = read.value.auth0
        ? terraformExports(document.document, read.value.auth0, host.directory)
        : [];
      summaries.push(summarize(read.value, synthesis, directory.shownPath, exports));
    }
    if (hasErrors(diagnostics)) return { diagnostics: sortDiagnostics(diagnostics), summaries: [] };
    for (const directory of staged) diagnostics.push(...directory.replace());
    return { diagnostics: sortDiagnostics(diagnostics), summaries };
  } catch (error) {
    const problem = writeProblem(error, shownOut);
    if (!problem) throw error;
    return { diagnostics: sortDiagnostics([...diagnostics, problem]), summaries: [] };
  } finally {
    for (const directory of staged) directory.discard();
    lock?.release();
  }
}

/** Has the folder of all output to itself; those who write to it at the same time wait. */
function lockOutput(out: string): FileLock {
  makeFolders(out);
  return FileLock.acquire(path.join(out, LOCK_FILE), LOCK_TIMEOUT_MS);
}

/** Manifests and connector documents name the client id of the application, which only Auth0 can give. */
function cannotBeWritten(cluster: Cluster, file: string, outputs: readonly OutputEntry[]): Diagnostic[] {
  if (!cluster.auth0 || cluster.auth0.application.clientID !== undefined) return [];
  if (outputs.every(({ name }) => name === 'terraform')) return [];
  return [
    {
      code: 'OUT004',
      severity: 'error',
      message: `${cluster.name}: the manifests need the client id of the Auth0 application, which Auth0 gives when the application is created`,
      location: { file },
      path: '/auth0/application/clientID',
      hint: 'run pachkit synth --only terraform and terraform apply, then set auth0.application.clientID to the output client_id',
    },
  ];
}

function selectOutputs(only: string | undefined): { outputs: readonly OutputEntry[] } | { problem: string } {
  if (only === undefined) return { outputs: allOutputs };
  const names = only.split(',').map((name) => name.trim());
  const known = allOutputs.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    return {
      problem: `there is no output "${unknown}"; ${didYouMean(unknown, known) ?? `there are ${known.join(', ')}`}`,
    };
  return { outputs: allOutputs.filter(({ name }) => names.includes(name)) };
}

function isFrozen(host: Host, options: CommandOptions): boolean {
  return (options['frozen'] as boolean | undefined) ?? isContinuousIntegration(host);
}

/** What an error while writing says to people; undefined for one that is not about writing. */
function writeProblem(error: unknown, shownOut: string): Diagnostic | undefined {
  const problem = { severity: 'error', location: { file: shownOut }, path: '' } as const;
  if (error instanceof LockedError)
    return {
      ...problem,
      code: 'OUT006',
      message: `${shownOut} is being written by another pachkit, ${error.owner}`,
      hint: `wait until it is done, or name another folder with --out; if there is no such process any more, delete ${path.join(shownOut, LOCK_FILE)}`,
    };
  if (!isSystemError(error)) return undefined;
  return {
    ...problem,
    code: 'OUT002',
    message: `${shownOut} cannot be written (${writeFailure(error)}); the old output is as it was`,
    hint: isFull(error)
      ? 'make room, or name another folder with --out'
      : 'name another folder with --out, or change its permissions',
  };
}
