import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createNamespace } from './cluster-apply/cluster';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { planted, printed, workplace, type Workplace } from './deploy/program';
import { reportFaults } from '../support/report-schema';
import { describeWithTools, kubernetesTools, startKubernetes, type KubernetesServer } from './harness';

/** `pachkit diff --format json`. */
interface Report {
  readonly differences: readonly {
    readonly differs: boolean;
    readonly changes: readonly {
      readonly action: string;
      readonly kind: string;
      readonly name: string;
      readonly fields: readonly { readonly path: string }[];
      readonly conflicts: readonly { readonly manager: string; readonly field: string }[];
    }[];
  }[];
}

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;

describeWithTools('pachkit diff on a real API server', kubernetesTools, () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  let file: string;
  beforeAll(async () => {
    kubernetes = await startKubernetes();
    place = workplace(kubernetes);
    file = place.write({ ...quickstart, name: 'diff' });
  });

  const diff = async (
    ...args: readonly string[]
  ): Promise<{ code: number | null; actions: string[]; report: Report }> => {
    const { code, standardOutput } = await place.pachkit(['diff', file, '--format', 'json', ...args]);
    const report = JSON.parse(standardOutput) as Report;
    expect(reportFaults('diff', report)).toEqual([]);
    const actions = report.differences.flatMap(({ changes }) =>
      changes
        .filter(({ action }) => action !== 'none')
        .map(({ action, kind, name }) => `${action} ${kind}/${name}`),
    );
    return { code, actions, report };
  };

  test('in a namespace that is not there everything is created', async () => {
    const { code, actions } = await diff();
    expect(code).toBe(16);
    expect(new Set(actions.map((action) => action.split(' ')[0]))).toEqual(new Set(['create']));
    expect(actions).toContain('create Deployment/pachd');
  });

  test('after kubectl has applied the same there is no difference, whoever else fills in fields', async () => {
    await createNamespace(kubernetes, 'diff');
    await place.pachkit(['synth', file, '--only', 'manifests']);
    const manifests = `${place.folder}/dist/pachkit/diff/manifests`;
    const applied = await kubernetes.kubectl(['apply', '--server-side', '-f', manifests]);
    expect(applied.code).toBe(0);
    expect(await diff()).toMatchObject({ code: 0, actions: [] });

    // pachd scales its workers for storage, and an injector adds a container: neither is in the document.
    await kubernetes.kubectl(['scale', 'deployment', 'pachw', '--replicas=3', '--namespace', 'diff']);
    const sidecar = { spec: { template: { spec: { containers: [{ name: 'sidecar', image: 'mesh' }] } } } };
    const patched = await kubernetes.kubectl([
      ...['patch', 'deployment', 'console', '--namespace', 'diff', '--patch', JSON.stringify(sidecar)],
    ]);
    expect(patched.code).toBe(0);
    expect(await diff()).toMatchObject({ code: 0, actions: [] });
  });

  test('what someone has changed is a difference, and a field of another manager a conflict', async () => {
    const set = ['set', 'image', 'deployment/console', 'console=console:mine', '--namespace', 'diff'];
    expect((await kubernetes.kubectl(set)).code).toBe(0);
    const { code, actions, report } = await diff();
    expect({ code, actions }).toEqual({ code: 16, actions: ['update Deployment/console'] });
    const [console_] =
      report.differences[0]?.changes.filter(({ name, kind }) => `${kind}/${name}` === 'Deployment/console') ??
      [];
    expect(console_?.fields.map(({ path }) => path)).toEqual([
      'spec.template.spec.containers[name=console].image',
    ]);
    expect(console_?.conflicts).toEqual([
      { manager: 'kubectl-set', field: '.spec.template.spec.containers[name="console"].image' },
    ]);
  });

  test('a namespace that is being deleted is said', async () => {
    const finalizer = {
      metadata: { name: 'going', finalizers: ['acme.com/wait'] },
      apiVersion: 'v1',
      kind: 'ConfigMap',
    };
    await createNamespace(kubernetes, 'going');
    await kubernetes.kubectl(['create', '-f', '-', '--namespace', 'going'], JSON.stringify(finalizer));
    await kubernetes.kubectl(['delete', 'namespace', 'going', '--wait=false']);
    const going = place.write({ ...quickstart, name: 'going' }, {}, 'going.json');
    const refused = await place.pachkit(['diff', going]);
    expect(refused.code).toBe(3);
    expect(refused.output).toContain('error CLU008: The namespace going is being deleted');
  });

  test('an API server that is gone is one finding', async () => {
    copyFileSync(kubernetes.kubeconfigFile, `${place.folder}/gone.json`);
    const { certificateAuthority } = kubernetes;
    await kubernetes.stop();
    const config = JSON.parse(readFileSync(`${place.folder}/gone.json`, 'utf8')) as {
      clusters: { cluster: object }[];
    };
    const [cluster] = config.clusters;
    const data = Buffer.from(certificateAuthority).toString('base64');
    if (cluster) cluster.cluster = { server: kubernetes.url, 'certificate-authority-data': data };
    writeFileSync(`${place.folder}/gone.json`, JSON.stringify(config));
    const refused = await place.pachkit(['diff', file, '--kubeconfig', 'gone.json']);
    expect({ code: refused.code, output: refused.output }).toEqual({
      code: 3,
      output: expect.stringMatching(
        /error CLU003: The API server of the context test .* cannot be asked: nothing takes/,
      ) as string,
    });
  });

  test('no secret was printed', () => {
    expect(printed.length).toBe(7);
    for (const secret of Object.values(planted)) expect(printed.join('\n')).not.toContain(secret);
  });
});
