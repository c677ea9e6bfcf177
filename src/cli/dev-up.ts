import fs from 'node:fs';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import type { applyBeside, KubernetesObject } from '../cluster/live';
import {
  devCertificate,
  missingTlsSecret,
  tlsSecret,
  trustCommand,
  type DevCertificate,
} from '../dev/certificate';
import { devAccess, type DevClusterTool } from '../dev/dev-cluster';
import type { ImageSource } from '../dev/mirrored-images';
import type { MadeCluster } from '../dev/record';
import type { DocumentInput } from '../document/input';
import type { ClusterPlan } from '../plan/plan';
import { whoOf } from '../who/who';
import type { Applications } from './applications';
import { targetOf } from './cluster-options';
import type { CommandOptions } from './command';
import { deployCluster } from './deploy-cluster';
import type { EventWriter } from './event-writer';
import type { Host } from './host';
import { loginSteps } from './next-steps';
import { rootTokenPlace } from './summary';
import { verify } from './verify';

/** What `dev up` works with. */
export interface UpTask {
  readonly host: Host;
  /** Of the command, with the context of the tool in `context`. */
  readonly options: CommandOptions;
  readonly writer: EventWriter;
  readonly signal: AbortSignal;
  readonly documents: DocumentInput;
  readonly applications: Applications;
  readonly tool: DevClusterTool;
  readonly plan: ClusterPlan;
  /** Where images come from. */
  readonly images: ImageSource;
  /** Longest wait until the cluster is ready, in milliseconds. */
  readonly timeout: number;
}

/** What came of it. */
export interface Raised {
  readonly diagnostics: readonly Diagnostic[];
  /** Findings that events have told already. */
  readonly said?: readonly Diagnostic[];
}

/** Makes the cluster where there is none, deploys the document, opens its ports and looks at the login. */
export async function raise(task: UpTask): Promise<Raised> {
  const { tool, options } = task;
  const archives = (options['imageArchive'] as readonly string[] | undefined) ?? [];
  const unusable = await tool.examineArchives(archives);
  if (hasErrors(unusable)) return { diagnostics: unusable };
  const found = await tool.find();
  if (found !== undefined && 'diagnostics' in found) return found;
  const engine = found === undefined ? await tool.examineEngine() : [];
  if (hasErrors(engine)) return { diagnostics: engine };
  const fetched = await tool.fetchImages(task.images, archives);
  if (hasErrors(fetched.diagnostics)) return { diagnostics: [...engine, ...fetched.diagnostics] };
  try {
    return await make(task, {
      found,
      engine: [...engine, ...fetched.diagnostics],
      archives: [...archives, ...fetched.archives],
    });
  } finally {
    for (const archive of fetched.archives) fs.rmSync(archive, { force: true });
  }
}

/** What was seen before anything is made. */
interface Seen {
  readonly found: MadeCluster | undefined;
  /** Warnings about what runs the containers, and where images come from. */
  readonly engine: readonly Diagnostic[];
  readonly archives: readonly string[];
}

/** Makes the cluster and all that is in it. */
async function make(task: UpTask, { found, engine, archives }: Seen): Promise<Raised> {
  const { tool, plan, writer, options } = task;
  const made = found ?? (await tool.create());
  if ('diagnostics' in made) return { diagnostics: [...engine, ...made.diagnostics] };
  writer.emit({
    type: 'cluster',
    state: found === undefined ? 'created' : 'there',
    ...{ name: made.name, tool: made.tool, context: tool.context },
  });
  const access = devAccess(plan);
  const closed = access.mapped.filter(({ port, nodePort }) =>
    made.ports.every((each) => each.port !== port || each.nodePort !== nodePort),
  );
  const diagnostics: Diagnostic[] = [...engine, ...closed.map(({ port }) => closedPort(plan, port))];
  diagnostics.push(...(await tool.load(archives)));
  if (hasErrors(diagnostics)) return { diagnostics };
  const certificate = await provideCertificate(task);
  if (certificate !== undefined && 'diagnostics' in certificate)
    return { diagnostics: [...diagnostics, ...certificate.diagnostics] };
  const deployed = await deployDocument(task);
  diagnostics.push(...deployed);
  if (hasErrors(diagnostics)) return { diagnostics };
  diagnostics.push(...(await beside(task, access.services)).diagnostics);
  if (hasErrors(diagnostics)) return { diagnostics };
  const { document, cluster } = plan;
  const verified =
    options['verify'] === false
      ? { diagnostics: [], said: [] }
      : await verify(task.host, options, {
          file: document.file,
          clusterName: cluster.name,
          documents: task.documents,
          look: {
            overrides: [],
            ...(certificate === undefined ? {} : { authorities: certificate.authorityText }),
          },
          ...{ secrets: task.applications.secrets, emit: writer.emit, signal: task.signal },
        });
  tellWhereToGo(task, certificate);
  return { diagnostics: [...diagnostics, ...verified.diagnostics], said: verified.said };
}

/** A deploy as everywhere, but that no one is asked, and that the login is looked at later. */
async function deployDocument({
  host,
  options,
  writer,
  signal,
  documents,
  applications,
  plan,
  timeout,
}: UpTask): Promise<readonly Diagnostic[]> {
  const opened = await applications.open([plan], signal);
  if (hasErrors(opened)) return opened;
  const result = await deployCluster(
    {
      ...{ host, writer, signal, documents, applications, look: { overrides: [] } },
      options: { ...options, yes: true, verify: false },
      settings: {
        forceConflicts: false,
        takeOverHelm: false,
        allowDowngrade: false,
        prune: true,
        remove: [],
        timeout,
      },
    },
    plan,
  );
  return result === 'refused' ? opened : [...opened, ...result.diagnostics];
}

/** The certificate for https, in the Secret that the document names, where nothing else has it. */
async function provideCertificate(
  task: UpTask,
): Promise<DevCertificate | { readonly diagnostics: readonly Diagnostic[] } | undefined> {
  const { host, plan, signal } = task;
  const name = missingTlsSecret(plan);
  if (name === undefined) return undefined;
  const { environment, directory: workingDirectory } = host;
  const made = await devCertificate(plan, { environment, workingDirectory, signal }, new Date());
  if ('diagnostics' in made) return made;
  const { applied, diagnostics } = await beside(task, [tlsSecret(name, plan.cluster.namespace, made)]);
  if (hasErrors(diagnostics)) return { diagnostics };
  return applied.length === 0 ? undefined : made;
}

/** Applies what belongs to this machine and not to the document. */
async function beside(
  { host, options, plan }: UpTask,
  objects: readonly KubernetesObject[],
): ReturnType<typeof applyBeside> {
  if (objects.length === 0) return { applied: [], diagnostics: [] };
  const { applyBeside: apply, connect } = await import('../cluster/live');
  const { document, cluster } = plan;
  const resources = connect(targetOf(host, options), document.file);
  if ('severity' in resources) return { applied: [], diagnostics: [resources] };
  try {
    return await apply(resources, cluster.namespace, objects, document.file);
  } finally {
    resources.api.close();
  }
}

function tellWhereToGo({ plan, tool, writer }: UpTask, certificate: DevCertificate | undefined): void {
  const { cluster, document } = plan;
  const kubectl = `kubectl --context ${shellWord(tool.context)} -n ${cluster.namespace}`;
  writer.emit({
    type: 'open',
    login: cluster.urls.browserIssuer,
    ...(cluster.console.enabled ? { console: cluster.urls.console } : {}),
    ...(certificate === undefined
      ? {}
      : {
          authority: certificate.authority,
          trust: trustCommand(certificate, process.platform),
        }),
    people: [...whoOf(cluster).ways.map(({ id, admitted }) => `${id}: ${admitted}`), ...devUserLines(plan)],
    next: [
      ...loginSteps(cluster, kubectl, rootTokenPlace(cluster)),
      `pachkit dev status ${shellWord(document.file)}`,
    ],
  });
}

/** Who the people of `dev.users` are, and what prints their passwords. */
function devUserLines({ cluster: { dev }, document }: ClusterPlan): string[] {
  return (dev?.people ?? []).map(({ email, groups, roles }, index) => {
    const what = [
      ...(groups.length === 0 ? [] : [`in ${groups.join(', ')}`]),
      ...(roles.length === 0 ? [] : [`may ${roles.join(', ')}`]),
    ].join('; ');
    const get = `pachkit secret get ${shellWord(document.file)} ${shellWord(`dev.users[${index}].password`)}`;
    return `${email}${what === '' ? '' : ` (${what})`}, with the password that this prints: ${get}`;
  });
}

function closedPort({ document }: ClusterPlan, port: number): Diagnostic {
  return {
    code: 'DEV007',
    severity: 'warning',
    message: `Port ${port}, which the document's URLs name, does not lead to the cluster: it was made when they named others`,
    location: { file: document.file },
    path: '/access',
    hint: `pachkit dev reset ${shellWord(document.file)} makes the cluster anew; pachkit dev forward ${shellWord(document.file)} opens the port as long as it runs`,
  };
}
