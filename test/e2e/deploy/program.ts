import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { isMapping } from '../../../src/document/is-mapping';
import { run, temporaryDirectory, type Finished, type KubernetesServer } from '../harness';
import type { SuiteDocument } from '../cluster-apply/documents';

export const program = path.resolve(__dirname, '../../../dist/bin/pachkit.js');

/** Stand-ins for the secrets that the examples read from the environment; none may be printed. */
export const planted = {
  AUTH0_APPLICATION_SECRET: 'planted-auth0-client-secret',
  TF_VAR_auth0_client_secret: 'planted-auth0-client-secret',
  PACHYDERM_LICENSE: 'planted-license-key',
};

/** Everything that programs of this process have printed. */
export const printed: string[] = [];

/** What a document differs in from the one of the suite. */
export type Over = Readonly<Record<string, unknown>>;

/** A folder with documents, and the program that is run in it against an API server. */
export interface Workplace {
  readonly folder: string;
  /** Variables that pachkit is run with, besides those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Writes a document of the suite, with a part laid over it; returns the name of its file. */
  write(document: SuiteDocument, over?: Over, file?: string): string;
  /** Runs pachkit, which takes its cluster from KUBECONFIG. */
  pachkit(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Finished>;
  remove(): void;
}

/** What deploys of a workplace do besides, where something answers. */
interface Uses {
  /** Where nothing of a cluster runs, what is seen of its login says something about this machine alone. */
  readonly looksAtLogins?: boolean;
  readonly usesTerraform?: boolean;
}

export function workplace(
  kubernetes: Pick<KubernetesServer, 'kubeconfigFile'>,
  { looksAtLogins = false, usesTerraform = false }: Uses = {},
): Workplace {
  const terraform = usesTerraform ? [] : ['--no-terraform'];
  const without: Readonly<Record<string, readonly string[]>> = {
    deploy: [...(looksAtLogins ? [] : ['--no-verify']), ...terraform],
    destroy: terraform,
  };
  const directory = temporaryDirectory('deploy');
  const surroundings = { NO_COLOR: '1', CI: '', KUBECONFIG: kubernetes.kubeconfigFile, ...planted };
  return {
    folder: directory.path,
    environment: surroundings,
    write({ name, namespace = name, release, base, over: own }, over = {}, file) {
      const isProgram = base.endsWith('.ts');
      const merged = merge(merge(own, over), { name, release, namespace, ...pick(over, ['release']) });
      const text = JSON.stringify({ extends: base, ...merged });
      const written = file ?? (isProgram ? 'pachyderm.ts' : 'pachyderm.json');
      writeFileSync(directory.join(written), isProgram ? `export default ${text};\n` : text);
      return written;
    },
    async pachkit(args, environment = {}) {
      const finished = await run({
        name: 'pachkit',
        program: process.execPath,
        args: [program, ...args, ...(without[args[0] ?? ''] ?? [])],
        environment: { ...surroundings, ...environment },
        workingDirectory: directory.path,
      });
      printed.push(finished.output);
      return finished;
    },
    remove: () => directory.remove(),
  };
}

/** Mappings are laid over each other key by key, as `extends` does. */
export function merge(below: Over, above: Over): Over {
  const merged: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const old = merged[key];
    merged[key] = isMapping(old) && isMapping(value) ? merge(old, value) : value;
  }
  return merged;
}

function pick(from: Over, keys: readonly string[]): Over {
  return Object.fromEntries(keys.filter((key) => key in from).map((key) => [key, from[key]]));
}
