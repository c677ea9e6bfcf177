import path from 'node:path';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../../diagnostics/diagnostic';
import { didYouMean } from '../../diagnostics/suggest';
import type { Cluster } from '../../model/cluster';
import type { OutputEntry } from '../../outputs/output';
import { OutputDirectory } from '../../outputs/output-directory';
import { outputs as allOutputs } from '../../outputs/registry';
import { checkFiles } from '../../pipeline/check-files';
import { readCluster } from '../../pipeline/read-cluster';
import { synthesize, type Synthesis } from '../../pipeline/synthesize';
import { colorsFor } from '../colors';
import type { CommandOptions } from '../command';
import { ExitCode, exitCodeOf } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { json } from '../reporters/json';
import { pretty } from '../reporters/pretty';
import { summarize, summaryText, type Summary } from '../summary';
import { terraformExports } from '../terraform-exports';

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
  const exitCode = exitCodeOf(diagnostics);
  if (options['format'] === 'json') {
    host.writeOut(json(diagnostics, { clusters: summaries }));
    return exitCode;
  }
  host.writeError(pretty(diagnostics, colorsFor(host, options.color, 'stderr')));
  if (exitCode === ExitCode.fine && !options.quiet) {
    const colors = colorsFor(host, options.color, 'stdout');
    host.writeOut(summaries.map((summary) => summaryText(summary, colors)).join('\n'));
  }
  return exitCode;
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
  try {
    for (const document of checked.documents) {
      const read = readCluster(document, secrets, outputs);
      diagnostics.push(...read.diagnostics);
      if (!read.value) continue;
      diagnostics.push(...cannotBeWritten(read.value, document.document.file, outputs));
      const directory = new OutputDirectory(out, shownOut, read.value.name);
      diagnostics.push(...directory.check());
      if (hasErrors(diagnostics)) continue;
      const synthesis: Synthesis = await synthesize(read.value, outputs);
      diagnostics.push(...directory.abandoned(synthesis.files, synthesis.outputs));
      staged.push(directory);
      directory.stage(synthesis.files, synthesis.outputs);
      const exports = read.value.auth0
        ? terraformExports(document.document, read.value.auth0, host.directory)
        : [];
      summaries.push(summarize(read.value, synthesis, directory.shownPath, exports));
    }
    if (hasErrors(diagnostics)) return { diagnostics: sortDiagnostics(diagnostics), summaries: [] };
    for (const directory of staged) directory.replace();
    return { diagnostics: sortDiagnostics(diagnostics), summaries };
  } catch (error) {
    if (!isWriteError(error)) throw error;
    const problem = writeProblem(error, shownOut);
    return { diagnostics: sortDiagnostics([...diagnostics, problem]), summaries: [] };
  } finally {
    for (const directory of staged) directory.discard();
  }
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
  const given = options['frozen'] as boolean | undefined;
  if (given !== undefined) return given;
  return !['', '0', 'false'].includes((host.environment['CI'] ?? '').toLowerCase());
}

function isWriteError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
}

function writeProblem(error: NodeJS.ErrnoException, shownOut: string): Diagnostic {
  const full = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  return {
    code: 'OUT002',
    severity: 'error',
    message: `${shownOut} cannot be written (${error.code ?? 'unknown error'}); the old output is as it was`,
    location: { file: shownOut },
    path: '',
    hint: full
      ? 'make room, or name another folder with --out'
      : 'name another folder with --out, or change its permissions',
  };
}
