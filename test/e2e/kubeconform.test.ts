import { readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { fileInput } from '../../src/document/input';
import { formFaults } from '../../src/outputs/kubernetes-form';
import type { Manifest } from '../../src/outputs/objects';
import { outputsNamed } from '../../src/outputs/registry';
import { planWithoutSecrets } from '../../src/plan/plan';
import { Chance } from '../support/chance';
import { schemaLocation, writeSchemas, type OpenApi } from './cluster-apply/openapi-schemas';
import {
  describeWithTools,
  kubernetesTools,
  run,
  startKubernetes,
  temporaryDirectory,
  toolPath,
} from './harness';

const CHECKOUT = path.resolve(__dirname, '../..');

/** Objects that are made wrong, and the seed of how. */
const COUNT = 2000;
const SEED = 20261129;

/** Every object of the examples and of the documents that are compared with the official chart, each once. */
async function allObjects(): Promise<readonly Manifest[]> {
  const documents = ['examples', 'test/oracle/documents', 'test/fixtures/sound-set-ups'].flatMap((folder) =>
    readdirSync(path.join(CHECKOUT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml') && !name.includes('expected'))
      .map((name) => path.join(folder, name)),
  );
  const objects = new Map<string, Manifest>();
  for (const document of documents.sort()) {
    const { clusters } = await planWithoutSecrets([document], fileInput(CHECKOUT), outputsNamed('manifests'));
    for (const { objects: ofCluster } of clusters)
      for (const { manifest, yaml } of ofCluster) objects.set(yaml, manifest);
  }
  return [...objects.values()];
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What stands for a value in a wrong object: of another kind, or of the same and yet not right everywhere. */
const OTHERS: readonly Json[] = [null, true, 7, 1.5, 'word', '7', [], ['word'], {}, { word: 'word' }];

/** An object with one thing changed, and what: a key taken away or added, or a value in the place of another. */
function changed(manifest: Manifest, chance: Chance): { readonly object: Manifest; readonly how: string } {
  const object = structuredClone(manifest) as unknown as { [key: string]: Json };
  let at: Json[] | { [key: string]: Json } = object;
  const steps: string[] = [];
  for (;;) {
    const entries: [string, Json][] = Object.entries(at).filter(
      ([key]) => at !== object || !['apiVersion', 'kind'].includes(key),
    );
    const [key, value]: [string, Json] = entries.length === 0 ? ['unknown', 'word'] : chance.of(entries);
    steps.push(key);
    const isDeeper = typeof value === 'object' && value !== null && chance.below(6) > 0;
    if (isDeeper) {
      at = value;
      continue;
    }
    const way = Array.isArray(at) ? 'replaced' : chance.of(['replaced', 'removed', 'added'] as const);
    const keyed = at as { [key: string]: Json };
    if (way === 'removed') delete keyed[key];
    else if (way === 'added') keyed[`${key}s`] = chance.of(OTHERS);
    else keyed[key] = chance.of(OTHERS);
    return { object: object as unknown as Manifest, how: `${manifest.kind} ${steps.join('/')} ${way}` };
  }
}

describeWithTools('The form of objects', [...kubernetesTools, 'kubeconform'], () => {
  const schemas = temporaryDirectory('schemas');
  let objects: readonly Manifest[];

  beforeAll(async () => {
    const kubernetes = await startKubernetes();
    writeSchemas(JSON.parse((await kubernetes.get('/openapi/v2')).body) as OpenApi, schemas.path);
    objects = await allObjects();
  });
  afterAll(() => schemas.remove());

  /** Which of the objects kubeconform refuses. */
  async function refused(all: readonly Manifest[]): Promise<readonly boolean[]> {
    const folder = temporaryDirectory('objects');
    all.forEach((object, index) => writeFileSync(folder.join(`${index}.json`), JSON.stringify(object)));
    const { standardOutput } = await run({
      name: 'kubeconform',
      program: toolPath('kubeconform'),
      args: [
        ...['-strict', '-verbose', '-output', 'json', '-schema-location', schemaLocation(schemas.path)],
        folder.path,
      ],
    });
    folder.remove();
    const { resources } = JSON.parse(standardOutput) as {
      resources: readonly { readonly filename: string; readonly status: string; readonly msg: string }[];
    };
    const verdicts = new Map(resources.map((verdict) => [path.basename(verdict.filename), verdict]));
    return all.map((_, index) => {
      const { status = 'nothing', msg = '' } = verdicts.get(`${index}.json`) ?? {};
      if (status === 'statusValid') return false;
      // Where a name or a namespace is not a string it has no place to put its verdict.
      if (status === 'statusInvalid' || /unmarshal|resource signature/.test(msg)) return true;
      throw new Error(`kubeconform says ${status} of ${JSON.stringify(all[index]).slice(0, 100)}: ${msg}`);
    });
  }

  test('is right in everything that is written, here and by kubeconform', async () => {
    expect(objects.length).toBeGreaterThan(250);
    const verdicts = await refused(objects);
    expect(objects.filter((object, index) => verdicts[index] || formFaults(object).length > 0)).toEqual([]);
  });

  test(`is wrong here exactly where it is by kubeconform, in ${COUNT} objects with one change`, async () => {
    const chance = new Chance(SEED);
    const all = Array.from({ length: COUNT }, () => changed(chance.of(objects), chance));
    const verdicts = await refused(all.map(({ object }) => object));
    const different = all.flatMap(({ object, how }, index) => {
      const faults = formFaults(object).map(({ steps, message }) => `${steps.join('/')} ${message}`);
      return faults.length > 0 === verdicts[index]
        ? []
        : [`${how}: ${faults[0] ?? 'right here'}, ${verdicts[index] ? 'refused' : 'right'} by kubeconform`];
    });
    // Both kinds of objects are among them, else it would say nothing.
    expect(verdicts.filter(Boolean).length).toBeGreaterThan(COUNT / 4);
    expect(verdicts.filter((each) => !each).length).toBeGreaterThan(COUNT / 20);
    expect(different).toEqual([]);
  });
});
