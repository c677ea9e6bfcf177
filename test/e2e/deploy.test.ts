import { examples, type SuiteDocument } from './cluster-apply/documents';
import { planted, printed, workplace, type Workplace } from './deploy/program';
import { provideVolumes } from './deploy/volumes';
import { reportFaults } from '../support/report-schema';
import { describeWithTools, nodeTools, startKubernetes, type KubernetesServer } from './harness';

const byName = examples.map((document) => [document.name, document] as const);
const documentOf = (name: string): SuiteDocument =>
  examples.find((each) => each.name === name) as SuiteDocument;

/** Lines of `--format json`. */
const events = (output: string): readonly Record<string, unknown>[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describeWithTools('pachkit deploy on a cluster whose nodes kwok plays', nodeTools, () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true, nodes: {} });
    place = workplace(kubernetes);
  });

  const get = async (...args: readonly string[]): Promise<string> =>
    (await kubernetes.kubectl(['get', ...args])).standardOutput.trim();

  test.each(byName)(
    '%s: from nothing to ready, a second time without a change, and gone',
    async (name, document) => {
      await provideVolumes(kubernetes);
      const file = place.write(document, {}, `${name}.${document.base.endsWith('.ts') ? 'ts' : 'json'}`);
      const first = await place.pachkit(['deploy', file, '--yes', '--timeout', '120']);
      expect({ code: first.code, output: first.output }).toEqual({
        code: 0,
        output: expect.stringContaining('ready   Deployment/pachd') as string,
      });
      const before = await get(
        'all,secrets,configmaps,roles,rolebindings',
        '--namespace',
        name,
        '-o',
        'jsonpath={range .items[*]}{.kind}/{.metadata.name}={.metadata.resourceVersion}{"\n"}{end}',
      );

      const second = await place.pachkit(['deploy', file, '--yes', '--format', 'json', '--timeout', '120']);
      expect(second.code).toBe(0);
      expect(events(second.standardOutput)).toContainEqual({ type: 'done', applied: 0, deleted: 0 });
      for (const line of events(second.standardOutput)) expect(reportFaults('line', line)).toEqual([]);
      const after = await get(
        'all,secrets,configmaps,roles,rolebindings',
        '--namespace',
        name,
        '-o',
        'jsonpath={range .items[*]}{.kind}/{.metadata.name}={.metadata.resourceVersion}{"\n"}{end}',
      );
      expect(after).toBe(before);
      expect((await place.pachkit(['diff', file])).code).toBe(0);

      const destroyed = await place.pachkit(['destroy', file, '--yes', '--with-data', '--format', 'json']);
      for (const line of events(destroyed.standardOutput)) expect(reportFaults('line', line)).toEqual([]);
      expect({ code: destroyed.code, output: destroyed.output }).toMatchObject({ code: 0 });
      expect(
        await get('deployments,statefulsets,jobs,services,secrets,pvc', '--namespace', name, '-o', 'name'),
      ).toBe('');
    },
  );

  test('what leaves the document is deleted, and what cannot be made again is kept', async () => {
    await provideVolumes(kubernetes);
    const document = { ...documentOf('quickstart-2-12-0-rc-3'), name: 'pruned' };
    const file = place.write(document, { console: { enabled: true } });
    expect((await place.pachkit(['deploy', file, '--yes', '--timeout', '120'])).code).toBe(0);
    expect(await get('deployment', 'console', '--namespace', 'pruned', '-o', 'name')).toBe(
      'deployment.apps/console',
    );
    place.write(document, { console: { enabled: false } });
    const shown = await place.pachkit(['deploy', file, '--dry-run']);
    expect(shown.output).toMatch(/- delete {3}Deployment\/console/);
    const second = await place.pachkit(['deploy', file, '--yes', '--timeout', '120', '--format', 'json']);
    expect(second.code).toBe(0);
    expect(events(second.standardOutput)).toContainEqual({
      type: 'deleted',
      object: 'Deployment/console',
      action: 'delete',
    });
    expect(events(second.standardOutput)).toContainEqual({
      type: 'kept',
      object: 'Secret/pachyderm-console-secret',
      reason: 'it has values that are in no other Secret of the document',
    });
    expect(
      await get('deployment', 'console', '--namespace', 'pruned', '--ignore-not-found', '-o', 'name'),
    ).toBe('');
    // What is kept is no object of the document.
    expect((await place.pachkit(['status', file])).output).toMatch(/objects {6}(\d+) of \1 are there/);
    const third = await place.pachkit([
      'deploy',
      file,
      '--yes',
      '--remove',
      'Secret/pachyderm-console-secret',
      '--timeout',
      '60',
    ]);
    expect(third.code).toBe(0);
    expect(
      await get(
        'secret',
        'pachyderm-console-secret',
        '--namespace',
        'pruned',
        '--ignore-not-found',
        '-o',
        'name',
      ),
    ).toBe('');
    expect((await place.pachkit(['destroy', file, '--yes'])).code).toBe(0);
    expect(await get('pvc', '--namespace', 'pruned', '-o', 'name')).toContain('persistentvolumeclaim/');
  });

  test('no secret was printed', () => {
    expect(printed.length).toBeGreaterThan(50);
    for (const secret of Object.values(planted)) expect(printed.join('\n')).not.toContain(secret);
  });
});
