import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { blocksOf, checkout } from './ci/blocks';
import { createNamespace } from './cluster-apply/cluster';
import type { KubernetesObject } from './cluster-apply/synthesize';
import {
  describeWithTools,
  kubernetesTools,
  run,
  runToSuccess,
  startKubernetes,
  temporaryDirectory,
  toolPath,
  type Finished,
  type KubernetesServer,
  type TemporaryDirectory,
} from './harness';

const GUIDE = 'docs/guide/migrate-from-helm.md';
/** What the official chart renders from values with an ingress, a license and Auth0; beside the project where there is any. */
const CASE = path.join(checkout, '../shared/oracle/cases/2.11.6/aws-ingress-tls-auth0');
const NAMESPACE = 'pach';

const blocks = blocksOf(GUIDE).filter(({ language }) => language === 'sh');

/** The block of a section that has a text, as people copy it. */
function block(heading: string, has: string): string {
  const [found, ...others] = blocks.filter((each) => each.heading === heading && each.text.includes(has));
  if (!found || others.length > 0)
    throw new Error(`${GUIDE} has not one block with ${has} under "${heading}"`);
  return found.text;
}

describeWithTools('The guide for moving from Helm', [...kubernetesTools, 'helm'], () => {
  if (!existsSync(CASE)) {
    test.skip('no rendering of the chart beside the project', () => undefined);
    return;
  }

  let kubernetes: KubernetesServer;
  let repository: Server;
  let folder: TemporaryDirectory;
  let before: Readonly<Record<string, KubernetesObject>>;

  beforeAll(async () => {
    kubernetes = await startKubernetes();
    folder = temporaryDirectory('migrate-guide');
    mkdirSync(folder.join('bin'));
    mkdirSync(folder.join('work'));
    for (const tool of ['helm', 'kubectl']) symlinkSync(toolPath(tool), folder.join('bin', tool));
    symlinkSync(path.join(checkout, 'dist/bin/pachkit.js'), folder.join('bin', 'pachkit'));
    // The guide calls the context of the cluster production.
    const config = readFileSync(kubernetes.kubeconfigFile, 'utf8').replace(/"test"/g, '"production"');
    writeFileSync(folder.join('kubeconfig'), config, { mode: 0o600 });
    repository = await serveChart(folder);
    const { port } = repository.address() as AddressInfo;
    await createNamespace(kubernetes, NAMESPACE);
    await shell(`helm repo add pachyderm http://127.0.0.1:${port}`);
    await shell(
      `helm install pachyderm pachyderm/pachyderm -n ${NAMESPACE} --version 2.11.6 -f '${path.join(CASE, 'values.yaml')}'`,
    );
    before = await everything();
  });

  afterAll(() => {
    repository.close();
    folder.remove();
  });

  /** Runs lines as someone who follows the guide, in one folder; what fails ends them. */
  async function shell(lines: string, expected: readonly number[] = [0]): Promise<Finished> {
    const finished = await run({
      name: 'sh',
      program: 'sh',
      args: ['-e', '-c', lines],
      workingDirectory: folder.join('work'),
      environment: {
        PATH: `${folder.join('bin')}:${process.env['PATH']}`,
        HOME: folder.path,
        KUBECONFIG: folder.join('kubeconfig'),
        NO_COLOR: '1',
        CI: 'true',
        AUTH0_CLIENT_SECRET: 'auth0-client-secret-0123456789',
      },
    });
    if (!expected.includes(finished.code ?? -1)) throw new Error(`${lines}\n${finished.output}`);
    return finished;
  }

  const output = async (line: string): Promise<string> => (await shell(line)).standardOutput;
  const file = (name: string): string => readFileSync(folder.join('work', name), 'utf8');

  async function everything(): Promise<Readonly<Record<string, KubernetesObject>>> {
    const kinds =
      'configmaps,secrets,services,serviceaccounts,roles,rolebindings,deployments,statefulsets,ingresses';
    const { standardOutput } = await kubernetes.kubectl(['get', kinds, '-n', NAMESPACE, '-o', 'json']);
    const { items } = JSON.parse(standardOutput) as { items: KubernetesObject[] };
    return Object.fromEntries(items.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
  }

  const isRecord = (name: string): boolean => name.startsWith('Secret/sh.helm.release.v1.');
  const uid = (object: KubernetesObject | undefined): unknown =>
    (object?.metadata as { uid?: string } | undefined)?.uid;

  /** The same objects, by their uids, as before anything was moved. */
  async function expectTheSameObjects(): Promise<void> {
    const after = await everything();
    for (const [name, object] of Object.entries(before).filter(([key]) => !isRecord(key)))
      expect([name, uid(after[name])]).toEqual([name, uid(object)]);
  }

  test('values are imported from what helm get values prints, and from the cluster', async () => {
    const { standardOutput: stdout } = await shell(block('1. Import the values', 'helm get values'));
    expect(stdout).toMatch(/pachyderm-2\.11\.6\s+2\.11\.6/);
    const fromFile = file('pachyderm.yaml');
    await shell(`mkdir -p other && cd other && ${block('1. Import the values', '--from-cluster')}`);
    expect(file('other/pachyderm.yaml')).toBe(fromFile);
    expect(fromFile).toContain(`namespace: ${NAMESPACE}`);
  });

  test('the difference names what the guide says, and no data of a volume', async () => {
    const lines = block('3. Compare', 'kubectl');
    const { standardOutput: stdout } = await shell(lines, [0, 1]);
    expect(stdout).toMatch(/^\+ +- ALL$/m);
    expect(stdout).not.toMatch(/^[-+] +(volumeClaimTemplates|clusterIP|serviceName|matchLabels|storage):?/m);
  });

  test('the objects are taken over as they are, and Helm forgets the release', async () => {
    await shell(block('4. Apply, and take over from Helm', 'helm-release.yaml'));
    expect(await output(`helm list -n ${NAMESPACE} --short`)).toBe('');
    expect(Object.keys(await everything()).filter(isRecord)).toEqual([]);
    await expectTheSameObjects();
    expect(await output('kubectl -n pach diff -f dist/pachkit/pachyderm/manifests')).toBe('');
  });

  test('the way back is one upgrade', async () => {
    await shell(block('The way back', 'kubectl -n pach apply -f helm-release.yaml'));
    expect(await output(`helm list -n ${NAMESPACE} --short`)).toBe('pachyderm\n');
    expect(await output(`helm status pachyderm -n ${NAMESPACE}`)).toMatch(/STATUS: deployed\nREVISION: 2/);
    await expectTheSameObjects();
  });

  test('so is the way back with what the document says now', async () => {
    const { output: printedLines } = await shell(block('The way back', 'pachkit export helm-values'));
    const printed = /^ {2}(envsubst .*helm upgrade.*)$/m.exec(printedLines)?.[1] ?? '';
    expect(printed).toContain('ROOT_TOKEN');
    // The guide shows it for one of the variables, and the report says where the others are.
    const [example = ''] = block('The way back', 'export ROOT_TOKEN').split('\n');
    const places = [...printedLines.matchAll(/^ {2}([A-Z0-9_]+) .* in the Secret ([\w-]+), key ([\w-]+)$/gm)];
    expect(places.map(([, variable]) => variable)).toContain('ROOT_TOKEN');
    const exports = places.map(([, variable = '', secret = '', key = '']) =>
      example
        .replace('ROOT_TOKEN', variable)
        .replace('secret pachyderm-auth', `secret ${secret}`)
        .replace('"root-token"', `"${key}"`),
    );
    await shell([...exports, printed].join('\n'));
    const values = await output(`helm get values pachyderm -n ${NAMESPACE}`);
    expect(values).toContain('rootToken: root-token-0123456789abcdef012345');
    expect(values).not.toContain('${');
    await expectTheSameObjects();
  });
});

/** A repository with a chart that renders what the official one rendered. */
async function serveChart(folder: TemporaryDirectory): Promise<Server> {
  const chart = folder.join('pachyderm');
  mkdirSync(path.join(chart, 'templates'), { recursive: true });
  writeFileSync(
    path.join(chart, 'Chart.yaml'),
    'apiVersion: v2\nname: pachyderm\nversion: 2.11.6\nappVersion: 2.11.6\n',
  );
  const rendered = readFileSync(path.join(CASE, 'rendered.yaml'), 'utf8')
    .replace(/namespace: pachyderm$/gm, `namespace: ${NAMESPACE}`)
    .replace(/\.pachyderm\.svc/g, `.${NAMESPACE}.svc`)
    .replace(/^(\s*- )pachyderm$/gm, `$1${NAMESPACE}`);
  writeFileSync(path.join(chart, 'rendered.yaml'), rendered);
  writeFileSync(path.join(chart, 'templates/all.yaml'), '{{ .Files.Get "rendered.yaml" }}\n');
  const served = folder.join('repository');
  mkdirSync(served);
  const server = createServer((request, response) => {
    const name = path.join(served, path.basename(request.url ?? ''));
    if (!existsSync(name)) response.writeHead(404).end();
    else response.end(readFileSync(name));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const helm = (args: readonly string[]): Promise<string> =>
    runToSuccess({ name: 'helm', program: toolPath('helm'), args, environment: { HOME: folder.path } });
  await helm(['package', chart, '--destination', served]);
  await helm(['repo', 'index', served, '--url', `http://127.0.0.1:${port}`]);
  return server;
}
