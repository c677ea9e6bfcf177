import { listed } from '../diagnostics/listed';
import fs from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { shellWord } from '../diagnostics/shell-word';
import { findProgram } from '../files/find-program';
import { isSystemError, writeFailure } from '../files/system-error';
import { imagesOf } from '../images/images-of';
import { unusedMirrors } from '../images/unused-mirrors';
import type { ClusterPlan } from '../plan/plan';
import { accessThroughNode, type Access } from './access-services';
import { imagesInArchive, unfoundImages, type UnfoundImage } from './archive-images';
import { engineState, imageOfContainer, requestedMemory } from './container-engine';
import { localPorts } from './local-ports';
import { archiveOfImages, wantedImages, type ImageSource } from './mirrored-images';
import { problem } from './problem';
import {
  forgetMadeCluster,
  keepConfiguration,
  keepMadeCluster,
  madeCluster,
  type MadeCluster,
} from './record';
import { runTool, type ToolEnd } from '../files/run-tool';
import type { ClusterTool, DevCluster } from './tool';
import { clusterTools } from './tools/registry';
import { usedPorts } from './used-ports';

/** What a cluster on this machine is asked for with. */
export interface DevSettings {
  /** The variables of the user. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute folder that relative paths start from. */
  readonly workingDirectory: string;
  /** The value of `--with`: name of a tool. */
  readonly named?: string;
  readonly signal: AbortSignal;
  /** Is told what a tool prints while it works. */
  readonly onLine: (tool: string, line: string) => void;
}

type Refused = { readonly diagnostics: readonly Diagnostic[] };

/** Name of the cluster that is made for a document. */
export function devClusterName({ cluster }: ClusterPlan): string {
  return `pachkit-${cluster.name}`;
}

/** How this machine reaches the cluster of a document. */
export function devAccess({ cluster, objects }: ClusterPlan): Access {
  return accessThroughNode(localPorts(cluster, objects), cluster.namespace);
}

/** What a tool is asked for, for a document. */
export function devCluster(plan: ClusterPlan, tool: ClusterTool, name = devClusterName(plan)): DevCluster {
  const node = devNode(plan, tool);
  return { name, ports: devAccess(plan).mapped, ...(node === undefined ? {} : { node }) };
}

/** What the node of a cluster is, by the document and its lock file; undefined where the tool decides. */
export function devNode({ cluster }: ClusterPlan, { name }: ClusterTool): string | undefined {
  const node = cluster.devNodes?.[name];
  const digest = node === undefined ? undefined : cluster.imageDigests?.[node];
  return digest === undefined ? node : `${node}@${digest}`;
}

/** The cluster on this machine that a document has, and the tool that makes it. Tools are started with arguments. */
export class DevClusterTool {
  private constructor(
    private readonly plan: ClusterPlan,
    readonly tool: ClusterTool,
    private readonly program: string,
    private readonly settings: DevSettings,
  ) {}

  /** Finds the tool: the one that is named, that made the cluster, or the first one on PATH. Nothing is started. */
  static find(plan: ClusterPlan, settings: DevSettings): DevClusterTool | Refused {
    const { environment, workingDirectory } = settings;
    const made = madeCluster(plan.document);
    const { named = made?.tool } = settings;
    const search = { path: environment['PATH'], workingDirectory };
    const wanted = clusterTools.filter(({ name }) => named === undefined || name === named);
    for (const tool of wanted) {
      const program = findProgram(tool.name, search);
      if (program !== undefined) return new DevClusterTool(plan, tool, program, settings);
    }
    const names = wanted.map(({ name }) => name);
    const places = wanted.map(({ name, homepage }) => `${name} from ${homepage}`);
    return {
      diagnostics: [
        problem(
          plan,
          'DEV001',
          `${names.length === 1 ? `${names.join('')} is in no folder` : `None of ${listed(names)} is in a folder`} of PATH: nothing can make a cluster on this machine`,
          `install ${listed(places, 'or')}; they need Docker or Podman`,
        ),
      ],
    };
  }

  /** Name of the context in the kubeconfig. */
  get context(): string {
    return this.tool.context(this.#name);
  }

  get #name(): string {
    return madeCluster(this.plan.document)?.name ?? devClusterName(this.plan);
  }

  /** The cluster as `up` made it; undefined when there is none, or a finding when there is one that it did not make. */
  async find(): Promise<MadeCluster | undefined | Refused> {
    const listed = await this.#run(this.tool.list.args);
    if (listed.code !== 0) {
      // A tool that cannot reach Docker says so in words of its own, and not what to do.
      const engine = (await this.examineEngine()).filter(({ code }) => code === 'DEV008');
      return engine.length > 0 ? { diagnostics: engine } : this.#failed('list its clusters', listed);
    }
    const exists = this.#namesIn(listed).includes(this.#name);
    const made = madeCluster(this.plan.document);
    if (made !== undefined && made.tool !== this.tool.name)
      return {
        diagnostics: [
          problem(
            this.plan,
            'DEV002',
            `The cluster of the document is made with ${made.tool}, and not with ${this.tool.name}`,
            'leave out --with, or run pachkit dev down first',
          ),
        ],
      };
    if (!exists) {
      forgetMadeCluster(this.plan.document);
      return undefined;
    }
    if (made !== undefined) return made;
    return {
      diagnostics: [
        problem(
          this.plan,
          'DEV002',
          `${this.tool.name} has a cluster ${this.#name} that pachkit dev up did not make for this document: it is not touched`,
          `give the document another name, or delete that cluster yourself: ${this.#shown(this.tool.remove(this.#name))}`,
        ),
      ],
    };
  }

  /** What is in the way of a cluster in the user's Docker, where there is one. Nothing is made. */
  async examineEngine(): Promise<readonly Diagnostic[]> {
    const state = await engineState(this.settings);
    if (state === undefined) return [];
    const { refusal, memory = Infinity, hasOldControlGroups = false } = state;
    if (refusal !== undefined)
      return [
        problem(
          this.plan,
          'DEV008',
          `Docker does not answer: ${refusal}`,
          /permission denied/i.test(refusal)
            ? 'let your user use it (sudo usermod -aG docker "$USER", and log in anew), or use Docker without root'
            : 'start Docker, or name the one to use with DOCKER_HOST or docker context use',
        ),
      ];
    const asked = requestedMemory(this.plan.objects);
    return [
      ...(asked > memory
        ? [
            problem(
              this.plan,
              'DEV009',
              `The pods of the document ask for ${inGibibytes(asked)} of memory, and Docker has ${inGibibytes(memory)}: some would never start`,
              'give Docker more memory, or the components less with their `resources` in the document',
            ),
          ]
        : []),
      ...(hasOldControlGroups
        ? [
            {
              ...problem(
                this.plan,
                'DEV010',
                'This machine has control groups of version 1, with which kubelets of Kubernetes 1.35 and newer do not start',
                'boot with systemd.unified_cgroup_hierarchy=1, or use a node of Kubernetes 1.34 or older',
              ),
              severity: 'warning' as const,
            },
          ]
        : []),
    ];
  }

  /** The image that the node's container was started from; undefined where Docker does not say. */
  nodeImage(): Promise<string | undefined> {
    return imageOfContainer(this.tool.nodeContainer(this.#name), this.settings);
  }

  /** Makes the cluster, with the ports that the document's URLs need. */
  async create(): Promise<MadeCluster | Refused> {
    const cluster = devCluster(this.plan, this.tool, this.#name);
    const busy = await usedPorts(cluster.ports.map(({ port }) => port));
    if (busy.length > 0)
      return {
        diagnostics: busy.map(({ port, by }) =>
          problem(
            this.plan,
            'DEV003',
            `Port ${port} of this machine, which the document's URLs name, is in use${by === undefined ? '' : ` by ${by}`}`,
            'end what listens there, or set another port with access.port',
          ),
        ),
      };
    const made: MadeCluster = { tool: this.tool.name, ...cluster };
    try {
      const file = keepConfiguration(
        this.plan.document,
        this.tool.name,
        this.tool.configuration?.(cluster) ?? '',
      );
      // Kept before: one that was only half made is found again, and removed.
      keepMadeCluster(this.plan.document, made);
      const end = await this.#run(this.tool.create(cluster, file));
      return end.code === 0 ? made : this.#failed(`create the cluster ${cluster.name}`, end);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      const folder = path.join(this.plan.document.directory, '.pachkit');
      return {
        diagnostics: [
          problem(
            this.plan,
            'DEV004',
            `${folder} cannot be written: ${writeFailure(error)}`,
            'make it writable: what is made is kept there',
          ),
        ],
      };
    }
  }

  /** What is wrong with archives: they cannot be read, or pods would not find their images. Seen before anything is made. */
  async examineArchives(archives: readonly string[]): Promise<readonly Diagnostic[]> {
    const files = this.#filesOf(archives);
    const unread = files.flatMap((file, index) => {
      const reason = unreadable(file);
      if (reason === undefined) return [];
      const message = `The archive ${archives[index]} cannot be read: ${reason}`;
      return [problem(this.plan, 'DEV011', message, 'name a file that docker save has written')];
    });
    if (unread.length > 0) return unread;
    return this.#unfoundOf(await this.#imagesIn(archives));
  }

  #filesOf(archives: readonly string[]): string[] {
    return archives.map((archive) => path.resolve(this.settings.workingDirectory, archive));
  }

  /** Names of the images that archives have. */
  async #imagesIn(archives: readonly string[]): Promise<readonly string[]> {
    const files = this.#filesOf(archives);
    return (await Promise.all(files.map((file) => imagesInArchive(file, this.settings)))).flat();
  }

  #unfoundOf(names: readonly string[]): readonly Diagnostic[] {
    return unfoundImages(this.plan.objects, names, this.tool.keepsDigests).map((image) =>
      this.#unfound(image),
    );
  }

  /**
   * Fetches the images of the document that come from mirrors, and are not in archives. Returns the archive of them, which the caller
   * removes, or what is wrong; seen before anything is made.
   */
  async fetchImages(
    source: ImageSource,
    archives: readonly string[],
  ): Promise<{ readonly archives: readonly string[]; readonly diagnostics: readonly Diagnostic[] }> {
    const { plan } = this;
    const wanted = wantedImages(plan, source, await this.#imagesIn(archives));
    const warnings = unusedMirrors(
      imagesOf(plan.objects.map(({ manifest }) => manifest)),
      source.mirrors,
      plan.document.file,
    );
    if (wanted.length === 0) return { archives: [], diagnostics: warnings };
    const unfound = this.#unfoundOf(wanted.map(({ name }) => name));
    if (unfound.length > 0) return { archives: [], diagnostics: unfound };
    const { onLine } = this.settings;
    const made = await archiveOfImages(this.plan, wanted, source, {
      ...this.settings,
      onLine: (line) => onLine('images', line),
    });
    return 'archive' in made
      ? { archives: [made.archive], diagnostics: warnings }
      : { archives: [], diagnostics: made.diagnostics };
  }

  #unfound({ tagged, wanted }: UnfoundImage): Diagnostic {
    const { name, keepsDigests } = this.tool;
    return problem(
      this.plan,
      'DEV012',
      `Pods name ${tagged} by a digest, by which the node of ${name} does not find the one of the archive: it would ask the registry`,
      keepsDigests
        ? `write an archive that has it by the digest: skopeo copy --all ${shellWord(`docker://${wanted}`)} ${shellWord(`oci-archive:image.tar:${wanted}`)}`
        : 'take kind or k3d with an archive that has it by the digest: Docker, in the node of minikube, knows digests of registries alone',
    );
  }

  /** Loads images of archives, such as those of `docker save`, into the cluster. */
  async load(archives: readonly string[]): Promise<readonly Diagnostic[]> {
    for (const archive of archives) {
      const file = path.resolve(this.settings.workingDirectory, archive);
      const end = await this.#run(this.tool.load(this.#name, file));
      if (end.code !== 0) return this.#failed(`load ${archive}`, end).diagnostics;
    }
    return [];
  }

  /** Deletes the cluster with all of its data. */
  async remove(): Promise<readonly Diagnostic[]> {
    const end = await this.#run(this.tool.remove(this.#name));
    if (end.code !== 0) return this.#failed(`delete the cluster ${this.#name}`, end).diagnostics;
    forgetMadeCluster(this.plan.document);
    return [];
  }

  #namesIn({ output }: ToolEnd): readonly string[] {
    try {
      return this.tool.list.names(output);
    } catch {
      // An older release, which knows no JSON.
      return output.split(/\s+/);
    }
  }

  #run(args: readonly string[]): Promise<ToolEnd> {
    const { environment, signal, onLine } = this.settings;
    return runTool(this.program, args, {
      environment,
      signal,
      onLine: (line) => onLine(this.tool.name, line),
    });
  }

  #shown(args: readonly string[]): string {
    return [this.tool.name, ...args].map(shellWord).join(' ');
  }

  #failed(action: string, { said }: ToolEnd): Refused {
    if (this.settings.signal.aborted)
      return {
        diagnostics: [
          problem(
            this.plan,
            'CLU016',
            'The command was interrupted; what is made of the cluster stays',
            'run pachkit dev up again, or pachkit dev down to remove it',
          ),
        ],
      };
    return {
      diagnostics: [
        problem(
          this.plan,
          'DEV004',
          `${this.tool.name} could not ${action}: ${said.join(' ') || 'it could not be started'}`,
          `fix what ${this.tool.name} names, and run the command again; pachkit dev down removes what is half made`,
        ),
      ],
    };
  }
}

/** Why a file cannot be read; undefined where it can. */
function unreadable(file: string): string | undefined {
  try {
    fs.accessSync(file, fs.constants.R_OK);
    return fs.statSync(file).isFile() ? undefined : 'it is not a file';
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.code === 'ENOENT' ? 'there is no such file' : error.code;
  }
}

function inGibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
