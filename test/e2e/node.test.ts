import { readFileSync, writeFileSync } from 'node:fs';
import * as net from 'node:net';
import type { Page } from 'playwright-core';
import { imagesInArchive } from '../../src/dev/archive-images';
import type { Cluster } from '../../src/model/cluster';
import { checkFiles } from '../../src/pipeline/check-files';
import { readCluster } from '../../src/pipeline/read-cluster';
import { planted, printed, workplace, type Workplace } from './deploy/program';
import {
  controllerManagerTools,
  request,
  startKubernetes,
  temporaryDirectory,
  waitFor,
  type KubernetesServer,
  type TemporaryDirectory,
} from './harness';
import { startBrowser, type Browser } from './login/browser';
import { beginLogin, fillInDexForm, finishLogin, type Client } from './login/stage';
import type { IdTokenClaims } from './login/id-token';
import { imagesOf, pauseImage } from './node/catalogue';
import { writeImage } from './node/images';
import { describeOnNodes, makeNetwork, startNode, type NodeNetwork, type RealNode } from './node/node';
import { provideFolders } from './node/volumes';

const tools = [...controllerManagerTools, 'kube-scheduler', 'dex', 'postgres', 'initdb', 'psql', 'chromium'];

const ADA = { email: 'ada@example.com', name: 'Ada Lovelace', roles: ['clusterAdmin'] };
const NAMESPACE = 'node';

/** A cluster to try things with, whose Dex has a PostgreSQL in the namespace and a port of the node. */
const DOCUMENT = {
  apiVersion: 'pachkit/v1',
  name: 'node',
  namespace: NAMESPACE,
  release: '2.12.0-rc.3',
  profile: 'dev',
  secrets: { seed: 'node' },
  access: { via: 'nodePort' },
  auth: { roleBindings: { allClusterUsers: ['projectCreator'] } },
  identity: { dex: 'standalone' },
  dex: { version: '2.41.1' },
  dev: { users: [ADA] },
};

/** Where `tar` is looked for. */
const HERE = {
  environment: process.env,
  workingDirectory: '/',
  signal: new AbortController().signal,
};

/** What no one can build from public modules, by their Deployments. */
const WITHOUT_IMAGE = { pachd: 'pachd', console: 'haberdashery', 'pg-bouncer': 'pgbouncer' };

describeOnNodes('a cluster with a standalone Dex on a node that runs containers', tools, () => {
  let network: NodeNetwork;
  let kubernetes: KubernetesServer;
  let node: RealNode;
  let place: Workplace;
  let folders: TemporaryDirectory;
  let cluster: Cluster;
  let browser: Browser;
  let way: net.Server;
  const sockets = new Set<net.Socket>();

  beforeAll(async () => {
    network = await makeNetwork();
    kubernetes = await startKubernetes({ address: network.host, controllerManager: true, scheduler: true });
    place = workplace(kubernetes);
    write({});
    cluster = resolved(place.folder);
    node = await startNode(
      kubernetes,
      network,
      imagesOf({
        dex: cluster.dex?.image.reference ?? '',
        etcd: cluster.etcd.image.reference,
        postgres: cluster.database.internal?.image.reference ?? '',
      }),
    );
    folders = temporaryDirectory('volumes');
    await provideFolders(kubernetes, folders.path, 3);
    // What kind and its like do with the ports of a node: those of this machine lead there.
    const port = Number(new URL(cluster.urls.browserIssuer).port);
    way = net.createServer((client) => {
      const server = net.connect(port, network.node);
      sockets.add(client.once('close', () => sockets.delete(client)));
      client.pipe(server).pipe(client);
      for (const socket of [client, server])
        socket.on('error', () => [client, server].map((each) => each.destroy()));
    });
    await new Promise<void>((resolve, reject) =>
      way.once('error', reject).listen(port, '127.0.0.1', resolve),
    );
    browser = await startBrowser('http://127.0.0.1:9', []);
  });
  afterAll(async () => {
    await browser?.stop();
    way?.close();
    await node?.stop();
    network?.remove();
    folders?.remove();
  });

  const write = (over: object): void =>
    writeFileSync(`${place.folder}/pachyderm.json`, JSON.stringify({ ...DOCUMENT, ...over }));
  const kubectl = (...args: readonly string[]) => kubernetes.kubectl(['-n', NAMESPACE, ...args]);
  const ask = (path: string, options?: Parameters<typeof request>[1]) =>
    request(`http://${network.node}:${new URL(cluster.urls.browserIssuer).port}/dex${path}`, options);
  const waitUntilReady = async (): Promise<void> => {
    // Waiting for pods by their labels would wait for one that is just going, too.
    const waited = [];
    for (const workload of ['deployment/dex', 'statefulset/etcd'])
      waited.push((await kubectl('rollout', 'status', workload, '--timeout=90s')).code);
    const database = await kubectl('wait', '--for=condition=Ready', 'pod/postgres-0', '--timeout=90s');
    const { output } = await kubectl('get', 'pods', '-o', 'wide');
    expect([...waited, database.code, output]).toEqual([0, 0, 0, output]);
  };
  const login = async (): Promise<IdTokenClaims> =>
    browser.visit(async (page) => {
      await standInForPachd(page, cluster);
      const begun = await beginLogin(page, { cluster }, clientOf(cluster), '');
      await fillInDexForm(page, ADA.email, passwordOf(cluster));
      return finishLogin(page, { ask }, begun);
    });

  test('deploy brings up what has an image, and says of each of the others that it has none', async () => {
    const { code, output } = await place.pachkit(['deploy', 'pachyderm.json', '--yes', '--timeout', '60']);
    await waitUntilReady();
    expect(code).toBe(3);
    for (const [name, image] of Object.entries(WITHOUT_IMAGE))
      expect(output).toMatch(
        new RegExp(
          `error CLU014: Deployment/${name} is not ready: ${name}-\\S+, container ${name}: the image cannot be pulled \\(docker.io/pachyderm/${image}:`,
        ),
      );
  });

  test('an image of an archive is found by a digest that the archive names, and not by the one that it has', async () => {
    const tagged = 'docker.io/acme/archived:1';
    const archive = folders.join('archived.tar');
    await writeImage(archive, { ...pauseImage(), names: [tagged] });
    // As kind loads it.
    const load = ['images', 'import', '--all-platforms', '--digests', archive];
    const [digest = ''] = /sha256:[0-9a-f]{64}/.exec(await node.ctr(...load)) ?? [];
    const byDigest = `docker.io/acme/named@${digest}`;
    await node.ctr('images', 'tag', tagged, byDigest);
    await node.ctr('images', 'export', archive, byDigest);
    await node.ctr('images', 'rm', byDigest);
    expect(await imagesInArchive(archive, HERE)).toEqual([byDigest]);
    await node.ctr(...load);

    const pods = {
      'by-tag': [tagged, '{.status.phase}=Running'],
      'by-digest': [`docker.io/acme/named:1@${digest}`, '{.status.phase}=Running'],
      'by-unnamed-digest': [
        `${tagged}@${digest}`,
        '{.status.containerStatuses[0].state.waiting.reason}=ErrImagePull',
      ],
    } as const;
    const objects = Object.entries(pods).map(([name, [image]]) => {
      const containers = [{ name, image, imagePullPolicy: 'IfNotPresent' }];
      const spec = { automountServiceAccountToken: false, containers };
      return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: NAMESPACE }, spec };
    });
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    expect(await kubernetes.kubectl(['create', '-f', '-'], JSON.stringify(list))).toMatchObject({ code: 0 });
    for (const [name, [, state]] of Object.entries(pods))
      expect(await kubectl('wait', `--for=jsonpath=${state}`, `pod/${name}`, '--timeout=60s')).toMatchObject({
        code: 0,
      });
    await kubectl('delete', 'pod', ...Object.keys(pods), '--grace-period=0', '--force');
  });

  test('a person logs in through the port of the node', async () => {
    expect(await login()).toMatchObject({ aud: 'pachd', email: ADA.email, name: ADA.name });
  });

  test('a restart keeps the data', async () => {
    const before = await ask('/keys');
    expect(before.status).toBe(200);
    await kubectl('delete', 'pod', '-l', 'app.kubernetes.io/name=postgresql', '--wait=true');
    await kubectl('rollout', 'restart', 'deployment/dex');
    await kubectl('rollout', 'status', 'deployment/dex', '--timeout=90s');
    await waitUntilReady();
    // The browser keeps connections; these lead to a pod that is gone, and nothing answers on them.
    for (const socket of sockets) socket.destroy();
    // So does kube-proxy for a moment, with every second connection: they go to either pod by chance.
    await waitFor('every connection leads to the pod that is there', async () => {
      for (let count = 0; count < 12; count++)
        expect((await ask('/keys', { timeoutSeconds: 2 })).body).toBe(before.body);
      return true;
    });
    expect(await login()).toMatchObject({ email: ADA.email });
  });

  test('an image that is nowhere is what deploy names, beside what is ready', async () => {
    write({ dex: { ...DOCUMENT.dex, image: { repository: 'dexidp/nowhere' } } });
    const { code, output } = await place.pachkit(['deploy', 'pachyderm.json', '--yes', '--timeout', '30']);
    expect(code).toBe(3);
    expect(output).toMatch(
      /error CLU014: Deployment\/dex is not ready: dex-\S+, container dex: the image cannot be pulled \(ghcr.io\/dexidp\/nowhere:v2.41.1\)/,
    );
    for (const name of ['etcd', 'postgres'])
      expect(output).toContain(`ready   StatefulSet/${name}  1 of 1 ready`);
    // The Dex of before goes on.
    expect(await login()).toMatchObject({ email: ADA.email });
  });

  test('no secret was printed', () => {
    const secrets = [...Object.values(planted), passwordOf(cluster)];
    for (const secret of secrets) expect(printed.join('\n')).not.toContain(secret);
  });
});

/** The cluster of the document, with the secrets that deploy gives it. */
function resolved(folder: string): Cluster {
  const readFile = (name: string): Buffer => readFileSync(name);
  const { documents } = checkFiles(['pachyderm.json'], {
    directory: folder,
    readFile,
    readStandardInput: () => Buffer.from(''),
  });
  const [checked] = documents;
  const { value, diagnostics } = checked
    ? readCluster(checked, { variable: () => undefined, readFile, frozen: false })
    : { diagnostics: [] };
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

function passwordOf({ dev }: Cluster): string {
  return dev?.people[0]?.password.value.reveal() ?? '';
}

/** pachd, which has no image here, as Dex knows it. */
function clientOf({ auth, urls }: Cluster): Client {
  if (auth?.clientSecret.kind !== 'literal') throw new Error('the cluster has no client secret');
  return {
    id: auth.clientID,
    secret: auth.clientSecret.value.reveal(),
    redirectURI: urls.pachdRedirect,
    scopes: auth.scopes,
  };
}

/** Where Dex sends people back to. */
async function standInForPachd(page: Page, { urls }: Cluster): Promise<void> {
  await page.route(
    (url) => url.href.startsWith(urls.pachdRedirect),
    (route) => route.fulfill({ body: 'logged in' }),
  );
}
