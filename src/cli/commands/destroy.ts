import type { PreparedDestroy, Resources, WantedCluster } from '../../cluster/live';
import { hasErrors, type Diagnostic } from '../../diagnostics/diagnostic';
import { printable } from '../../diagnostics/code-frame';
import type { ClusterPlan } from '../../plan/plan';
import type { Application, PreparedApplication } from '../../provision/provision';
import { Applications } from '../applications';
import { targetOf } from '../cluster-options';
import type { CommandOptions } from '../command';
import { eventWriter, type EventWriter } from '../event-writer';
import { ExitCode } from '../exit-code';
import { documentInput, secretInput, type Host } from '../host';
import { interruptible } from '../interrupts';
import { refusing } from '../refuse';
import { confirm } from '../terminal';
import { objectName } from '../../outputs/object-name';

const refuse = refusing('destroy');

/** What is going to be deleted; nothing is yet. */
interface Prepared {
  /** Missing where no deploy has made anything in the cluster, and the application is all that there is. */
  readonly objects?: PreparedDestroy;
  readonly application?: PreparedApplication & { readonly of: Application };
}

/** `pachkit destroy FILE` */
export async function destroy(
  host: Host,
  [file = '-']: readonly string[],
  options: CommandOptions,
): Promise<ExitCode> {
  if (options['yes'] !== true && host.terminal() === undefined)
    return refuse(host, 'no one can be asked without a terminal; --yes deletes without asking');
  const writer = await eventWriter(host, options);
  const input = { files: [file], documents: documentInput(host), secrets: secretInput(host, true) };
  const applications = new Applications(host, options, input);
  const plan = await applications.plan();
  if (hasErrors(plan.diagnostics)) return writer.finish(plan.diagnostics);
  const { connect } = await import('../../cluster/live');
  const [only, second] = plan.clusters;
  if (only === undefined || second !== undefined)
    return refuse(host, `${file} has several clusters: give the one to delete a file of its own`);
  const resources = connect(targetOf(host, options), only.document.file);
  if ('severity' in resources) return writer.finish([resources]);
  try {
    const deletion = new Deletion({ host, options, writer, applications, resources, cluster: only });
    const found = await interruptible(
      (signal) => deletion.run(signal),
      () => writer.emit({ type: 'interrupted' }),
    );
    if (found === 'refused') {
      host.writeError('nothing is deleted\n');
      return ExitCode.usage;
    }
    return await writer.finish([...plan.diagnostics, ...found]);
  } finally {
    applications.close();
    resources.api.close();
  }
}

/** What a deletion works with. */
interface DeletionTask {
  readonly host: Host;
  readonly options: CommandOptions;
  readonly writer: EventWriter;
  readonly applications: Applications;
  readonly resources: Resources;
  readonly cluster: ClusterPlan;
}

/** The deletion of what deploys of one document have made, in the cluster and at Auth0. */
class Deletion {
  constructor(private readonly task: DeletionTask) {}

  async run(signal: AbortSignal): Promise<readonly Diagnostic[] | 'refused'> {
    const { options, writer, applications, cluster, resources } = this.task;
    const { runDestroy, wantedCluster } = await import('../../cluster/live');
    const wanted = wantedCluster(cluster);
    const prepared = await this.#prepare(wanted, signal);
    if ('diagnostics' in prepared) return prepared.diagnostics;
    if (signal.aborted) return [await this.#interrupted()];
    const { objects, application } = prepared;
    this.#showApplication(application);
    if (options['yes'] !== true && !(await this.#confirm(prepared, signal)))
      return signal.aborted ? [await this.#interrupted()] : 'refused';
    if (objects !== undefined) {
      const found = await runDestroy(resources, wanted, objects, { emit: writer.emit, signal });
      if (hasErrors(found)) return found;
    }
    // As long as pachd runs, it sends browsers there.
    if (application === undefined || application.changes.length === 0) return [];
    const applied = await application.of.apply(writer.emit, application);
    if ('diagnostics' in applied) return applied.diagnostics;
    applications.forget(cluster);
    return [];
  }

  async #prepare(
    wanted: WantedCluster,
    signal: AbortSignal,
  ): Promise<Prepared | { readonly diagnostics: readonly Diagnostic[] }> {
    const { prepareDestroy } = await import('../../cluster/live');
    const { options, applications, cluster, resources, writer } = this.task;
    const reason = options['withData'] === true ? undefined : reasonToKeep(cluster);
    if (reason !== undefined && options['terraform'] !== false)
      writer.emit({ type: 'kept', object: 'application at Auth0', reason });
    const missing = reason === undefined ? await applications.open([cluster], signal, 'destroy') : [];
    if (missing.length > 0) return { diagnostics: missing };
    const objects = await prepareDestroy(resources, wanted, options['withData'] === true);
    const isNothing = !('deleted' in objects) && objects.diagnostics.every(({ code }) => code === 'CLU017');
    if (!('deleted' in objects) && !isNothing) return objects;
    const of = applications.of(cluster);
    const application = await of?.prepare(applications.knownIDs(cluster));
    if (application !== undefined && !('changes' in application)) return application;
    if (!('deleted' in objects) && (application?.changes ?? []).length === 0) return objects;
    return {
      ...('deleted' in objects ? { objects } : {}),
      ...(of !== undefined && application !== undefined ? { application: { ...application, of } } : {}),
    };
  }

  #showApplication(application: PreparedApplication | undefined): void {
    const { name, auth0 } = this.task.cluster.cluster;
    const { changes = [] } = application ?? {};
    if (auth0 && changes.length > 0)
      this.task.writer.emit({ type: 'application', name, domain: auth0.domain, changes });
  }

  async #interrupted(): Promise<Diagnostic> {
    const { failureDiagnostic, interruption } = await import('../../cluster/live');
    const failure = interruption('nothing is deleted', 'run pachkit destroy again');
    return failureDiagnostic(failure, this.task.cluster.document.file);
  }

  async #confirm({ objects, application }: Prepared, signal: AbortSignal): Promise<boolean> {
    const { host, cluster, resources } = this.task;
    if (objects) host.writeOut(listText(objects));
    const { name, auth0 } = cluster.cluster;
    const atAuth0 = application?.changes.length ?? 0;
    const all = [
      ...(objects
        ? [`${objects.deleted.length} objects of ${name} in the context ${resources.api.context}`]
        : []),
      ...(atAuth0 > 0 && auth0 ? [`what is listed at ${auth0.domain}`] : []),
    ];
    return (await confirm(host, `Delete ${all.join(', and ')}?`, signal)) === true;
  }
}

/** Why the application stays as long as data does; undefined when it goes. */
function reasonToKeep({ cluster: { auth0 } }: ClusterPlan): string | undefined {
  if (auth0 === undefined || auth0.application.provision === 'none') return undefined;
  if (auth0.application.provision === 'import')
    return 'it was there before pachkit took it over (provision: import)';
  return auth0.database === undefined ? undefined : 'its database has users and their passwords';
}

function listText({ deleted, kept }: PreparedDestroy): string {
  const name = (object: PreparedDestroy['deleted'][number]): string => printable(objectName(object));
  return [
    ...deleted.map((object) => `  - delete  ${name(object)}\n`),
    ...kept.map(({ object, reason }) => `  = keep    ${name(object)}: ${reason}\n`),
  ].join('');
}
