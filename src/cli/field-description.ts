import { connectorKey, connectorKeys, describeReaders } from '../connectors/availability';
import { connectorType, connectorTypeNames, type ConnectorType } from '../connectors/connector-types';
import { packagedSchema } from './packaged-schemas';

/** A field of the document, or a key of a connector, in words. */
export interface FieldDescription {
  readonly path: string;
  readonly description: string;
  readonly takes?: string;
  readonly default?: string;
  readonly example?: string;
  /** Which versions read a connector's key. */
  readonly readBy?: string;
  /** What is inside, for sections. */
  readonly keys: readonly { readonly name: string; readonly description: string }[];
}

interface SchemaNode {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly 'x-expected'?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  /** What holds for a connector of Dex, where one may name a provider instead. */
  readonly else?: SchemaNode;
}

/** The schema of the document, read on first use. */
let loaded: SchemaNode | undefined;

function schemaRoot(): SchemaNode {
  return (loaded ??= packagedSchema('cluster') as SchemaNode);
}

/**
 * The field at a path such as `auth.sessionDuration` or `identity.connectors[].id`, or the key of a connector at one such as
 * `oidc` or `oidc.claimMapping.email`; undefined when there is none.
 */
export function describeField(path: string): FieldDescription | undefined {
  if (CONFIG.test(path)) return describeConfig(path);
  const field = describe(schemaRoot(), path);
  if (field) return field;
  const { schema, keyPath, type } = connectorKeyPath(path.replace(CONFIG_PREFIX, ''));
  const key = schema && describe(schema, keyPath);
  if (!key) return undefined;
  const facts = connectorKey(type, keyPath);
  return { ...key, path, ...(facts ? { readBy: describeReaders(facts).replace(/^by /, '') } : {}) };
}

const CONFIG = /^identity\.connectors(\[\d*\])?\.config$/;
const CONFIG_PREFIX = /^identity\.connectors(\[\d*\])?\.config\./;

/** What `config` holds follows from the type. */
function describeConfig(path: string): FieldDescription {
  const field = describe(schemaRoot(), path) ?? { path, description: '' };
  const keys = connectorTypeNames.map((name) => ({
    name,
    description: schemaOfType(name)?.description ?? '',
  }));
  return { ...field, path, takes: 'the keys of the connector type: pachkit explain TYPE', keys };
}

function connectorKeyPath(path: string): {
  readonly type: ConnectorType;
  readonly schema: SchemaNode | undefined;
  readonly keyPath: string;
} {
  const [type = '', ...keys] = path.split('.');
  return { type: type as ConnectorType, schema: schemaOfType(type), keyPath: keys.join('.') };
}

function schemaOfType(type: string): SchemaNode | undefined {
  const name = connectorType(type)?.schema;
  return name === undefined ? undefined : schemaRoot().$defs?.[`connectors-${name}-schema`];
}

function describe(from: SchemaNode, path: string): FieldDescription | undefined {
  let node: SchemaNode | undefined = from;
  for (const step of path === '' ? [] : path.replace(/\[\w*\]/g, '.[]').split('.')) {
    const inside: SchemaNode = resolve(node);
    const container: SchemaNode = step !== '[]' && inside.items ? resolve(inside.items) : inside;
    node = step === '[]' ? inside.items : own(container.properties, step);
    if (!node) return undefined;
  }
  const field = resolve(node);
  const takes = takesOf(field);
  const example = node.$ref?.endsWith(SECRET_VALUE) === true ? secretExample(path) : field.examples?.[0];
  return {
    path,
    description: field.description ?? '',
    ...(takes === undefined ? {} : { takes }),
    ...(field.default === undefined ? {} : { default: inline(field.default) }),
    ...(example === undefined ? {} : { example: inline(example) }),
    keys: Object.entries(field.properties ?? resolve(field.items ?? {}).properties ?? {}).map(
      ([name, child]) => ({
        name,
        description: resolve(child).description ?? '',
      }),
    ),
  };
}

function own(properties: SchemaNode['properties'], name: string): SchemaNode | undefined {
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

const SECRET_VALUE = 'secret-value-schema';

/** A variable named after the field: the schema of secrets is the same everywhere and has one example. */
function secretExample(path: string): unknown {
  const name = path.split('.').at(-1) ?? '';
  return { env: name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase() };
}

/** The paths of all fields, and of all keys of connectors. */
export function fieldPaths(): string[] {
  const keys = connectorTypeNames.flatMap((type) => [
    type,
    ...connectorKeys(type).map(({ path }) => `${type}.${path}`),
  ]);
  return [...documentPaths(), ...keys];
}

function documentPaths(): string[] {
  const paths: string[] = [];
  const visit = (node: SchemaNode, prefix: string, depth: number): void => {
    const field = resolve(node);
    for (const [name, child] of Object.entries(
      field.properties ?? resolve(field.items ?? {}).properties ?? {},
    )) {
      const path = prefix === '' ? name : `${prefix}.${name}`;
      paths.push(path);
      if (depth < 6) visit(child, path, depth + 1);
    }
  };
  visit(schemaRoot(), '', 0);
  return paths;
}

/** A node with what it refers to; what stands beside the reference says more about this place. */
function resolve(node: SchemaNode): SchemaNode {
  if (node.else !== undefined) return resolve(node.else);
  if (node.$ref === undefined) return node;
  const target = node.$ref
    .slice(2)
    .split('/')
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], schemaRoot());
  return { ...resolve(target ?? {}), ...node };
}

function takesOf(field: SchemaNode): string | undefined {
  if (field.enum) return field.enum.map(String).join(' | ');
  if (field.const !== undefined) return field.const;
  if (field['x-expected'] !== undefined) return field['x-expected'];
  if (field.type === undefined) return undefined;
  return (typeof field.type === 'string' ? [field.type] : field.type).join(' or ');
}

function inline(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a field means, and what it is where it is left out. */
export function meaningOf(field: string): string {
  const found = describeField(field.replace(/\[\d+\]/g, '[]'));
  if (!found) return '';
  return [found.description, ...(found.default === undefined ? [] : [`Default: ${found.default}.`])]
    .join(' ')
    .trim();
}
