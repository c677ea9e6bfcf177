import type { PreparedDestroy } from '../../cluster/live';
import { hasErrors } from '../../diagnostics/diagnostic';
import { printable } from '../../diagnostics/code-frame';
import { outputsNamed } from '../../outputs/registry';
import { planFiles } from '../../plan/plan';
import { targetOf } from '../cluster-options';
import type { CommandOptions } from '../command';
import { eventWriter } from '../event-writer';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible } from '../interrupts';
import { confirm } from '../terminal';

/** `pachkit destroy FILE` */
export async function destroy(
  host: Host,
  [file = '-']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  if (options['yes'] !== true && host.terminal() === undefined)
    return refuse(host, 'no one can be asked without a terminal; --yes deletes without asking');
  const writer = await eventWriter(host, options);
  const plan = await planFiles(
    [file],
    documentInput(host),
    secretInput(host, true),
    outputsNamed('manifests'),
  );
  if (hasErrors(plan.diagnostics)) return writer.finish(plan.diagnostics);
  const { connect, prepareDestroy, runDestroy, wantedCluster } = await import('../../cluster/live');
  const [only, second] = plan.clusters.map(wantedCluster);
  if (only === undefined || second !== undefined)
    return refuse(host, `${file} has several clusters: give the one to delete a file of its own`);
  const resources = connect(targetOf(host, options), only.file);
  if ('severity' in resources) return writer.finish([resources]);
  try {
    const prepared = await prepareDestroy(resources, only, options['withData'] === true);
    if (!('deleted' in prepared)) return await writer.finish(prepared.diagnostics);
    if (options['yes'] !== true) {
      host.writeOut(listText(prepared));
      const question = `Delete these ${prepared.deleted.length} objects of ${only.cluster.name} in the context ${resources.api.context}?`;
      if ((await confirm(host, question)) !== true) return ExitCode.usage;
    }
    const found = await interruptible((signal) =>
      runDestroy(resources, only, prepared, { emit: writer.emit, signal }),
    );
    return await writer.finish([...plan.diagnostics, ...found]);
  } finally {
    resources.api.close();
  }
}

function listText({ deleted, kept }: PreparedDestroy): string {
  const name = ({ kind, metadata }: PreparedDestroy['deleted'][number]): string =>
    printable(`${kind}/${metadata.name}`);
  return [
    ...deleted.map((object) => `  - delete  ${name(object)}\n`),
    ...kept.map(({ object, reason }) => `  = keep    ${name(object)}: ${reason}\n`),
  ].join('');
}

function refuse(host: Host, problem: string): ExitCode {
  host.writeError(`pachkit destroy: ${problem}\n`);
  return ExitCode.usage;
}
