import type { DeployOptions, HeldCluster, PreparedDeploy, Resources } from '../cluster/live';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import type { DocumentInput } from '../document/input';
import type { ClusterPlan } from '../plan/plan';
import type { Application, PreparedApplication } from '../provision/provision';
import type { Applications } from './applications';
import { targetOf } from './cluster-options';
import type { CommandOptions } from './command';
import type { EventWriter } from './event-writer';
import type { Host } from './host';
import type { RunEvent } from './run-event';
import { confirm } from './terminal';
import { verify, type Verification } from './verify';

/** What every cluster of a run is deployed with. */
export interface DeployTask {
  readonly host: Host;
  readonly options: CommandOptions;
  readonly writer: EventWriter;
  readonly settings: Omit<DeployOptions, 'held' | 'emit' | 'signal'>;
  readonly signal: AbortSignal;
  readonly documents: DocumentInput;
  readonly applications: Applications;
  /** How the login is looked at when all is ready. */
  readonly look: Verification['look'];
}

/** What came of one cluster. */
export interface Deployed {
  readonly diagnostics: readonly Diagnostic[];
  /** What was found when the login was looked at, which is told already. */
  readonly said?: readonly Diagnostic[];
}

/** A cluster with everything that is going to happen; nothing has. */
interface Prepared {
  readonly cluster: ClusterPlan;
  readonly deploy: PreparedDeploy;
  readonly application?: PreparedApplication & { readonly of: Application };
}

/** Something that keeps a deploy from going on. */
interface Stopped {
  readonly diagnostics: readonly Diagnostic[];
}

/** Deploys one cluster; returns what is found, or that the user does not want it. */
export async function deployCluster(task: DeployTask, cluster: ClusterPlan): Promise<Deployed | 'refused'> {
  const { host, options, writer } = task;
  const { connect, holdCluster, releaseCluster, wantedCluster } = await import('../cluster/live');
  const resources = connect(targetOf(host, options), cluster.document.file);
  if ('severity' in resources) return { diagnostics: [resources] };
  const isDryRun = options['dryRun'] === true;
  const { formerName } = task.settings;
  const held = await holdCluster(resources, wantedCluster(cluster), {
    ...{ isDryRun, emit: writer.emit, signal: task.signal },
    ...(formerName === undefined ? {} : { formerName }),
  });
  try {
    if ('severity' in held) return { diagnostics: [held] };
    const deploy = new ClusterDeploy(task, resources, held);
    return await deploy.run(cluster);
  } finally {
    if ('lease' in held) await releaseCluster(held);
    resources.api.close();
  }
}

/** The deploy of a cluster that no one else deploys meanwhile. */
class ClusterDeploy {
  constructor(
    private readonly task: DeployTask,
    private readonly resources: Resources,
    private readonly held: HeldCluster,
  ) {}

  async run(cluster: ClusterPlan): Promise<Deployed | 'refused'> {
    const { options, signal } = this.task;
    const prepared = await this.#prepare(cluster);
    if (!('deploy' in prepared)) return prepared;
    const { diagnostics } = prepared.deploy;
    const isDryRun = options['dryRun'] === true;
    this.#show(prepared, isDryRun);
    if (hasErrors(diagnostics) || isDryRun) return { diagnostics };
    if (signal.aborted) return { diagnostics: [await this.#interrupted(prepared)] };
    const isNeeded = prepared.deploy.isNeeded || changesOf(prepared) > 0;
    if (isNeeded && options['yes'] !== true && !(await this.#confirm(prepared)))
      return signal.aborted ? { diagnostics: [await this.#interrupted(prepared)] } : 'refused';
    const done = await this.#do(prepared);
    const all = [...diagnostics, ...done.diagnostics];
    const isVerified = isNeeded && options['wait'] !== false && options['verify'] !== false;
    if (!isVerified || hasErrors(all)) return { diagnostics: all };
    const verified = await this.#verify(prepared);
    return { diagnostics: [...all, ...verified.diagnostics], said: verified.said };
  }

  /** Has Terraform plan, and compares with the cluster, which is planned with the application that there is. */
  async #prepare(cluster: ClusterPlan): Promise<Prepared | Stopped> {
    const { applications } = this.task;
    const application = applications.of(cluster);
    if (application === undefined) return this.#compare(cluster);
    const planned = await application.prepare(applications.knownIDs(cluster));
    if (!('changes' in planned)) return planned;
    const current = await applications.withMade(cluster, planned.made);
    if (!('cluster' in current)) return current;
    const compared = await this.#compare(current);
    return 'deploy' in compared ? { ...compared, application: { ...planned, of: application } } : compared;
  }

  async #compare(cluster: ClusterPlan): Promise<Prepared | Stopped> {
    const { prepareDeploy, wantedCluster } = await import('../cluster/live');
    const deploy = await prepareDeploy(this.resources, wantedCluster(cluster), this.task.settings);
    return 'difference' in deploy ? { cluster, deploy } : deploy;
  }

  async #interrupted({ cluster }: Prepared): Promise<Diagnostic> {
    const { failureDiagnostic, interruption } = await import('../cluster/live');
    const failure = interruption('nothing is changed', 'run pachkit deploy again');
    return failureDiagnostic(failure, cluster.document.file);
  }

  #show({ application, cluster, deploy }: Prepared, isDryRun: boolean): void {
    const { emit } = this.task.writer;
    const { name, auth0 } = cluster.cluster;
    if (application && auth0 && (application.changes.length > 0 || isDryRun))
      emit({ type: 'application', name, domain: auth0.domain, changes: application.changes });
    if (deploy.isNeeded || isDryRun) emit({ type: 'plan', difference: deploy.difference });
  }

  async #confirm(prepared: Prepared): Promise<boolean> {
    const { host, signal } = this.task;
    for (const { message } of prepared.deploy.diagnostics) host.writeError(`warning: ${message}\n`);
    const { name, auth0 } = prepared.cluster.cluster;
    const also = changesOf(prepared) > 0 && auth0 ? `, and change its application at ${auth0.domain}` : '';
    const question = `Deploy ${name} to the context ${this.resources.api.context}${also}?`;
    return (await confirm(host, question, signal)) === true;
  }

  /** Auth0 first: a callback URL has to be registered before pachd sends browsers there, and as long as it does. */
  async #do(prepared: Prepared): Promise<Stopped> {
    const { application, deploy } = prepared;
    if (application === undefined) return this.#deploy(prepared);
    const { applications } = this.task;
    const { emit } = this.task.writer;
    const isStaged = deploy.isNeeded && application.removedCallbacks.length > 0;
    const applied = await (isStaged
      ? application.of.applyKeeping(emit, application)
      : application.of.apply(emit, application));
    if ('diagnostics' in applied) return applied;
    applications.keep(prepared.cluster, applied.made);
    const current = await applications.withMade(prepared.cluster, applied.made);
    if (!('cluster' in current)) return current;
    const compared = current === prepared.cluster ? prepared : await this.#compare(current);
    if (!('deploy' in compared)) return compared;
    if (hasErrors(compared.deploy.diagnostics)) return compared.deploy;
    const done = await this.#deploy({ ...compared, application });
    if (!isStaged || hasErrors(done.diagnostics)) return done;
    return { diagnostics: [...done.diagnostics, ...(await application.of.finish(emit))] };
  }

  async #deploy(prepared: Prepared): Promise<Stopped> {
    const { runDeploy, wantedCluster } = await import('../cluster/live');
    const { settings, signal, writer } = this.task;
    const atAuth0 = changesOf(prepared);
    const emit = (event: RunEvent): void =>
      writer.emit(event.type === 'done' && atAuth0 > 0 ? { ...event, atAuth0 } : event);
    const wanted = wantedCluster(prepared.cluster);
    const options = { ...settings, held: this.held, emit, signal };
    return { diagnostics: await runDeploy(this.resources, wanted, prepared.deploy, options) };
  }

  #verify({ cluster: { cluster, document } }: Prepared): ReturnType<typeof verify> {
    const { host, options, documents, applications, writer, signal, look } = this.task;
    return verify(host, options, {
      file: document.file,
      clusterName: cluster.name,
      ...{ documents, secrets: applications.secrets, emit: writer.emit, signal, look },
    });
  }
}

function changesOf({ application }: Prepared): number {
  return application?.changes.length ?? 0;
}
