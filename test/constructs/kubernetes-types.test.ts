import type { ClusterDocument } from '../../src/generated/cluster-document';
import { clusterObjects } from '../../src/outputs/objects';
import { clusterOf } from '../support/cluster-of';
import { placesOfSchema, sampleOf, type SchemaPart, type Step } from '../support/schema-places';

/** What the document hands on to Kubernetes as it is, by the key that it has in a document and in a pod. */
const HANDED_ON = ['affinity', 'tolerations', 'nodeSelector', 'labels', 'annotations', 'resources'];

const places = placesOfSchema();
const schemaOf = (at: readonly Step[]): SchemaPart | undefined =>
  places.find(({ path }) => path.length === at.length && path.every((step, index) => step === at[index]))
    ?.part;

/** A value with every key that the schema has below a place, none left out. */
function whole(at: readonly Step[], part: SchemaPart): unknown {
  if (part.properties)
    return Object.fromEntries(
      Object.keys(part.properties).map((key) => [key, whole([...at, key], schemaOf([...at, key]) ?? {})]),
    );
  if (part.items) return [whole([...at, 0], schemaOf([...at, 0]) ?? {})];
  if (typeof part.additionalProperties === 'object')
    return {
      [String(sampleOf(part.propertyNames ?? { type: 'string' }))]: sampleOf(part.additionalProperties),
    };
  return sampleOf(part);
}

const handedOn = places
  .filter(
    ({ path }) =>
      HANDED_ON.includes(String(path.at(-1))) &&
      !path.slice(0, -1).some((step) => HANDED_ON.includes(String(step))),
  )
  .map(({ path, part }) => [path.join('.'), path, whole(path, part)] as const);

/** Workloads that are there only where the document asks for them. */
const AROUND: Partial<ClusterDocument> = {
  profile: 'dev',
  identity: { dex: 'standalone' },
};

function set(document: Record<string, unknown>, [step, ...rest]: readonly Step[], value: unknown): object {
  const key = String(step);
  return {
    ...document,
    [key]: rest.length === 0 ? value : set((document[key] ?? {}) as Record<string, unknown>, rest, value),
  };
}

/** Whether `part` is somewhere in `tree`: mappings may have more keys of pachkit's own, everything else is equal. */
function holds(tree: unknown, key: string, part: unknown): boolean {
  if (tree === null || typeof tree !== 'object') return false;
  return Object.entries(tree).some(
    ([name, child]) => (name === key && isPartOf(part, child)) || holds(child, key, part),
  );
}

function isPartOf(part: unknown, tree: unknown): boolean {
  if (part === null || typeof part !== 'object') return String(part) === String(tree);
  if (tree === null || typeof tree !== 'object') return false;
  return Object.entries(part).every(([key, child]) =>
    isPartOf(child, (tree as Record<string, unknown>)[key]),
  );
}

test('there are as many places as the document has', () => expect(handedOn.length).toBeGreaterThan(45));

test.each(handedOn)('%s comes out whole', (_name, path, value) => {
  const proxy =
    path[2] === 'cloudSqlProxy'
      ? { database: { external: { user: 'p', password: 'p', cloudSqlProxy: { connectionName: 'a:b:c' } } } }
      : {};
  const via = path[1] === 'ingress' ? { access: { via: 'ingress', host: 'pachyderm.acme.com' } } : {};
  const job = path[1] === 'configJob' ? { release: '2.2.8', enterprise: { licenseKey: 'a' } } : {};
  const document = set({ ...AROUND, ...via, ...proxy, ...job }, path, value) as Partial<ClusterDocument>;
  const objects = clusterObjects(clusterOf(document)).map(({ manifest }) => manifest);
  expect(holds(objects, String(path.at(-1)), value)).toBe(true);
});
