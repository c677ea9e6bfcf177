import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileInput } from '../../src/document/input';
import { STANDARD_INPUT_NAME } from '../../src/document/read-source';
import { readRegularFile } from '../../src/files/read-file';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { imagesOf } from '../../src/images/images-of';
import { LOCK_NAME, lockText } from '../../src/images/lock-file';
import { documentOf } from '../../src/outputs/inventory';
import { outputs, defaultOutputs } from '../../src/outputs/registry';
import { draftFiles, planFiles, type ClusterDraft, type Plan } from '../../src/plan/plan';
import { writePlan } from '../../src/plan/write';

const DOCUMENT: Partial<ClusterDocument> = {
  apiVersion: 'pachkit/v1',
  release: '2.12.0-rc.3',
  profile: 'dev',
  identity: {
    connectors: [{ type: 'mockPassword', id: 'test', config: { username: 'a', password: 'b' } }],
  },
  storage: { local: {} },
};

const AUTH0: ClusterDocument['auth0'] = {
  domain: 'acme.eu.auth0.com',
  application: { clientSecret: 'the-client-secret' },
  allow: { emailDomains: ['acme.com'] },
};

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-plan-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Documents by name, in files, with what else a plan is made from. */
function described(
  documents: Readonly<Record<string, Partial<ClusterDocument>>>,
  { only = defaultOutputs.map(({ name }) => name), frozen = false } = {},
): Parameters<typeof planFiles> {
  for (const [name, document] of Object.entries(documents))
    fs.writeFileSync(
      path.join(folder, `${name}.json`),
      JSON.stringify({ ...DOCUMENT, name, namespace: name, ...document }),
    );
  return [
    Object.keys(documents).map((name) => `${name}.json`),
    fileInput(folder),
    { variable: () => undefined, readFile: readRegularFile, frozen },
    outputs.filter(({ name }) => only.includes(name)),
  ];
}

const plan = async (...documents: Parameters<typeof described>): Promise<Plan> =>
  planFiles(...described(...documents));
const draft = async (...documents: Parameters<typeof described>): Promise<Plan<ClusterDraft>> =>
  draftFiles(...described(...documents));

const codesOf = (diagnostics: Plan['diagnostics']): string[] =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);

describe('a plan', () => {
  it('has each object once, with its component, its file and whether it holds secrets', async () => {
    const { clusters, diagnostics } = await plan({ one: {} });
    expect(codesOf(diagnostics)).toEqual([]);
    const [cluster] = clusters;
    const etcd = cluster?.objects.filter(({ component }) => component === 'etcd') ?? [];
    expect(etcd.length).toBeGreaterThan(0);
    for (const { file, isSecret } of etcd)
      expect({ file, isSecret }).toEqual({ file: '04-etcd', isSecret: false });
    for (const object of cluster?.objects ?? []) {
      expect(object.isSecret).toBe(object.manifest.kind === 'Secret');
      const file = cluster?.files.find((each) => each.path === `manifests/${object.file}.yaml`);
      expect(file?.content).toContain(object.yaml);
      expect(file?.isSecret).toBe(object.isSecret);
    }
  });

  it('has the files of the selected outputs only, and no objects that none of them needs', async () => {
    const { clusters, selected } = await plan({ one: {} }, { only: ['connectors', 'terraform'] });
    expect(selected.map(({ name }) => name)).toEqual(['connectors', 'terraform']);
    expect(clusters[0]?.outputs.map(({ name }) => name)).toEqual(['connectors']);
    expect(clusters[0]?.files.map((file) => file.path)).toEqual([
      'connectors/test.yaml',
      'connectors/test.json',
    ]);
    expect(clusters[0]?.objects).toEqual([]);
  });

  it('writes nothing but the store of generated secrets, and that not when frozen', async () => {
    const frozen = await plan({ one: {} }, { frozen: true });
    expect(new Set(codesOf(frozen.diagnostics))).toEqual(new Set(['SEC004']));
    expect(frozen.clusters).toEqual([]);
    expect(fs.readdirSync(folder)).toEqual(['one.json']);
    await plan({ one: {} });
    expect(fs.readdirSync(folder).sort()).toEqual(['.pachkit', 'one.json']);
  });

  it('has a chart whose host varies, with digests of images as without', async () => {
    const documents = { one: { secrets: { seed: 'seed' }, access: { host: 'pach.acme.com' } } } as const;
    const chart = async (): Promise<Plan['clusters'][number] | undefined> => {
      const { clusters, diagnostics } = await plan(documents, { only: ['helm'] });
      expect(codesOf(diagnostics)).toEqual([]);
      return clusters[0];
    };
    const pathsOf = (cluster: Awaited<ReturnType<typeof chart>>): string[] | undefined =>
      cluster?.files.map((file) => file.path);
    const plain = await chart();
    const digest = `sha256:${'a'.repeat(64)}`;
    const images = [
      ...imagesOf(plain?.objects.map(({ manifest }) => manifest) ?? []),
      'docker.io/library/busybox:1.37.0',
    ];
    fs.writeFileSync(
      path.join(folder, LOCK_NAME),
      lockText(Object.fromEntries(images.map((image) => [image, digest]))),
    );
    const locked = await chart();
    expect(locked?.files.find((file) => file.path === 'helm/values.yaml')?.content).toContain(`@${digest}`);
    const test = locked?.files.find((file) => file.path === 'helm/templates/tests/pachd.yaml')?.content;
    expect(test).toContain(`image: '{{ index .Values.images "busybox" }}'`);
    expect(locked?.files.find((file) => file.path === 'helm/values.yaml')?.content).toContain(
      `busybox: docker.io/library/busybox:1.37.0@${digest}`,
    );
    expect(pathsOf(locked)).toEqual(pathsOf(plain));
    expect(pathsOf(plain)).not.toContain('helm/templates/host.yaml');
  });

  it('has no content when a client id is missing, which outputs without it do not ask for', async () => {
    const documents = {
      one: {},
      two: { auth0: AUTH0, access: { via: 'proxy', host: 'pach.acme.com' } },
    } as const;
    const { clusters, diagnostics } = await plan(documents);
    expect(codesOf(diagnostics)).toEqual(['OUT004']);
    expect(diagnostics.find(({ code }) => code === 'OUT004')?.hint).toContain('--only terraform ');
    expect(clusters.map(({ cluster, files }) => [cluster.name, files])).toEqual([
      ['one', []],
      ['two', []],
    ]);
    const terraform = await plan(documents, { only: ['terraform'] });
    expect(codesOf(terraform.diagnostics)).toEqual([]);
    expect(terraform.clusters[1]?.files.map((file) => file.path)).toEqual(['terraform/cdk.tf.json']);
  });
});

describe('writing a plan', () => {
  const write = async (planned: Plan<ClusterDraft>) =>
    writePlan(planned, { out: 'out', workingDirectory: folder }, ({ files }, directory) => ({
      files,
      directory,
    }));

  it('writes every cluster into a folder of its own', async () => {
    const planned = await draft({ one: {}, two: {} });
    const { written, diagnostics } = await write(planned);
    expect(codesOf(diagnostics)).toEqual([]);
    expect(written.map(({ directory }) => directory)).toEqual([
      path.join('out', 'one'),
      path.join('out', 'two'),
    ]);
    for (const { files, directory } of written)
      for (const file of files)
        expect(fs.readFileSync(path.join(folder, directory, file.path), 'utf8')).toBe(file.content);
  });

  it.each(['ENOSPC', 'EACCES'])(
    'does not blame the output for %s while a cluster is constructed',
    async (code) => {
      const { clusters, ...rest } = await draft({ one: {}, two: {} });
      const failure = Object.assign(new Error(code), { code, syscall: 'open', path: '/elsewhere' });
      const failing = clusters.map((cluster, index) =>
        index === 0 ? cluster : { ...cluster, construct: () => Promise.reject(failure) },
      );
      await expect(write({ ...rest, clusters: failing })).rejects.toBe(failure);
      expect(fs.readdirSync(path.join(folder, 'out'))).toEqual([]);
    },
  );

  it('leaves a folder to the file it is from when the same document comes from standard input', async () => {
    await write(await draft({ one: {} }));
    const planned = await draft({ one: {} });
    const clusters = planned.clusters.map((cluster) => ({
      ...cluster,
      document: { ...cluster.document, file: STANDARD_INPUT_NAME },
    }));
    expect(codesOf((await write({ ...planned, clusters })).diagnostics)).toEqual([]);
    expect(documentOf(path.join(folder, 'out', 'one'))).toBe(fs.realpathSync(path.join(folder, 'one.json')));
  });

  it('constructs a cluster once the one before it is on the disk, so that only one is in memory', async () => {
    const planned = await draft({ one: {}, two: {} });
    const seen: string[][] = [];
    const clusters = planned.clusters.map((cluster) => ({
      ...cluster,
      construct: async () => {
        seen.push(fs.readdirSync(path.join(folder, 'out')).filter((name) => name.includes('.new-')));
        return cluster.construct();
      },
    }));
    await write({ ...planned, clusters });
    expect(seen).toEqual([[], [`.one.new-${process.pid}`]]);
  });

  it('writes none when one folder is in the way, and names every such folder', async () => {
    for (const name of ['one', 'three']) fs.mkdirSync(path.join(folder, 'out', name), { recursive: true });
    for (const name of ['one', 'three']) fs.writeFileSync(path.join(folder, 'out', name, 'mine'), '');
    const { written, diagnostics } = await write(await draft({ one: {}, two: {}, three: {} }));
    expect(written).toEqual([]);
    expect(codesOf(diagnostics)).toEqual(['OUT003', 'OUT003']);
    expect(fs.readdirSync(path.join(folder, 'out')).sort()).toEqual(['one', 'three']);
    expect(fs.readdirSync(path.join(folder, 'out', 'one'))).toEqual(['mine']);
  });

  it('checks the folders of a plan with errors too, and writes nothing of it', async () => {
    fs.mkdirSync(path.join(folder, 'out', 'one'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'out', 'one', 'mine'), '');
    const planned = await draft({
      one: {},
      two: { auth0: AUTH0, access: { via: 'proxy', host: 'pach.acme.com' } },
    });
    const { written, diagnostics } = await write(planned);
    expect(written).toEqual([]);
    expect(codesOf(diagnostics).sort()).toEqual(['OUT003', 'OUT004']);
    expect(fs.readdirSync(path.join(folder, 'out'))).toEqual(['one']);
  });
});

test.each<[unknown]>([
  [{ x: [1] }],
  [5],
  [['a']],
  [true],
  [{ existing: null }],
  [{ env: 5 }],
  [{ file: {} }],
  [{ generate: null }],
])(
  'a secret of a connector with the form %j is an error where connectors are checked, and no secret is read',
  async (password) => {
    const config = { username: 'a', password } as Record<string, string>;
    const { diagnostics } = await draft({
      odd: {
        identity: { connectors: [{ type: 'mockPassword', id: 'test', config }] },
      },
    });
    expect(diagnostics.map(({ code }) => code)).toContain('DEX103');
  },
);
