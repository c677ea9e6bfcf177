import { hasErrors, type Diagnostic } from '../../diagnostics/diagnostic';
import { readingOnce } from '../../document/input';
import { Applications } from '../applications';
import type { CommandOptions } from '../command';
import { deployCluster } from '../deploy-cluster';
import { eventWriter } from '../event-writer';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible } from '../interrupts';
import { lookSettings } from '../look-options';
import { refusing } from '../refuse';
import { secondsOf } from '../seconds';

const refuse = refusing('deploy');

/** Longest time that a deploy may wait, in seconds. */
const LONGEST_WAIT = 7200;

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
  const look = lookSettings(host, options);
  if ('problem' in look) return refuse(host, look.problem);
  const writer = await eventWriter(host, options);
  const documents = readingOnce(documentInput(host));
  const given = secretInput(host, options['frozen'] as boolean | undefined);
  const applications = new Applications(host, options, { files, documents, secrets: given });
  const plan = await applications.plan();
  if (hasErrors(plan.diagnostics)) return writer.finish(plan.diagnostics);
  const settings = {
    forceConflicts: options['forceConflicts'] === true,
    takeOverHelm: options['takeOverHelm'] === true,
    allowDowngrade: options['allowDowngrade'] === true,
    prune: options['prune'] !== 'false',
    remove: (options['remove'] as readonly string[] | undefined) ?? [],
    ...(typeof options['renamedFrom'] === 'string' ? { formerName: options['renamedFrom'] } : {}),
    ...(options['wait'] === false ? {} : { timeout: timeout.seconds * 1000 }),
  };
  const onStop = (): void => writer.emit({ type: 'interrupted' });
  return interruptible(async (signal) => {
    const diagnostics: Diagnostic[] = [...plan.diagnostics];
    const said: Diagnostic[] = [];
    try {
      // What Terraform is missing for one cluster is told before another is touched.
      diagnostics.push(...(await applications.open(plan.clusters, signal)));
      const task = { host, options, writer, settings, signal, documents, applications, look };
      for (const cluster of hasErrors(diagnostics) ? [] : plan.clusters) {
        const deployed = await deployCluster(task, cluster);
        if (deployed === 'refused') {
          await writer.finish(diagnostics, said);
          host.writeError(`${cluster.cluster.name}: nothing is changed\n`);
          return ExitCode.usage;
        }
        diagnostics.push(...deployed.diagnostics);
        said.push(...(deployed.said ?? []));
        // What comes later may depend on what came before.
        if (hasErrors([...diagnostics, ...said])) break;
      }
    } finally {
      applications.close();
    }
    return writer.finish(diagnostics, said);
  }, onStop);
}
