/** Ctrl-C and SIGTERM while a deploy is under way: what is said, the exit code, the Lease, and the next run. */
import { spawn } from 'node:child_process';
import net from 'node:net';
import { createNamespace } from './cluster-apply/cluster';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { program, workplace, type Over, type Workplace } from './deploy/program';
import { failingStages, images } from './deploy/stages';
import { provideVolumes } from './deploy/volumes';
import { describeWithTools, nodeTools, startKubernetes, type KubernetesServer } from './harness';

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;

describeWithTools('pachkit deploy that is interrupted', nodeTools, () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true, nodes: { stages: failingStages } });
    place = workplace(kubernetes);
    await provideVolumes(kubernetes, 30);
  });

  let port = 31400;
  const write = (name: string, over: Over = {}): string => {
    port += 2;
    const proxy = { service: { httpNodePort: port, httpsNodePort: port + 1 } };
    const access = { ...(over['access'] as object | undefined), proxy };
    return place.write({ ...quickstart, name }, { ...over, access }, `${name}.json`);
  };
  const deploy = (file: string) => place.pachkit(['deploy', file, '--yes', '--timeout', '120']);

  /** Deploys, and sends a signal when an event of this type was told, or when `when` says so. */
  async function interrupted(
    file: string,
    when: string | Promise<unknown>,
    { signal = 'SIGINT', args = ['--no-verify'] }: { signal?: 'SIGINT' | 'SIGTERM'; args?: string[] } = {},
  ) {
    const command = [program, 'deploy', file, '--yes', '--no-terraform', '--format', 'json', ...args];
    const child = spawn(process.execPath, command, {
      cwd: place.folder,
      env: { ...process.env, ...place.environment },
    });
    let output = '';
    let isSent = false;
    const send = (): void => {
      if (!isSent) child.kill(signal);
      isSent = true;
    };
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (typeof when === 'string' && output.includes(`{"type":"${when}"`)) send();
    });
    if (typeof when !== 'string') void when.then(send);
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect(isSent).toBe(true);
    const events = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; diagnostics?: { code: string; message: string }[] });
    expect(events.map(({ type }) => type)).toContain('interrupted');
    return { code, findings: events.at(-1)?.diagnostics?.filter((each) => each.code.startsWith('CLU')) };
  }

  const holder = async (namespace: string, name: string): Promise<string> => {
    const get = ['get', 'lease', `pachkit-${name}`, '--namespace', namespace];
    return (await kubernetes.kubectl([...get, '-o', 'jsonpath={.spec.holderIdentity}'])).standardOutput;
  };
  const INTERRUPTED = (stays: string) => [
    expect.objectContaining({ code: 'CLU016', message: `The command was interrupted; ${stays}` }) as unknown,
  ];
  /** The next deploy is as if nothing had been. */
  async function goesOn(file: string, name: string): Promise<void> {
    expect(await holder(name, name)).toBe('');
    const next = await deploy(file);
    expect(next.code === 0 ? '' : next.output).toBe('');
    expect((await place.pachkit(['diff', file])).code).toBe(0);
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('%s while it applies', async (signal) => {
    const name = `applies-${signal.toLowerCase()}`;
    const file = write(name);
    const { code, findings } = await interrupted(file, 'applied', { signal });
    expect({ code, findings }).toEqual({ code: 3, findings: INTERRUPTED('what is applied stays') });
    await goesOn(file, name);
  });

  test('while it waits until workloads are ready', async () => {
    const file = write('waits', { console: { image: { repository: images.missing, tag: '1' } } });
    const { code, findings } = await interrupted(file, 'waiting');
    expect({ code, findings }).toEqual({ code: 3, findings: INTERRUPTED('what is applied stays') });
    await goesOn(write('waits'), 'waits');
  });

  test('while it waits for another deploy nothing is changed, and the Lease is left to the other', async () => {
    await createNamespace(kubernetes, 'held');
    const lease = {
      ...{ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' },
      metadata: { name: 'pachkit-held', namespace: 'held' },
      spec: { holderIdentity: 'process 7 on elsewhere', renewTime: '2026-01-01T00:00:00.000000Z' },
    };
    await kubernetes.kubectl(['create', '-f', '-'], JSON.stringify(lease));
    const { code, findings } = await interrupted(write('held'), 'lease');
    expect({ code, findings }).toEqual({ code: 3, findings: INTERRUPTED('nothing is changed') });
    expect(await holder('held', 'held')).toBe('process 7 on elsewhere');
    const made = await kubernetes.kubectl([
      'get',
      'deployments,secrets',
      '--namespace',
      'held',
      '-o',
      'name',
    ]);
    expect(made.standardOutput).toBe('');
  });

  test('while the login is looked at it is no success, and the cluster is deployed', async () => {
    const deaf = net.createServer(() => undefined);
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const asked = new Promise((resolve) => deaf.once('connection', resolve));
    const file = write('looks', { access: { port: (deaf.address() as net.AddressInfo).port } });
    const { code, findings } = await interrupted(file, asked, { args: [] });
    const stays = 'the cluster is as the document says and ready, and its login was not looked at';
    expect({ code, findings }).toEqual({ code: 3, findings: INTERRUPTED(stays) });
    deaf.close();
    await goesOn(file, 'looks');
  });
});
