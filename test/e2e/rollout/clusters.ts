import * as fs from 'node:fs';
import * as path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { loadAll } from 'js-yaml';
import { pachkit } from '../../support/pachkit';
import { selfSigned } from './certificate';

const examplesFolder = path.resolve(__dirname, '../../../examples');

/** Examples with a document; the others are programs with the library. */
export const examples: readonly string[] = fs
  .readdirSync(examplesFolder)
  .filter((name) => documentOf(name) !== undefined);

function documentOf(example: string): string | undefined {
  return ['pachyderm.yaml', 'pachyderm.ts']
    .map((name) => path.join(examplesFolder, example, name))
    .find((file) => fs.existsSync(file));
}

/** Forms that an example can be written in. A document in TypeScript cannot be extended by one that is data, so it has the form that it says. */
export function formsOf(example: string): readonly string[] {
  const isProgram = documentOf(example)?.endsWith('.ts') === true;
  return isProgram ? ['manifests'] : ['manifests', 'sops', 'sealedSecret', 'externalSecret', 'none'];
}

/** The forms of Secrets, each as the section of a document; `folder` has what they refer to. */
export async function secretForms(folder: string): Promise<Readonly<Record<string, object>>> {
  const identity = await generateX25519Identity();
  fs.writeFileSync(path.join(folder, 'key.txt'), `${identity}\n`);
  fs.writeFileSync(path.join(folder, 'seal.pem'), selfSigned(folder));
  const key = { env: 'ENCRYPTION_KEY' };
  return {
    manifests: {},
    sops: { encryptionKey: key, sops: { age: [await identityToRecipient(identity)] } },
    sealedSecret: { encryptionKey: key, sealedSecret: { certificate: { file: './seal.pem' } } },
    externalSecret: { externalSecret: { store: 'vault', prefix: 'pachyderm/' } },
    none: {},
  };
}

const environment = {
  AUTH0_APPLICATION_SECRET: 'example-auth0-client-secret',
  TF_VAR_auth0_client_secret: 'example-auth0-client-secret',
  PACHYDERM_LICENSE: 'example-license-key',
  ENCRYPTION_KEY: 'k'.repeat(32),
};

/**
 * Synthesizes documents, each written to `folder` under its name, and returns the folder of the output. `outputs` are named
 * as after `--only`.
 */
export function synthesizeAll(
  folder: string,
  documents: Readonly<Record<string, object>>,
  outputs: string,
): string {
  for (const [name, document] of Object.entries(documents))
    fs.writeFileSync(path.join(folder, `${name}.yaml`), JSON.stringify(document));
  return synthesize(
    folder,
    Object.keys(documents).map((name) => `${name}.yaml`),
    outputs,
  );
}

function synthesize(folder: string, files: readonly string[], outputs: string): string {
  fs.rmSync(path.join(folder, 'out'), { recursive: true, force: true });
  const { exitCode, stderr } = pachkit(['synth', ...files, '--out', 'out', '--only', outputs], {
    folder,
    environment,
  });
  expect([exitCode, stderr]).toEqual([0, expect.not.stringContaining('error')]);
  return path.join(folder, 'out');
}

/** Synthesizes an example with its Secrets in a form, and returns the folder of the cluster. `more` is laid over it. */
export function synthesizeExample(
  folder: string,
  example: string,
  form: readonly [name: string, section: object],
  outputs: string,
  more: object = {},
): string {
  const document = documentOf(example) ?? '';
  if (document.endsWith('.ts')) return path.join(synthesize(folder, [document], outputs), example);
  const [output, section] = form;
  const name = 'example';
  const extending = { apiVersion: 'pachkit/v1', extends: document, name, ...more };
  return path.join(
    synthesizeAll(folder, { [name]: { ...extending, secrets: { output, ...section } } }, outputs),
    name,
  );
}

/** A Kubernetes object. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** Objects by what they are. Two of one name are an error. */
export function byKey(objects: readonly KubernetesObject[]): Record<string, KubernetesObject> {
  const all: Record<string, KubernetesObject> = {};
  for (const object of objects) {
    const key = `${object.apiVersion}/${object.kind}/${object.metadata.name}`;
    if (all[key] !== undefined) throw new Error(`two objects are ${key}`);
    all[key] = object;
  }
  return all;
}

/** The objects of YAML. */
export function objectsIn(yaml: string): readonly KubernetesObject[] {
  return (loadAll(yaml) as (KubernetesObject | null)[]).filter((object) => object !== null);
}

/** The objects that `manifests/` of a cluster has, those in files for sops among them, encrypted. */
export function manifestObjects(cluster: string): Record<string, KubernetesObject> {
  return byKey(
    (fs.readdirSync(path.join(cluster, 'manifests'), { recursive: true }) as string[])
      .filter((file) => /(^|\/)[^./][^/]*\.yaml$/.test(file))
      .flatMap((file) => objectsIn(fs.readFileSync(path.join(cluster, 'manifests', file), 'utf8'))),
  );
}
