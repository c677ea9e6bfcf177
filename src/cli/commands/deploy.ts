import type { DeployOptions, HeldCluster, Resources, WantedCluster } from '../../cluster/live';
import { hasErrors, type Diagnostic } from '../../diagnostics/diagnostic';
import { readingOnce, type DocumentInput } from '../../document/input';
import { outputsNamed } from '../../outputs/registry';
import { planFiles } from '../../plan/plan';
import type { SecretInput } from '../../secrets/secret-session';
import { targetOf } from '../cluster-options';
import type { CommandOptions } from '../command';
import { eventWriter, type EventWriter } from '../event-writer';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible } from '../interrupts';
import { secondsOf } from '../seconds';
import { confirm } from '../terminal';
import { verify } from '../verify';

/** Longest time that a deploy may wait, in seconds. */
const LONGEST_WAIT = 7200;

/** What every cluster of a run is deployed with. */
interface Task {
  readonly host: Host;
  readonly options: CommandOptions;
  readonly writer: EventWriter;
  readonly settings: Omit<DeployOptions, 'held' | 'emit' | 'signal'>;
  readonly signal: AbortSignal;
  readonly documents: DocumentInput;
  readonly secrets: SecretInput;
}

/** What came of one cluster. */
interface Deployed {
  readonly diagnostics: readonly Diagnostic[];
  /** What was found when the login was looked at, which is told already. */
  readonly said?: readonly Diagnostic[];
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
  const secrets = secretInput(host, options['frozen'] as boolean | undefined);
  const documents = readingOnce(documentInput(host));
  const plan = await planFiles(files, documents, secrets, outputsNamed('manifests'));
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
    const task = { host, options, writer, settings, signal, documents, secrets };
    const diagnostics: Diagnostic[] = [...plan.diagnostics];
    const said: Diagnostic[] = [];
    for (const wanted of plan.clusters.map(wantedCluster)) {
      const deployed = await deployOne(task, wanted);
      if (deployed === 'refused') {
        await writer.finish(diagnostics, said);
        return ExitCode.usage;
      }
      diagnostics.push(...deployed.diagnostics);
      said.push(...(deployed.said ?? []));
      // What comes later may depend on what came before.
      if (hasErrors([...diagnostics, ...said])) break;
    }
    return writer.finish(diagnostics, said);
  });
}

/** Deploys one cluster; returns what is found, or that the user does not want it. */
async function deployOne(task: Task, wanted: WantedCluster): Promise<Deployed | 'refused'> {
  const { host, options, writer } = task;
  const { connect, holdCluster } = await import('../../cluster/live');
  const resources = connect(targetOf(host, options), wanted.file);
  if ('severity' in resources) return { diagnostics: [resources] };
  const isDryRun = options['dryRun'] === true;
  const held = await holdCluster(resources, wanted, { isDryRun, emit: writer.emit });
  try {
    if ('severity' in held) return { diagnostics: [held] };
    return await deployHeld(task, wanted, resources, held);
  } finally {
    if ('lease' in held) await held.lease?.release();
    resources.api.close();
  }
}

async function deployHeld(
  { host, options, writer, settings, signal, documents, secrets }: Task,
  wanted: WantedCluster,
  resources: Resources,
  held: HeldCluster,
): Promise<Deployed | 'refused'> {
  const { prepareDeploy, runDeploy } = await import('../../cluster/live');
  const { emit } = writer;
  const { name } = wanted.cluster;
  const prepared = await prepareDeploy(resources, wanted, settings);
  if (!('difference' in prepared)) return prepared;
  const { diagnostics, isNeeded } = prepared;
  const isDryRun = options['dryRun'] === true;
  if (isNeeded || isDryRun) emit({ type: 'plan', difference: prepared.difference });
  if (hasErrors(diagnostics) || isDryRun) return { diagnostics };
  if (isNeeded && options['yes'] !== true) {
    for (const { message } of diagnostics) host.writeError(`warning: ${message}\n`);
    const question = `Deploy ${name} to the context ${resources.api.context}?`;
    if ((await confirm(host, question, signal)) !== true) return 'refused';
  }
  const found = await runDeploy(resources, wanted, prepared, { ...settings, held, emit, signal });
  const all = [...diagnostics, ...found];
  const isVerified = isNeeded && options['wait'] !== false && options['verify'] !== false;
  if (!isVerified || hasErrors(all)) return { diagnostics: all };
  const said = await verify(host, options, {
    file: wanted.file,
    clusterName: name,
    ...{ documents, secrets, emit, signal },
  });
  return { diagnostics: all, said };
}

function refuse(host: Host, problem: string): ExitCode {
  host.writeError(`pachkit deploy: ${problem}\n`);
  return ExitCode.usage;
}
