import { writeFileSync } from 'node:fs';
import {
  appliedLines,
  apply,
  createNamespace,
  readBack,
  removeServices,
  sortedLines,
  type Level,
} from './cluster-apply/cluster';
import { chartDocuments, examples, otherDocuments, type SuiteDocument } from './cluster-apply/documents';
import { schemaLocation, writeSchemas, type OpenApi } from './cluster-apply/openapi-schemas';
import { outcomesOf, type Outcome } from './cluster-apply/pods';
import { synthesize, type KubernetesObject } from './cluster-apply/synthesize';
import {
  controllerManagerTools,
  describeWithTools,
  kubernetesTools,
  run,
  startKubernetes,
  temporaryDirectory,
  toolPath,
  type KubernetesServer,
  type TemporaryDirectory,
} from './harness';

const documents = [...examples, ...chartDocuments, ...otherDocuments];
const byName = (list: readonly SuiteDocument[]) => list.map((document) => [document.name, document] as const);

function documentOf(name: string): SuiteDocument {
  const found = documents.find((document) => document.name === name);
  if (found === undefined) throw new Error(`no document ${name}`);
  return found;
}

/** What kubeconform says about one object. */
interface Verdict {
  readonly name: string;
  readonly status: string;
  readonly msg: string;
}

describeWithTools('Manifests on a real API server', [...kubernetesTools, 'kubeconform'], () => {
  let kubernetes: KubernetesServer;
  let schemas: TemporaryDirectory;

  beforeAll(async () => {
    kubernetes = await startKubernetes();
    schemas = temporaryDirectory('schemas');
    // kubeconform would download its schemas; those of this API server are at hand, and of its very release.
    writeSchemas(JSON.parse((await kubernetes.get('/openapi/v2')).body) as OpenApi, schemas.path);
  });

  /** kubeconform's verdicts on the objects of a folder; only with `-verbose` does it name those in order too. */
  async function conform(folder: string): Promise<readonly Verdict[]> {
    const { standardOutput } = await run({
      name: 'kubeconform',
      program: toolPath('kubeconform'),
      args: [
        ...['-strict', '-verbose', '-output', 'json'],
        ...['-schema-location', schemaLocation(schemas.path), folder],
      ],
    });
    return (JSON.parse(standardOutput) as { resources: Verdict[] }).resources;
  }

  // One after the other: node ports belong to the whole cluster, and most documents want the same ones.
  test.each(byName(documents))('%s goes through, and a second time without a change', async (_, document) => {
    const { manifests, objects, remove } = await synthesize(document);
    await createNamespace(kubernetes, document.name);

    const lines = appliedLines(objects);
    const first = await apply(kubernetes, manifests);
    expect(sortedLines(first.output)).toEqual([...lines, ...(document.warnings ?? [])].sort());
    expect(first.code).toBe(0);
    const before = await readBack(kubernetes, manifests);
    expect(Object.keys(before)).toHaveLength(objects.length);
    const namespaces = Object.values(before).map(({ metadata }) => metadata.namespace ?? document.name);
    expect([...new Set(namespaces)]).toEqual([document.name]);

    const second = await apply(kubernetes, manifests);
    expect(sortedLines(second.output)).toEqual([...lines].sort());
    expect(comparable(await readBack(kubernetes, manifests))).toEqual(comparable(before));

    const verdicts = await conform(manifests);
    expect(verdicts.filter(({ status }) => status !== 'statusValid')).toEqual([]);
    expect(verdicts).toHaveLength(objects.length);

    await removeServices(kubernetes, document.name);
    remove();
  });

  test('a document that says something else changes the objects that say it, and no others', async () => {
    const name = 'changed';
    const before = await synthesize({ ...documentOf('quickstart-2-12-0-rc-3'), name });
    const over = { access: { proxy: { replicas: 2 } } };
    const after = await synthesize({ ...documentOf('quickstart-2-12-0-rc-3'), name, over });
    await createNamespace(kubernetes, name);
    await apply(kubernetes, before.manifests);
    const versionsBefore = versionsOf(await readBack(kubernetes, before.manifests));
    await apply(kubernetes, after.manifests);
    const versionsAfter = versionsOf(await readBack(kubernetes, after.manifests));
    expect(Object.keys(versionsAfter)).toEqual(Object.keys(versionsBefore));
    const changed = Object.keys(versionsAfter).filter((key) => versionsAfter[key] !== versionsBefore[key]);
    expect(changed).toEqual(['Deployment/pachyderm-proxy']);
    await removeServices(kubernetes, name);
  });

  test('the command that synth prints, which leaves it to kubectl what to change, changes nothing twice either', async () => {
    const name = 'by-kubectl';
    const { manifests, objects } = await synthesize({ ...documentOf('quickstart-2-12-0-rc-3'), name });
    await createNamespace(kubernetes, name);
    const first = await kubernetes.kubectl(['apply', '-f', manifests]);
    expect(sortedLines(first.output)).toEqual(
      appliedLines(objects)
        .map((line) => line.replace('serverside-applied', 'created'))
        .sort(),
    );
    const before = await readBack(kubernetes, manifests);
    const second = await kubernetes.kubectl(['apply', '-f', manifests]);
    expect(second.code).toBe(0);
    expect(comparable(await readBack(kubernetes, manifests))).toEqual(comparable(before));
    await removeServices(kubernetes, name);
  });

  const container = { name: 'one', image: 'one' };
  test.each([
    ['an unknown field', { containers: [{ ...container, imagePullPolice: 'Always' }] }],
    ['a value of another type', { containers: [{ ...container, ports: [{ containerPort: 'http' }] }] }],
    ['a missing field', { containers: [{ image: 'one' }] }],
  ])('%s is refused, here and by kubeconform', async (_, spec) => {
    const directory = temporaryDirectory('wrong');
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'wrong', namespace: 'default' }, spec };
    writeFileSync(directory.join('pod.json'), JSON.stringify(pod));
    const { code, output } = await apply(kubernetes, directory.path);
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^error/i) as string });
    expect(await conform(directory.path)).toEqual([
      expect.objectContaining({ name: 'wrong', status: 'statusInvalid' }),
    ]);
    directory.remove();
  });
});

/**
 * Objects as two applies of the same manifests must leave them: all they say, who said it and when, and their version.
 * Without the version of claims for volumes: the API server writes those once more at the first update that there is,
 * though no field differs.
 */
function comparable(objects: Readonly<Record<string, KubernetesObject>>): unknown {
  return Object.fromEntries(
    Object.entries(objects).map(([key, object]) => [
      key,
      object.kind === 'PersistentVolumeClaim'
        ? { ...object, metadata: { ...object.metadata, resourceVersion: '' } }
        : object,
    ]),
  );
}

const versionsOf = (objects: Readonly<Record<string, KubernetesObject>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(objects).map(([key, { metadata }]) => [key, metadata.resourceVersion ?? '']),
  );

/** What `restricted` has against Pods that say nothing about security, or only which user they run as. */
const UNSAID = [
  'allowPrivilegeEscalation != false',
  'runAsNonRoot != true',
  'seccompProfile',
  'unrestricted capabilities',
];

/** With local storage these run as root, to whom the directory on the node belongs. */
const ROOT_ON_HOST_PATH = [...UNSAID, 'restricted volume types', 'runAsUser=0'].sort();
const LOCAL_STORAGE = { pachd: ROOT_ON_HOST_PATH, pachw: ROOT_ON_HOST_PATH };

/** Bitnami's image gets from the chart, in every release, no more than a user. */
const BUNDLED_POSTGRES = { postgres: UNSAID };

/** Pods of 2.2 have no security contexts, or no more than a user. */
const RELEASE_2_2 = { console: UNSAID, etcd: UNSAID, 'pg-bouncer': UNSAID, 'the config Job': UNSAID };

/** Of these nothing says that they run as another user than root. */
const WITHOUT_USER = ['runAsNonRoot != true', 'unrestricted capabilities'];

/** Documents in a namespace that enforces `restricted`, with the workloads that it refuses, and why. */
const RESTRICTED: readonly (readonly [string, Readonly<Record<string, readonly string[]>>])[] = [
  // Objects in a bucket and a PostgreSQL outside: nothing is refused.
  ['production-auth0-2-11-6', {}],
  ['production-auth0-2-12-0-rc-3', {}],
  ['chart-gcp-proxy-tls-external-postgres-2-11-6', {}],
  ['chart-gcp-proxy-tls-external-postgres-2-12-0-rc-3', {}],
  ['chart-aws-ingress-tls-auth0-2-11-6', BUNDLED_POSTGRES],
  ['chart-aws-ingress-tls-auth0-2-12-0-rc-3', BUNDLED_POSTGRES],
  ['etcd-of-three', BUNDLED_POSTGRES],
  // A standalone Dex is admitted with every storage, and beside every release.
  ['dex-in-kubernetes', BUNDLED_POSTGRES],
  ['dex-in-a-file', BUNDLED_POSTGRES],
  ['dex-standalone-2-12-0-rc-3', { ...BUNDLED_POSTGRES, ...LOCAL_STORAGE }],
  ['dex-standalone-2-11-6', { ...BUNDLED_POSTGRES, ...LOCAL_STORAGE }],
  ['dex-standalone-2-2-8', { ...RELEASE_2_2, ...BUNDLED_POSTGRES, pachd: ROOT_ON_HOST_PATH }],
  ['production-auth0-2-2-8', { ...RELEASE_2_2, pachd: UNSAID }],
  // Hardened, the bundled PostgreSQL is admitted, and of 2.2 whatever says its user.
  ['production-auth0-strict', {}],
  ['dex-standalone-strict', {}],
  [
    'release-2-2-strict',
    { console: WITHOUT_USER, 'pg-bouncer': WITHOUT_USER, 'the config Job': WITHOUT_USER },
  ],
];

describeWithTools('Pods that controllers make of the manifests', controllerManagerTools, () => {
  let kubernetes: KubernetesServer;
  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true });
  });

  /**
   * Applies a document in a namespace that enforces the level. Of pachw, which pachd starts as it is needed, one is
   * started too.
   */
  async function podsUnder(
    level: Level,
    document: SuiteDocument,
  ): Promise<{ readonly outcomes: Readonly<Record<string, Outcome>>; readonly isLocal: boolean }> {
    const name = `${document.name}-${level}`;
    const { manifests, objects, remove } = await synthesize({ ...document, name });
    await createNamespace(kubernetes, name, level);
    const applied = await apply(kubernetes, manifests);
    expect(applied.code).toBe(0);
    const workloads = objects.filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind));
    const names = workloads.map(({ metadata }) => metadata.name).sort();
    if (names.includes('pachw'))
      await kubernetes.kubectl(['scale', 'deployment', 'pachw', '--replicas=1', '--namespace', name]);
    const outcomes = await outcomesOf(kubernetes, name);
    expect(Object.keys(outcomes).sort()).toEqual(names);
    await removeServices(kubernetes, name);
    remove();
    return { outcomes, isLocal: JSON.stringify(objects).includes('"hostPath"') };
  }

  // The node's directory of local storage is what baseline forbids; everything else is admitted.
  test.each(byName(documents))('%s under baseline', async (_, document) => {
    const { outcomes, isLocal } = await podsUnder('baseline', document);
    const local = ['pachd', 'pachw'].filter((name) => isLocal && Object.hasOwn(outcomes, name));
    expect(refusals(outcomes)).toEqual(Object.fromEntries(local.map((name) => [name, ['hostPath volumes']])));
  });

  test.each(RESTRICTED)('%s under restricted', async (name, expected) => {
    const { outcomes } = await podsUnder('restricted', documentOf(name));
    expect(refusals(outcomes)).toEqual(expected);
  });
});

/** What was refused and why, by workload. */
function refusals(outcomes: Readonly<Record<string, Outcome>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(outcomes).flatMap(([name, outcome]) =>
      'violations' in outcome
        ? [[name.replace(/^pachyderm-config-\d+$/, 'the config Job'), outcome.violations]]
        : [],
    ),
  );
}
