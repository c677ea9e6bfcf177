import { packagedSchema } from './packaged-schemas';

/** A field of the document in words. */
export interface FieldDescription {
  readonly path: string;
  readonly description: string;
  readonly takes?: string;
  readonly default?: string;
  readonly example?: string;
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
}

/** The schema of the document, read on first use. */
let loaded: SchemaNode | undefined;

function schemaRoot(): SchemaNode {
  return (loaded ??= packagedSchema('cluster') as SchemaNode);
}

/** The field at a path such as `auth.sessionDuration` or `identity.connectors[].id`; undefined when there is none. */
export function describeField(path: string): FieldDescription | undefined {
  let node: SchemaNode | undefined = schemaRoot();
  for (const step of path === '' ? [] : path.replace(/\[\d*\]/g, '.[]').split('.')) {
    const inside: SchemaNode = resolve(node);
    const container: SchemaNode = step !== '[]' && inside.items ? resolve(inside.items) : inside;
    node = step === '[]' ? inside.items : own(container.properties, step);
    if (!node) return undefined;
  }
  const field = resolve(node);
  const takes = takesOf(field);
  const example = field.examples?.[0];
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

/** The paths of all fields. */
export function fieldPaths(): string[] {
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
