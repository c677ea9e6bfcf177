import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { startCountingProxy, type CountingProxy } from './deploy/counting-proxy';
import { merge, workplace, type Workplace } from './deploy/program';
import { describeWithTools, kubernetesTools, startKubernetes, type KubernetesServer } from './harness';

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;

/** At least so many objects are deployed at once. */
const OBJECTS = 200;

describeWithTools('what a deploy costs', kubernetesTools, () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  let proxy: CountingProxy;
  beforeAll(async () => {
    kubernetes = await startKubernetes();
    place = workplace(kubernetes);
    proxy = await startCountingProxy(kubernetes, path.join(place.folder, 'proxy.kubeconfig'));
  });
  afterAll(() => proxy.close());

  /** Writes documents with so many objects, each of a namespace of its own. */
  function write(count: number): { readonly files: string[]; readonly objects: number } {
    const files: string[] = [];
    let objects = 0;
    for (let index = 0; objects < count; index++) {
      const service = { httpNodePort: 31200 + 2 * index, httpsNodePort: 31201 + 2 * index };
      const name = `many-${index}`;
      const over = merge(quickstart.over, { access: { proxy: { service } } });
      files.push(place.write({ ...quickstart, name, over }, {}, `${name}.json`));
      objects += 33;
    }
    return { files, objects };
  }

  /** Runs a deploy that does not wait, and measures it. */
  async function deploy(files: readonly string[], kubeconfig: string) {
    const usage = path.join(place.folder, 'usage.json');
    const began = process.hrtime.bigint();
    const done = await place.pachkit(
      ['deploy', ...files, '--yes', '--no-wait', '--format', 'json', '--kubeconfig', kubeconfig],
      { NODE_OPTIONS: `--require=${path.resolve('bench/report-usage.cjs')}`, BENCH_USAGE: usage },
    );
    const wall = Number(process.hrtime.bigint() - began) / 1e6;
    const { userCPUTime, systemCPUTime } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.ResourceUsage;
    const events = done.standardOutput
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly type: string; readonly applied?: number });
    const applied = events.reduce((sum, event) => sum + (event.applied ?? 0), 0);
    return {
      code: done.code,
      output: done.code === 0 ? '' : done.output,
      applied,
      wall,
      cpu: (userCPUTime + systemCPUTime) / 1e3,
    };
  }

  test(`${OBJECTS} objects, and nothing the second time`, async () => {
    const { files } = write(OBJECTS);
    const first = await deploy(files, kubernetes.kubeconfigFile);
    const second = await deploy(files, kubernetes.kubeconfigFile);
    const single = await deploy(files.slice(0, 1), kubernetes.kubeconfigFile);
    const figure = ({ wall, cpu }: { wall: number; cpu: number }): string =>
      `${(wall / 1000).toFixed(2)} s, ${(cpu / 1000).toFixed(2)} s of its own processor time`;
    process.stdout.write(
      [
        `deploy of ${first.applied} objects: ${figure(first)}`,
        `the same again, nothing changes: ${figure(second)}`,
        `one document of them again: ${figure(single)}`,
        '',
      ].join('\n'),
    );
    expect(first.code).toBe(0);
    expect(first.applied).toBeGreaterThanOrEqual(OBJECTS);
    expect(second).toMatchObject({ code: 0, output: '', applied: 0 });
    expect(single).toMatchObject({ code: 0, applied: 0 });
  });

  test('an unchanged document is read with one list of each kind, and nothing is written but the Lease', async () => {
    const [file = ''] = write(1).files;
    await deploy([file], proxy.kubeconfigFile);
    proxy.reset();
    expect(await deploy([file], proxy.kubeconfigFile)).toMatchObject({ code: 0, output: '', applied: 0 });
    const lists = proxy.requests
      .filter(({ method, path: asked }) => method === 'GET' && asked.includes('limit='))
      .map(({ path: asked }) => asked.split('?')[0]);
    expect(lists.length).toBeGreaterThan(5);
    expect(lists).toEqual([...new Set(lists)]);
    const written = proxy.requests.filter(
      ({ method, path: asked }) =>
        method !== 'GET' && !asked.includes('dryRun=All') && !asked.includes('/selfsubject'),
    );
    expect(new Set(written.map(({ path: asked }) => asked.replace(/\?.*/, '')))).toEqual(
      new Set(['/apis/coordination.k8s.io/v1/namespaces/many-0/leases/pachkit-many-0']),
    );
    // All rules of the namespace in one; namespaces belong to none.
    const reviews = proxy.requests.filter(({ path: asked }) => asked.includes('/selfsubject'));
    expect(reviews.map(({ path: asked }) => asked.split('/').at(-1))).toEqual([
      'selfsubjectrulesreviews',
      'selfsubjectaccessreviews',
      'selfsubjectaccessreviews',
    ]);
  });
});
