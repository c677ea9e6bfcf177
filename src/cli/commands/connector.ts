import { shellWord } from '../../diagnostics/shell-word';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../../diagnostics/diagnostic';
import { unknownOf } from '../../diagnostics/suggest';
import { outputsNamed } from '../../outputs/registry';
import {
  applyConnectors,
  compareConnectors,
  deleteConnectors,
  listConnectors,
  otherIssuer,
  whyNotByPachctl,
  type ComparedConnector,
  type ConnectorOutcome,
  type Described,
} from '../../pachctl/connectors';
import { Pachctl } from '../../pachctl/pachctl';
import { checkFiles } from '../../pipeline/check-files';
import { readCluster } from '../../pipeline/read-cluster';
import { colorsFor } from '../colors';
import type { CommandOptions } from '../command';
import { connectorTable, consequences, differencesText } from '../connector-text';
import { CONNECTOR_ACTIONS } from './actions';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { refusing } from '../refuse';
import { report } from '../reporters';
import { secondsOf } from '../seconds';
import { confirm } from '../terminal';
import type { DataOf } from '../report-types';

const refuse = refusing('connector');

type Action = (typeof CONNECTOR_ACTIONS)[number];

/** What the actions have in common. */
interface Task {
  readonly host: Host;
  readonly options: CommandOptions;
  readonly file: string;
  readonly ids: readonly string[];
  readonly described: Described;
  readonly pachctl: Pachctl;
  /** Warnings about the document. */
  readonly warnings: readonly Diagnostic[];
}

/** `pachkit connector list|diff|apply|delete FILE [ID…]` */
export async function connector(
  host: Host,
  [action, file = '-', ...ids]: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  if (!isAction(action)) return refuse(host, unknownOf('action', action ?? '', CONNECTOR_ACTIONS));
  const timeout = secondsOf(options['timeout']);
  if ('problem' in timeout) return refuse(host, timeout.problem);
  const checked = checkFiles([file], documentInput(host));
  const [found, second] = checked.documents;
  if (second)
    return refuse(
      host,
      `${file} has several clusters, and pachctl talks to one: give each a file of its own`,
    );
  const end = (diagnostics: readonly Diagnostic[]): Promise<ExitCode> =>
    finish(host, options, { diagnostics });
  if (!found?.cluster || hasErrors(checked.diagnostics)) return end(checked.diagnostics);
  const why = whyNotByPachctl({ cluster: found.cluster, document: found.document });
  if (why) return end([...checked.diagnostics, why]);
  // A list shows no settings, so that it can do without secrets.
  const read =
    action === 'list'
      ? { value: found.cluster, diagnostics: [] }
      : readCluster(found, secretInput(host, true), connectorOutput);
  const warnings = sortDiagnostics([...checked.diagnostics, ...read.diagnostics]);
  if (!read.value) return end(warnings);
  const context = options['context'] as string | undefined;
  const pachctl = new Pachctl({
    environment: host.environment,
    timeout: timeout.seconds * 1000,
    ...(context === undefined ? {} : { context }),
  });
  const described = { cluster: read.value, document: found.document };
  return run(action, { host, options, file, ids, described, pachctl, warnings });
}

/** The output whose secrets connectors need. */
const connectorOutput = outputsNamed('connectors');

function run(action: Action, task: Task): Promise<ExitCode> | ExitCode {
  switch (action) {
    case 'list':
      return list(task);
    case 'diff':
      return diff(task);
    case 'apply':
      return apply(task);
    case 'delete':
      return remove(task);
  }
}

function list(task: Task): Promise<ExitCode> {
  const compared = listConnectors(task.described, task.pachctl);
  const { connectors, diagnostics } = compared;
  return endOf(task, compared)({ after: hasErrors(diagnostics) ? '' : connectorTable(connectors) });
}

async function diff(task: Task): Promise<ExitCode> {
  const compared = look(task);
  const { connectors, diagnostics } = compared;
  const unknown = unknownId(task.ids, connectors);
  if (unknown !== undefined && !hasErrors(diagnostics)) return refuse(task.host, neither(unknown));
  const differs = connectors.some(({ state }) => state !== 'same');
  const code = await endOf(
    task,
    compared,
  )({ after: differs ? changesText(task, connectors) : 'nothing differs\n' });
  return code === ExitCode.fine && differs ? ExitCode.drift : code;
}

async function apply(task: Task): Promise<ExitCode> {
  const { host, options, described, pachctl, warnings } = task;
  const compared = look(task);
  const { connectors, diagnostics } = compared;
  const end = endOf(task, compared);
  if (hasErrors(diagnostics)) return end({});
  const unknown = unknownId(task.ids, connectors);
  if (unknown !== undefined) return refuse(host, neither(unknown));
  const prunes = options['prune'] === true;
  const wanted = connectors.filter(({ state }) => state === 'missing' || state === 'different');
  const left = connectors.filter(({ state }) => state === 'left');
  if (wanted.length === 0 && !(prunes && left.length > 0)) return end({ after: 'nothing to change\n' });
  const refusal = await unconfirmed(task, connectors, 'Apply?');
  if (refusal !== undefined) return refusal;
  const applied = applyConnectors(described, pachctl, wanted);
  const pruned =
    prunes && applied.diagnostics.length === 0
      ? deleteConnectors(described, pachctl, left)
      : { changed: [], diagnostics: [] };
  return end({
    diagnostics: [...warnings, ...applied.diagnostics, ...pruned.diagnostics],
    changed: [...applied.changed, ...pruned.changed],
    after: doneText({ applied: applied.changed, deleted: pruned.changed }),
  });
}

async function remove(task: Task): Promise<ExitCode> {
  const { host, ids, described, pachctl, warnings } = task;
  const compared = look(task, false);
  const { connectors, diagnostics } = compared;
  const end = endOf(task, compared);
  if (hasErrors(diagnostics)) return end({});
  const chosen = connectors.filter(({ id, state }) =>
    ids.length === 0 ? state === 'left' : ids.includes(id) && state !== 'missing',
  );
  const unknown = unknownId(ids, chosen);
  if (unknown !== undefined) return refuse(host, `the cluster has no connector "${unknown}"`);
  if (chosen.length === 0) return end({ after: 'nothing to delete\n' });
  const going = chosen.map((each): ComparedConnector => ({ ...each, state: 'left', differences: [] }));
  const refusal = await unconfirmed(task, going, 'Delete?');
  if (refusal !== undefined) return refusal;
  const deleted = deleteConnectors(described, pachctl, chosen);
  return end({
    diagnostics: [...warnings, ...deleted.diagnostics],
    changed: deleted.changed,
    after: doneText({ applied: [], deleted: deleted.changed }),
  });
}

/** The first id that no connector has. */
function unknownId(
  ids: readonly string[],
  connectors: readonly { readonly id: string }[],
): string | undefined {
  return ids.find((id) => !connectors.some((each) => each.id === id));
}

/** What differs, after a look whether it is the right cluster. */
function look({ described, pachctl, ids }: Task, withSettings = true): ConnectorOutcome {
  const other = otherIssuer(described, pachctl);
  if (other) return { connectors: [], changed: [], diagnostics: [other] };
  return withSettings ? compareConnectors(described, pachctl, ids) : listConnectors(described, pachctl);
}

/** What changes are shown and nothing is asked where --yes says so already; an exit code when nothing is to be done. */
async function unconfirmed(
  task: Task,
  connectors: readonly ComparedConnector[],
  question: string,
): Promise<ExitCode | undefined> {
  const { host, options } = task;
  const isForPrograms = options['format'] === 'json';
  if (!options.quiet && !isForPrograms) host.writeError(changesText(task, connectors, 'stderr'));
  if (options['yes'] === true) return undefined;
  const answer = await confirm(host, question);
  if (answer === true) return undefined;
  if (answer === undefined)
    return refuse(
      host,
      'nothing is changed: without a terminal to ask on, --yes has to say that it is meant',
    );
  host.writeError('nothing is changed\n');
  return ExitCode.usage;
}

function changesText(
  { host, options, file }: Task,
  connectors: readonly ComparedConnector[],
  stream: 'stdout' | 'stderr' = 'stdout',
): string {
  const said = consequences(connectors, file);
  return `${differencesText(connectors, colorsFor(host, options.color, stream))}${said.map((line) => `! ${line}\n`).join('')}`;
}

function doneText({ applied, deleted }: { applied: readonly string[]; deleted: readonly string[] }): string {
  const lines = [
    ...applied.map((id) => `applied ${shellWord(id)}`),
    ...deleted.map((id) => `deleted ${shellWord(id)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** What a run has to say. */
interface Told {
  readonly diagnostics: readonly Diagnostic[];
  readonly connectors?: readonly ComparedConnector[];
  readonly changed?: readonly string[];
  /** For people, where nothing is an error. */
  readonly after?: string;
}

/** Ends a run that has compared connectors; `more` is what it has to say besides, or in the place of that. */
function endOf({ host, options, warnings }: Task, { connectors, diagnostics }: ConnectorOutcome) {
  return (more: Partial<Told>): Promise<ExitCode> =>
    finish(host, options, { diagnostics: [...warnings, ...diagnostics], connectors, ...more });
}

function finish(
  host: Host,
  options: CommandOptions,
  { diagnostics, connectors = [], changed = [], after = '' }: Told,
): Promise<ExitCode> {
  return report(
    host,
    options,
    {
      diagnostics,
      data: { connectors, changed } satisfies DataOf<'connector'>,
      // What was changed before something failed is told as well.
      before: () => (hasErrors(diagnostics) ? after : ''),
      after: () => after,
    },
    { findings: 'stderr', result: 'stdout' },
  );
}

function neither(id: string): string {
  return `neither the document nor the cluster has a connector "${id}"`;
}

function isAction(text: string | undefined): text is Action {
  return CONNECTOR_ACTIONS.some((action) => action === text);
}
