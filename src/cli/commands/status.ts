import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterStatus, WantedCluster } from '../../cluster/live';
import { hasErrors, sortDiagnostics, type Diagnostic } from '../../diagnostics/diagnostic';
import { outputsNamed } from '../../outputs/registry';
import { planFiles, type Plan } from '../../plan/plan';
import { targetOf } from '../cluster-options';
import { colorsFor } from '../colors';
import type { CommandOptions } from '../command';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible } from '../interrupts';
import { report } from '../reporters';
import { statusText } from '../status-text';

/** Between two looks with `--watch`, in milliseconds. */
const INTERVAL_MS = 2000;

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
      data: { clusters: statuses },
      after: (colors) => statuses.map((each) => statusText(each, colors)).join('\n'),
    },
    { findings: 'stderr', result: 'stdout' },
  );
  return code === ExitCode.fine ? codeOf(statuses) : code;
}

interface Seen {
  readonly statuses: readonly ClusterStatus[];
  readonly diagnostics: readonly Diagnostic[];
}

async function look(host: Host, plan: Plan, options: CommandOptions): Promise<Seen> {
  const { connect, readStatus, wantedCluster } = await import('../../cluster/live');
  const statuses: ClusterStatus[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const wanted of plan.clusters.map(wantedCluster) satisfies WantedCluster[]) {
    const resources = connect(targetOf(host, options), wanted.file);
    if ('severity' in resources) return { statuses, diagnostics: [resources] };
    const seen = await readStatus(resources, wanted, new Date());
    resources.api.close();
    diagnostics.push(...seen.diagnostics);
    if (seen.status) statuses.push(seen.status);
  }
  return { statuses, diagnostics };
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

function codeOf(statuses: readonly ClusterStatus[]): ExitCode {
  if (statuses.some(({ workloads }) => workloads.some(({ isReady }) => !isReady)))
    return ExitCode.environment;
  return statuses.some(({ drift }) => drift.length > 0) ? ExitCode.drift : ExitCode.fine;
}
