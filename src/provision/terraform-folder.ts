import fs from 'node:fs';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic';
import { removeLeftovers } from '../files/leftovers';
import { replaceFile } from '../files/replace-file';
import type { OutputFile } from '../outputs/output';
import type { ClusterPlan } from '../plan/plan';
import { writePlan } from '../plan/write';

/** The output that Terraform works in, and its folder. */
const OUTPUT = 'terraform';

/** What the name of the folder for one run begins with, before the number of the process. */
const SCRATCH = 'pachkit-';

/** Where everything is written. */
export interface FolderPlace {
  /** The folder of all output, as the user named it. */
  readonly out: string;
  /** Absolute folder that `out` starts from. */
  readonly workingDirectory: string;
}

/** The folder of one cluster in which Terraform works, where `pachkit synth` has it. */
export class TerraformFolder {
  readonly absolute: string;
  /** As the user would name it. */
  readonly shown: string;
  /** Beside what Terraform itself keeps of a run, which git ignores and synth leaves alone. */
  readonly scratch: string;
  readonly #files: readonly OutputFile[];

  constructor(
    private readonly plan: ClusterPlan,
    private readonly place: FolderPlace,
  ) {
    this.#files = plan.files.filter((file) => file.path.startsWith(`${OUTPUT}/`));
    this.shown = path.join(place.out, plan.cluster.name, OUTPUT);
    this.absolute = path.resolve(place.workingDirectory, this.shown);
    this.scratch = path.join(this.absolute, '.terraform', `${SCRATCH}${process.pid}`);
  }

  /** Writes the configuration as `pachkit synth --only terraform` does; a folder that has it already is left alone. */
  async write(): Promise<readonly Diagnostic[]> {
    if (this.#files.every((file) => readOr(this.#pathOf(file)) === file.content)) return [];
    const { cluster, document, outputs } = this.plan;
    const selected = outputs.filter(({ name }) => name === OUTPUT);
    const content = { files: this.#files, outputs: selected, objects: [] };
    const only = {
      clusters: [{ cluster, document, construct: async () => content }],
      shared: [],
      bases: [],
      selected,
      diagnostics: [],
    };
    const { diagnostics } = await writePlan(only, this.place);
    return diagnostics;
  }

  /** Writes the configuration with other callback URLs besides its own, until it is written again. */
  writeWithCallbacks(urls: readonly string[]): void {
    for (const file of this.#files) replaceFile(this.#pathOf(file), withCallbacks(file.content, urls), 0o644);
  }

  /** Writes the configuration as the document says it again. */
  restore(): void {
    for (const file of this.#files) replaceFile(this.#pathOf(file), file.content, 0o644);
  }

  /** Keeps states to their owner, and makes a private folder for what Terraform prints and plans. */
  prepare(): void {
    this.protectStates();
    removeLeftovers(path.dirname(this.scratch), [SCRATCH]);
    fs.mkdirSync(this.scratch, { recursive: true, mode: 0o700 });
  }

  /** Removes what Terraform has printed and planned. */
  discard(): void {
    fs.rmSync(this.scratch, { recursive: true, force: true });
  }

  /** Keeps states in the folder to their owner: those that were written before may be readable by all. */
  protectStates(): void {
    for (const name of fs.readdirSync(this.absolute)) {
      if (!/\.tfstate(\.|$)/.test(name)) continue;
      const file = path.join(this.absolute, name);
      const stat = fs.lstatSync(file);
      if (stat.isFile() && (stat.mode & 0o077) !== 0) fs.chmodSync(file, 0o600);
    }
  }

  #pathOf(file: OutputFile): string {
    return path.join(this.absolute, path.relative(OUTPUT, file.path));
  }
}

function readOr(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function withCallbacks(content: string, urls: readonly string[]): string {
  const stack = JSON.parse(content) as {
    resource: { auth0_client: Record<string, { callbacks: string[] }> };
  };
  for (const client of Object.values(stack.resource.auth0_client)) client.callbacks.push(...urls);
  return `${JSON.stringify(stack, null, 2)}\n`;
}
