import type { DeployOptions, WantedCluster } from '../../cluster/live';
import { hasErrors, type Diagnostic } from '../../diagnostics/diagnostic';
import { outputs } from '../../outputs/registry';
import { planFiles } from '../../plan/plan';
import { targetOf } from '../cluster-options';
import type { CommandOptions } from '../command';
import { eventWriter, type EventWriter } from '../event-writer';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible } from '../interrupts';
import { secondsOf } from '../seconds';
import { confirm } from '../terminal';

/** Longest time that a deploy may wait, in seconds. */
const LONGEST_WAIT = 7200;

/** What every cluster of a run is deployed with. */
interface Task {
  readonly host: Host;
  readonly options: CommandOptions;
  readonly writer: EventWriter;
  readonly settings: Omit<DeployOptions, 'emit' | 'signal'>;
  readonly signal: AbortSignal;
}

/** `pachkit deploy FILE…` */
export async function deploy(
  host: Host,
  files: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const timeout = secondsOf(options['timeout'], LONGEST_WAIT);
  if ('problem' in timeout) return refuse(host, timeout.problem);
  const isAsking = options['yes'] !== true && options['dryRun'] !== true;
  if (isAsking && host.terminal() === undefined)
    return refuse(
      host,
      'no one can be asked without a terminal; --yes deploys without asking, --dry-run shows what would change',
    );
  const writer = await eventWriter(host, options);
  const rows = outputs.filter(({ name }) => name === 'manifests');
  const secrets = secretInput(host, options['frozen'] as boolean | undefined);
  const plan = await planFiles(files, documentInput(host), secrets, rows);
  if (hasErrors(plan.diagnostics)) return writer.finish(plan.diagnostics);
  const { wantedCluster } = await import('../../cluster/live');
  const settings = {
    forceConflicts: options['forceConflicts'] === true,
    takeOverHelm: options['takeOverHelm'] === true,
    allowDowngrade: options['allowDowngrade'] === true,
    prune: options['prune'] !== 'false',
    remove: (options['remove'] as readonly string[] | undefined) ?? [],
    ...(options['wait'] === false ? {} : { timeout: timeout.seconds * 1000 }),
  };
  return interruptible(async (signal) => {
    const diagnostics: Diagnostic[] = [...plan.diagnostics];
    for (const wanted of plan.clusters.map(wantedCluster)) {
      const found = await deployOne({ host, options, writer, settings, signal }, wanted);
      if (found === 'refused') {
        await writer.finish(diagnostics);
        return ExitCode.usage;
      }
      diagnostics.push(...found);
      // What comes later may depend on what came before.
      if (hasErrors(diagnostics)) break;
    }
    return writer.finish(diagnostics);
  });
}

/** Deploys one cluster; returns what is found, or that the user does not want it. */
async function deployOne(
  { host, options, writer, settings, signal }: Task,
  wanted: WantedCluster,
): Promise<readonly Diagnostic[] | 'refused'> {
  const { connect, prepareDeploy, runDeploy } = await import('../../cluster/live');
  const resources = connect(targetOf(host, options), wanted.file);
  if ('severity' in resources) return [resources];
  try {
    const prepared = await prepareDeploy(resources, wanted, settings);
    if (!('difference' in prepared)) return prepared.diagnostics;
    const isDryRun = options['dryRun'] === true;
    if (prepared.isNeeded || isDryRun) writer.emit({ type: 'plan', difference: prepared.difference });
    if (hasErrors(prepared.diagnostics) || isDryRun) return prepared.diagnostics;
    if (prepared.isNeeded && options['yes'] !== true) {
      for (const { message } of prepared.diagnostics) host.writeError(`warning: ${message}\n`);
      const { name } = wanted.cluster;
      if ((await confirm(host, `Deploy ${name} to the context ${resources.api.context}?`)) !== true)
        return 'refused';
    }
    const found = await runDeploy(resources, wanted, prepared, { ...settings, emit: writer.emit, signal });
    return [...prepared.diagnostics, ...found];
  } finally {
    resources.api.close();
  }
}

function refuse(host: Host, problem: string): ExitCode {
  host.writeError(`pachkit deploy: ${problem}\n`);
  return ExitCode.usage;
}
