/** Questions on a terminal, lines that are kept up to date there, and Ctrl-C as a key: what is said, and what stays. */
import * as path from 'node:path';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { startCountingProxy, type CountingProxy } from './deploy/counting-proxy';
import { pachctlIn } from './deploy/pachctl';
import { program, workplace, type Over, type Workplace } from './deploy/program';
import { provideVolumes } from './deploy/volumes';
import {
  CTRL_C,
  describeWithTools,
  nodeTools,
  startKubernetes,
  startOnTerminal,
  terminalTools,
  type KubernetesServer,
  type TerminalProcess,
} from './harness';

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;

describeWithTools('pachkit on a terminal', [...nodeTools, ...terminalTools], () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  let proxy: CountingProxy;
  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true, nodes: {} });
    place = workplace(kubernetes);
    proxy = await startCountingProxy(kubernetes, path.join(place.folder, 'proxy.kubeconfig'));
    await provideVolumes(kubernetes, 20);
  });
  afterAll(() => proxy.close());

  let port = 31600;
  const write = (name: string, over: Over = {}): string => {
    port += 2;
    const proxyPorts = { service: { httpNodePort: port, httpsNodePort: port + 1 } };
    return place.write({ ...quickstart, name }, { access: { proxy: proxyPorts }, ...over }, `${name}.json`);
  };
  const start = (
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): TerminalProcess =>
    startOnTerminal({
      name: 'pachkit',
      program: process.execPath,
      args: [program, ...args],
      environment: { ...place.environment, ...environment },
      workingDirectory: place.folder,
    });
  const deploy = (file: string, ...args: readonly string[]): TerminalProcess =>
    start(['deploy', file, '--no-verify', '--no-terraform', '--timeout', '120', ...args]);
  const slowly = (file: string, ...args: readonly string[]): TerminalProcess =>
    deploy(file, '--kubeconfig', proxy.kubeconfigFile, ...args);

  /** What is in a namespace: nothing where it is not there. */
  const made = async (namespace: string, kinds = 'deployments,secrets'): Promise<string> =>
    (await kubernetes.kubectl(['get', kinds, '--namespace', namespace, '-o', 'name'])).standardOutput;
  const holders = async (namespace: string): Promise<string> => {
    const get = ['get', 'leases', '--namespace', namespace, '-o', 'jsonpath={.items[*].spec.holderIdentity}'];
    return (await kubernetes.kubectl(get)).standardOutput;
  };
  const last = (shown: TerminalProcess): string => shown.screen().join('\n').trimEnd();

  test('no at the question is exit code 2, and nothing is there', async () => {
    const running = deploy(write('no'));
    await running.shows(/Deploy no to the context test\? \[y\/N\]/);
    running.type('n\r');
    expect(await running.exited).toBe(2);
    expect(last(running)).toMatch(/\? \[y\/N\] n\nno: nothing is changed$/);
    expect([await made('no'), await holders('no')]).toEqual(['', '']);
  });

  test('Enter alone is no', async () => {
    const running = deploy(write('enter'));
    await running.shows(/\[y\/N\]/);
    running.type('\r');
    expect(await running.exited).toBe(2);
    expect(await made('enter')).toBe('');
  });

  test('yes deploys: at the end each workload has one line, which says that it is ready', async () => {
    const file = write('yes');
    const running = deploy(file);
    const shown = await running.shows(/\[y\/N\]/);
    expect(shown).toMatch(/\+ create {3}Deployment\/pachd/);
    running.type('y\r');
    expect(await running.exited).toBe(0);
    const lines = running.screen();
    const about = (workload: string): string[] =>
      lines
        .filter((line) => new RegExp(` (waits|ready) +\\S+/${workload} `).test(line))
        .map((line) => line.trim());
    for (const workload of ['pachd', 'console', 'postgres', 'etcd'])
      expect(about(workload)).toEqual([expect.stringMatching(/^✓ ready /)]);
    // They were there before, and were written over.
    expect(running.standardOutput()).toContain('waits   Deployment/pachd');
    expect(last(running)).toMatch(/\d+ applied$/);
    const again = deploy(file);
    expect(await again.exited).toBe(0);
    expect(last(again)).toMatch(/\nnothing to change$/);
    expect(await holders('yes')).toBe('');
  });

  test('Ctrl-C at the question is an interruption, and nothing is there', async () => {
    const running = deploy(write('asked'));
    await running.shows(/\[y\/N\]/);
    running.type(CTRL_C);
    expect(await running.exited).toBe(3);
    expect(last(running)).toMatch(/error CLU016: The command was interrupted; nothing is changed/);
    expect([await made('asked'), await holders('asked')]).toEqual(['', '']);
  });

  test('Ctrl-C while it compares ends it before the question, and gives the Lease back', async () => {
    const file = write('compares', { console: { enabled: true } });
    expect((await place.pachkit(['deploy', file, '--yes', '--no-wait'])).code).toBe(0);
    write('compares', { console: { enabled: false } });
    const held = proxy.hold(({ path: asked }) => asked.includes('dryRun=All'));
    const running = slowly(file);
    await held.reached;
    expect(await holders('compares')).toMatch(/^process \d+ on /);
    running.type(CTRL_C);
    await running.shows(/interrupted: /);
    held.letGo();
    expect(await running.exited).toBe(3);
    expect(last(running)).toMatch(/error CLU016: The command was interrupted; nothing is changed/);
    expect(last(running)).not.toContain('[y/N]');
    expect(await holders('compares')).toBe('');
    expect(await made('compares')).toContain('deployment.apps/console');
  });

  test('Ctrl-C while it deletes what is no longer in the document: the next deploy deletes the rest', async () => {
    const file = write('prunes', { console: { enabled: true } });
    expect((await place.pachkit(['deploy', file, '--yes', '--timeout', '120'])).code).toBe(0);
    write('prunes', { console: { enabled: false } });
    const held = proxy.hold(({ method }) => method === 'DELETE');
    const running = slowly(file, '--yes');
    await held.reached;
    running.type(CTRL_C);
    await running.shows(/interrupted: /);
    held.letGo();
    expect(await running.exited).toBe(3);
    expect(last(running)).toMatch(/✓ delete +\S+\/console\S*\n/);
    expect(last(running)).toMatch(/error CLU016: The command was interrupted; what is applied stays/);
    expect(await holders('prunes')).toBe('');
    expect(await made('prunes', 'deployments,services')).toMatch(/\/console\n/);
    const next = await place.pachkit(['deploy', file, '--yes', '--timeout', '120']);
    expect({ code: next.code, output: next.output }).toMatchObject({ code: 0 });
    expect(await made('prunes', 'deployments,services')).not.toMatch(/\/console\n/);
    expect((await place.pachkit(['diff', file])).code).toBe(0);
  });

  describe('status --watch', () => {
    test('keeps one screen up to date, and Ctrl-C ends it with what was seen last', async () => {
      const file = 'yes.json';
      const running = start(['status', file, '--watch']);
      await running.shows(
        /drift +none[^]*✓ Deployment\/console[^]*looked at \d\d:\d\d:\d\d, and every 2 s; Ctrl-C ends it/,
      );
      const set = ['set', 'image', 'deployment/console', 'console=console:mine', '--namespace', 'yes'];
      expect((await kubernetes.kubectl(set)).code).toBe(0);
      const shown = await running.shows(/drift +update Deployment\/console/);
      expect(shown.match(/^yes {2}namespace yes/gm)).toHaveLength(1);
      expect(shown.match(/Deployment\/console {2}/g)).toHaveLength(1);
      running.type(CTRL_C);
      expect(await running.exited).toBe(16);
      expect(last(running)).toMatch(/drift +update Deployment\/console/);
    });
  });

  describe('destroy', () => {
    test.each([
      ['n\r', 2, /nothing is deleted$/],
      [CTRL_C, 3, /error CLU016: The command was interrupted; nothing is deleted/],
    ])('%j at the question deletes nothing', async (typed, code, said) => {
      const before = await made('yes');
      const running = start(['destroy', 'yes.json', '--no-terraform']);
      await running.shows(/Delete \d+ objects of yes in the context test\? \[y\/N\]/);
      running.type(typed);
      expect(await running.exited).toBe(code);
      expect(last(running)).toMatch(said);
      expect([await made('yes'), await holders('yes')]).toEqual([before, '']);
    });

    test('yes deletes', async () => {
      const running = start(['destroy', 'yes.json', '--no-terraform', '--with-data']);
      await running.shows(/\[y\/N\]/);
      running.type('yes\r');
      expect(await running.exited).toBe(0);
      expect(await made('yes')).toBe('');
    });
  });

  describe('connector apply', () => {
    test.each([
      ['n\r', 2, /nothing is changed$/],
      [CTRL_C, 130, /\[y\/N\]/],
    ])('%j at the question changes nothing', async (typed, code, said) => {
      const file = write('connectors');
      const environment = pachctlIn(place.folder, { idp: { issuer: 'http://pachd:30658/dex' } });
      const running = start(['connector', 'apply', file], environment);
      await running.shows(/Apply\? \[y\/N\]/);
      running.type(typed);
      expect(await running.exited).toBe(code);
      expect(last(running)).toMatch(said);
    });
  });
});
