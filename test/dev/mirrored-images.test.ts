import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { archiveOfImages, wantedImages, type ImageSource } from '../../src/dev/mirrored-images';
import type { Diagnostic } from '../../src/diagnostics/diagnostic';
import type { ClusterPlan } from '../../src/plan/plan';
import { localServer } from '../support/local-server';
import { temporaryFolder } from '../support/pachkit';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch;

interface Content {
  readonly digest: string;
  readonly size: number;
}

/** What the stand-in has: answers by the end of the path, such as `blobs/sha256:…`, with the type of manifests. */
const answers = new Map<string, { readonly body: string; readonly type: string }>();
const asked: string[] = [];
const host = localServer(({ url = '' }, response) => {
  asked.push(url);
  const answer = answers.get(url.replace('/v2/acme/a/', ''));
  if (answer === undefined) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': answer.type }).end(answer.body);
});

function serve(kind: 'blobs' | 'manifests', content: object | string, type = ''): Content {
  const body = typeof content === 'string' ? content : JSON.stringify(content);
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  answers.set(`${kind}/${digest}`, { body, type });
  return { digest, size: Buffer.byteLength(body) };
}

interface Served extends Content {
  readonly layer: string;
  readonly platform: object;
}

function serveManifest(architecture: string, layerBefore: string): Served {
  const layer = serve('blobs', `${layerBefore}layer for ${architecture}`);
  const config = serve('blobs', { architecture, os: 'linux' });
  const manifest = serve(
    'manifests',
    {
      ...{ schemaVersion: 2, mediaType: MANIFEST },
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer }],
    },
    MANIFEST,
  );
  return { ...manifest, layer: layer.digest, platform: { os: 'linux', architecture } };
}

/** An image of two platforms under the tag 1. */
function serveImage(
  architecture = ARCHITECTURE,
  layerBefore = '',
): { digest: string; layer: string; other: string } {
  answers.clear();
  asked.length = 0;
  const [own, other] = [architecture, 'sparc'].map((each) => serveManifest(each, layerBefore)) as [
    Served,
    Served,
  ];
  const manifests = [other, own].map(({ digest, size, platform }) => ({
    ...{ mediaType: MANIFEST, digest, size, platform },
  }));
  const { digest } = serve('manifests', { schemaVersion: 2, mediaType: INDEX, manifests }, INDEX);
  answers.set('manifests/1', answers.get(`manifests/${digest}`) ?? { body: '', type: '' });
  return { digest, layer: own.layer, other: other.layer };
}

function planOf(directory: string, ...images: readonly string[]): ClusterPlan {
  return planIn('pachyderm.yaml', directory, images);
}

function planIn(file: string, directory: string, images: readonly string[]): ClusterPlan {
  const objects = images.map((image) => ({ manifest: { kind: 'Pod', spec: { containers: [{ image }] } } }));
  return { document: { directory, file }, objects } as unknown as ClusterPlan;
}

async function provide(
  plan: ClusterPlan,
  source: Partial<ImageSource> = {},
  environment: Readonly<Record<string, string | undefined>> = process.env,
  onLine: (line: string) => void = () => undefined,
): Promise<{ archive?: string; diagnostics?: readonly Diagnostic[] }> {
  const whole = { mirrors: { 'docker.io': host() }, isOffline: false, ...source };
  return archiveOfImages(plan, wantedImages(plan, whole, []), whole, {
    ...{ environment, workingDirectory: '/', signal: new AbortController().signal },
    onLine,
  });
}

const OFFLINE = { mirrors: {}, isOffline: true };

interface Named {
  readonly manifests: readonly { readonly digest: string; readonly annotations: Record<string, string> }[];
}

/** The names of an archive with their digests, and whether each blob that it has is what its name says. */
function read(archive = ''): { names: readonly (readonly [string, string])[]; blobs: readonly string[] } {
  const folder = temporaryFolder();
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  const { manifests } = JSON.parse(fs.readFileSync(path.join(folder, 'index.json'), 'utf8')) as Named;
  const blobs = fs.readdirSync(path.join(folder, 'blobs/sha256'));
  for (const blob of blobs)
    expect(
      createHash('sha256')
        .update(fs.readFileSync(path.join(folder, 'blobs/sha256', blob)))
        .digest('hex'),
    ).toBe(blob);
  return {
    names: manifests.map(
      ({ digest, annotations }) => [annotations['io.containerd.image.name'] ?? '', digest] as const,
    ),
    blobs: blobs.map((blob) => `sha256:${blob}`),
  };
}

test('an image comes with the manifests of all platforms and the layers of one, by its tag or its digest', async () => {
  const { digest, layer, other } = serveImage();
  const folder = temporaryFolder();
  const tagged = read((await provide(planOf(folder, 'acme/a:1'))).archive);
  expect(tagged.names).toEqual([['docker.io/acme/a:1', digest]]);
  expect(tagged.blobs).toContain(layer);
  expect(tagged.blobs).not.toContain(other);
  expect(tagged.blobs.length).toBe(5);
  const locked = read((await provide(planOf(folder, `acme/a:1@${digest}`))).archive);
  expect(locked).toEqual({ names: [[`docker.io/acme/a@${digest}`, digest]], blobs: tagged.blobs });
});

test('what has a digest is fetched once, and what has a tag is asked for each time, but offline', async () => {
  const { digest } = serveImage();
  const folder = temporaryFolder();
  const [locked, tagged] = [planOf(folder, `acme/a:1@${digest}`), planOf(folder, 'acme/a:1')];
  await provide(locked);
  asked.length = 0;
  for (const source of [{}, OFFLINE])
    expect(read((await provide(locked, source)).archive).names).toEqual([
      [`docker.io/acme/a@${digest}`, digest],
    ]);
  expect(asked).toEqual([]);
  await provide(tagged);
  // Its manifests and layers are there.
  expect(asked).toEqual(['/v2/acme/a/manifests/1']);
  expect(read((await provide(tagged, OFFLINE)).archive).names).toEqual([['docker.io/acme/a:1', digest]]);
  expect(asked.length).toBe(1);
});

test('what no document names any more is removed and said, but offline', async () => {
  const old = serveImage();
  const folder = temporaryFolder({ 'pachyderm.yaml': '', 'other.yaml': '' });
  const locked = [`acme/a:1@${old.digest}`];
  const kept = (): string[] =>
    fs.readdirSync(path.join(folder, '.pachkit/images/blobs/sha256')).map((blob) => `sha256:${blob}`);
  const said: string[] = [];
  const up = async (file: string, images: readonly string[], source: Partial<ImageSource> = {}) => {
    said.length = 0;
    const { archive } = await provide(planIn(file, folder, images), source, process.env, (line) =>
      said.push(line),
    );
    fs.rmSync(archive ?? '');
  };
  for (const file of ['pachyderm.yaml', 'other.yaml']) await up(file, locked);
  const next = serveImage(ARCHITECTURE, 'new ');
  answers.set('manifests/2', answers.get('manifests/1') ?? { body: '', type: '' });
  // The other document names it.
  await up('pachyderm.yaml', ['acme/a:2']);
  expect(kept()).toEqual(expect.arrayContaining([old.layer, next.layer]));
  // Nothing is fetched, so that nothing may go.
  await up('other.yaml', ['acme/a:2'], OFFLINE);
  expect([kept().includes(old.layer), said]).toEqual([true, []]);
  await up('other.yaml', ['acme/a:2']);
  expect([kept().includes(old.layer), kept().includes(next.layer)]).toEqual([false, true]);
  expect(said.filter((line) => line.includes('removed'))).toEqual([
    `docker.io/acme/a@${old.digest}: removed from ${folder}/.pachkit/images, no document names it any more (1 MB)`,
  ]);
  // A document that is gone names nothing, and what a tag had before it moved is left to a run that may be fetching it.
  fs.rmSync(path.join(folder, 'other.yaml'));
  const moved = serveImage(ARCHITECTURE, 'moved ');
  await up('pachyderm.yaml', ['acme/a:1']);
  expect([kept().includes(next.layer), kept().includes(moved.layer)]).toEqual([false, true]);
  const last = serveImage(ARCHITECTURE, 'last ');
  await up('pachyderm.yaml', ['acme/a:1']);
  expect(kept()).toContain(moved.layer);
  const blob = path.join(folder, '.pachkit/images/blobs/sha256', moved.layer.replace('sha256:', ''));
  fs.utimesSync(blob, 0, 0);
  await up('pachyderm.yaml', ['acme/a:1']);
  expect([kept().includes(moved.layer), kept().includes(last.layer)]).toEqual([false, true]);
  expect(said.at(-1)).toMatch(/^content of tags that have moved: removed from /);
});

test('offline, an image that is not there, or not whole, is a finding; fetching it again fixes it', async () => {
  const { digest, layer } = serveImage();
  const folder = temporaryFolder();
  const plan = planOf(folder, `acme/a:1@${digest}`, 'ghcr.io/acme/b:2');
  const missing = (await provide(plan, OFFLINE)).diagnostics;
  expect(missing?.map(({ code, message }) => [code, message])).toEqual([
    ['DEV014', expect.stringContaining(`docker.io/acme/a@${digest} is not in ${folder}`)],
    ['DEV014', expect.stringContaining('ghcr.io/acme/b:2 is not in')],
  ]);
  // ghcr.io has no mirror here: the node asks it.
  expect((await provide(plan)).diagnostics).toBeUndefined();
  const blob = path.join(folder, '.pachkit/images/blobs/sha256', layer.replace('sha256:', ''));
  fs.truncateSync(blob, 3);
  const one = planOf(folder, `acme/a:1@${digest}`);
  expect((await provide(one, OFFLINE)).diagnostics).toMatchObject([{ code: 'DEV014' }]);
  expect(read((await provide(one)).archive).blobs).toContain(layer);
});

test.each<[string, (image: { digest: string; layer: string }) => void, string, RegExp]>([
  [
    'another layer',
    ({ layer }) => answers.set(`blobs/${layer}`, { body: 'other', type: '' }),
    'DEV013',
    /sends other content for acme\/a: sha256:[0-9a-f]{64} instead of sha256:/,
  ],
  [
    'a layer that is longer than its manifest says',
    ({ layer }) => answers.set(`blobs/${layer}`, { body: 'x'.repeat(1000), type: '' }),
    'DEV013',
    /sends other content for acme\/a: more than \d+ bytes for sha256:/,
  ],
  [
    'another index',
    ({ digest }) => answers.set(`manifests/${digest}`, { body: '{}', type: INDEX }),
    'DEV013',
    /instead of sha256:/,
  ],
  [
    'an index of 5 MiB',
    ({ digest }) => answers.set(`manifests/${digest}`, { body: ' '.repeat(5 * 1024 * 1024), type: INDEX }),
    'LCK006',
    /sends a manifest of more than 4 MiB/,
  ],
  ['no layer', ({ layer }) => answers.delete(`blobs/${layer}`), 'LCK004', /has no acme\/a/],
  [
    'a page',
    ({ digest }) => answers.set(`manifests/${digest}`, { body: '<html>', type: 'text/html' }),
    'LCK006',
    /no manifest, but text\/html/,
  ],
])('a mirror that has %s is a finding, and nothing of it is kept', async (_, spoil, code, message) => {
  const image = serveImage();
  spoil(image);
  const folder = temporaryFolder();
  const plan = planOf(folder, `acme/a:1@${image.digest}`, 'acme/none:1');
  const { diagnostics } = await provide(plan);
  expect(diagnostics).toMatchObject([
    { code, message: expect.stringMatching(message) as string },
    { code: 'LCK004', message: expect.stringContaining('has no acme/none:1') as string },
  ]);
  expect(fs.readdirSync(path.join(folder, '.pachkit'), { recursive: true }).join(' ')).not.toMatch(
    /\.tmp|\.tar/,
  );
  const { digest } = serveImage();
  expect(read((await provide(planOf(folder, `acme/a:1@${digest}`))).archive).names.length).toBe(1);
});

test('an image that is not for the platform is a finding, and so is a manifest that names none', async () => {
  serveImage('mips');
  const plan = planOf(temporaryFolder(), 'acme/a:1');
  expect((await provide(plan)).diagnostics).toMatchObject([
    { code: 'LCK004', message: expect.stringContaining(`has no acme/a for linux/${ARCHITECTURE}`) as string },
  ]);
  for (const digest of ['"sha256:../../x"', `["sha256:${'a'.repeat(64)}"]`]) {
    answers.set('manifests/1', {
      body: `{"manifests":[{"mediaType":"m","digest":${digest},"size":1}]}`,
      type: MANIFEST,
    });
    expect((await provide(plan)).diagnostics).toMatchObject([
      { code: 'LCK006', message: expect.stringContaining('names no image') as string },
    ]);
  }
});

test('a folder that cannot take them, and a tar that is missing, are findings', async () => {
  serveImage();
  const folder = temporaryFolder({ '.pachkit/images': 'a file' });
  expect((await provide(planOf(folder, 'acme/a:1'))).diagnostics).toMatchObject([
    { code: 'DEV015', message: expect.stringContaining('a file is in the place of a folder') as string },
  ]);
  const other = planOf(temporaryFolder(), 'acme/a:1');
  expect((await provide(other, {}, { PATH: '/nowhere' })).diagnostics).toMatchObject([
    { code: 'DEV015', message: expect.stringContaining('no tar is in a folder of PATH') as string },
  ]);
});
