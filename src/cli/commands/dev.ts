import { DEV_ACTIONS } from './actions';
import { hasErrors, type Diagnostic } from '../../diagnostics/diagnostic';
import { shellWord } from '../../diagnostics/shell-word';
import { unknownOf } from '../../diagnostics/suggest';
import {
  DevClusterTool,
  devAccess,
  devCluster,
  devClusterName,
  devNode,
  type DevSettings,
} from '../../dev/dev-cluster';
import { forwardPorts } from '../../dev/forward-ports';
import type { ImageSource } from '../../dev/mirrored-images';
import { madeCluster } from '../../dev/record';
import { verifiedParts } from '../../dev/verify-cluster';
import { clusterTools } from '../../dev/tools/registry';
import { openInBrowser } from '../../dev/open-in-browser';
import { readingOnce } from '../../document/input';
import { lockPlaceOf } from '../../plan/lock-place';
import type { ClusterPlan } from '../../plan/plan';
import { Applications } from '../applications';
import { targetOf } from '../cluster-options';
import type { CommandOptions } from '../command';
import { raise } from '../dev-up';
import { eventWriter, type EventWriter } from '../event-writer';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible } from '../interrupts';
import { mirrorsOf } from '../mirrors';
import { refusing } from '../refuse';
import { secondsOf } from '../seconds';
import { writeOutput } from '../write-output';
import { status } from './status';

const refuse = refusing('dev');

/** The document that is taken when none is named: the one that `pachkit init` writes. */
const DEFAULT_FILE = 'pachyderm.yaml';

/** Longest time that `up` may wait, in seconds. */
const LONGEST_WAIT = 7200;

/** What an action works with. */
interface Task {
  readonly host: Host;
  readonly options: CommandOptions;
  readonly file: string;
  readonly plan: ClusterPlan;
  readonly applications: Applications;
  readonly documents: ReturnType<typeof documentInput>;
  readonly writer: EventWriter;
  readonly signal: AbortSignal;
  readonly timeout: number;
  /** Where images come from. */
  readonly images: ImageSource;
  /** Findings about the document. */
  readonly warnings: readonly Diagnostic[];
}

const ACTIONS: Readonly<Record<(typeof DEV_ACTIONS)[number], (task: Task) => Promise<ExitCode>>> = {
  up,
  down,
  reset,
  status: showStatus,
  verify: verifyCluster,
  open,
  forward,
  logs,
  config,
};

/** `pachkit dev ACTION [FILE]` */
export async function dev(
  host: Host,
  [action = '', file = DEFAULT_FILE]: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const known = DEV_ACTIONS.find((each) => each === action);
  if (known === undefined) return refuse(host, unknownOf('action', action, DEV_ACTIONS));
  const timeout = secondsOf(options['timeout'], LONGEST_WAIT);
  if ('problem' in timeout) return refuse(host, timeout.problem);
  const mirrors = mirrorsOf(options);
  if ('problem' in mirrors) return refuse(host, mirrors.problem);
  const images = { mirrors: mirrors.mirrors, isOffline: options['offline'] === true };
  const writer = await eventWriter(host, options);
  const documents = readingOnce(documentInput(host));
  const secrets = secretInput(host, options['frozen'] as boolean | undefined);
  const applications = new Applications(host, options, { files: [file], documents, secrets });
  const { clusters, diagnostics: warnings } = await applications.plan();
  if (hasErrors(warnings)) return writer.finish(warnings);
  const [plan, second] = clusters;
  if (plan === undefined || second !== undefined)
    return refuse(host, `${file} has several clusters: give each a file of its own`);
  const wrongProfile = profileProblem(plan);
  if (wrongProfile !== undefined) return writer.finish([...warnings, wrongProfile]);
  return interruptible((signal) =>
    ACTIONS[known]({
      ...{ host, options, file, plan, applications, documents, writer, signal, warnings, images },
      timeout: timeout.seconds * 1000,
    }),
  );
}

async function up(task: Task): Promise<ExitCode> {
  const { writer, warnings, applications } = task;
  const tool = findTool(task);
  if ('diagnostics' in tool) return writer.finish([...warnings, ...tool.diagnostics]);
  try {
    const options = { ...task.options, context: tool.context };
    const { diagnostics, said } = await raise({ ...task, options, tool });
    return await writer.finish([...warnings, ...diagnostics], said);
  } finally {
    applications.close();
  }
}

async function down(task: Task): Promise<ExitCode> {
  const { writer } = task;
  const tool = findTool(task);
  if ('diagnostics' in tool) return writer.finish(tool.diagnostics);
  return writer.finish(await remove(task, tool));
}

/** Deletes the cluster that `up` made, where there is one. */
async function remove({ writer, plan }: Task, tool: DevClusterTool): Promise<readonly Diagnostic[]> {
  const found = await tool.find();
  if (found !== undefined && 'diagnostics' in found) return found.diagnostics;
  const { context } = tool;
  const name = found?.name ?? devClusterName(plan);
  const diagnostics = found === undefined ? [] : await tool.remove();
  const state = found === undefined ? 'none' : 'deleted';
  if (!hasErrors(diagnostics)) writer.emit({ type: 'cluster', state, name, tool: tool.tool.name, context });
  return diagnostics;
}

async function reset(task: Task): Promise<ExitCode> {
  const tool = findTool(task);
  if ('diagnostics' in tool) return task.writer.finish(tool.diagnostics);
  const diagnostics = await remove(task, tool);
  return hasErrors(diagnostics) ? task.writer.finish(diagnostics) : up(task);
}

async function showStatus(task: Task): Promise<ExitCode> {
  const context = contextOf(task);
  if (typeof context !== 'string') return task.writer.finish([context]);
  return status(task.host, [task.file], { ...task.options, context });
}

/** Compares what runs with the document and the lock file. */
async function verifyCluster(task: Task): Promise<ExitCode> {
  const { host, plan, options, writer, warnings } = task;
  const tool = findTool(task);
  if ('diagnostics' in tool) return writer.finish(tool.diagnostics);
  const made = await tool.find();
  if (made === undefined) return writer.finish([noCluster(plan)]);
  if ('diagnostics' in made) return writer.finish(made.diagnostics);
  const { connect, readRunning, wantedCluster } = await import('../../cluster/live');
  const resources = connect(targetOf(host, { ...options, context: tool.context }), plan.document.file);
  if ('severity' in resources) return writer.finish([resources]);
  const { running, diagnostics } = await readRunning(resources, wantedCluster(plan));
  resources.api.close();
  if (running === undefined) return writer.finish([...warnings, ...diagnostics]);
  const parts = verifiedParts(plan, {
    made,
    running,
    nodeImage: await tool.nodeImage(),
    node: devNode(plan, tool.tool),
    ports: devAccess(plan).mapped,
    lock: lockPlaceOf(plan.document, task.documents).shown,
  });
  for (const part of parts) writer.emit({ type: 'verified', ...part });
  const code = await writer.finish([...warnings, ...diagnostics]);
  const differs = parts.some(({ deviations }) => deviations.length > 0);
  return code === ExitCode.fine && differs ? ExitCode.drift : code;
}

async function open({ host, plan, signal }: Task): Promise<ExitCode> {
  const { cluster } = plan;
  const url = cluster.console.enabled ? cluster.urls.console : cluster.urls.browserIssuer;
  host.writeOut(`${url}\n`);
  const { environment, directory: workingDirectory } = host;
  const isOpened = await openInBrowser(url, { environment, workingDirectory, signal });
  if (!isOpened) host.writeError('no program on PATH opens it: open it in a browser\n');
  return ExitCode.fine;
}

async function forward(task: Task): Promise<ExitCode> {
  const { host, plan, options, signal, writer } = task;
  const context = (options['context'] as string | undefined) ?? contextOf(task);
  if (typeof context !== 'string') return writer.finish([context]);
  const { environment, directory: workingDirectory } = host;
  const kubeconfig = options['kubeconfig'] as string | undefined;
  const diagnostics = await forwardPorts(plan, {
    ...{ environment, workingDirectory, signal, context },
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    onLine: (tool, line) => writer.emit({ type: 'tool', tool, line }),
  });
  return writer.finish(diagnostics);
}

async function logs(task: Task): Promise<ExitCode> {
  const { host, plan, writer, options } = task;
  const context = contextOf(task);
  if (typeof context !== 'string') return writer.finish([context]);
  const tail = Number(options['tail']);
  if (!Number.isInteger(tail) || tail < 1) return refuse(host, '--tail must be a whole number from 1 on');
  const { connect, readLogs, wantedCluster } = await import('../../cluster/live');
  const resources = connect(targetOf(host, { ...options, context }), plan.document.file);
  if ('severity' in resources) return writer.finish([resources]);
  const found = await readLogs(resources, wantedCluster(plan), tail);
  resources.api.close();
  if ('severity' in found) return writer.finish([found]);
  for (const { pod, container, lines } of found)
    for (const line of lines) host.writeOut(`${pod} ${container}: ${line}\n`);
  return ExitCode.fine;
}

async function config(task: Task): Promise<ExitCode> {
  const { host, options, plan, writer } = task;
  const named = (options['with'] as string | undefined) ?? madeCluster(plan.document)?.tool;
  const tool = clusterTools.find(({ name }) => name === (named ?? clusterTools[0]?.name));
  if (tool === undefined) return refuse(host, `unknown tool "${named}"`);
  const cluster = devCluster(plan, tool);
  const text =
    tool.configuration?.(cluster) ?? `${[tool.name, ...tool.create(cluster, '')].map(shellWord).join(' ')}\n`;
  const name = options['write'] as string | undefined;
  if (name === undefined) {
    host.writeOut(text);
    return ExitCode.fine;
  }
  const failure = writeOutput(host, { name, text, hasSecrets: false, force: options['force'] === true });
  return writer.finish(failure === undefined ? [] : [failure]);
}

function findTool({ host, options, plan, signal, writer }: Task) {
  const named = options['with'] as string | undefined;
  const settings: DevSettings = {
    environment: host.environment,
    workingDirectory: host.directory,
    ...(named === undefined ? {} : { named }),
    signal,
    onLine: (tool, line) => writer.emit({ type: 'tool', tool, line }),
  };
  return DevClusterTool.find(plan, settings);
}

/** The context of the cluster that `up` made. */
function contextOf({ plan }: Task): string | Diagnostic {
  const made = madeCluster(plan.document);
  const tool = clusterTools.find(({ name }) => name === made?.tool);
  return made !== undefined && tool !== undefined ? tool.context(made.name) : noCluster(plan);
}

function noCluster({ document }: ClusterPlan): Diagnostic {
  return {
    code: 'DEV006',
    severity: 'error',
    message: 'pachkit dev up has made no cluster for this document',
    location: { file: document.file },
    path: '',
    hint: `pachkit dev up ${shellWord(document.file)} makes it`,
  };
}

function profileProblem({ cluster: { profile }, document }: ClusterPlan): Diagnostic | undefined {
  if (profile === 'dev') return undefined;
  return {
    code: 'DEV005',
    severity: 'error',
    message: `The document has the profile ${profile}, and pachkit dev makes clusters that are thrown away`,
    location: { file: document.file },
    path: '/profile',
    hint: 'write one for development that extends this one, with profile: dev; pachkit deploy deploys any document to a cluster that is there',
  };
}
