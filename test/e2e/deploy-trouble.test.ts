import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNamespace } from './cluster-apply/cluster';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { pachctlIn } from './deploy/pachctl';
import { planted, printed, workplace, type Over, type Workplace } from './deploy/program';
import { failingStages, images } from './deploy/stages';
import { provideVolumes } from './deploy/volumes';
import { reportFaults } from '../support/report-schema';
import { describeWithTools, freePort, nodeTools, startKubernetes, type KubernetesServer } from './harness';

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;
const licensed = examples.find(({ name }) => name === 'quickstart-2-11-6') as SuiteDocument;

describeWithTools('pachkit deploy where something is in the way', nodeTools, () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true, nodes: { stages: failingStages } });
    place = workplace(kubernetes);
    await provideVolumes(kubernetes, 30);
  });

  const write = (name: string, over: Over = {}, base = quickstart): string =>
    place.write({ ...base, name }, over, `${name}.json`);
  /** Node ports of Services belong to the whole cluster. */
  const ports = (from: number): Over => ({
    access: { proxy: { service: { httpNodePort: from, httpsNodePort: from + 1 } } },
  });
  const deploy = (file: string, ...args: readonly string[]) =>
    place.pachkit(['deploy', file, '--yes', '--timeout', '12', ...args]);
  const clear = (name: string) => kubernetes.kubectl(['delete', 'services', '--all', '--namespace', name]);

  test.each<[string, Over, RegExp]>([
    [
      'image',
      { console: { image: { repository: images.missing, tag: '1' } } },
      /error CLU014: Deployment\/console is not ready: console-\S+, container console: the image cannot be pulled \(docker\.io\/pachkit\.test\/missing:1\): Back-off pulling image/,
    ],
    [
      'crash',
      { console: { image: { repository: images.crashing, tag: '1' } } },
      /error CLU014: Deployment\/console is not ready: console-\S+, container console: the program ends \(exit code 7, 3 restarts\)/,
    ],
    [
      'node',
      { console: { resources: { requests: { cpu: '500' } } } },
      /error CLU014: Deployment\/console is not ready: no node takes the Pod console-\S+: 0\/2 nodes are available: 2 Insufficient cpu/,
    ],
    [
      'volume',
      { etcd: { storageClass: 'nowhere' } },
      /error CLU014: StatefulSet\/etcd is not ready: the volume claim \S+ is pending: .*nowhere/,
    ],
  ])('why it is not ready: %s; then it goes on', async (name, over, reason) => {
    const file = write(name, over);
    const first = await deploy(file);
    expect(first.output).toMatch(reason);
    expect(first.code).toBe(3);
    const shown = await place.pachkit(['status', file, '--format', 'json']);
    expect(shown.code).toBe(3);
    expect(reportFaults('status', JSON.parse(shown.standardOutput))).toEqual([]);
    expect(JSON.parse(shown.standardOutput)).toMatchObject({
      clusters: [{ deploy: { release: '2.12.0-rc.3' }, drift: [], activation: { state: 'activated' } }],
    });
    if (name !== 'volume') {
      write(name);
      const second = await deploy(file, '--timeout', '60');
      expect(second.output).toContain('ready   Deployment/console');
      expect(second.code).toBe(0);
      const after = await place.pachkit(['status', file]);
      expect({ code: after.code, output: after.output }).toEqual({
        code: 0,
        output: expect.stringMatching(
          /deploy {7}release 2\.12\.0-rc\.3, by pachkit [\d.]+, 20\S+\n.*objects {6}(\d+) of \1 are there\n.*drift {8}none/,
        ) as string,
      });
    }
    await clear(name);
  });

  test('Pods that a policy refuses', async () => {
    await createNamespace(kubernetes, 'policy', 'restricted');
    const refused = await deploy(write('policy'));
    expect(refused.output).toMatch(
      /Deployment\/pachd is not ready: its Pods are refused: .*violates PodSecurity/,
    );
    expect(refused.code).toBe(3);
    await clear('policy');
  });

  test('fields of others are told, and taken over only when that is said', async () => {
    const file = write('others');
    expect((await deploy(file, '--timeout', '60')).code).toBe(0);
    const set = ['set', 'image', 'deployment/console', 'console=console:mine', '--namespace', 'others'];
    expect((await kubernetes.kubectl(set)).code).toBe(0);
    const refused = await deploy(file);
    expect(refused.output).toContain(
      'error CLU010: Deployment/console has fields that kubectl-set sets differently',
    );
    expect(refused.code).toBe(3);
    expect((await deploy(file, '--force-conflicts', '--timeout', '60')).code).toBe(0);
    expect((await place.pachkit(['status', file])).output).toMatch(/drift {8}none/);

    write('others', { release: '2.11.6', enterprise: { licenseKey: { env: 'PACHYDERM_LICENSE' } } });
    const older = await deploy(file);
    expect(older.output).toContain(
      'error CLU011: The cluster runs Pachyderm 2.12.0-rc.3, and the document says 2.11.6',
    );
    expect(older.code).toBe(3);
    await clear('others');
  });

  test('a Helm release is told, and taken over only when that is said', async () => {
    await createNamespace(kubernetes, 'helm');
    const record = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'helm.sh/release.v1',
      metadata: { name: 'sh.helm.release.v1.pachyderm.v1', labels: { owner: 'helm', name: 'pachyderm' } },
      stringData: { release: 'x' },
    };
    const owned = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'pachyderm', annotations: { 'meta.helm.sh/release-name': 'pachyderm' } },
    };
    for (const object of [record, owned])
      expect(
        (await kubernetes.kubectl(['create', '-f', '-', '--namespace', 'helm'], JSON.stringify(object))).code,
      ).toBe(0);
    const file = write('helm');
    const refused = await deploy(file);
    expect(refused.output).toContain(
      'error CLU012: Objects of the document belong to the Helm release pachyderm',
    );
    expect(refused.code).toBe(3);
    const taken = await deploy(file, '--take-over-helm', '--timeout', '60');
    expect(taken.output).toContain('delete secret -l owner=helm,name=pachyderm');
    expect(taken.code).toBe(0);
    await clear('helm');
  });

  test('two at once: one of them is told of the other, and the cluster is as it should be', async () => {
    const file = write('twice');
    const both = await Promise.all([deploy(file, '--timeout', '60'), deploy(file, '--timeout', '60')]);
    const codes = both.map(({ code }) => code);
    expect(codes).toContain(0);
    for (const { code, output } of both)
      if (code !== 0) expect(output).toContain('error CLU009: Another deploy');
    expect((await place.pachkit(['diff', file])).code).toBe(0);
    await clear('twice');
  });

  test('a Secret that is not there is said before anything is applied', async () => {
    const file = write('secret', { auth: { rootToken: { existing: { name: 'mine', key: 'token' } } } });
    const shown = await place.pachkit(['deploy', file, '--dry-run']);
    expect(shown.output).toContain('warning CLU013: The Secret mine is missing in the namespace secret');
    expect(shown.code).toBe(0);
    expect((await kubernetes.kubectl(['get', 'namespace', 'secret'])).code).not.toBe(0);
  });

  test('a cluster without authentication in its environment is told what a deploy makes of it', async () => {
    const file = write('open', { auth: { enabled: false, roleBindings: null } });
    expect((await deploy(file, '--timeout', '60')).code).toBe(0);
    const shown = await place.pachkit(['status', file]);
    expect(shown.output).toContain('activation   not by the environment: ');
    write('open');
    const second = await place.pachkit(['deploy', file, '--dry-run']);
    expect(second.output).toContain('warning CLU018: pachd runs without authentication in its environment');
    await clear('open');
  });

  test('what pachd itself knows is asked with pachctl, and what it says to administrators alone is named', async () => {
    const file = write('asked', ports(31020));
    expect((await deploy(file, '--no-wait')).code).toBe(0);
    const status = (state: object) =>
      place.pachkit(['status', file, '--pachctl'], pachctlIn(place.folder, state));
    const bindings = { 'pach:root': ['clusterAdmin'], 'user:made@by.hand': ['clusterAdmin'] };
    const shown = await status({ bindings, license: 'ACTIVE' });
    expect(shown.output).toContain('pachd        asked as user:ada@acme.com');
    expect(shown.output).toContain('license ACTIVE until 2027-01-01');
    expect(shown.output).toContain('bound: user:made@by.hand clusterAdmin\n');
    expect(shown.output).toContain(
      'user:made@by.hand clusterAdmin is not in the document: it ends when pachd starts again, or at once with pachctl auth set cluster none user:made@by.hand',
    );
    expect(shown.output).toMatch(
      /admins {7}user:\S+\n {2}bindings {5}\d in the cluster, as the document says\n/,
    );
    expect((await status({ role: 'idpAdmin' })).output).toContain(
      'role bindings: pachd tells it to administrators of the cluster alone',
    );
    const refused = await status({ idp: { issuer: 'https://other.acme.com/dex' } });
    expect({ code: refused.code, output: refused.output }).toEqual({
      code: 3,
      output: expect.stringContaining('CTL010') as string,
    });
    await clear('asked');
  });

  test('an expired license is named', async () => {
    const key = Buffer.from(
      JSON.stringify({ token: JSON.stringify({ expiry: '2020-01-01T00:00:00Z' }), signature: 'AA==' }),
    ).toString('base64');
    const file = write('license', ports(31000), licensed);
    const environment = { PACHYDERM_LICENSE: key };
    const done = await place.pachkit(['deploy', file, '--yes', '--timeout', '60'], environment);
    expect(done.code).toBe(0);
    expect(done.output).toContain(
      'warning CLU019: The license has expired, on 2020-01-01 by the key itself: pachd 2.11.6 does not start with it',
    );
    expect(done.output).not.toContain(key);
    const shown = await place.pachkit(['status', file], environment);
    expect(shown.output).toContain('activation   license expired: ');
    expect(shown.output).toContain('license      expired 2020-01-01T00:00:00.000Z, by the key itself');
    expect(shown.output).not.toContain(key);
    await clear('license');
  });

  describe('the login is looked at when all is ready', () => {
    let looking: Workplace;
    let server: http.Server;
    let port: number;
    let issuer: string;
    beforeAll(async () => {
      looking = workplace(kubernetes, { looksAtLogins: true });
      // What answers calls itself something else than the document does, until a test says otherwise.
      server = http.createServer((request, response) => {
        const isDiscovery = request.url?.endsWith('/.well-known/openid-configuration') === true;
        response.writeHead(isDiscovery ? 200 : 404, { 'content-type': 'application/json' });
        response.end(isDiscovery ? JSON.stringify({ issuer }) : '{}');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      ({ port } = server.address() as AddressInfo);
      issuer = 'http://elsewhere/dex';
    });
    afterAll(() => server.close());

    const at = (value: number, over: Over = {}): string =>
      looking.write(
        { ...quickstart, name: 'verified' },
        { ...over, access: { port: value } },
        'verified.json',
      );
    const deploy = (file: string, ...args: readonly string[]) =>
      looking.pachkit(['deploy', file, '--yes', '--timeout', '60', ...args]);

    test('a hop that fails is an error, in a line and in the exit code', async () => {
      const file = at(port);
      const deployed = await deploy(file);
      expect(deployed.output).toMatch(/✗ discovery +\S.*\n.*HOP009: .*elsewhere.*\n +fix: /);
      expect(deployed.code).toBe(3);
      // It is said once.
      expect(deployed.output.match(/HOP009:/g)).toHaveLength(1);
      const status = await looking.pachkit(['status', file]);
      expect(status.output).toMatch(/drift {8}none/);
    });

    test('programs get it as an event', async () => {
      const file = at(port, { pachd: { logLevel: 'debug' } });
      const { code, standardOutput } = await deploy(file, '--format', 'json');
      const events = standardOutput
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string });
      expect(events.at(-2)).toMatchObject({ type: 'checks', name: 'verified' });
      expect(events.at(-1)).toMatchObject({
        type: 'result',
        succeeded: false,
        diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'HOP009' })]) as unknown,
      });
      expect(code).toBe(3);
    });

    test('--no-verify looks at nothing, and neither does a deploy that changes nothing', async () => {
      const file = at(port);
      const unverified = await deploy(file, '--no-verify');
      expect({ code: unverified.code, output: unverified.output }).toMatchObject({ code: 0 });
      const unchanged = await deploy(file);
      expect(unchanged.output).toContain('nothing to change');
      for (const { output } of [unverified, unchanged]) expect(output).not.toContain('discovery');
    });

    test('what cannot be reached from here is no failure, and says what to do', async () => {
      const file = at(await freePort());
      const deployed = await deploy(file);
      expect(deployed.output).toMatch(/! TCP +cannot be looked at from here: .*\n.*HOP002: .*\n +fix: /);
      expect(deployed.output).toContain('not asked: TCP comes first');
      expect(deployed.code).toBe(0);
      await clear('verified');
    });
  });

  test('no secret was printed', () => {
    expect(printed.length).toBeGreaterThan(20);
    for (const secret of Object.values(planted)) expect(printed.join('\n')).not.toContain(secret);
  });
});
