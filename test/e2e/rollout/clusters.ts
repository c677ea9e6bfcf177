import * as fs from 'node:fs';
import * as path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { loadAll } from 'js-yaml';
import { pachkit } from '../../support/pachkit';
import { selfSigned } from './certificate';

const examplesFolder = path.resolve(__dirname, '../../../examples');

/** Folders of examples. */
export const folders: readonly string[] = fs.readdirSync(examplesFolder).sort();

/** Examples that no output is written for, and why. */
export const withoutDocument: Readonly<Record<string, string>> = {
  'library-cdk8s': 'an app of cdk8s: it writes the objects itself, with those of its own among them',
  'library-terraform': 'an app of Terraform: it has resources, and no object of Kubernetes',
};

/** Examples with a document. */
export const examples: readonly string[] = folders.filter((name) => withoutDocument[name] === undefined);

/** The document of an example; undefined without one. */
export function documentOf(example: string): string | undefined {
  return ['pachyderm.yaml', 'pachyderm.ts']
    .map((name) => path.join(examplesFolder, example, name))
    .find((file) => fs.existsSync(file));
}

/** Forms that Secrets can be written in. */
export const FORMS = ['manifests', 'sops', 'sealedSecret', 'externalSecret', 'none'] as const;

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
  const [output, section] = form;
  const name = 'example';
  const over = { name, ...more, secrets: { output, ...section } };
  if (document.endsWith('.ts')) {
    fs.writeFileSync(path.join(folder, `${name}.ts`), programWith(document, over));
    return path.join(synthesize(folder, [`${name}.ts`], outputs), name);
  }
  const extending = { apiVersion: 'pachkit/v1', extends: document, ...over };
  return path.join(synthesizeAll(folder, { [name]: extending }, outputs), name);
}

/** A document in TypeScript with more laid over it: one that is data cannot extend it. */
function programWith(document: string, over: { readonly secrets: object }): string {
  const program = fs.readFileSync(document, 'utf8');
  const [head, body, ...others] = program.split('export default ');
  if (body === undefined || others.length > 0) throw new Error(`${document} has not one default export`);
  const { secrets, ...sections } = over;
  return `${head}const document = ${body}
export default {
  ...document,
  ...${JSON.stringify(sections)},
  secrets: { ...document.secrets, ...${JSON.stringify(secrets)} },
};
`;
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
