import { readYaml } from '../../src/document/read-yaml';
import { SourceFile } from '../../src/document/source-file';
import { toValue } from '../../src/document/source-node';
import type { ClusterDocument } from '../../src/generated/cluster-document';
import type { Cluster } from '../../src/model/cluster';
import { resolveCluster } from '../../src/model/resolve';
import { Secret } from '../../src/model/secret';
import type { SecretReader } from '../../src/model/secret-reader';

/**
 * Stands for all sources of secrets: a string is itself, a variable is `value of NAME`, and a generated secret, with the
 * mark of one, is letters that follow from its path.
 */
const readSecret: SecretReader = ({ path, value }) => {
  if (typeof value === 'string') return { kind: 'literal', value: new Secret(value) };
  if ('existing' in value) return { kind: 'existing', ...value.existing };
  if ('env' in value) return { kind: 'literal', value: new Secret(`value of ${value.env}`) };
  if ('file' in value) return { kind: 'literal', value: new Secret(`content of ${value.file}`) };
  const text = path.join('').replaceAll(/\W/g, '').padEnd(32, 'x');
  return { kind: 'literal', value: new Secret(text), isGenerated: true };
};

/** The cluster that a document describes; what the document leaves out is release 2.11.6 with local storage. */
export function clusterOf(document: Partial<ClusterDocument> = {}): Cluster {
  const text = JSON.stringify({
    apiVersion: 'pachkit/v1',
    release: '2.11.6',
    storage: { local: {} },
    ...document,
  });
  const [root] = readYaml(new SourceFile('test.yaml', text, '/')).nodes;
  if (!root) throw new Error('the document cannot be read');
  const source = { file: 'test.yaml', directory: '/', defaultName: 'test', root, value: toValue(root) };
  const { value, diagnostics } = resolveCluster(source, readSecret);
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}
