import fs from 'node:fs';
import path from 'node:path';
import YAML from 'yaml';
import type { Manifest } from '../../src/outputs/objects';
import { hasErrors } from '../../src/diagnostics/diagnostic';
import type { Cluster } from '../../src/model/cluster';
import { resolveCluster } from '../../src/model/resolve';
import { literalSecret } from '../../src/model/secret';
import type { SecretReader } from '../../src/model/secret-reader';
import { checkFiles } from '../../src/pipeline/check-files';
import { readFolder } from './golden-folder';
import { pachkit, temporaryFolder } from './pachkit';

const root = path.resolve(__dirname, '../..');

/** Documents of clusters with a standalone Dex: those of the tests, and the examples that have one. */
export function standaloneDocuments(): string[] {
  const fixtures = filesIn('test/fixtures/dex-standalone').map(
    (name) => `test/fixtures/dex-standalone/${name}`,
  );
  const examples = filesIn('examples')
    .map((name) => `examples/${name}/pachyderm.yaml`)
    .filter((name) => isStandalone(path.join(root, name)));
  return [...fixtures, ...examples];
}

function filesIn(folder: string): string[] {
  return fs.readdirSync(path.join(root, folder)).sort();
}

function isStandalone(file: string): boolean {
  return fs.existsSync(file) && /^ +dex: standalone$/m.test(fs.readFileSync(file, 'utf8'));
}

/** Stands for all sources of secrets but strings and Secrets that exist, without a file that keeps generated ones. */
const readSecret: SecretReader = ({ path: place, value }) => {
  if (typeof value === 'string') return literalSecret(value);
  if ('existing' in value) return { kind: 'existing', ...value.existing };
  return literalSecret(`generated for ${place.join('.')}`);
};

/** The one cluster of a document; throws with what is wrong with it. */
export function clusterIn(fileName: string): Cluster {
  const { documents, diagnostics } = checkFiles([fileName], {
    directory: root,
    readFile: (name) => fs.readFileSync(name),
    readStandardInput: () => Buffer.from(''),
  });
  const cluster = documents[0] && resolveCluster(documents[0].document, readSecret).value;
  if (!cluster || hasErrors(diagnostics))
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return cluster;
}

/** What a pod of Dex reads, as the manifests of its cluster have it. */
export interface DexPod {
  /** `config.yaml`. */
  readonly configuration: string;
  /** Variables of the container, those of Secrets of others filled with a stand-in. */
  readonly environment: Readonly<Record<string, string>>;
  readonly arguments: readonly string[];
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef?: { readonly name: string; readonly key: string } };
}

/** A bcrypt hash of "password", for hashes that are in Secrets of others. */
const HASH = '$2a$10$PIsnwsQ8YnjMI/eFYmswru/3CD.ycyOlH0QCZ/THDfaTQf1kTvYdO';

/** The pod of Dex in what the built program writes for a document, as the kubelet would start it. */
export function dexPodOf(document: string): DexPod {
  const text = fs.readFileSync(path.join(root, document), 'utf8');
  const folder = temporaryFolder({ 'pachyderm.yaml': text });
  try {
    const environment = Object.fromEntries(
      [...text.matchAll(/\benv: (\w+)/g)].map(([, name]) => [String(name), `text of ${name}`]),
    );
    const run = pachkit(['synth', 'pachyderm.yaml', '--only', 'manifests', '--out', '.'], {
      folder,
      environment,
    });
    if (run.exitCode !== 0) throw new Error(run.stderr);
    const files = Object.entries(readFolder(folder)).filter(([name]) => /manifests.*\.yaml$/.test(name));
    return dexPodIn(
      files.flatMap(([, file]) => YAML.parseAllDocuments(file).map((each) => each.toJS() as Manifest)),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** The pod of Dex among manifests. */
export function dexPodIn(manifests: readonly Manifest[]): DexPod {
  const find = <T>(kind: string): T =>
    manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === 'dex') as T;
  const secret = find<{ stringData: Record<string, string> }>('Secret').stringData;
  const deployment = find<{
    spec: { template: { spec: { containers: [{ args: string[]; env?: Variable[] }] } } };
  }>('Deployment');
  const [container] = deployment.spec.template.spec.containers;
  const environment = (container.env ?? []).flatMap(({ name, value, valueFrom }): [string, string][] => {
    if (value !== undefined) return [[name, kubeletText(value)]];
    const place = valueFrom?.secretKeyRef;
    if (!place) return [];
    const text = place.name === 'dex' ? secret[place.key] : undefined;
    return [[name, text ?? (name.endsWith('_HASH') ? HASH : `${place.key} of ${place.name}`)]];
  });
  return {
    configuration: secret['config.yaml'] ?? '',
    environment: Object.fromEntries(environment),
    arguments: container.args,
  };
}

/** A plain value after the kubelet: `$$` is a `$`, and nothing else of it may be a reference. */
function kubeletText(value: string): string {
  if (/(?<!\$)(?:\$\$)*\$\(/.test(value))
    throw new Error(`the kubelet would replace a reference in ${value}`);
  return value.replaceAll('$$', '$');
}

/** A configuration with other values in some places, by their path. */
export function withValues(configuration: string, values: Readonly<Record<string, unknown>>): string {
  const document = YAML.parseDocument(configuration);
  for (const [place, value] of Object.entries(values)) document.setIn(place.split('.'), value);
  return document.toString();
}
