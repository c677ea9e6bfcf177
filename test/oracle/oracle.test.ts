import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App } from 'cdk8s';
import { PachydermChart } from '../../src/constructs/pachyderm-chart';
import { hasErrors } from '../../src/diagnostics/diagnostic';
import { readDocuments } from '../../src/document/read-documents';
import type { Cluster } from '../../src/model/cluster';
import { resolveCluster } from '../../src/model/resolve';
import { literalSecret, existingSecret } from '../../src/model/secret';
import { toYaml } from '../../src/constructs/support/yaml';
import { checkDocument } from '../../src/pipeline/check-document';

/**
 * Documents that say what values of the official chart say, and what the official chart renders from those values. Every
 * difference is listed here with its reason.
 */
const ORACLE = path.resolve(__dirname, '..', '..', '..', 'shared', 'oracle');
const DOCUMENTS = path.join(__dirname, 'documents');

/**
 * With a Service of type NodePort and no proxy, the chart names an issuer at port 1658, which that Service has not had
 * since 2.2.0, so Console logs no one in.
 */
const nodePortIssuer = (object: string, field: string): string =>
  `${object} ${field}: want "http://pachd:1658", have "http://pachd:30658"`;

/** Without the proxy the chart since 2.6 sends browsers to port 80 of localhost, where nothing listens. */
const browserIssuer =
  'Secret/pachyderm-auth stringData.auth-config.user_accessible_issuer_host: ' +
  'want "http://localhost", have "http://localhost:30658"';

const environmentNodePort = [
  nodePortIssuer('ConfigMap/pachyderm-identity-config', 'data.identity-config.issuer'),
  nodePortIssuer('Deployment/console', 'spec.template.spec.containers[console].env[ISSUER_URI].value'),
  nodePortIssuer('Secret/pachyderm-auth', 'stringData.auth-config.issuer'),
  browserIssuer,
];

const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  '2.2.8/local-nodeport-auth0': [
    nodePortIssuer('Deployment/console', 'spec.template.spec.containers[console].env[ISSUER_URI].value'),
    nodePortIssuer('Secret/pachyderm-bootstrap-config', 'stringData.authConfig.issuer'),
    nodePortIssuer('Secret/pachyderm-bootstrap-config', 'stringData.identityServiceConfig.issuer'),
  ],
  '2.11.6/local-nodeport-auth0': environmentNodePort,
  '2.12.0-rc.3/local-nodeport-auth0': environmentNodePort,
};

const cases = fs
  .readdirSync(DOCUMENTS)
  .flatMap((release) =>
    fs.readdirSync(path.join(DOCUMENTS, release)).map((file) => `${release}/${path.basename(file, '.yaml')}`),
  )
  .sort();

describe('the documents', () => {
  test.each(cases)('%s passes every check', (name) => {
    const { diagnostics } = checkDocument(documentOf(name));
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

const describeWithOracle = fs.existsSync(ORACLE) ? describe : describe.skip;

describeWithOracle('the official chart', () => {
  test('has a document for each of its renderings', () => {
    const root = path.join(ORACLE, 'cases');
    const renderings = fs
      .readdirSync(root)
      .flatMap((release) => fs.readdirSync(path.join(root, release)).map((name) => `${release}/${name}`));
    expect(renderings.sort()).toEqual(cases);
  });

  test.each(cases)('%s', (name) => {
    const { differences, extraObjects, objects, matchedObjects } = compare(name);
    expect(extraObjects).toEqual([]);
    expect([...differences].sort()).toEqual([...(ALLOWED[name] ?? [])].sort());
    const differing = new Set((ALLOWED[name] ?? []).map((difference) => difference.split(' ')[0]));
    expect(matchedObjects).toBe(objects - differing.size);
  });
});

interface Comparison {
  readonly objects: number;
  readonly matchedObjects: number;
  readonly fields: number;
  readonly matchedFields: number;
  readonly extraObjects: readonly string[];
  readonly differences: readonly string[];
}

function compare(name: string): Comparison {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'pachkit-oracle-'));
  try {
    const ours = path.join(directory, 'ours.yaml');
    const chart = new PachydermChart(new App(), 'pachyderm', clusterOf(name));
    fs.writeFileSync(
      ours,
      chart
        .toJson()
        .map((object) => toYaml(object))
        .join('---\n'),
    );
    const theirs = path.join(ORACLE, 'cases', name, 'rendered.yaml');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(ORACLE, 'compare.mjs'), ours, theirs, '--json'],
      { cwd: path.resolve(__dirname, '..', '..'), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as Comparison;
  } finally {
    fs.rmSync(directory, { recursive: true });
  }
}

function documentOf(name: string) {
  const { documents, diagnostics } = readDocuments(`${name}.yaml`, {
    directory: DOCUMENTS,
    readFile: (file) => fs.readFileSync(file),
    readStandardInput: () => Buffer.alloc(0),
  });
  const [document] = documents;
  if (!document || hasErrors(diagnostics))
    throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return document;
}

function clusterOf(name: string): Cluster {
  const { value, diagnostics } = resolveCluster(documentOf(name), ({ path: steps, value: secret }) => {
    if (typeof secret === 'string') return literalSecret(secret);
    if ('existing' in secret) return existingSecret(secret.existing.name, secret.existing.key);
    throw new Error(`${name} leaves the secret ${steps.join('.')} to chance`);
  });
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}
