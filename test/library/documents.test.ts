import fs from 'node:fs';
import path from 'node:path';
import { App, Chart } from 'cdk8s';
import { fileInput } from '../../src/document/input';
import { readRegularFile } from '../../src/files/read-file';
import { imagesOf } from '../../src/images/images-of';
import { lockText } from '../../src/images/lock-file';
import { loadClusters, PachydermCluster, synthesize } from '../../src/library';
import { checkFiles } from '../../src/pipeline/check-files';
import { imagesOfDocuments } from '../../src/plan/locked-images';
import { planFiles } from '../../src/plan/plan';
import { temporaryFolder } from '../support/pachkit';

const DEV = `apiVersion: pachkit/v1
name: acme
release: 2.12.0-rc.3
profile: dev
secrets: { seed: acme }
identity: { connectors: [{ type: mockPassword, id: test, config: { username: a, password: b } }] }
storage: { local: {} }
`;
const DIGEST = `sha256:${'a'.repeat(64)}`;

const findings = (folder: string): unknown =>
  loadClusters(['acme.yaml'], { directory: folder }).diagnostics.map(({ code, path: at }) => [code, at]);

/** Locks all images of a document but these. */
async function lock(folder: string, file: string, without: readonly string[] = []): Promise<void> {
  const { documents } = checkFiles(['acme.yaml'], fileInput(folder));
  const [{ images } = { images: [] }] = await imagesOfDocuments(documents, { directory: folder });
  const locked = images.filter((image) => !without.includes(image));
  fs.writeFileSync(
    path.join(folder, file),
    lockText(Object.fromEntries(locked.map((image) => [image, DIGEST]))),
  );
}

test.each([
  ['beside the document', '', 'pachkit.lock'],
  ['that the document names', 'images: { lock: ./named.lock }\n', 'named.lock'],
])('the lock file %s counts in files and in constructs, as in pachkit synth', async (_, line, file) => {
  const folder = temporaryFolder({ 'acme.yaml': `${DEV}${line}` });
  await lock(folder, file);
  const { clusters, diagnostics } = loadClusters(['acme.yaml'], { directory: folder });
  expect(diagnostics).toEqual([]);
  const [cluster] = clusters;
  if (!cluster) throw new Error('no cluster');

  const secrets = { variable: () => undefined, readFile: readRegularFile, frozen: true };
  const plan = await planFiles(['acme.yaml'], fileInput(folder), secrets);
  const objects = plan.clusters[0]?.objects.map(({ manifest }) => manifest) ?? [];
  const chart = new Chart(new App(), 'data', { namespace: cluster.namespace });
  new PachydermCluster(chart, 'pachyderm', cluster);
  const images = imagesOf(chart.toJson() as Record<string, unknown>[]);
  expect(images).toEqual(imagesOf(objects));
  expect(images.every((image) => image.endsWith(`@${DIGEST}`))).toBe(true);

  const text = (await synthesize(cluster)).map(({ content }) => content).join('\n');
  expect(text.match(/image: \S+/g)?.every((image) => image.endsWith(`@${DIGEST}`))).toBe(true);
});

test('without a lock file images keep their tags', () => {
  const folder = temporaryFolder({ 'acme.yaml': DEV });
  const { clusters } = loadClusters(['acme.yaml'], { directory: folder });
  const chart = new Chart(new App(), 'data');
  if (clusters[0]) new PachydermCluster(chart, 'pachyderm', clusters[0]);
  const images = imagesOf(chart.toJson() as Record<string, unknown>[]);
  expect(images).toContain('docker.io/pachyderm/pachd:2.12.0-rc.3');
});

test('a lock file that is not there, or lacks an image, leaves no cluster', async () => {
  const named = temporaryFolder({ 'acme.yaml': `${DEV}images: { lock: ./named.lock }\n` });
  expect(findings(named)).toEqual([['LCK007', '/images/lock']]);
  const beside = temporaryFolder({ 'acme.yaml': DEV });
  await lock(beside, 'pachkit.lock', ['docker.io/pachyderm/pachd:2.12.0-rc.3']);
  expect(findings(beside)).toEqual([['LCK002', '']]);
  expect(loadClusters(['acme.yaml'], { directory: beside }).clusters).toEqual([]);
});

test('keys of encrypted files that no one has wrapped leave no cluster', () => {
  const sops = 'sops: { kms: ["arn:aws:kms:eu-central-1:123456789012:key/0a1b2c3d"] }';
  const text = DEV.replace('{ seed: acme }', `{ seed: acme, output: sops, ${sops} }`);
  expect(findings(temporaryFolder({ 'acme.yaml': text }))).toEqual([['SEC027', '/secrets/sops']]);
});

test('overrides that hit nothing leave no cluster', () => {
  const override = 'overrides: [{ kind: Deployment, name: pach, patch: [{ op: remove, path: /spec }] }]\n';
  expect(findings(temporaryFolder({ 'acme.yaml': `${DEV}${override}` }))).toEqual([
    ['OVR002', '/overrides/0/name'],
  ]);
});
