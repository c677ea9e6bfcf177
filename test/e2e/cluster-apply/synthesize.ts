import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { runToSuccess, temporaryDirectory } from '../harness';
import type { SuiteDocument } from './documents';

/** A Kubernetes object, as far as the suites look into it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly resourceVersion?: string;
  };
  readonly [field: string]: unknown;
}

/** The manifests that the built program wrote for a document. */
export interface Synthesized {
  /** Folder with the manifests. */
  readonly manifests: string;
  readonly objects: readonly KubernetesObject[];
  /** Removes the folder. */
  remove(): void;
}

const program = path.resolve(__dirname, '../../../dist/bin/pachkit.js');

/** Stand-ins for the secrets that the examples read from the environment. */
const environment = {
  NO_COLOR: '1',
  CI: 'true',
  AUTH0_APPLICATION_SECRET: 'example-auth0-client-secret',
  TF_VAR_auth0_client_secret: 'example-auth0-client-secret',
  PACHYDERM_LICENSE: 'example-license-key',
};

/** Runs `pachkit synth` on a document; fails with all its findings when it has errors. */
export async function synthesize({
  name,
  namespace = name,
  release,
  base,
  over,
}: SuiteDocument): Promise<Synthesized> {
  const directory = temporaryDirectory('synth');
  const document = JSON.stringify({ extends: base, ...over, name, release, namespace });
  // Data has no programs for a base.
  const isProgram = base.endsWith('.ts');
  const file = isProgram ? 'pachyderm.ts' : 'pachyderm.json';
  writeFileSync(directory.join(file), isProgram ? `export default ${document};\n` : document);
  await runToSuccess({
    name: 'pachkit synth',
    program: process.execPath,
    args: [program, 'synth', file, '--out', 'out', '--only', 'manifests'],
    environment,
    workingDirectory: directory.path,
  });
  const manifests = directory.join('out', name, 'manifests');
  return { manifests, objects: objectsIn(manifests), remove: () => directory.remove() };
}

function objectsIn(folder: string): readonly KubernetesObject[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file) => parseObjects(readFileSync(path.join(folder, file), 'utf8')));
}

/** The objects of a string of YAML documents; empty documents are none. */
export function parseObjects(text: string): readonly KubernetesObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}
