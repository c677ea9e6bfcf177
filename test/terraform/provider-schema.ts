/** The part of `terraform providers schema -json` that is looked at. */
export interface ProviderSchemas {
  readonly provider_schemas: Readonly<Record<string, ProviderSchema>>;
}

interface ProviderSchema {
  readonly provider: { readonly block: Block };
  readonly resource_schemas: Readonly<Record<string, { readonly block: Block }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly block: Block }>>;
}

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
}

interface Attribute {
  readonly type: string | readonly [string, string];
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly write_only?: boolean;
}

interface NestedBlock {
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

type Json = Readonly<Record<string, unknown>>;

/** Arguments that every resource takes, from Terraform itself. */
const META_ARGUMENTS = new Set(['depends_on', 'lifecycle', 'provider', 'count', 'for_each']);

/** Every way in which a `cdk.tf.json` departs from what the provider takes. */
export function departures(
  terraform: Json,
  schemas: ProviderSchemas,
  provider: 'auth0' | 'keycloak' = 'auth0',
): string[] {
  const source = `registry.terraform.io/${provider}/${provider}`;
  const schema = schemas.provider_schemas[source];
  if (!schema) return [`there is no schema of ${source}`];
  const kinds = [
    ['resource', schema.resource_schemas],
    ['data', schema.data_source_schemas],
  ] as const;
  const found: string[] = [];
  for (const [kind, known] of kinds)
    for (const [type, resources] of Object.entries((terraform[kind] ?? {}) as Json))
      for (const [name, body] of Object.entries(resources as Json)) {
        const block = known[type]?.block;
        if (block) found.push(...inBlock(body as Json, block, `${kind}.${type}.${name}`));
        else found.push(`${kind}.${type} is not known to the provider`);
      }
  for (const body of (terraform['provider'] as Record<string, Json[]>)[provider] ?? [])
    found.push(...inBlock(body, schema.provider.block, `provider.${provider}`));
  return found;
}

function inBlock(body: Json, block: Block, place: string): string[] {
  const found: string[] = [];
  for (const [name, value] of Object.entries(body)) {
    if (META_ARGUMENTS.has(name)) continue;
    const attribute = block.attributes?.[name];
    const nested = block.block_types?.[name];
    if (attribute) {
      if (!attribute.required && !attribute.optional) found.push(`${place}.${name} is read-only`);
      if (!isOfType(value, attribute.type)) found.push(`${place}.${name} is no ${String(attribute.type)}`);
    } else if (nested) {
      const items = Array.isArray(value) ? (value as Json[]) : [value as Json];
      if (nested.max_items !== undefined && items.length > nested.max_items)
        found.push(`${place}.${name} has too many blocks`);
      items.forEach((item, index) =>
        found.push(...inBlock(item, nested.block, `${place}.${name}[${index}]`)),
      );
    } else found.push(`${place}.${name} is not known`);
  }
  return [...found, ...missing(body, block, place)];
}

/** What the block demands and the body has not. */
function missing(body: Json, block: Block, place: string): string[] {
  const demanded = [
    ...Object.entries(block.attributes ?? {}).filter(([, { required }]) => required),
    ...Object.entries(block.block_types ?? {}).filter(([, { min_items }]) => (min_items ?? 0) > 0),
  ];
  return demanded.filter(([name]) => body[name] === undefined).map(([name]) => `${place}.${name} is missing`);
}

const SCALARS: Readonly<Record<string, string>> = { string: 'string', bool: 'boolean', number: 'number' };

function isOfType(value: unknown, type: Attribute['type']): boolean {
  if (typeof type === 'string') return typeof value === SCALARS[type];
  return Array.isArray(value) && value.every((item) => isOfType(item, type[1]));
}
