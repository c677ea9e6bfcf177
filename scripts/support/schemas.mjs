// Reading and bundling of the hand-written schemas, shared by the generators.
import fs from 'node:fs';
import path from 'node:path';

/** All schemas under schemas/, by the name that others refer to them with: a path relative to schemas/. */
export function readSchemas(root) {
  const folder = path.join(root, 'schemas');
  const names = fs
    .readdirSync(folder, { recursive: true })
    .map((name) => String(name).split(path.sep).join('/'))
    .filter((name) => name.endsWith('.schema.json'))
    .sort();
  return new Map(names.map((name) => [name, JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'))]));
}

/** The same as documents are once connectors that name a provider are those of Dex: what is checked and typed. */
export function readExpandedSchemas(root) {
  const schemas = readSchemas(root);
  const cluster = structuredClone(schemas.get('cluster.schema.json'));
  const { connectors } = cluster.$defs.identity.properties;
  connectors.items = connectors.items.else;
  return schemas.set('cluster.schema.json', cluster);
}

/** A deep copy of `value` in which `visit` may replace every object on the way down. */
export function transform(value, visit) {
  if (Array.isArray(value)) return value.map((item) => transform(item, visit));
  if (value === null || typeof value !== 'object') return value;
  const visited = visit({ ...value });
  return Object.fromEntries(Object.entries(visited).map(([key, child]) => [key, transform(child, visit)]));
}

/**
 * One schema without references to other files: every schema it refers to, directly or not, becomes one of its $defs.
 * Editors then need nothing but this file.
 */
export function bundle(schemas, name) {
  const needed = new Map();
  // Named after the whole file, so that no definition of the schema itself is overwritten.
  const keyOf = (file) => file.replace(/\.json$/, '').replace(/[^A-Za-z0-9]+/g, '-');
  const collect = (file) => {
    const schema = schemas.get(file);
    if (!schema) throw new Error(`no schema ${file}, which ${name} refers to`);
    const inner = transform(schema, (node) => {
      if (typeof node.$ref !== 'string') return node;
      const [target, pointer = ''] = node.$ref.split('#');
      const here = target === '' ? file : path.posix.join(path.posix.dirname(file), target);
      if (here !== name && !needed.has(here)) {
        needed.set(here, undefined);
        needed.set(here, collect(here));
      }
      return { ...node, $ref: here === name ? `#${pointer}` : `#/$defs/${keyOf(here)}${pointer}` };
    });
    if (file !== name) {
      delete inner.$schema;
      delete inner.$id;
    }
    return inner;
  };
  const bundled = collect(name);
  const definitions = Object.fromEntries([...needed].sort().map(([file, schema]) => [keyOf(file), schema]));
  return { ...bundled, $defs: { ...bundled.$defs, ...definitions } };
}
