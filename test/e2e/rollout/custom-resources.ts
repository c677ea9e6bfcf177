import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv from 'ajv';
import { load } from 'js-yaml';

/** The definitions of custom resources that engines bring, in Go modules of a release, whose checksums Go verifies. */
const DEFINITIONS = [
  {
    module: 'github.com/argoproj/argo-cd/v2@v2.14.21',
    files: ['manifests/crds/application-crd.yaml', 'manifests/crds/applicationset-crd.yaml'],
  },
  {
    module: 'github.com/fluxcd/kustomize-controller@v1.9.5',
    files: ['config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml'],
  },
  {
    module: 'github.com/fluxcd/source-controller@v1.9.5',
    files: [
      'config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml',
      'config/crd/bases/source.toolkit.fluxcd.io_ocirepositories.yaml',
    ],
  },
] as const;

interface Definition {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly schema: { readonly openAPIV3Schema: object };
    }[];
  };
}

/** What is wrong with a custom resource; nothing for one that the API server of its engine takes as it is. */
export type Check = (resource: object) => readonly string[];

/** Checks of custom resources. What the definition does not have is wrong too: the API server drops it silently. */
export function customResourceCheck(folder: string): Check {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  for (const { module, files } of DEFINITIONS) {
    const at = moduleFolder(module, folder);
    for (const file of files) {
      const { spec } = load(fs.readFileSync(path.join(at, file), 'utf8')) as Definition;
      for (const { name, schema } of spec.versions)
        ajv.addSchema(closed(schema.openAPIV3Schema) as object, `${spec.group}/${name}/${spec.names.kind}`);
    }
  }
  return (resource) => {
    const { apiVersion, kind } = resource as { readonly apiVersion: string; readonly kind: string };
    const validate = ajv.getSchema(`${apiVersion}/${kind}`);
    if (validate === undefined) return [`no definition of ${apiVersion} ${kind}`];
    return validate(resource)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
        );
  };
}

function moduleFolder(module: string, cwd: string): string {
  const { status, stdout, stderr } = spawnSync('go', ['mod', 'download', '-json', module], {
    cwd,
    encoding: 'utf8',
    timeout: 150_000,
  });
  if (status !== 0) throw new Error(`${module}: ${stdout}${stderr}`);
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}

/** A schema that takes no property it does not name, where the definition does not say that it keeps unknown ones. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isOpen = copy['x-kubernetes-preserve-unknown-fields'] === true || 'additionalProperties' in copy;
  return copy['type'] === 'object' && typeof copy['properties'] === 'object' && !isOpen
    ? {
        ...copy,
        additionalProperties: false,
        properties: { ...(copy['properties'] as object), ...metadataOf(copy['properties'] as object) },
      }
    : copy;
}

/** The metadata of an object, of which definitions say only that it is one. */
function metadataOf(properties: object): object {
  return 'metadata' in properties && 'apiVersion' in properties ? { metadata: { type: 'object' } } : {};
}
