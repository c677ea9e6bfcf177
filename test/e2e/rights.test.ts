import { createNamespace } from './cluster-apply/cluster';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { restrictedAccount } from './deploy/account';
import { planted, printed, workplace, type Over, type Workplace } from './deploy/program';
import {
  describeWithTools,
  kubernetesTools,
  startKubernetes,
  type Finished,
  type KubernetesServer,
} from './harness';

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;

/** The finding about rights of `--format json`, or of the report of a command. */
interface Finding {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

describeWithTools('rights, on an API server that asks RBAC', kubernetesTools, () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  beforeAll(async () => {
    kubernetes = await startKubernetes();
    place = workplace(kubernetes);
  });

  const write = (name: string, over: Over = {}): string =>
    place.write({ ...quickstart, name }, over, `${name}.json`);

  /** The findings of a deploy, a destroy, a diff or a status. */
  function findings({ standardOutput }: Finished): readonly Finding[] {
    const lines = standardOutput.trimEnd().split('\n');
    const whole = standardOutput.startsWith('{\n') ? standardOutput : (lines.at(-1) ?? '');
    return (JSON.parse(whole) as { diagnostics: Finding[] }).diagnostics.filter(({ code }) =>
      /^CLU/.test(code),
    );
  }

  /** Runs the commands that a finding tells, as the administrator. */
  async function follow({ hint }: Finding): Promise<void> {
    const commands = hint.slice(hint.indexOf('kubectl ')).split(' && ');
    for (const command of commands) {
      const [first = '', second = ''] = command.split(' | ').map((each) => each.replace('kubectl ', ''));
      const role = await kubernetes.kubectl(first.split(' '));
      const { code, output } = await kubernetes.kubectl(second.split(' '), role.standardOutput);
      expect({ command, code, output: code === 0 ? '' : output }).toEqual({ command, code: 0, output: '' });
    }
  }

  const json = (...args: readonly string[]) => place.pachkit([...args, '--format', 'json']);

  test('a deploy without any right names all that are missing, and changes nothing', async () => {
    const file = write('nothing');
    const account = await restrictedAccount(kubernetes, place, 'nobody');
    const refused = await json('deploy', file, '--yes', '--no-wait', '--kubeconfig', account);
    expect(refused.code).toBe(3);
    const found = findings(refused);
    expect(found).toEqual([expect.objectContaining({ code: 'CLU005' })]);
    const [{ message, hint } = { message: '', hint: '' }] = found;
    expect(message).toMatch(
      /^system:serviceaccount:default:nobody \(context test\) may not do what a deploy needs for nothing in the namespace nothing: /,
    );
    // Each kind once, with every verb that it lacks.
    expect(message).toContain('create, list, patch on deployments.apps');
    expect(message).toContain('create, get, update on leases.coordination.k8s.io');
    expect(message).toContain('bind, create, escalate, list, patch on roles.rbac.authorization.k8s.io');
    expect(hint).toContain('--serviceaccount=default:nobody');
    expect((await kubernetes.kubectl(['get', 'namespace', 'nothing'])).code).not.toBe(0);
  });

  test('a namespace that is not there has to be made, as those know who may look', async () => {
    const file = write('nothing');
    const account = await restrictedAccount(kubernetes, place, 'viewer');
    await kubernetes.kubectl(['create', 'clusterrole', 'viewer', '--verb=get', '--resource=namespaces']);
    const binding = ['viewer', '--clusterrole=viewer', '--serviceaccount=default:viewer'];
    await kubernetes.kubectl(['create', 'clusterrolebinding', ...binding]);
    const [refused] = findings(await json('deploy', file, '--yes', '--no-wait', '--kubeconfig', account));
    expect(refused?.message).toContain('create, patch on namespaces of the whole cluster');
    // A Role needs the namespace anyway, and then no one has to make it.
    expect(refused?.hint).toContain(
      'run: kubectl create namespace nothing && kubectl -n nothing create role ',
    );
    expect(refused?.hint).not.toContain('clusterrole');
  });

  test.each([
    ['diff', ['diff'], 16],
    ['status', ['status'], 16],
    ['deploy', ['deploy', '--yes', '--no-wait'], 0],
  ] as const)('the commands that are told give what %s needs', async (name, [command, ...options], code) => {
    await createNamespace(kubernetes, name);
    const file = write(name, {
      access: { proxy: { service: { httpNodePort: 31100, httpsNodePort: 31101 } } },
    });
    const account = await restrictedAccount(kubernetes, place, name);
    const ask = () => json(command, file, ...options, '--kubeconfig', account);
    const [refused] = findings(await ask());
    await follow(refused as Finding);
    const done = await ask();
    expect({ code: done.code, found: findings(done) }).toEqual({ code, found: [] });
  });

  test('who may change objects and not make them is told what would be made', async () => {
    const account = await restrictedAccount(kubernetes, place, 'changer');
    const ask = () => json('deploy', 'deploy.json', '--yes', '--no-wait', '--kubeconfig', account);
    const [refused] = findings(await ask());
    const hint = (refused?.hint ?? '').replaceAll('pachkit-deploy', 'changer').replaceAll(',create,', ',');
    await follow({ ...(refused as Finding), hint });
    // All objects are there: only what a deploy writes for itself has to be made, wherever it is.
    const [second] = findings(await ask());
    expect(second?.message).toMatch(
      /: create on configmaps, leases\.coordination\.k8s\.io\. Nothing is changed$/,
    );
  });

  test('a right to delete is asked for when something goes, before anything is changed', async () => {
    write('deploy', { console: { enabled: false } });
    const account = await restrictedAccount(kubernetes, place, 'keeper');
    const ask = () => json('deploy', 'deploy.json', '--yes', '--no-wait', '--kubeconfig', account);
    const [refused] = findings(await ask());
    await follow({
      ...(refused as Finding),
      hint: (refused as Finding).hint.replaceAll('pachkit-deploy', 'keeper').replaceAll(',delete', ''),
    });
    const [second] = findings(await ask());
    expect(second?.message).toMatch(/: delete on .*deployments\.apps/);
    const { code } = await kubernetes.kubectl(['get', 'deployment', 'console', '--namespace', 'deploy']);
    expect(code).toBe(0);
  });

  test('destroy asks for what it needs, and deletes nothing without it', async () => {
    const account = await restrictedAccount(kubernetes, place, 'destroyer');
    const ask = () => json('destroy', 'deploy.json', '--yes', '--with-data', '--kubeconfig', account);
    const first = await ask();
    expect(first.code).toBe(3);
    const [refused] = findings(first);
    expect(refused?.message).toContain('delete, get, list on deployments.apps');
    await follow(refused as Finding);
    const { code, output } = await ask();
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('"type":"done"') as string });
  });

  test('no secret was printed', () => {
    expect(printed.length).toBeGreaterThan(10);
    for (const secret of Object.values(planted)) expect(printed.join('\n')).not.toContain(secret);
  });
});
