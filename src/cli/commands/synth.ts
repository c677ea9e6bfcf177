import { unknownOf } from '../../diagnostics/suggest';
import type { OutputEntry } from '../../outputs/output';
import { defaultOutputs, outputs as allOutputs } from '../../outputs/registry';
import { draftFiles } from '../../plan/plan';
import { writePlan } from '../../plan/write';
import type { CommandOptions } from '../command';
import type { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { lockOf } from '../lock-option';
import { basesText } from '../bases-text';
import { refusing } from '../refuse';
import { hasReader, report } from '../reporters';
import { programName } from '../program-name';
import type { Style } from '../style';
import { summarize, summaryText } from '../summary';
import type { DataOf } from '../report-types';

const refuse = refusing('synth');

/** `pachkit synth FILE… --out DIR` */
export async function synth(
  host: Host,
  files: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  const selected = selectOutputs(options['only'] as string | undefined);
  if ('problem' in selected) return refuse(host, selected.problem);
  const secrets = secretInput(host, options['frozen'] as boolean | undefined);
  const plan = await draftFiles(files, documentInput(host), secrets, selected.outputs, lockOf(options));
  const { written: clusters, diagnostics } = await writePlan(
    plan,
    {
      out: options['out'] as string,
      workingDirectory: host.directory,
      adopt: options['adopt'] === true,
      allowTrackedSecrets: options['allowTrackedSecrets'] === true,
    },
    hasReader(options)
      ? (each, directory) =>
          summarize(each, directory, { workingDirectory: host.directory, program: programName(host) })
      : undefined,
  );
  const outcome = {
    diagnostics,
    checked: files,
    data: { clusters, ...(plan.bases.length === 0 ? {} : { bases: plan.bases }) } satisfies DataOf<'synth'>,
    after: ({ colors }: Style) =>
      `${clusters.map((summary) => summaryText(summary, colors)).join('\n')}${basesText(plan.bases, colors)}`,
  };
  return report(host, options, outcome, { findings: 'stderr', result: 'stdout' });
}

function selectOutputs(only: string | undefined): { outputs: readonly OutputEntry[] } | { problem: string } {
  if (only === undefined) return { outputs: defaultOutputs };
  const names = only.split(',').map((name) => name.trim());
  const known: readonly string[] = allOutputs.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    return {
      problem: unknownOf('output', unknown, known),
    };
  return { outputs: allOutputs.filter(({ name }) => names.includes(name)) };
}
