import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { imagesInArchive, unfoundImages } from '../../src/dev/archive-images';
import type { ClusterObject } from '../../src/outputs/objects';
import { temporaryFolder } from '../support/pachkit';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;

const settings = {
  environment: process.env,
  workingDirectory: '/',
  signal: new AbortController().signal,
};

/** An archive with these files, as tar names them. */
function archive(files: Readonly<Record<string, unknown>>, members: readonly string[]): string {
  const texts = Object.entries(files).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const folder = temporaryFolder(Object.fromEntries(texts) as Record<string, string>);
  const file = path.join(folder, 'images.tar');
  execFileSync('tar', ['-cf', file, ...members], { cwd: folder });
  return file;
}

const SAVED = [
  { Config: 'a.json', RepoTags: ['pachyderm/etcd:v3.5.12', 'acme/etcd:1'], Layers: [] },
  { Config: 'b.json', RepoTags: null, Layers: [] },
];
const LAYOUT = {
  schemaVersion: 2,
  manifests: [
    { digest: DIGEST, annotations: { 'org.opencontainers.image.ref.name': `docker.io/acme/a@${DIGEST}` } },
    {
      digest: OTHER,
      annotations: {
        'io.containerd.image.name': 'docker.io/acme/b:1',
        'org.opencontainers.image.ref.name': '1',
      },
    },
    { digest: OTHER },
  ],
};

describe('an archive has the images', () => {
  test.each<[string, Readonly<Record<string, unknown>>, readonly string[], readonly string[]]>([
    [
      'that docker save names',
      { 'manifest.json': SAVED },
      ['manifest.json'],
      ['pachyderm/etcd:v3.5.12', 'acme/etcd:1'],
    ],
    [
      'that an OCI layout names, by whichever annotation containerd reads',
      { 'index.json': LAYOUT },
      ['./index.json'],
      [`docker.io/acme/a@${DIGEST}`, 'docker.io/acme/b:1'],
    ],
    [
      'of the layout, where it is of both kinds',
      { 'manifest.json': SAVED, 'index.json': LAYOUT },
      ['manifest.json', 'index.json'],
      [`docker.io/acme/a@${DIGEST}`, 'docker.io/acme/b:1'],
    ],
    ['none, where it has neither', { 'other.json': {} }, ['other.json'], []],
    ['none, where its list is none', { 'manifest.json': {} }, ['manifest.json'], []],
    ['none, where its entries are none', { 'index.json': { manifests: [null, 7, {}] } }, ['index.json'], []],
    ['none, where its list is broken', { 'manifest.json': '[{' }, ['manifest.json'], []],
  ])('%s', async (_, files, members, images) =>
    expect(await imagesInArchive(archive(files, members), settings)).toEqual(images),
  );

  test('none, where it is no archive, and where there is no tar', async () => {
    const file = path.join(temporaryFolder({}), 'images.tar');
    writeFileSync(file, 'no archive');
    expect(await imagesInArchive(file, settings)).toEqual([]);
    const saved = archive({ 'manifest.json': SAVED }, ['manifest.json']);
    expect(await imagesInArchive(saved, { ...settings, environment: { PATH: '/nowhere' } })).toEqual([]);
  });
});

describe('pods find an image of an archive', () => {
  const wanted = [
    { tagged: 'docker.io/pachyderm/etcd:v3.5.12', wanted: `docker.io/pachyderm/etcd@${DIGEST}` },
  ];
  const podOf = (image: string): ClusterObject[] => [
    { manifest: { kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ image }] } } } as never,
  ];
  const LOCKED = `docker.io/pachyderm/etcd:v3.5.12@${DIGEST}`;
  test.each<[string, string, readonly string[], boolean, readonly object[]]>([
    ['by its tag', 'docker.io/pachyderm/etcd:v3.5.12', ['pachyderm/etcd:v3.5.12'], true, []],
    ['not by a digest, where it has a tag', LOCKED, ['pachyderm/etcd:v3.5.12'], true, wanted],
    ['by its digest', LOCKED, [`pachyderm/etcd@${DIGEST}`, 'pachyderm/etcd:v3.5.12'], true, []],
    ['not by another digest', LOCKED, [`pachyderm/etcd@${OTHER}`, 'pachyderm/etcd:v3.5.12'], true, wanted],
    ['never by a digest, where nodes keep none', LOCKED, [`pachyderm/etcd@${DIGEST}`], false, wanted],
    ['that another one has: the registry has it', LOCKED, ['acme/etcd:v3.5.12'], true, []],
  ])('%s', (_, image, archived, keepsDigests, unfound) =>
    expect(unfoundImages(podOf(image), archived, keepsDigests)).toEqual(unfound),
  );
});
