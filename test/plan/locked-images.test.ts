import fs from 'node:fs';
import path from 'node:path';
import { fileInput } from '../../src/document/input';
import { readRegularFile } from '../../src/files/read-file';
import { imagesOf } from '../../src/images/images-of';
import { lockText } from '../../src/images/lock-file';
import { outputsNamed } from '../../src/outputs/registry';
import { checkFiles } from '../../src/pipeline/check-files';
import { imagesOfDocuments, type ImagesOfLock } from '../../src/plan/locked-images';
import { planFiles, type Plan } from '../../src/plan/plan';
import { temporaryFolder } from '../support/pachkit';

const DEV = `apiVersion: pachkit/v1
release: 2.12.0-rc.3
profile: dev
identity: { connectors: [{ type: mockPassword, id: test, config: { username: a, password: b } }] }
storage: { local: {} }
`;
const DIGEST = `sha256:${'a'.repeat(64)}`;
const BUSYBOX = 'docker.io/library/busybox:1.37.0';

const imagesOfFiles = (folder: string, files: readonly string[], lock?: string): Promise<ImagesOfLock[]> => {
  const { documents } = checkFiles(files, fileInput(folder));
  return imagesOfDocuments(documents, { directory: folder, lock });
};

const plan = (
  folder: string,
  file: string,
  { only = 'manifests', lock }: { only?: 'manifests' | 'helm'; lock?: string } = {},
): Promise<Plan> =>
  planFiles(
    [file],
    fileInput(folder),
    { variable: () => undefined, readFile: readRegularFile, frozen: false },
    outputsNamed(only),
    lock,
  );

const findingsOf = ({ diagnostics }: Plan): unknown =>
  diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, location, hint }) => [code, location.file, location.range?.line, hint]);

const written = ({ clusters }: Plan): string[] =>
  imagesOf(clusters.flatMap(({ objects }) => objects.map(({ manifest }) => manifest)));

const digestsOf = (images: readonly string[]): string =>
  lockText(Object.fromEntries(images.map((image) => [image, DIGEST])));

test('documents of a folder share the lock file beside them, and those that name another have that', async () => {
  const folder = temporaryFolder({
    'one.yaml': DEV,
    'two.yaml': DEV,
    'base.yaml': 'images: { lock: ./base.lock }\n',
    'clusters/three.yaml': `${DEV}extends: ../base.yaml\n`,
    'clusters/four.yaml': `${DEV}images: { lock: ../four.lock }\n`,
  });
  const files = ['one.yaml', 'two.yaml', 'clusters/three.yaml', 'clusters/four.yaml'];
  const locks = await imagesOfFiles(folder, files);
  expect(
    locks.map(({ lock, documents }) => [lock.shown, documents.map((each) => each.document.file)]),
  ).toEqual([
    ['pachkit.lock', ['one.yaml', 'two.yaml']],
    // Paths start from the file that has them, also where another extends it.
    ['base.lock', ['clusters/three.yaml']],
    ['four.lock', ['clusters/four.yaml']],
  ]);
  const [all] = await imagesOfFiles(folder, files, 'all.lock');
  expect([all?.lock.absolute, all?.documents.length]).toEqual([path.join(folder, 'all.lock'), 4]);
});

test('images are those of all outputs, and each needs what it names itself', async () => {
  const folder = temporaryFolder({ 'one.yaml': DEV });
  const [{ images } = { images: [] }] = await imagesOfFiles(folder, ['one.yaml']);
  expect(images).toContain(BUSYBOX);
  const objects = images.filter((image) => image !== BUSYBOX);
  expect(written(await plan(folder, 'one.yaml'))).toEqual(objects);
  fs.writeFileSync(path.join(folder, 'pachkit.lock'), digestsOf(objects));
  const manifests = await plan(folder, 'one.yaml');
  expect([findingsOf(manifests), written(manifests)]).toEqual([
    [],
    objects.map((image) => `${image}@${DIGEST}`),
  ]);
  expect((await plan(folder, 'one.yaml', { only: 'helm' })).diagnostics).toMatchObject([
    {
      code: 'LCK002',
      message: `${BUSYBOX} is not in pachkit.lock, so that no digest of it is known`,
      hint: 'run pachkit lock one.yaml, and commit pachkit.lock',
    },
  ]);
});

test('a lock file that is named has to be there, at the line that names it or for the command line', async () => {
  const folder = temporaryFolder({
    'base.yaml': 'images:\n  lock: ./my locks/base.lock\n',
    'one.yaml': `extends: ./base.yaml\n${DEV}`,
  });
  expect(findingsOf(await plan(folder, 'one.yaml'))).toEqual([
    ['LCK007', 'base.yaml', 2, 'run pachkit lock one.yaml, which makes it, or correct the path'],
  ]);
  expect(findingsOf(await plan(folder, 'one.yaml', { lock: 'my other.lock' }))).toEqual([
    [
      'LCK007',
      'my other.lock',
      undefined,
      "run pachkit lock one.yaml --output 'my other.lock', which makes it, or correct the path",
    ],
  ]);
});

test('the command line comes before the document, and the document before what lies beside it', async () => {
  const folder = temporaryFolder({
    'one.yaml': `${DEV}images: { lock: ./named.lock }\n`,
    'pachkit.lock': '{}',
    'named.lock': '{}',
  });
  const [{ images } = { images: [] }] = await imagesOfFiles(folder, ['one.yaml']);
  fs.writeFileSync(path.join(folder, 'given.lock'), digestsOf(images));
  expect(findingsOf(await plan(folder, 'one.yaml'))).toEqual([
    ['LCK001', 'named.lock', undefined, 'restore it from Git, or delete it and run pachkit lock'],
  ]);
  const given = await plan(folder, 'one.yaml', { lock: 'given.lock' });
  expect(findingsOf(given)).toEqual([]);
  expect(written(given).every((image) => image.endsWith(`@${DIGEST}`))).toBe(true);
});
