import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { clusterOf } from '../../terraform/cluster-of';
import { synthesizeKeycloak, synthesizeTerraform } from '../../../src/terraform/synthesize-terraform';
import { run, temporaryDirectory, type Finished, type TemporaryDirectory } from '../harness';
import type { Json } from './tenant';
import { zipEntries } from './zip-entries';

/** A provider for Terraform, as a program. */
export interface Provider {
  readonly program: string;
  /** Variables that it needs besides those for Auth0. */
  readonly environment: Readonly<Record<string, string>>;
  /** Owner, which is its name too, and release that the mirror has it under. @default auth0, 1.55.0 */
  readonly listed?: { readonly name: string; readonly release: string };
}

export interface WorkspaceOptions {
  /** Terraform, or OpenTofu. */
  readonly terraform: string;
  readonly provider: Provider;
  /** Variables for Terraform and, through it, the provider. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The provider that a mirror has, unless it is another. */
const LISTED = { name: 'auth0', release: '1.55.0' };

/** Terraform's own configuration, in a folder with a mirror. */
export const CONFIGURATION = 'terraform.rc';

/** Puts a provider into a mirror, which Terraform and OpenTofu take it from with the configuration beside it. */
export function writeMirror(root: TemporaryDirectory, provider: Provider): void {
  const platform = `linux_${process.arch === 'arm64' ? 'arm64' : 'amd64'}`;
  const { name, release } = provider.listed ?? LISTED;
  for (const host of ['registry.terraform.io', 'registry.opentofu.org']) {
    const folder = root.join('mirror', host, name, name, release, platform);
    mkdirSync(folder, { recursive: true });
    symlinkSync(provider.program, path.join(folder, `terraform-provider-${name}_v${release}`));
  }
  writeFileSync(
    root.join(CONFIGURATION),
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(root.join('mirror'))}\n  }\n}\n`,
  );
}

/** A folder in which Terraform works on what pachkit wrote, with the provider in a mirror beside it. */
export class Workspace {
  readonly #root: TemporaryDirectory;
  readonly #options: WorkspaceOptions;
  #runs = 0;

  constructor(options: WorkspaceOptions) {
    this.#root = temporaryDirectory('auth0');
    this.#options = options;
    mkdirSync(this.#root.join('terraform'));
    mkdirSync(this.#root.join('logs'));
    writeMirror(this.#root, options.provider);
  }

  /** Writes what a document synthesizes to, and returns it. */
  write(document: string): Json {
    const cluster = clusterOf(document);
    const files = synthesizeTerraform(cluster) ?? synthesizeKeycloak(cluster) ?? {};
    for (const [name, content] of Object.entries(files))
      writeFileSync(this.#root.join('terraform', name), content);
    return JSON.parse(files['cdk.tf.json'] ?? '') as Json;
  }

  /** Runs Terraform in the folder with `-chdir`; every run writes a log of everything it does. */
  run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const log = this.#root.join('logs', `${++this.#runs}-${args[0] ?? ''}.log`);
    return run({
      name: `terraform ${args.join(' ')}`,
      program: this.#options.terraform,
      args: [`-chdir=${this.#root.join('terraform')}`, ...args],
      workingDirectory: this.#root.path,
      environment: {
        CHECKPOINT_DISABLE: '1',
        TF_IN_AUTOMATION: '1',
        TF_INPUT: '0',
        TF_CLI_CONFIG_FILE: this.#root.join(CONFIGURATION),
        TF_LOG: 'TRACE',
        TF_LOG_PATH: log,
        ...this.#options.provider.environment,
        ...this.#options.environment,
        ...environment,
      },
    });
  }

  /** Runs Terraform to success and returns what it printed. */
  async succeed(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { code, output, standardOutput } = await this.run(args, environment);
    if (code !== 0) throw new Error(`terraform ${args.join(' ')}: exit code ${code}\n${output}`);
    return standardOutput;
  }

  /** Plans into a file and returns what would change: actions and values by address, no-ops left out. */
  async plan(environment: Readonly<Record<string, string>> = {}): Promise<Record<string, Json>> {
    await this.succeed(['plan', '-no-color', '-out=plan'], environment);
    const shown = JSON.parse(await this.succeed(['show', '-json', 'plan'], environment)) as Json;
    const changes = (shown['resource_changes'] ?? []) as { address: string; change: Json }[];
    return Object.fromEntries(
      changes
        .filter(({ change }) => String(change['actions']) !== 'no-op')
        .map(({ address, change }) => [address, change]),
    );
  }

  /** Names of the files, among everything that Terraform and its logs left, in which a string occurs. */
  filesWith(text: string): string[] {
    const found: string[] = [];
    const folders = [this.#root.join('terraform'), this.#root.join('logs')];
    for (const folder of folders)
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const content = readFileSync(path.join(folder, entry.name));
        const parts = entry.name === 'plan' ? [...zipEntries(content).values()] : [content];
        if (parts.some((part) => part.includes(text))) found.push(entry.name.replace(/^\d+-.*/, 'log'));
      }
    return [...new Set(found)].sort();
  }

  hasFile(name: string): boolean {
    return existsSync(this.#root.join('terraform', name));
  }

  remove(): void {
    this.#root.remove();
  }
}
