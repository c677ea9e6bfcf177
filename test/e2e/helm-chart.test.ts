import * as fs from 'node:fs';
import * as path from 'node:path';
import { createNamespace } from './cluster-apply/cluster';
import { parseObjects, synthesize } from './cluster-apply/synthesize';
import {
  describeWithTools,
  kubernetesTools,
  run,
  startKubernetes,
  temporaryDirectory,
  toolPath,
  type Finished,
  type KubernetesServer,
} from './harness';

const checkout = path.resolve(__dirname, '../..');
const folder = path.join(checkout, 'charts');
const charts = fs
  .readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const quickstart = path.join(folder, 'quickstart');

/** Runs Helm with its files in a directory of its own. */
async function helm(args: readonly string[]): Promise<Finished> {
  const directory = temporaryDirectory('helm');
  const finished = await run({
    name: 'helm',
    program: toolPath('helm'),
    args,
    environment: {
      HELM_CACHE_HOME: directory.join('cache'),
      HELM_CONFIG_HOME: directory.join('config'),
      HELM_DATA_HOME: directory.join('data'),
    },
  });
  directory.remove();
  return finished;
}

describeWithTools('The charts of the examples', ['helm'], () => {
  test.each(charts)('%s has nothing that Helm objects to', async (chart) => {
    const { code, output } = await helm(['lint', '--strict', path.join(folder, chart)]);
    expect(output).toContain('1 chart(s) linted, 0 chart(s) failed');
    expect(output).not.toMatch(/\[(WARNING|ERROR)\]/);
    expect(code).toBe(0);
  });
});

describeWithTools('The chart of the quickstart on a real API server', ['helm', ...kubernetesTools], () => {
  let kubernetes: KubernetesServer;
  beforeAll(async () => {
    kubernetes = await startKubernetes();
  });

  test('is installed and upgraded, and has the objects and the root token of the document', async () => {
    const namespace = 'pachyderm';
    await createNamespace(kubernetes, namespace);
    const common = ['--namespace', namespace, '--kubeconfig', kubernetes.kubeconfigFile];
    const installed = await helm(['install', 'quickstart', quickstart, ...common]);
    expect(installed.output).toContain('STATUS: deployed');
    expect(installed.output).not.toMatch(/warning/i);

    const upgraded = await helm(['upgrade', 'quickstart', quickstart, ...common]);
    expect(upgraded.output).toContain('REVISION: 2');
    expect(upgraded.code).toBe(0);

    const { objects, remove } = await synthesize({
      release: '2.12.0-rc.3',
      base: path.join(checkout, 'examples/quickstart/pachyderm.yaml'),
      over: {},
      name: 'quickstart',
      namespace,
    });
    remove();
    const keys = (all: typeof objects): string[] =>
      all.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
    const { standardOutput } = await helm(['get', 'manifest', 'quickstart', ...common]);
    expect(keys(parseObjects(standardOutput))).toEqual(keys(objects));

    const auth = objects.find(
      ({ kind, metadata }) => kind === 'Secret' && metadata.name === 'pachyderm-auth',
    );
    const token = (auth?.['stringData'] as Record<string, string>)['root-token'] ?? '';
    expect(token).not.toBe('');
    const template = 'go-template={{index .data "root-token" | base64decode}}';
    const printed = await kubernetes.kubectl([
      ...['-n', namespace, 'get', 'secret', 'pachyderm-auth', '-o', template],
    ]);
    expect(printed.output).toBe(token);
  });
});
