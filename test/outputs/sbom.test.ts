import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { PackageURL } from 'packageurl-js';
import { fileInput } from '../../src/document/input';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import { imagesOf } from '../../src/images/images-of';
import { clusterObjects } from '../../src/outputs/objects';
import { outputsNamed } from '../../src/outputs/registry';
import { sbom } from '../../src/outputs/sbom';
import { planWithoutSecrets } from '../../src/plan/plan';
import { clusterOf } from '../support/cluster-of';

interface Component {
  readonly name: string;
  readonly version?: string;
  readonly 'bom-ref': string;
  readonly purl?: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

interface Sbom {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/** The schemas that CycloneDX publishes, as its library has them. */
function schemaOfCycloneDX(): ValidateFunction {
  const folder = path.join(
    path.dirname(createRequire(__filename).resolve('@cyclonedx/cyclonedx-library/package.json')),
    'res/schema',
  );
  const read = (name: string): object =>
    JSON.parse(fs.readFileSync(path.join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema(read(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  return ajv.compile(read('bom-1.6'));
}

const validate = schemaOfCycloneDX();

function sbomOf(document: Partial<ClusterDocument>, digests?: Readonly<Record<string, string>>): Sbom {
  const cluster = { ...clusterOf(document), ...(digests ? { imageDigests: digests } : {}) };
  const [file] = sbom.emit(cluster, clusterObjects(cluster), {
    otherImages: ['docker.io/library/busybox:1.37.0'],
  });
  return JSON.parse(file?.content ?? '') as Sbom;
}

const examples = fs
  .readdirSync(path.join(__dirname, '../../examples'))
  .map((name) => `examples/${name}/pachyderm.yaml`)
  .filter((file) => fs.existsSync(path.join(__dirname, '../..', file)));

test('there are examples', () => expect(examples.length).toBeGreaterThan(5));

test.each(examples)('of %s follows the schema of CycloneDX and has each image once', async (file) => {
  const input = fileInput(path.join(__dirname, '../..'));
  const { clusters, diagnostics } = await planWithoutSecrets(
    [file],
    input,
    outputsNamed('manifests', 'sbom'),
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(clusters).not.toEqual([]);
  for (const { files, objects } of clusters) {
    const found = files.filter(({ path: name }) => name.startsWith('sbom/'));
    expect(found.map(({ path: name, isSecret }) => [name, isSecret])).toEqual([
      ['sbom/images.cdx.json', false],
    ]);
    const bom = JSON.parse(found[0]?.content ?? '') as Sbom;
    validate(bom);
    expect(validate.errors ?? []).toEqual([]);
    expect(bom.components.map((component) => component['bom-ref'])).toEqual(
      imagesOf(objects.map(({ manifest }) => manifest)),
    );
    expect([bom.serialNumber, bom.metadata.timestamp]).toEqual([undefined, undefined]);
  }
});

test('the schema refuses what it should', () => {
  const { components, ...bom } = sbomOf({});
  const wrong = [
    { ...bom, components: [...components, components[0]] },
    { ...bom, components: [{ name: 'no-type' }] },
    { ...bom, unknown: true },
  ];
  expect(wrong.map((each) => validate(each))).toEqual([false, false, false]);
});

test('an image is named by its package URL, its digest and the objects that run it', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const image = 'registry.acme.com:5000/mirror/pachyderm/pachd:2.11.6';
  const document = { images: { registry: 'registry.acme.com:5000/mirror' } };
  const { components, dependencies, metadata } = sbomOf(document, { [image]: digest });
  const pachd = components.find(({ name }) => name.endsWith('/pachd'));
  expect(pachd).toEqual({
    type: 'container',
    name: 'registry.acme.com:5000/mirror/pachyderm/pachd',
    version: '2.11.6',
    'bom-ref': `${image}@${digest}`,
    hashes: [{ alg: 'SHA-256', content: 'a'.repeat(64) }],
    purl: `pkg:oci/pachd@${digest}?repository_url=registry.acme.com%3A5000%2Fmirror%2Fpachyderm%2Fpachd&tag=2.11.6`,
    properties: ['Deployment/pachd', 'Deployment/pachw'].map((value) => ({ name: 'pachkit:object', value })),
  });
  expect(PackageURL.fromString(pachd?.purl ?? '')).toMatchObject({ type: 'oci', version: digest });
  const etcd = components.find(({ name }) => name.endsWith('/etcd'));
  expect([etcd?.hashes, PackageURL.fromString(etcd?.purl ?? '').version]).toEqual([undefined, undefined]);
  expect(dependencies.find(({ ref }) => ref === metadata.component['bom-ref'])?.dependsOn).toEqual(
    components.map((component) => component['bom-ref']),
  );
});

test('images that other outputs name are in it, and names that are no image are as they are', () => {
  const { components } = sbomOf({
    overrides: [
      {
        kind: 'StatefulSet',
        name: 'etcd',
        patch: [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'No Image' }],
      },
    ],
  });
  expect(components.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['docker.io/library/busybox', 'No Image']),
  );
  const odd = components.find(({ name }) => name === 'No Image');
  expect([odd?.purl, odd?.version]).toEqual([undefined, undefined]);
});
