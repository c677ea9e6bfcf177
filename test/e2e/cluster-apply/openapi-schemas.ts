import { writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** A JSON Schema, or a part of one. */
type Schema = Readonly<Record<string, unknown>>;

interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What the API server publishes at `/openapi/v2`, as far as schemas go. */
export interface OpenApi {
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** How kubeconform finds the files that `writeSchemas` writes. */
export const schemaLocation = (directory: string): string =>
  path.join(directory, '{{ .ResourceKind }}{{ .KindSuffix }}.json');

const intOrString: Schema = { oneOf: [{ type: 'string' }, { type: 'integer' }] };

/** Types whose OpenAPI says less, or something else, than what the API server reads. */
const EXACT: Readonly<Record<string, Schema>> = {
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': intOrString,
  'io.k8s.apimachinery.pkg.api.resource.Quantity': { oneOf: [{ type: 'string' }, { type: 'number' }] },
};

/**
 * Writes a JSON Schema for every kind that the API server serves, in the layout that kubeconform looks them up by:
 * strict, so that a field which the kind does not have is an error.
 */
export function writeSchemas({ definitions }: OpenApi, directory: string): void {
  for (const [name, definition] of Object.entries(definitions)) {
    const kinds = (definition['x-kubernetes-group-version-kind'] ?? []) as readonly GroupVersionKind[];
    const [kind, ...others] = kinds;
    // Options of requests belong to every group; no object of a manifest is one.
    if (kind === undefined || others.length > 0) continue;
    const used = reachableFrom(name, definitions);
    const schema = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      allOf: [
        { $ref: `#/definitions/${name}` },
        {
          required: ['apiVersion', 'kind'],
          properties: { apiVersion: { enum: [apiVersionOf(kind)] }, kind: { enum: [kind.kind] } },
        },
      ],
      definitions: Object.fromEntries(
        used.map((key) => [key, EXACT[key] ?? strict(definitions[key] as Schema)]),
      ),
    };
    writeFileSync(path.join(directory, fileOf(kind)), JSON.stringify(schema));
  }
}

const apiVersionOf = ({ group, version }: GroupVersionKind): string =>
  group === '' ? version : `${group}/${version}`;

/** kubeconform's name: kind, the group's first word if it has one, version, all in lower case. */
function fileOf({ group, version, kind }: GroupVersionKind): string {
  const groupWord = group.split('.')[0];
  return `${[kind, ...(groupWord ? [groupWord] : []), version].join('-').toLowerCase()}.json`;
}

function reachableFrom(root: string, definitions: OpenApi['definitions']): readonly string[] {
  const seen = new Set([root]);
  // A set that grows while it is walked is walked to its new end.
  for (const name of seen)
    for (const [, reference = ''] of JSON.stringify(definitions[name]).matchAll(
      /"\$ref":"#\/definitions\/([^"]+)"/g,
    ))
      seen.add(reference);
  return [...seen];
}

/** No properties but those that are listed, here and below. */
function strict(schema: Schema): Schema {
  const entries = Object.entries(schema).filter(
    ([key]) => !key.startsWith('x-kubernetes-') && key !== 'format',
  );
  const { properties, items, additionalProperties, ...rest } = Object.fromEntries(entries) as {
    properties?: Readonly<Record<string, Schema>>;
    items?: Schema;
    additionalProperties?: Schema;
  };
  return {
    ...rest,
    ...(items === undefined ? {} : { items: strict(items) }),
    ...(additionalProperties === undefined ? {} : { additionalProperties: strict(additionalProperties) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, property]) => [name, strict(property)]),
          ),
          additionalProperties: false,
        }),
  };
}
