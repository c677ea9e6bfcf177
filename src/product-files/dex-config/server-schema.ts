import { describeRange, isInTargets, minorSpan, type MinorRange, type Target } from '../../releases/target';

/** The part of JSON Schema that `schemas/dex.schema.json` is written in, as far as one value is concerned. */
export interface ServerSchema {
  readonly type?: 'object' | 'array' | 'string' | 'boolean' | 'integer';
  readonly properties?: Readonly<Record<string, ServerSchema>>;
  readonly additionalProperties?: boolean | ServerSchema;
  readonly required?: readonly string[];
  readonly items?: ServerSchema;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly examples?: readonly unknown[];
  readonly $ref?: string;
  readonly allOf?: readonly Variant[];
  readonly 'x-secret'?: boolean;
  readonly 'x-dex-since'?: string;
  readonly 'x-dex-until'?: string;
  readonly 'x-unreleased'?: boolean;
}

/** A schema without reference to another. */
export interface ResolvedSchema extends ServerSchema {
  readonly type: NonNullable<ServerSchema['type']>;
}

/** What `config` may hold when `type` has a certain value. */
interface Variant {
  readonly if?: { readonly properties?: { readonly type?: { readonly const?: string } } };
  readonly then?: { readonly properties?: { readonly config?: ServerSchema } };
}

interface WholeSchema extends ServerSchema {
  readonly $defs: Readonly<Record<string, ServerSchema>>;
}

/** The schema of a whole Dex configuration. Loaded on use: only files of Dex need it. */
export function serverSchema(): WholeSchema {
  return require('../../../schemas/dex.schema.json') as WholeSchema;
}

/** A schema with the definition that it refers to; what stands beside the reference holds too. */
export function resolved(node: ServerSchema): ResolvedSchema {
  const definition = node.$ref?.startsWith('#/$defs/') ? serverSchema().$defs[node.$ref.slice(8)] : undefined;
  return { ...definition, ...node } as ResolvedSchema;
}

/** The schema of `config` beside a `type` such as `postgres`; undefined for types that are not known. */
export function variantOf(node: ServerSchema, type: unknown): ServerSchema | undefined {
  return node.allOf?.find((variant) => variant.if?.properties?.type?.const === type)?.then?.properties
    ?.config;
}

/** Whether the target's Dex reads a key with this schema. */
export function isRead(node: ServerSchema, target: Target): boolean {
  return !node['x-unreleased'] && isInTargets(target, { dex: rangeOf(node) });
}

/** Which versions read a key: `by Dex 2.39 and newer`. */
export function describeReaders(node: ServerSchema): string {
  if (node['x-unreleased']) return `by no release of Dex up to 2.${minorSpan('dex').newest}`;
  return `by ${describeRange('dex', rangeOf(node))}`;
}

function rangeOf(node: ServerSchema): MinorRange {
  const until = minor(node['x-dex-until']);
  return { since: minor(node['x-dex-since']) ?? 0, ...(until === undefined ? {} : { until }) };
}

/** The paths of every key of the configuration, by name; keys of list items have `[]` in their path. */
export function keyHomes(): ReadonlyMap<string, readonly string[]> {
  if (homes === undefined) {
    const found = new Map<string, string[]>();
    collectHomes(serverSchema(), '', found);
    homes = found;
  }
  return homes;
}

let homes: ReadonlyMap<string, readonly string[]> | undefined;

function collectHomes(node: ServerSchema, prefix: string, found: Map<string, string[]>): void {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    if (child['x-unreleased']) continue;
    const path = `${prefix}${key}`;
    found.set(key, [...(found.get(key) ?? []), path]);
    collectHomes(child, `${path}.`, found);
    if (child.items) collectHomes(child.items, `${path}[].`, found);
  }
}

function minor(version: string | undefined): number | undefined {
  return version === undefined ? undefined : Number(version.replace('2.', ''));
}
