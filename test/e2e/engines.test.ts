import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithTools, runToSuccess, temporaryDirectory, toolPath } from './harness';
import {
  byKey,
  documentOf,
  examples,
  folders,
  FORMS,
  manifestObjects,
  objectsIn,
  secretForms,
  synthesizeExample,
  withoutDocument,
  type KubernetesObject,
} from './rollout/clusters';
import { customResourceCheck, type Check } from './rollout/custom-resources';

const gitops = { url: 'https://github.com/acme/clusters.git', path: 'clusters' };
const STAGES = ['secrets', 'settings', 'data', 'cluster'];
const WAVE = 'argocd.argoproj.io/sync-wave';

const hasGo = spawnSync('go', ['version']).status === 0;
const folder = temporaryDirectory('engines');
let forms: Readonly<Record<string, object>>;
beforeAll(async () => {
  forms = await secretForms(folder.path);
});
afterAll(() => folder.remove());

function synthesized(example: string, form: string, more: object = { gitops }): string {
  return synthesizeExample(folder.path, example, [form, forms[form] ?? {}], 'manifests,argocd,flux', more);
}

const readAll = (...files: readonly string[]): KubernetesObject[] =>
  files.filter((file) => fs.existsSync(file)).flatMap((file) => objectsIn(fs.readFileSync(file, 'utf8')));

const filesIn = (at: string): string[] =>
  fs.existsSync(at)
    ? fs
        .readdirSync(at)
        .filter((name) => /^[^.].*\.yaml$/.test(name) && name !== 'kustomization.yaml')
        .map((name) => path.join(at, name))
    : [];

/** An object without what an engine adds to it. */
function without(
  object: KubernetesObject,
  part: 'labels' | 'annotations',
  added: readonly string[],
): unknown {
  const metadata = object.metadata as Readonly<Record<string, unknown>>;
  const { [part]: all, ...others } = metadata as { [key: string]: Record<string, unknown> | undefined };
  const left = Object.entries(all ?? {}).filter(([key]) => !added.includes(key));
  return {
    ...object,
    metadata: { ...others, ...(left.length > 0 ? { [part]: Object.fromEntries(left) } : {}) },
  };
}

/** flux prints the strings of Secrets without their quotes; it applies them as they are. */
function asPrinted(object: KubernetesObject | undefined): unknown {
  const { stringData } = (object ?? {}) as {
    readonly stringData?: Readonly<Record<string, string | number | boolean | null>>;
  };
  if (stringData === undefined) return object;
  const texts = Object.entries(stringData).map(([key, value]) => [key, String(value ?? '')]);
  return { ...object, stringData: Object.fromEntries(texts) as unknown };
}

test('every example has a document, or is known to be a program of its own', () => {
  expect(folders.filter((name) => documentOf(name) === undefined)).toEqual(Object.keys(withoutDocument));
});

describe.each(examples)('examples/%s', (example) => {
  describeWithTools('for Flux', ['flux', 'openssl'], () => {
    test.each(FORMS)('with Secrets as %s is built to the manifests', async (form) => {
      const cluster = synthesized(example, form);
      const kustomizations = path.join(cluster, 'flux/kustomizations.yaml');
      const names = readAll(kustomizations).map(({ metadata }) => metadata.name);
      const built: unknown[] = [];
      for (const stage of STAGES.filter((name) => fs.existsSync(path.join(cluster, 'flux', name)))) {
        const name = `example-${stage}`;
        // Secrets in clear text are in no Kustomization: Git does not have them.
        expect([stage, names.includes(name)]).toEqual([stage, stage !== 'secrets' || form === 'sops']);
        if (!names.includes(name)) {
          built.push(...readAll(...filesIn(path.join(cluster, 'flux', stage))));
          continue;
        }
        const yaml = await runToSuccess({
          name: 'flux',
          program: toolPath('flux'),
          args: [
            ...['build', 'kustomization', name, '--dry-run', '--strict-substitute'],
            ...['--path', path.join(cluster, 'flux', stage), '--kustomization-file', kustomizations],
          ],
        });
        for (const object of objectsIn(yaml))
          built.push(
            without(object, 'labels', [
              'kustomize.toolkit.fluxcd.io/name',
              'kustomize.toolkit.fluxcd.io/namespace',
            ]),
          );
      }
      const expected = manifestObjects(cluster);
      const actual = byKey(built as KubernetesObject[]);
      // In a dry run flux shows no data of Secrets that it would decrypt.
      const isShown = ({ kind }: KubernetesObject): boolean => form !== 'sops' || kind !== 'Secret';
      expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
      expect(Object.values(actual).filter(isShown)).toHaveLength(
        Object.values(expected).filter(isShown).length,
      );
      for (const [key, object] of Object.entries(expected).filter(([, each]) => isShown(each)))
        expect(asPrinted(actual[key])).toEqual(object);
    });
  });

  test.each(FORMS)('for Argo CD with Secrets as %s has the manifests, in waves', (form) => {
    const cluster = synthesized(example, form);
    const objects = readAll(...filesIn(path.join(cluster, 'argocd/objects')));
    const apart = readAll(...filesIn(path.join(cluster, 'argocd/secrets')));
    const plain = objects.map((object) => without(object, 'annotations', [WAVE])) as KubernetesObject[];
    expect(byKey([...plain, ...apart])).toEqual(manifestObjects(cluster));
    const waveOf = (name: string): string | undefined =>
      objects.find(({ kind, metadata }) => kind !== 'Service' && metadata.name === name)?.metadata
        .annotations?.[WAVE];
    expect([waveOf('pachyderm'), waveOf('etcd'), waveOf('pachd')]).toEqual([undefined, '1', '2']);
    expect(apart.length > 0).toBe(form === 'manifests' || form === 'sops');
  });
});

(hasGo ? describe : describe.skip)('what engines read', () => {
  let check: Check;
  beforeAll(() => {
    check = customResourceCheck(folder.path);
  }, 300_000);

  const artifact = { url: 'oci://ghcr.io/acme/clusters', ref: { tag: 'v1' } };
  const everything = {
    ...gitops,
    ref: { tag: 'v1' },
    argocd: { namespace: 'argo', project: 'data', cluster: 'production' },
    flux: { namespace: 'flux', interval: '1h', secretName: 'deploy-key', decryptionSecret: 'age' },
  };
  test.each([
    ...examples.map((example) => [example, 'sealedSecret', gitops] as const),
    ['production-auth0', 'sops', everything] as const,
    ['quickstart', 'externalSecret', artifact] as const,
  ])('examples/%s with Secrets as %s is what their definitions say: %j', (example, form, section) => {
    const cluster = synthesized(example, form, { gitops: section });
    const resources = readAll(
      ...['argocd/application', 'argocd/application-set', 'flux/source', 'flux/kustomizations'].map((name) =>
        path.join(cluster, `${name}.yaml`),
      ),
    );
    expect(resources.length).toBeGreaterThan(4);
    expect(resources.map((resource) => [resource.kind, check(resource)])).toEqual(
      resources.map(({ kind }) => [kind, []]),
    );
  });

  test('is more than the definitions say where a field is misspelled', () => {
    const cluster = synthesized('quickstart', 'none');
    const [application] = readAll(path.join(cluster, 'argocd/application.yaml'));
    const { spec } = application as unknown as { spec: object };
    expect(check({ ...application, spec: { ...spec, syncPolicies: {} } })).toHaveLength(1);
  });
});
