import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithTools, runToSuccess, temporaryDirectory, toolPath } from './harness';
import {
  byKey,
  examples,
  FORMS,
  manifestObjects,
  objectsIn,
  secretForms,
  synthesizeAll,
  synthesizeExample,
  type KubernetesObject,
} from './rollout/clusters';

/** What kustomize makes of folders. */
async function build(...folders: readonly string[]): Promise<Record<string, KubernetesObject>> {
  const built = [];
  for (const folder of folders.filter((each) => fs.existsSync(each))) {
    const yaml = await runToSuccess({
      name: 'kustomize',
      program: toolPath('kustomize'),
      args: ['build', folder],
    });
    built.push(...objectsIn(yaml));
  }
  return byKey(built);
}

describeWithTools('What is written for Kustomize', ['kustomize', 'openssl'], () => {
  const folder = temporaryDirectory('kustomize');
  let forms: Readonly<Record<string, object>>;
  beforeAll(async () => {
    forms = await secretForms(folder.path);
  });
  afterAll(() => folder.remove());

  describe.each(examples)('of examples/%s', (example) => {
    test.each(FORMS)('with Secrets as %s is built to the manifests', async (form) => {
      const cluster = synthesizeExample(
        folder.path,
        example,
        [form, forms[form] ?? {}],
        'manifests,kustomize',
      );
      const at = path.join(cluster, 'kustomize');
      const built = await build(at, path.join(at, 'secrets'));
      expect(Object.keys(built).length).toBeGreaterThan(20);
      expect(built).toEqual(manifestObjects(cluster));
    });
  });

  test('can be built without the files that git ignores', async () => {
    const cluster = synthesizeExample(folder.path, 'production-auth0', ['manifests', {}], 'kustomize');
    const ignored = fs.readFileSync(path.join(cluster, '.gitignore'), 'utf8').split('\n');
    const files = ignored.filter((line) => line.startsWith('/kustomize/'));
    expect(files).toEqual(['/kustomize/secrets/secrets.yaml']);
    for (const file of files) fs.rmSync(path.join(cluster, file));
    const kinds = Object.values(await build(path.join(cluster, 'kustomize'))).map(({ kind }) => kind);
    expect(kinds).toContain('Deployment');
    expect(kinds).not.toContain('Secret');
  });

  describe('of documents that extend one base', () => {
    const base = {
      apiVersion: 'pachkit/v1',
      release: '2.12.0-rc.3',
      profile: 'dev',
      secrets: { seed: 'seed' },
      storage: { local: {} },
      identity: { connectors: [{ type: 'mockCallback', id: 'test', name: 'Test' }] },
    };
    const over = (document: object): object => ({
      apiVersion: 'pachkit/v1',
      extends: './common.yaml',
      ...document,
    });
    const documents = {
      alpha: over({ access: { via: 'ingress', host: 'alpha.acme.com' } }),
      beta: over({
        namespace: 'beta',
        access: { via: 'ingress', host: 'beta.acme.com', tls: { secretName: 'tls' } },
        etcd: { size: '20Gi' },
        pachd: { worker: { serviceAccount: { name: 'other.worker' } } },
      }),
      gamma: over({ access: { via: 'proxy', port: 8080 }, console: { enabled: false } }),
    };

    test('has what they share once, and is built to the manifests of each', async () => {
      fs.writeFileSync(folder.join('common.yaml'), JSON.stringify(base));
      const out = synthesizeAll(folder.path, documents, 'manifests,kustomize');
      expect(fs.readdirSync(out).sort()).toEqual(['alpha', 'beta', 'common.base', 'gamma']);
      for (const name of Object.keys(documents)) {
        const at = path.join(out, name, 'kustomize');
        expect(await build(at, path.join(at, 'secrets'))).toEqual(manifestObjects(path.join(out, name)));
      }
      expect(fs.existsSync(path.join(out, 'alpha/kustomize/components'))).toBe(false);
      expect(fs.readdirSync(path.join(out, 'gamma/kustomize/components'))).not.toContain('etcd');
      expect(Object.keys(await build(path.join(out, 'common.base/kustomize/components/etcd')))).toContain(
        'apps/v1/StatefulSet/etcd',
      );
    });

    test('with one document alone needs no other folder', async () => {
      fs.writeFileSync(folder.join('common.yaml'), JSON.stringify(base));
      const out = synthesizeAll(folder.path, { beta: documents.beta }, 'manifests,kustomize');
      expect(fs.readdirSync(out)).toEqual(['beta']);
      const at = path.join(out, 'beta/kustomize');
      expect(await build(at, path.join(at, 'secrets'))).toEqual(manifestObjects(path.join(out, 'beta')));
    });
  });
});
