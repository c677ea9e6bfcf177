import * as fs from 'node:fs';
import * as path from 'node:path';
import fc from 'fast-check';
import { describeWithTools, run, temporaryDirectory, toolPath, type Finished } from './harness';
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

const CHECKSUM = 'pachkit.dev/configuration-checksum';
const HOSTS = Number(process.env['PACHKIT_CAMPAIGN_COUNT'] ?? 200);
const SEED = 20261129;

const folder = temporaryDirectory('helm-output');
let forms: Readonly<Record<string, object>>;
beforeAll(async () => {
  forms = await secretForms(folder.path);
});
afterAll(() => folder.remove());

function helm(...args: readonly string[]): Promise<Finished> {
  const environment = {
    HELM_CACHE_HOME: folder.join('cache'),
    HELM_CONFIG_HOME: folder.join('config'),
    HELM_DATA_HOME: folder.join('data'),
  };
  return run({ name: 'helm', program: toolPath('helm'), args, environment });
}

/** What a chart renders to, without the Pod for `helm test`. */
async function rendered(
  cluster: string,
  ...args: readonly string[]
): Promise<Record<string, KubernetesObject>> {
  const { code, output, standardOutput } = await helm('template', 'x', path.join(cluster, 'helm'), ...args);
  expect([code, code === 0 ? '' : output]).toEqual([0, '']);
  return byKey(
    objectsIn(standardOutput).filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== 'test'),
  );
}

/** The manifests that are in the chart: what sops encrypts is beside it. */
function inChart(cluster: string, form: string): Record<string, KubernetesObject> {
  return Object.fromEntries(
    Object.entries(manifestObjects(cluster)).filter(([, object]) => form !== 'sops' || !('sops' in object)),
  );
}

/** Objects without checksums, which another host has otherwise, and those. */
function split(objects: Record<string, KubernetesObject>): {
  plain: unknown;
  checksums: Record<string, string>;
} {
  const checksums: Record<string, string> = {};
  const plain = JSON.parse(
    JSON.stringify(objects, function (this: unknown, key, value: unknown) {
      if (key !== CHECKSUM) return value;
      checksums[`${Object.keys(checksums).length}`] = String(value);
      return 'a checksum';
    }),
  ) as unknown;
  return { plain, checksums };
}

describeWithTools('What is written for Helm', ['helm', 'openssl'], () => {
  describe.each(examples)('of examples/%s', (example) => {
    test.each(FORMS)('with Secrets as %s is a chart of the manifests', async (form) => {
      const cluster = synthesizeExample(folder.path, example, [form, forms[form] ?? {}], 'manifests,helm');
      const lint = await helm('lint', '--strict', path.join(cluster, 'helm'));
      expect(lint.output).not.toMatch(/\[(WARNING|ERROR)\]/);
      expect(lint.code).toBe(0);
      expect(await rendered(cluster)).toEqual(inChart(cluster, form));
    });
  });

  const label = fc
    .tuple(
      fc.stringMatching(/^[a-z0-9]$/),
      fc.stringMatching(/^[-a-z0-9]{0,10}$/),
      fc.stringMatching(/^[a-z0-9]$/),
    )
    .map((parts) => parts.join(''));
  const host = fc
    .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.stringMatching(/^[a-z]{2,12}$/))
    .map(([labels, end]) => [...labels, end].join('.'))
    .filter((name) => !name.endsWith('.localhost'));

  test.each([
    ['production-auth0', 'manifests'],
    ['dex-standalone', 'none'],
    ['production-auth0', 'externalSecret'],
  ])(
    'of examples/%s with Secrets as %s is with another host the document with that host',
    async (example, form) => {
      const section = [form, forms[form] ?? {}] as const;
      const cluster = synthesizeExample(folder.path, example, section, 'manifests,helm');
      const chart = folder.join(`chart-${example}-${form}`);
      fs.cpSync(cluster, chart, { recursive: true });
      const before = split(inChart(cluster, form)).checksums;
      for (const name of fc.sample(host, { seed: SEED, numRuns: Math.ceil(HOSTS / 3) })) {
        const other = synthesizeExample(folder.path, example, section, 'manifests', {
          access: { host: name },
        });
        const [wanted, actual] = [
          split(inChart(other, form)),
          split(await rendered(chart, '--set-string', `host=${name}`)),
        ];
        expect([name, actual.plain]).toEqual([name, wanted.plain]);
        // Pods restart exactly where they would with the document of that host.
        const changed = (now: Record<string, string>): string[] =>
          Object.keys(before).filter((at) => now[at] !== before[at]);
        expect(changed(actual.checksums)).toEqual(changed(wanted.checksums));
      }
    },
    600_000,
  );

  describe('takes values', () => {
    let chart: string;
    beforeAll(() => {
      const cluster = synthesizeExample(folder.path, 'production-auth0', ['manifests', {}], 'helm');
      chart = folder.join('chart-values');
      fs.cpSync(cluster, chart, { recursive: true });
    });

    test('for images, replicas, resources, storage classes and names of Secrets', async () => {
      const objects = await rendered(
        chart,
        ...['--set', 'images.pachd=registry.acme.com/pachd:9'],
        ...['--set', 'replicas.pachyderm-proxy=3'],
        ...['--set', 'resources.etcd.requests.memory=1Gi'],
        ...['--set', 'storageClass.etcd=fast'],
        ...['--set', 'secrets.pachyderm-root=other-root'],
      );
      const text = (key: string): string => JSON.stringify(objects[key]);
      expect(text('apps/v1/Deployment/pachd')).toContain('"image":"registry.acme.com/pachd:9"');
      expect(text('apps/v1/Deployment/pachd')).toContain('"name":"other-root"');
      expect(text('apps/v1/Deployment/pachyderm-proxy')).toContain('"replicas":3');
      expect(text('apps/v1/StatefulSet/etcd')).toContain('"resources":{"requests":{"memory":"1Gi"}}');
      expect(text('apps/v1/StatefulSet/etcd')).toContain('"storageClassName":"fast"');
    });

    test.each([
      ['a host with a scheme', 'host=https://x.acme.com'],
      ['a host that is a number', 'host=1.5'],
      ['this machine', 'host=x.localhost'],
      ['a value that there is not', 'hots=x.acme.com'],
      ['an image that there is not', 'images.pachdd=x'],
      ['a field of resources that there is not', 'resources.etcd.request.memory=1Gi'],
      ['to go without an image', 'images.pachd=null', '--set'],
      ['to go without images', 'images=null', '--set'],
      ['to go without a host', 'host=null', '--set'],
      ['a number of Pods that is none', 'replicas.pachyderm-proxy=null', '--set'],
      ['to go without the name of a Secret', 'secrets.pachyderm-root=null', '--set'],
    ])('and refuses %s', async (_, value, flag = '--set-string') => {
      const { code, output } = await helm('template', 'x', path.join(chart, 'helm'), flag, value);
      expect(output).toContain("values don't meet the specifications of the schema");
      expect(code).not.toBe(0);
    });

    test('and goes without resources and a storage class', async () => {
      const proxyWith = async (...args: readonly string[]): Promise<string> =>
        JSON.stringify((await rendered(chart, ...args))['apps/v1/Deployment/pachyderm-proxy']);
      expect(await proxyWith('--set', 'storageClass.etcd=null')).toContain('"resources"');
      expect(await proxyWith('--set', 'resources.pachyderm-proxy=null')).toMatch(/"image"(?!.*"resources")/);
    });

    test.each([
      ['pachyderm', false],
      ['other', true],
    ])('with --namespace %s says where everything is: %s', async (namespace, isSaid) => {
      const at = path.join(chart, 'helm');
      // Helm shows the notes of an installation alone, for which it wants a cluster.
      fs.copyFileSync(path.join(at, 'templates/NOTES.txt'), path.join(at, 'notes'));
      const shown = path.join(at, 'templates/shown.yaml');
      fs.writeFileSync(shown, 'notes: {{ tpl (.Files.Get "notes") . | toJson }}\n');
      const args = ['-s', 'templates/shown.yaml', '--namespace', namespace];
      const { standardOutput } = await helm('template', 'x', at, ...args);
      fs.rmSync(shown);
      const where = 'Everything is in the namespace pachyderm';
      expect(standardOutput).toContain('rollout status deployment/pachd ');
      expect(standardOutput.includes(where)).toBe(isSaid);
    });
  });

  test.each([
    ['production-auth0', 'sealedSecret', 'pachyderm.acme.com'],
    ['production-auth0', 'sops', 'pachyderm.acme.com'],
    // The Job that bootstraps to 2.2 has a name that follows from what it reads.
    ['legacy-2.2', 'none', 'pachyderm.example.com'],
  ])(
    'of examples/%s with Secrets as %s has a fixed host, which no template can change',
    async (example, form, host) => {
      const cluster = synthesizeExample(folder.path, example, [form, forms[form] ?? {}], 'helm');
      const chart = path.join(cluster, 'helm');
      const { code, output } = await helm('template', 'x', chart, '--set', 'host=x.acme.com');
      expect(output).toContain(`the host is ${host}: something in this chart follows from it`);
      expect(code).not.toBe(0);
    },
  );

  test('has strings of people as they are, templates among them', async () => {
    const braces = '{{ fail "no" }} `{{` "x" {{- end }}';
    const document = {
      apiVersion: 'pachkit/v1',
      release: '2.12.0-rc.3',
      profile: 'dev',
      secrets: { seed: 'seed' },
      storage: { local: {} },
      access: {
        via: 'ingress',
        host: 'a.acme.com',
        ingress: { annotations: { note: braces, more: `${braces}\n\t\u0007` } },
      },
      identity: { connectors: [{ type: 'mockCallback', id: 'test', name: braces }] },
      pachd: { placement: { annotations: { note: braces } } },
    };
    const cluster = path.join(synthesizeAll(folder.path, { braces: document }, 'manifests,helm'), 'braces');
    expect(await rendered(cluster)).toEqual(manifestObjects(cluster));
  });
});
