import { setTimeout as sleep } from 'node:timers/promises';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../../diagnostics/diagnostic';
import { outputsNamed } from '../../outputs/registry';
import type { PachdState } from '../../pachctl/pachd-state';
import { planFiles, type ClusterPlan, type Plan } from '../../plan/plan';
import { targetOf } from '../cluster-options';
import type { Colors } from '../colors';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible, unlessInterrupted } from '../interrupts';
import { lockOf } from '../lock-option';
import { findingsText, report } from '../reporters';
import { styleOf, type Style } from '../style';
import { statusText } from '../status-text';
import type { DataOf, SeenStatus } from '../report-types';

/** Between two looks with `--watch`, in milliseconds. */
const INTERVAL_MS = 2000;

/** What each command of pachctl may take, in milliseconds. */
const PACHCTL_MS = 10_000;

/** `pachkit status FILE` */
export async function status(
  host: Host,
  [file = '-']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const plan = await planFiles(
    [file],
    documentInput(host),
    secretInput(host, true),
    outputsNamed('manifests'),
    lockOf(options),
  );
  if (options['watch'] === true && !hasErrors(plan.diagnostics)) return watch(host, plan, options);
  const { statuses, diagnostics } = hasErrors(plan.diagnostics)
    ? { statuses: [], diagnostics: [] }
    : await look(host, plan, options);
  const code = await report(
    host,
    options,
    {
      diagnostics: sortDiagnostics([...plan.diagnostics, ...diagnostics]),
      data: { clusters: statuses } satisfies DataOf<'status'>,
      after: ({ colors }) => statusesText(statuses, colors),
    },
    { findings: 'stderr', result: 'stdout' },
  );
  return code === ExitCode.fine ? codeOf(statuses) : code;
}

interface Seen {
  readonly statuses: readonly SeenStatus[];
  readonly diagnostics: readonly Diagnostic[];
}

async function look(host: Host, plan: Plan, options: CommandOptions): Promise<Seen> {
  const { connect, readStatus, wantedCluster } = await import('../../cluster/live');
  const statuses: SeenStatus[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const each of plan.clusters) {
    const wanted = wantedCluster(each);
    const resources = connect(targetOf(host, options), wanted.file);
    if ('severity' in resources) return { statuses, diagnostics: [resources] };
    const seen = await readStatus(resources, wanted, new Date());
    resources.api.close();
    diagnostics.push(...seen.diagnostics);
    if (!seen.status) continue;
    const asked = await askPachd(host, each, options);
    diagnostics.push(...asked.diagnostics);
    statuses.push({ ...seen.status, ...(asked.state === undefined ? {} : { pachd: asked.state }) });
  }
  return { statuses, diagnostics };
}

/** Asks pachd with the user's pachctl, where `--pachctl` says so. */
async function askPachd(
  host: Host,
  { cluster, document }: ClusterPlan,
  options: CommandOptions,
): Promise<{ readonly state?: PachdState; readonly diagnostics: readonly Diagnostic[] }> {
  const context = options['pachctl'] as string | true | undefined;
  if (context === undefined) return { diagnostics: [] };
  const { Pachctl } = await import('../../pachctl/pachctl');
  const { readPachdState } = await import('../../pachctl/pachd-state');
  const pachctl = new Pachctl({
    environment: host.environment,
    timeout: PACHCTL_MS,
    ...(context === true ? {} : { context }),
  });
  return readPachdState({ cluster, document }, pachctl);
}

/** Shows a cluster as it changes until it is interrupted; returns what was seen last. */
function watch(host: Host, plan: Plan, options: CommandOptions): Promise<ExitCode> {
  return interruptible(async (signal) => {
    const show = await watcher(host, options);
    let last: Seen = { statuses: [], diagnostics: [] };
    try {
      for (;;) {
        const seen = await unlessInterrupted(signal, look(host, plan, options));
        if (seen !== undefined) show.seen((last = seen));
        try {
          await sleep(INTERVAL_MS, undefined, { signal });
        } catch {
          return hasErrors(last.diagnostics) ? ExitCode.environment : codeOf(last.statuses);
        }
      }
    } finally {
      show.end();
    }
  });
}

/** Where a cluster that is watched is shown. */
interface Watcher {
  readonly seen: (seen: Seen) => void;
  readonly end: () => void;
}

/** On a terminal one screen is kept up to date; elsewhere what has changed is written, or a line of JSON. */
async function watcher(host: Host, options: CommandOptions): Promise<Watcher> {
  const isForPrograms = options['format'] === 'json';
  const style = styleOf(host, options.color, 'stdout');
  const { colors, columns } = style;
  if (!isForPrograms && columns !== undefined) {
    const { LiveScreen } = await import('../live-lines');
    const screen = new LiveScreen(process.stdout);
    return {
      seen: (seen) => screen.show(`${seenText(seen, style)}\n${colors.dim(lookedAt(new Date()))}`),
      end: () => screen.end(),
    };
  }
  let before = '';
  return {
    seen(seen) {
      const text = isForPrograms ? seenJson(seen) : seenText(seen, style);
      if (text !== before) host.writeOut(text);
      before = text;
    },
    end: () => undefined,
  };
}

/** As a report has it, with a line between both. */
function seenText({ statuses, diagnostics }: Seen, style: Style): string {
  const isBoth = statuses.length > 0 && diagnostics.length > 0;
  const before = ({ colors }: Style): string => `${statusesText(statuses, colors)}${isBoth ? '\n' : ''}`;
  return findingsText({ diagnostics, before }, style);
}

function statusesText(statuses: readonly SeenStatus[], colors: Colors): string {
  return statuses.map((each) => statusText(each, colors)).join('\n');
}

function seenJson({ statuses, diagnostics }: Seen): string {
  const problems = diagnostics.map(({ code, message }) => ({ code, message }));
  return `${JSON.stringify({ clusters: statuses, problems })}\n`;
}

function lookedAt(now: Date): string {
  return `looked at ${now.toTimeString().slice(0, 8)}, and every ${INTERVAL_MS / 1000} s; Ctrl-C ends it`;
}

function codeOf(statuses: readonly SeenStatus[]): ExitCode {
  if (statuses.some(({ workloads }) => workloads.some(({ isReady }) => !isReady)))
    return ExitCode.environment;
  const differs = statuses.some(
    ({ drift, pachd }) => drift.length + (pachd?.missing.length ?? 0) + (pachd?.extra.length ?? 0) > 0,
  );
  return differs ? ExitCode.drift : ExitCode.fine;
}
