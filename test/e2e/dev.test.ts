import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { reportFaults } from '../support/report-schema';
import { program } from './deploy/program';
import { standIn } from './dev/stand-in';
import { callsIn, describeDev } from './dev/suite';
import { describeWithTools, run, temporaryDirectory, toolPath } from './harness';

/** A Pod as kubectl lists it, as far as it is read here. */
interface PodOfList {
  readonly metadata: { readonly name: string };
  readonly status: { readonly containerStatuses: readonly { readonly image: string }[] };
}

describeWithTools('the configuration of a dev cluster', ['kind', 'k3d'], () => {
  const directory = temporaryDirectory('dev');
  const configuration = async (tool: string): Promise<string> => {
    const example = path.resolve(__dirname, `../../examples/dev-${tool}/pachyderm.yaml`);
    const file = directory.join(`${tool}.yaml`);
    const { code, output } = await run({
      name: 'pachkit',
      program: process.execPath,
      args: [program, 'dev', 'config', example, '--with', tool, '--write', file, '--force'],
      workingDirectory: directory.path,
    });
    expect({ code, output }).toMatchObject({ code: 0 });
    return file;
  };

  test('of kind: it has docker publish the port of the URLs on loopback', async () => {
    const record = directory.join('docker.jsonl');
    standIn(directory.join('bin'), 'docker.cjs', ['docker']);
    await run({
      name: 'kind',
      program: toolPath('kind'),
      args: ['create', 'cluster', '--config', await configuration('kind')],
      environment: {
        RECORD: record,
        PATH: `${directory.join('bin')}:${path.dirname(process.execPath)}:/usr/bin:/bin`,
      },
      workingDirectory: directory.path,
    });
    const [started] = callsIn(record).filter(([action]) => action === 'run');
    expect(started).toContain('--name');
    expect(started).toContain('pachkit-dev-kind-control-plane');
    expect(started?.filter((argument) => argument.startsWith('--publish=127.0.0.1:8080:'))).toEqual([
      '--publish=127.0.0.1:8080:32400/TCP',
    ]);
    expect(started).toContain('kindest/node:v1.34.0');
  });

  test('of k3d: k3d reads all of it', async () => {
    const { output } = await run({
      name: 'k3d',
      program: toolPath('k3d'),
      args: ['config', 'migrate', await configuration('k3d'), '-'],
      workingDirectory: directory.path,
    });
    expect(output).not.toMatch(/ERRO|FATA|WARN/);
    expect(output).toMatch(
      /ports:\n- nodeFilters:\n {2}- server:0:direct\n {2}port: 127\.0\.0\.1:8080:32400\n/,
    );
    expect(output).toMatch(/metadata:\n {2}name: pachkit-dev-k3d/);
    expect(output).toContain('image: rancher/k3s:v1.34.1-k3s1\n');
  });
});

describeDev(
  'pachkit dev',
  [],
  ({ calls, dev, imagesOf, inFolder, kubectl, provideVolumes, withStandIn, withTools, write }) => {
    test.each([
      ['kind', ['load', 'image-archive'], 'kind-pachkit-kind-made'],
      ['k3d', ['image', 'import'], 'k3d-pachkit-k3d-made'],
      ['minikube', ['image', 'load'], 'pachkit-minikube-made'],
    ])('%s: up, up again, status, reset and down', async (tool, load, context) => {
      await provideVolumes();
      const { file, port } = await write(`${tool}-made`, {
        dev: { users: [{ email: 'ada@acme.com', groups: ['data-science'], roles: ['clusterAdmin'] }] },
      });
      const variables = withTools(tool);
      writeFileSync(inFolder('images.tar'), '');
      const first = await dev('up', file, ['--image-archive', 'images.tar'], variables);
      expect({ code: first.code, output: first.output }).toEqual({
        code: 0,
        output: expect.stringContaining(`context ${context}`) as string,
      });
      expect(first.output).toContain(`open     http://localhost:${port}/`);
      expect(first.output).toContain('everyone who knows the user name admin and its password');
      expect(first.output).toContain(
        `log in   ada@acme.com (in data-science; may clusterAdmin), with the password that this prints: pachkit secret get ${file} 'dev.users[0].password'`,
      );
      expect(first.output).toContain(`kubectl --context ${context} -n ${tool}-made get secret`);
      expect(calls().some((call) => load.every((word, index) => call[index + 1] === word))).toBe(true);
      const opened = await kubectl([
        ...['get', 'service', '--namespace', `${tool}-made`, '-l', 'pachkit.dev/access=true'],
        ...['-o', 'jsonpath={.items[*].spec.ports[0].nodePort}'],
      ]);
      expect(opened.standardOutput).toBe('32400');

      const made = calls().length;
      const second = await dev('up', file, [], variables);
      expect({ code: second.code, output: second.output }).toMatchObject({ code: 0 });
      expect(second.output).toContain('nothing to change');
      expect(
        calls()
          .slice(made)
          .map(([, ...args]) => args.join(' ')),
      ).toEqual([expect.stringMatching(/^(get clusters|cluster list.*|profile list.*)$/)]);

      const seen = await dev('status', file, [], variables);
      expect({ code: seen.code, output: seen.output }).toMatchObject({ code: 0 });
      expect((await dev('logs', file, [], variables)).code).toBe(0);

      const reset = await dev('reset', file, [], variables);
      expect(reset.output).toContain(`${tool} cluster pachkit-${tool}-made is deleted`);
      expect(reset.code).toBe(0);

      const down = await dev('down', file, [], variables);
      expect({ code: down.code, output: down.output }).toEqual({
        code: 0,
        output: `✓ ${tool} cluster pachkit-${tool}-made is deleted\n`,
      });
      const again = await dev('down', file, [], variables);
      expect({ code: again.code, output: again.output }).toEqual({
        code: 0,
        output: `✓ ${tool} cluster pachkit-${tool}-made is not there: nothing to delete\n`,
      });
      await kubectl(['delete', 'namespace', `${tool}-made`]);
    });

    /** What a kubelet says of containers that run; without a digest as of an image that was loaded from an archive. */
    const running = async (
      digest: string | undefined,
      namespace: string,
      ...pods: string[]
    ): Promise<void> => {
      const listed = await kubectl(['get', 'pods', ...pods, '-n', namespace, '-o', 'json']);
      const list = JSON.parse(listed.standardOutput) as { items?: PodOfList[] } & PodOfList;
      for (const { metadata, status } of list.items ?? [list]) {
        const imageID = (image: string): string =>
          digest === undefined ? `sha256:${'c'.repeat(64)}` : `${image.split('@')[0]}@${digest}`;
        const containerStatuses = status.containerStatuses.map((each) => ({
          ...each,
          imageID: imageID(each.image),
        }));
        await kubectl([
          ...['patch', 'pod', metadata.name, '-n', namespace, '--subresource=status'],
          ...['--patch', JSON.stringify({ status: { containerStatuses } })],
        ]);
      }
    };

    test('verify says what differs from the document and the lock file', async () => {
      await provideVolumes();
      const node = 'kindest/node:v1.34.0';
      const { file } = await write('verified', { dev: { nodes: { kind: node } } });
      const digest = `sha256:${'a'.repeat(64)}`;
      const images = await imagesOf(file);
      expect(images).toContain(node);
      expect(images.length).toBeGreaterThan(3);
      const lock = Object.fromEntries(images.map((image) => [image, digest]));
      writeFileSync(inFolder('pachkit.lock'), JSON.stringify({ version: 1, images: lock }));
      const variables = {
        PATH: withStandIn('docker.cjs', 'docker', withTools('kind').PATH),
        NODE_IMAGE: `${node}@${digest}`,
      };
      const none = await dev('verify', file, [], variables);
      expect([none.code, none.output]).toEqual([3, expect.stringContaining('error DEV006')]);

      const up = await dev('up', file, [], variables);
      expect({ code: up.code, output: up.output }).toMatchObject({ code: 0 });
      expect(readFileSync(inFolder('.pachkit/verified.kind.yaml'), 'utf8')).toContain(
        `image: ${node}@${digest}`,
      );
      await running(digest, 'verified');
      const verify = async () => {
        const { code, output } = await dev('verify', file, ['--format', 'json'], variables);
        const lines = output
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
        for (const line of lines) expect(reportFaults('line', line)).toEqual([]);
        return { code, parts: Object.fromEntries(lines.map(({ part, ...line }) => [String(part), line])) };
      };
      const kwok = expect.stringContaining('kwok') as string;
      const nodes = ['node-1', 'node-2'].map((name) => ({
        what: `version of ${name}`,
        wanted: 'v1.34.0',
        found: kwok,
      }));
      const isFine = { deviations: [], uncompared: [] };
      expect(await verify()).toMatchObject({
        code: 16,
        parts: {
          node: { compared: 3, deviations: nodes, uncompared: [] },
          ports: { compared: 1, ...isFine },
          images: { compared: 6, ...isFine },
          objects: isFine,
          secrets: isFine,
        },
      });

      const other = `sha256:${'b'.repeat(64)}`;
      await running(other, 'verified', 'etcd-0');
      await running(undefined, 'verified', 'postgres-0');
      const inNamespace = ['--namespace', 'verified'];
      const secret = Buffer.from('made-by-hand').toString('base64');
      await kubectl([
        ...['patch', 'secret', 'pachyderm-auth', ...inNamespace],
        ...['--patch', JSON.stringify({ data: { 'root-token': secret } })],
      ]);
      await kubectl(['delete', 'service', 'etcd', ...inNamespace]);
      const changed = await dev('verify', file, [], { ...variables, NODE_IMAGE: 'kindest/node:v1.33.1' });
      expect(changed.code).toBe(16);
      for (const line of [
        `image: kindest/node:v1.33.1, and not ${node}@${digest}`,
        `etcd-0/etcd docker.io/pachyderm/etcd:v3.5.12: ${other}, and not ${digest}`,
        'postgres-0/postgres docker.io/pachyderm/postgresql:13.3.0: it was loaded from an archive',
        'create Service/etcd',
        'update Secret/pachyderm-auth: root-token',
      ])
        expect(changed.output).toContain(line);
      expect(changed.output).not.toMatch(new RegExp(`made-by-hand|${secret}`));
      rmSync(inFolder('pachkit.lock'));
      expect((await dev('down', file, [], variables)).code).toBe(0);
      await kubectl(['delete', 'namespace', 'verified']);
    });
  },
);
