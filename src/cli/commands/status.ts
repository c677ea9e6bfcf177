import { setTimeout as sleep } from 'node:timers/promises';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../../diagnostics/diagnostic';
import { outputsNamed } from '../../outputs/registry';
import type { PachdState } from '../../pachctl/pachd-state';
import { planFiles, type ClusterPlan, type Plan } from '../../plan/plan';
import { targetOf } from '../cluster-options';
import { colorsFor } from '../colors';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible } from '../interrupts';
import { report } from '../reporters';
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
      after: (colors) => statuses.map((each) => statusText(each, colors)).join('\n'),
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

/** Prints what has changed until it is interrupted; returns what was seen last. */
function watch(host: Host, plan: Plan, options: CommandOptions): Promise<ExitCode> {
  return interruptible(async (signal) => {
    const colors = colorsFor(host, options.color, 'stdout');
    let before = '';
    for (;;) {
      const { statuses, diagnostics } = await look(host, plan, options);
      const text =
        options['format'] === 'json'
          ? `${JSON.stringify({ clusters: statuses, problems: diagnostics.map(({ code, message }) => ({ code, message })) })}\n`
          : statuses.map((each) => statusText(each, colors)).join('\n') +
            diagnostics.map(({ code, message }) => `${code}: ${message}\n`).join('');
      if (text !== before) host.writeOut(text);
      before = text;
      try {
        await sleep(INTERVAL_MS, undefined, { signal });
      } catch {
        return hasErrors(diagnostics) ? ExitCode.environment : codeOf(statuses);
      }
    }
  });
}

function codeOf(statuses: readonly SeenStatus[]): ExitCode {
  if (statuses.some(({ workloads }) => workloads.some(({ isReady }) => !isReady)))
    return ExitCode.environment;
  return statuses.some(({ drift }) => drift.length > 0) ? ExitCode.drift : ExitCode.fine;
}
