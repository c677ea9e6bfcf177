import type { ClusterDocument } from '../../src/generated/cluster-document';
import type { OutputName } from '../../src/generated/output-names';
import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { outputsNamed } from '../../src/outputs/registry';
import { repositoryFindings } from '../../src/plan/repository-findings';
import { clusterOf } from '../support/cluster-of';

const url = 'https://github.com/acme/clusters.git';

function findingsOf(
  document: Partial<ClusterDocument>,
  ...names: readonly OutputName[]
): [code: string, path: string, isPlaced: boolean][] {
  const text = JSON.stringify(document);
  const [root] = readYaml(new SourceFile('prod.yaml', text, '/')).nodes;
  if (!root) throw new Error('the document cannot be read');
  const source = { file: 'prod.yaml', directory: '/', defaultName: 'prod', root, value: document as never };
  return repositoryFindings({ cluster: clusterOf(document), document: source }, outputsNamed(...names)).map(
    ({ code, path, location }) => [code, path, location.range !== undefined],
  );
}

const existing = { existing: { name: 'key', key: 'key' } };
const age = ['age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p'];
const sops = {
  output: 'sops',
  sops: { age },
  encryptionKey: existing,
} as unknown as ClusterDocument['secrets'];

it('is missing where engines are to roll out from it, and nowhere else', () => {
  expect(findingsOf({}, 'argocd', 'flux')).toEqual([['OUT011', '/gitops', false]]);
  expect(findingsOf({}, 'manifests', 'kustomize')).toEqual([]);
});

it('is an artifact without branches', () => {
  const oci = 'oci://ghcr.io/acme/clusters';
  const secrets = { output: 'none' } as const;
  expect(findingsOf({ secrets, gitops: { url: oci } }, 'flux')).toEqual([]);
  expect(findingsOf({ secrets, gitops: { url: oci, ref: { tag: 'v1' } } }, 'flux')).toEqual([]);
  const branched = { secrets, gitops: { url: oci, ref: { branch: 'main' } } };
  expect(findingsOf(branched, 'flux')).toEqual([['OUT013', '/gitops/ref/branch', true]]);
});

it.each([
  ['clear text', 'argocd', {}, true],
  ['clear text', 'flux', {}, true],
  ['sops', 'argocd', sops, true],
  ['sops', 'flux', sops, false],
  ['externalSecret', 'argocd', { output: 'externalSecret', externalSecret: { store: 'vault' } }, false],
  ['none', 'flux', { output: 'none' }, false],
] as const)('with Secrets as %s %s leaves Secrets to people: %j', (_, name, secrets, isLeft) => {
  const codes = findingsOf({ gitops: { url }, ...(secrets ? { secrets } : {}) }, name);
  expect(codes.map(([code]) => code)).toEqual(isLeft ? ['OUT012'] : []);
});
