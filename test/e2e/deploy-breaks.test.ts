import * as path from 'node:path';
import { createNamespace } from './cluster-apply/cluster';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { restrictedAccount } from './deploy/account';
import { startCountingProxy } from './deploy/counting-proxy';
import { planted, printed, workplace, type Over, type Workplace } from './deploy/program';
import {
  describeWithTools,
  controllerManagerTools,
  startKubernetes,
  waitFor,
  type KubernetesServer,
} from './harness';

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;

describeWithTools('pachkit deploy where the cluster refuses or goes away', controllerManagerTools, () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true });
    place = workplace(kubernetes);
  });

  let port = 31300;
  /** A document whose Services have ports of their own. */
  const write = (name: string, namespace = name, over: Over = {}): string => {
    port += 2;
    const service = { httpNodePort: port, httpsNodePort: port + 1 };
    return place.write(
      { ...quickstart, name, namespace },
      { access: { proxy: { service } }, ...over },
      `${name}.json`,
    );
  };
  const deploy = (file: string, ...args: readonly string[]) =>
    place.pachkit(['deploy', file, '--yes', '--no-wait', ...args]);
  const create = async (namespace: string, object: object): Promise<void> => {
    const { code, output } = await kubernetes.kubectl(
      ['create', '-f', '-', '--namespace', namespace],
      JSON.stringify(object),
    );
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  };

  test.each([1, 4, 12, 30, 40, 44])(
    'an API server that is gone after %i requests is told, and the next deploy goes on',
    async (requests) => {
      const name = `gone-${requests}`;
      const file = write(name);
      const proxy = await startCountingProxy(kubernetes, path.join(place.folder, `${name}.kubeconfig`));
      proxy.breakAfter(requests);
      const broken = await deploy(file, '--kubeconfig', proxy.kubeconfigFile);
      expect(broken.output).toMatch(/error CLU003: The API server of the context test .* cannot be asked: /);
      expect(broken.output).not.toMatch(/\n +at .*\.js:\d/);
      expect(broken.code).toBe(3);
      expect((await deploy(file)).code).toBe(0);
      expect((await place.pachkit(['diff', file])).code).toBe(0);
    },
  );

  test('a token that is no longer good', async () => {
    const account = await restrictedAccount(kubernetes, place, 'leaver');
    await kubernetes.kubectl(['delete', 'serviceaccount', 'leaver', '--namespace', 'default']);
    // The API server keeps what it knows of a token for some seconds.
    const refused = await waitFor('the token is refused', async () => {
      const done = await deploy(write('leaver'), '--kubeconfig', account);
      return done.output.includes('CLU004') ? done : undefined;
    });
    expect(refused.output).toContain(
      'error CLU004: The API server of the context test does not accept the credentials: Unauthorized',
    );
    expect(refused.code).toBe(3);
  });

  test('a quota that is used up names what it is of; a second deploy goes on where there is room', async () => {
    await createNamespace(kubernetes, 'quota');
    await create('quota', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'few' },
      spec: { hard: { 'count/secrets': '1' } },
    });
    await waitFor('the quota counts', async () => {
      const { standardOutput } = await kubernetes.kubectl([
        ...['get', 'resourcequota', 'few', '--namespace', 'quota', '-o', 'jsonpath={.status.hard}'],
      ]);
      return standardOutput !== '';
    });
    const file = write('quota');
    const refused = await deploy(file);
    expect(refused.output).toMatch(/error CLU007: The API server refuses Secret\/\S+: .*exceeded quota: few/);
    expect(refused.code).toBe(3);
    await kubernetes.kubectl(['delete', 'resourcequota', 'few', '--namespace', 'quota']);
    await waitFor('the quota is gone', async () => (await deploy(file)).code === 0);
    expect((await place.pachkit(['diff', file])).code).toBe(0);
  });

  test('a policy that refuses an object is quoted, and nothing is changed', async () => {
    await createNamespace(kubernetes, 'policy');
    const rule = {
      apiGroups: ['apps'],
      apiVersions: ['v1'],
      operations: ['CREATE'],
      resources: ['deployments'],
    };
    await create('default', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: 'owners' },
      spec: {
        matchConstraints: { resourceRules: [rule] },
        validations: [
          { expression: 'has(object.metadata.labels.owner)', message: 'a Deployment needs an owner' },
        ],
      },
    });
    await create('default', {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: 'owners' },
      spec: {
        policyName: 'owners',
        validationActions: ['Deny'],
        matchResources: { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'policy' } } },
      },
    });
    const file = write('policy');
    const refused = await waitFor('the policy is looked at', async () => {
      const done = await place.pachkit(['deploy', file, '--dry-run']);
      return done.output.includes('owner') ? done : undefined;
    });
    expect(refused.output).toMatch(
      /error CLU007: The API server refuses Deployment\/pachd: .*a Deployment needs an owner/,
    );
    expect((await deploy(file)).code).toBe(3);
    const { standardOutput } = await kubernetes.kubectl([
      'get',
      'secrets,services',
      '-n',
      'policy',
      '-o',
      'name',
    ]);
    expect(standardOutput).toBe('');
  });

  test('a document that was renamed says so, and takes over what it has made when that is said', async () => {
    await deploy(write('before'));
    const file = write('after', 'before');
    const refused = await deploy(file);
    expect(refused.output).toMatch(
      /error CLU020: \d+ objects of after in the namespace before are those of the document before/,
    );
    expect(refused.output).toContain('--renamed-from before');
    expect(refused.code).toBe(3);
    const secrets = async (): Promise<string> =>
      (await kubernetes.kubectl(['get', 'secrets', '-n', 'before', '-o', 'name'])).standardOutput;
    const kept = await secrets();
    const taken = await deploy(file, '--renamed-from', 'before');
    expect({ code: taken.code, output: taken.output }).toEqual({
      code: 0,
      output: expect.stringContaining('✓ delete  ConfigMap/pachkit-before') as string,
    });
    expect(await secrets()).toBe(kept);
    const leases = await kubernetes.kubectl(['get', 'leases', '-n', 'before', '-o', 'name']);
    expect(leases.standardOutput).toBe('lease.coordination.k8s.io/pachkit-after\n');
    const again = await deploy(file);
    expect({ code: again.code, output: again.output }).toEqual({
      code: 0,
      output: expect.stringContaining('nothing to change') as string,
    });
    const gone = await place.pachkit(['destroy', file, '--yes', '--with-data']);
    expect(gone.code).toBe(0);
    expect(await secrets()).toBe('');
  });

  test('no secret was printed', () => {
    expect(printed.length).toBeGreaterThan(20);
    for (const secret of Object.values(planted)) expect(printed.join('\n')).not.toContain(secret);
  });
});
