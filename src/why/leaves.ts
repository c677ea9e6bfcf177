import { parse } from 'yaml';
import { compare } from '../diagnostics/diagnostic';
import { isMapping } from '../document/is-mapping';
import { oncePer } from '../forms/once-per';
import type { Cluster } from '../model/cluster';
import { constructedObjects } from '../outputs/objects';
import type { Output } from '../outputs/output';

/** A value that is neither a mapping nor a list, or one of these that is empty. */
export type Leaf = string | number | boolean | null;

/** The leaf fields of one thing that is written, by path: `spec.template.spec.containers[pachd].image`. */
export type Leaves = ReadonlyMap<string, Leaf>;

/** Everything that is written of a cluster, by name: `Secret/pachyderm-auth`, `connectors/auth0`, `auth0_client.application`. */
export type Written = ReadonlyMap<string, Leaves>;

/** Outputs that are files of JSON, with the name that their files give what is in them. */
export interface FileOutput {
  readonly name: string;
  readonly output: Output;
  readonly appliesTo: (cluster: Cluster) => boolean;
}

/** What makes a thing that is written: a component of the chart, or an output of files. */
export type Maker = { readonly component: string } | { readonly output: FileOutput };

/** Everything that outputs write of a cluster, by what makes it. */
export function makersOf(cluster: Cluster, outputs: readonly FileOutput[]): ReadonlyMap<Maker, Written> {
  const ids = new Set(constructedObjects(cluster).map(({ component }) => component));
  const makers: Maker[] = [
    ...[...ids].map((component) => ({ component })),
    ...outputs.map((output) => ({ output })),
  ];
  return new Map(makers.map((maker) => [maker, writtenBy(maker, cluster)]));
}

/** What one maker writes of a cluster, taken apart; nothing where the cluster does not have it. */
export function writtenBy(maker: Maker, cluster: Cluster): Written {
  const written = new Map<string, Leaves>();
  if ('component' in maker)
    for (const { manifest } of constructedObjects(cluster, maker.component))
      written.set(
        `${manifest.kind}/${nameWithoutDigest(manifest.metadata.name)}`,
        leavesOfManifest(manifest),
      );
  else if (maker.output.appliesTo(cluster))
    for (const { path, content } of maker.output.output.emit(cluster, []))
      if (path.endsWith('.json'))
        for (const [name, value] of partsOf(path, content)) written.set(name, leavesOf(value));
  return written;
}

/** The bootstrap Job has a name that follows from its content. */
function nameWithoutDigest(name: string): string {
  return name.replace(/^(pachyderm-config)-\d+$/, '$1');
}

/** What a file has: blocks of Terraform one by one, any other file as a whole. */
function partsOf(path: string, content: string): [string, unknown][] {
  const value = JSON.parse(content) as Readonly<Record<string, unknown>>;
  if (!path.endsWith('.tf.json')) return [[path.replace(/\.json$/, ''), value]];
  return Object.entries(value)
    .filter(([block]) => block !== '//')
    .flatMap(([block, inner]): [string, unknown][] => {
      if (block === 'terraform' || !isMapping(inner)) return [[block, inner]];
      if (block !== 'resource' && block !== 'data')
        return Object.entries(inner).map(([name, one]) => [`${block}.${name}`, one]);
      const prefix = block === 'data' ? 'data.' : '';
      return Object.entries(inner).flatMap(([type, named]) =>
        Object.entries(named as object).map(([name, one]): [string, unknown] => [
          `${prefix}${type}.${name}`,
          one,
        ]),
      );
    });
}

/** Parts of a cluster that are as before have the manifests of before. */
const leavesOfManifest = oncePer((manifest: object) => leavesOf(manifest));

function leavesOf(value: unknown): Leaves {
  const leaves = new Map<string, Leaf>();
  visit(value, '', leaves);
  return leaves;
}

function visit(value: unknown, path: string, leaves: Map<string, Leaf>): void {
  if (Array.isArray(value) && value.length > 0) {
    const name = ['name', 'id', 'mountPath'].find((key) => isNamedBy(value, key));
    value.forEach((item: unknown, index) => {
      const own =
        name === undefined ? String(index) : String((item as Readonly<Record<string, unknown>>)[name]);
      visit(item, `${path}[${own}]`, leaves);
    });
  } else if (isMapping(value) && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value))
      visit(inner, path === '' ? key : `${path}.${key}`, leaves);
  } else if (typeof value === 'string') {
    const inner = structureIn(value);
    if (inner === undefined) leaves.set(path, value);
    else visit(inner, path, leaves);
  } else leaves.set(path, typeof value === 'object' ? JSON.stringify(value) : (value as Leaf));
}

/** What strings hold: most are the same in all variants of a cluster, and reading them is what takes most of the time. */
const structures = new Map<string, object | undefined>();

/** The most strings that are remembered. */
const REMEMBERED = 2000;

/** The mapping or list that a string holds as YAML or JSON, such as a configuration file; undefined for other strings. */
function structureIn(text: string): object | undefined {
  if (!structures.has(text)) {
    if (structures.size >= REMEMBERED) structures.clear();
    structures.set(text, readStructure(text));
  }
  return structures.get(text);
}

function readStructure(text: string): object | undefined {
  if (!/^[ \t]*[[{]|^[\w'"-]+:( |\n)|^- /m.test(text) || !/[\n[{]/.test(text)) return undefined;
  try {
    const value: unknown = parse(text, { logLevel: 'silent' });
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}

function isNamedBy(items: readonly unknown[], key: string): boolean {
  const names = items.map((item) => (isMapping(item) ? item[key] : undefined));
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length;
}

/** Names in the order that people look for them in. */
export function sorted(names: Iterable<string>): string[] {
  return [...names].sort(compare);
}
