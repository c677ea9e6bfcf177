import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import * as net from 'node:net';
import * as path from 'node:path';
import { reportFaults } from '../support/report-schema';
import { examples, type SuiteDocument } from './cluster-apply/documents';
import { standIn } from './dev/stand-in';
import { planted, printed, program, workplace, type Workplace } from './deploy/program';
import { provideVolumes } from './deploy/volumes';
import {
  describeWithTools,
  freePort,
  nodeTools,
  run,
  startKubernetes,
  temporaryDirectory,
  toolPath,
  type KubernetesServer,
} from './harness';

const quickstart = examples.find(({ name }) => name === 'quickstart-2-12-0-rc-3') as SuiteDocument;
const calls = (record: string): readonly (readonly string[])[] =>
  existsSync(record)
    ? readFileSync(record, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as string[])
    : [];

/** A Pod as kubectl lists it, as far as it is read here. */
interface PodOfList {
  readonly metadata: { readonly name: string };
  readonly status: { readonly containerStatuses: readonly { readonly image: string }[] };
}

/** What `pachkit lock` prints, as far as it is read here. */
interface LockReport {
  readonly locks: readonly [{ readonly images: readonly { readonly image: string }[] }];
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
    const [started] = calls(record).filter(([action]) => action === 'run');
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

describeWithTools('pachkit dev on a cluster whose nodes kwok plays', ['openssl', ...nodeTools], () => {
  let kubernetes: KubernetesServer;
  let place: Workplace;
  let record: string;
  let environment: Record<string, string>;
  beforeAll(async () => {
    kubernetes = await startKubernetes({ controllerManager: true, nodes: {} });
    place = workplace(kubernetes);
    record = path.join(place.folder, 'calls.jsonl');
    environment = {
      RECORD: record,
      PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
      KUBECONFIG: kubernetes.kubeconfigFile,
    };
  });

  const write = async (name: string, over: object = {}): Promise<{ file: string; port: number }> => {
    const port = await freePort();
    const file = place.write(
      { ...quickstart, name },
      { access: { port }, namespace: name, ...over },
      `${name}.json`,
    );
    return { file, port };
  };
  const dev = (action: string, file: string, more: readonly string[] = [], variables: object = {}) =>
    place.pachkit(
      [
        'dev',
        action,
        file,
        ...(action === 'up' || action === 'reset' ? ['--no-verify', '--timeout', '120'] : []),
        ...more,
      ],
      { ...environment, ...variables },
    );
  const withTools = (...names: string[]): { PATH: string } => {
    const folder = path.join(place.folder, `bin-${names.join('-')}`);
    standIn(folder, 'cluster-tool.cjs', names);
    return { PATH: `${folder}:${String(environment['PATH'])}` };
  };

  /** What a kubelet says of containers that run; without a digest as of an image that was loaded from an archive. */
  const running = async (digest: string | undefined, namespace: string, ...pods: string[]): Promise<void> => {
    const listed = await kubernetes.kubectl(['get', 'pods', ...pods, '-n', namespace, '-o', 'json']);
    const list = JSON.parse(listed.standardOutput) as { items?: PodOfList[] } & PodOfList;
    for (const { metadata, status } of list.items ?? [list]) {
      const imageID = (image: string): string =>
        digest === undefined ? `sha256:${'c'.repeat(64)}` : `${image.split('@')[0]}@${digest}`;
      const containerStatuses = status.containerStatuses.map((each) => ({
        ...each,
        imageID: imageID(each.image),
      }));
      await kubernetes.kubectl([
        ...['patch', 'pod', metadata.name, '-n', namespace, '--subresource=status'],
        ...['--patch', JSON.stringify({ status: { containerStatuses } })],
      ]);
    }
  };

  test.each([
    ['kind', ['load', 'image-archive'], 'kind-pachkit-kind-made'],
    ['k3d', ['image', 'import'], 'k3d-pachkit-k3d-made'],
    ['minikube', ['image', 'load'], 'pachkit-minikube-made'],
  ])('%s: up, up again, status, reset and down', async (tool, load, context) => {
    await provideVolumes(kubernetes);
    const { file, port } = await write(`${tool}-made`, {
      dev: { users: [{ email: 'ada@acme.com', groups: ['data-science'], roles: ['clusterAdmin'] }] },
    });
    const variables = withTools(tool);
    writeFileSync(path.join(place.folder, 'images.tar'), '');
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
    expect(calls(record).some((call) => load.every((word, index) => call[index + 1] === word))).toBe(true);
    const opened = await kubernetes.kubectl([
      ...['get', 'service', '--namespace', `${tool}-made`, '-l', 'pachkit.dev/access=true'],
      ...['-o', 'jsonpath={.items[*].spec.ports[0].nodePort}'],
    ]);
    expect(opened.standardOutput).toBe('32400');

    const made = calls(record).length;
    const second = await dev('up', file, [], variables);
    expect({ code: second.code, output: second.output }).toMatchObject({ code: 0 });
    expect(second.output).toContain('nothing to change');
    expect(
      calls(record)
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
    await kubernetes.kubectl(['delete', 'namespace', `${tool}-made`]);
  });

  test('verify says what differs from the document and the lock file', async () => {
    await provideVolumes(kubernetes);
    const node = 'kindest/node:v1.34.0';
    const { file } = await write('verified', { dev: { nodes: { kind: node } } });
    const digest = `sha256:${'a'.repeat(64)}`;
    const listed = await place.pachkit(['lock', file, '--check', '--format', 'json'], environment);
    const [{ images }] = (JSON.parse(listed.output) as LockReport).locks;
    expect(images.map(({ image }) => image)).toContain(node);
    expect(images.length).toBeGreaterThan(3);
    const lock = Object.fromEntries(images.map(({ image }) => [image, digest]));
    writeFileSync(path.join(place.folder, 'pachkit.lock'), JSON.stringify({ version: 1, images: lock }));
    const folder = path.join(place.folder, 'bin-verify');
    standIn(folder, 'docker.cjs', ['docker']);
    const variables = { PATH: `${folder}:${withTools('kind').PATH}`, NODE_IMAGE: `${node}@${digest}` };
    const none = await dev('verify', file, [], variables);
    expect([none.code, none.output]).toEqual([3, expect.stringContaining('error DEV006')]);

    const up = await dev('up', file, [], variables);
    expect({ code: up.code, output: up.output }).toMatchObject({ code: 0 });
    expect(readFileSync(path.join(place.folder, '.pachkit/verified.kind.yaml'), 'utf8')).toContain(
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
    await kubernetes.kubectl([
      ...['patch', 'secret', 'pachyderm-auth', ...inNamespace],
      ...['--patch', JSON.stringify({ data: { 'root-token': secret } })],
    ]);
    await kubernetes.kubectl(['delete', 'service', 'etcd', ...inNamespace]);
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
    rmSync(path.join(place.folder, 'pachkit.lock'));
    expect((await dev('down', file, [], variables)).code).toBe(0);
    await kubernetes.kubectl(['delete', 'namespace', 'verified']);
  });

  describe('https', () => {
    const https = (port: number) => ({ access: { port, tls: { secretName: 'pachyderm-tls' } } });
    const kept = (name: string): string => path.join(place.folder, '.pachkit', name);
    const secretOf = async (namespace: string): Promise<Record<'tls.crt' | 'tls.key', string>> => {
      const { standardOutput } = await kubernetes.kubectl([
        ...['get', 'secret', 'pachyderm-tls', '-n', namespace, '-o', 'json'],
      ]);
      const { data } = JSON.parse(standardOutput) as { data: Record<'tls.crt' | 'tls.key', string> };
      const decoded = (text: string): string => Buffer.from(text, 'base64').toString();
      return { 'tls.crt': decoded(data['tls.crt']), 'tls.key': decoded(data['tls.key']) };
    };
    /** What curl says of a server with the certificate of the cluster. */
    const curl = async (namespace: string, port: number, authority: string): Promise<string> => {
      const secret = await secretOf(namespace);
      const server = createServer({ cert: secret['tls.crt'], key: secret['tls.key'] }, (_, response) =>
        response.end('the login page'),
      ).listen(port, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const { standardOutput } = await run({
        name: 'curl',
        program: 'curl',
        args: ['--silent', '--cacert', authority, `https://localhost:${port}/`],
        workingDirectory: place.folder,
      });
      server.close();
      return standardOutput;
    };

    test('the Secret that the document names gets a certificate of an authority beside the document', async () => {
      await provideVolumes(kubernetes);
      const port = await freePort();
      const { file } = await write('https', https(port));
      const first = await dev('up', file, [], withTools('kind'));
      expect({ code: first.code, output: first.output }).toMatchObject({ code: 0 });
      expect(first.output).toContain(`open     https://localhost:${port}/`);
      expect(first.output).toMatch(
        /https {4}by \S+\/\.pachkit\/dev-ca\.pem, .*certutil -d sql:"\$HOME\/.pki\/nssdb" -A -t C,, -n pachkit-dev -i \S+dev-ca\.pem/,
      );
      expect(first.output).not.toContain('PRIVATE KEY');
      const modes = ['dev-ca-key.pem', 'https.tls.key', 'dev-ca.pem'].map(
        (name) => statSync(kept(name)).mode,
      );
      expect(modes.map((mode) => mode & 0o777)).toEqual([0o600, 0o600, 0o644]);
      const made = await secretOf('https');
      expect(made['tls.key']).toBe(readFileSync(kept('https.tls.key'), 'utf8'));
      expect(await curl('https', port, kept('dev-ca.pem'))).toBe('the login page');

      const again = await dev('up', file, [], withTools('kind'));
      expect([again.code, again.output]).toEqual([0, expect.stringContaining('nothing to change')]);
      expect(await secretOf('https')).toEqual(made);
      // One of another authority, or that is broken, is made anew.
      writeFileSync(kept('dev-ca.pem'), 'broken');
      expect((await dev('up', file, [], withTools('kind'))).code).toBe(0);
      expect((await secretOf('https'))['tls.crt']).not.toBe(made['tls.crt']);
      expect(await curl('https', port, kept('dev-ca.pem'))).toBe('the login page');
      expect((await dev('down', file, [], withTools('kind'))).code).toBe(0);
      await kubernetes.kubectl(['delete', 'namespace', 'https']);
    });

    test('mkcert makes it where there is one, and a Secret of someone else stays', async () => {
      await provideVolumes(kubernetes);
      const port = await freePort();
      const { file } = await write('mkcert', https(port));
      const folder = path.join(place.folder, 'bin-mkcert');
      standIn(folder, 'mkcert.cjs', ['mkcert']);
      const roots = path.join(place.folder, 'roots');
      const variables = { PATH: `${folder}:${withTools('kind').PATH}`, CAROOT: roots };
      const failed = await dev('up', file, [], { ...variables, MKCERT_FAILS: 'no space left' });
      expect([failed.code, failed.output]).toEqual([
        3,
        expect.stringContaining('error DEV004: mkcert could not make a certificate: ERROR: no space left'),
      ]);
      const first = await dev('up', file, [], variables);
      expect([first.code, first.output]).toEqual([0, expect.stringContaining('trust it: mkcert -install')]);
      expect(await curl('mkcert', port, path.join(roots, 'rootCA.pem'))).toBe('the login page');
      const calls = (): number => readFileSync(record, 'utf8').split('-cert-file').length;
      const before = calls();
      await kubernetes.kubectl(['delete', 'secret', 'pachyderm-tls', '-n', 'mkcert']);
      await kubernetes.kubectl([
        ...['create', 'secret', 'generic', 'pachyderm-tls', '-n', 'mkcert'],
        ...['--from-literal=tls.crt=theirs', '--from-literal=tls.key=theirs'],
      ]);
      const theirs = await dev('up', file, [], variables);
      expect([theirs.code, theirs.output]).toEqual([0, expect.not.stringContaining('mkcert -install')]);
      expect(calls()).toBe(before);
      expect(await secretOf('mkcert')).toEqual({ 'tls.crt': 'theirs', 'tls.key': 'theirs' });
      expect((await dev('down', file, [], variables)).code).toBe(0);
      await kubernetes.kubectl(['delete', 'namespace', 'mkcert']);
    });
  });

  test('a cluster of that name that someone else made is not touched', async () => {
    const { file } = await write('foreign');
    writeFileSync(`${record}.clusters`, JSON.stringify(['pachkit-foreign']));
    for (const action of ['up', 'down', 'reset']) {
      const refused = await dev(action, file, [], withTools('kind'));
      expect({ code: refused.code, output: refused.output }).toEqual({
        code: 3,
        output: expect.stringContaining('error DEV002: kind has a cluster pachkit-foreign') as string,
      });
    }
    expect(calls(record).filter(([, ...args]) => args.join(' ').includes('pachkit-foreign'))).toEqual([]);
    writeFileSync(`${record}.clusters`, '[]');
  });

  test('a port in use is named with the process, and nothing is made', async () => {
    const { file, port } = await write('busy');
    const server = net.createServer().listen(port, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const before = calls(record).length;
    const refused = await dev('up', file, [], withTools('kind'));
    server.close();
    expect({ code: refused.code, output: refused.output }).toEqual({
      code: 3,
      output: expect.stringMatching(
        new RegExp(`error DEV003: Port ${port} of this machine.* is in use by \\S+ \\(${process.pid}\\)`),
      ) as string,
    });
    expect(calls(record).slice(before)).toEqual([['kind', 'get', 'clusters']]);
  });

  test('no tool, a tool that fails, and a document that is not for development', async () => {
    const { file } = await write('trouble');
    const none = await dev('up', file);
    expect({ code: none.code, output: none.output }).toEqual({
      code: 3,
      output: expect.stringContaining(
        'error DEV001: None of kind, k3d and minikube is in a folder',
      ) as string,
    });
    const failed = await dev('up', file, [], {
      ...withTools('kind'),
      FAIL: 'failed to connect to the docker API at unix:///var/run/docker.sock',
    });
    expect({ code: failed.code, output: failed.output }).toEqual({
      code: 3,
      output: expect.stringMatching(
        /error DEV004: kind could not create the cluster pachkit-trouble: .*ERROR: failed to connect to the docker API/,
      ) as string,
    });
    expect(failed.output).not.toContain('\u001b');
    const production = examples.find(({ name }) => name === 'production-auth0-2-12-0-rc-3') as SuiteDocument;
    const wrong = await dev(
      'up',
      place.write(production, {}, 'production.json'),
      ['--no-terraform'],
      withTools('kind'),
    );
    expect({ code: wrong.code, output: wrong.output }).toEqual({
      code: 2,
      output: expect.stringContaining('error DEV005: The document has the profile production') as string,
    });
  });

  test('an archive that is not there, and a lock file of another release, are said before anything is made', async () => {
    const { file } = await write('unmade');
    const before = calls(record).length;
    const up = (...more: string[]) => dev('up', file, more, withTools('kind'));
    const missing = await up('--image-archive', 'missing.tar', '--image-archive', place.folder);
    expect([missing.code, missing.output]).toEqual([
      2,
      expect.stringMatching(
        /error DEV011: The archive missing\.tar cannot be read: there is no such file[^]*error DEV011: The archive \S+ cannot be read: it is not a file/,
      ),
    ]);
    const lock = path.join(place.folder, 'pachkit.lock');
    const images = { 'docker.io/pachyderm/pachd:2.11.6': `sha256:${'a'.repeat(64)}` };
    writeFileSync(lock, JSON.stringify({ version: 1, images }));
    const other = await up();
    rmSync(lock);
    expect([other.code, other.output]).toEqual([
      1,
      expect.stringContaining(
        'error LCK002: docker.io/pachyderm/pachd:2.12.0-rc.3 is not in pachkit.lock, so that no digest of it is known',
      ),
    ]);
    expect(calls(record).length).toBe(before);
    expect(existsSync(path.join(place.folder, '.pachkit/unmade.dev.json'))).toBe(false);
  });

  test('an archive in which pods would not find their images is said before anything is made', async () => {
    const image = 'docker.io/pachyderm/etcd:v3.5.12';
    const digest = `sha256:${'a'.repeat(64)}`;
    const byDigest = `docker.io/pachyderm/etcd@${digest}`;
    const { file } = await write('archived');
    const listed = await place.pachkit(['lock', file, '--check', '--format', 'json'], environment);
    const [{ images }] = (JSON.parse(listed.output) as LockReport).locks;
    const lock = path.join(place.folder, 'pachkit.lock');
    const locked = Object.fromEntries(images.map((each) => [each.image, digest]));
    writeFileSync(lock, JSON.stringify({ version: 1, images: locked }));
    const archive = async (name: string, list: string, content: object): Promise<string> => {
      writeFileSync(path.join(place.folder, list), JSON.stringify(content));
      await run({ name: 'tar', program: 'tar', args: ['-cf', name, list], workingDirectory: place.folder });
      return name;
    };
    const saved = await archive('saved.tar', 'manifest.json', [
      { RepoTags: [image.replace('docker.io/', '')] },
    ]);
    const annotations = { 'org.opencontainers.image.ref.name': byDigest };
    const named = await archive('named.tar', 'index.json', { manifests: [{ digest, annotations }] });
    const before = calls(record).length;
    const up = (tool: string, name: string) => dev('up', file, ['--image-archive', name], withTools(tool));
    const refused = await up('kind', saved);
    expect([refused.code, refused.output]).toEqual([
      3,
      expect.stringMatching(
        new RegExp(
          `error DEV012: Pods name ${image} by a digest, by which the node of kind does not find the one of the archive[^]*` +
            `skopeo copy --all docker://${byDigest} oci-archive:image.tar:${byDigest}`,
        ),
      ),
    ]);
    const minikube = await up('minikube', named);
    expect([minikube.code, minikube.output]).toEqual([
      3,
      expect.stringMatching(/error DEV012[^]*help: take kind or k3d/),
    ]);
    expect(calls(record).length).toBe(before);
    await provideVolumes(kubernetes);
    const made = await up('kind', named);
    expect({ code: made.code, output: made.output }).toMatchObject({ code: 0 });
    expect((await dev('down', file, [], withTools('kind'))).code).toBe(0);
    rmSync(lock);
    await kubernetes.kubectl(['delete', 'namespace', 'archived']);
  });

  test('what is wrong with Docker is said before anything is made', async () => {
    const { file } = await write('engine', {
      pachd: { resources: { requests: { memory: '2Gi' } } },
    });
    const { PATH } = withTools('kind');
    const folder = path.join(place.folder, 'bin-docker');
    standIn(folder, 'docker.cjs', ['docker']);
    const up = (variables: object) => dev('up', file, [], { PATH: `${folder}:${PATH}`, ...variables });
    const before = calls(record).filter(([name]) => name === 'kind').length;
    const denied = await up({
      DOCKER_REFUSES:
        'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
    });
    expect({ code: denied.code, output: denied.output }).toEqual({
      code: 3,
      output: expect.stringMatching(
        /error DEV008: Docker does not answer: permission denied[^]*help: let your user use it/,
      ) as string,
    });
    const stopped = await up({ DOCKER_REFUSES: 'Cannot connect to the Docker daemon. Is it running?' });
    expect(stopped.output).toMatch(/error DEV008: [^]*help: start Docker/);
    const small = await up({ DOCKER_SAYS: '{"memory":1073741824,"groups":"1"}' });
    expect({ code: small.code, output: small.output }).toEqual({
      code: 3,
      output: expect.stringMatching(
        /error DEV009: The pods of the document ask for \d+\.\d GiB of memory, and Docker has 1\.0 GiB[^]*warning DEV010: This machine has control groups of version 1/,
      ) as string,
    });
    const made = calls(record).filter(([name]) => name === 'kind');
    expect(made.slice(before)).toEqual(made.slice(before).map(() => ['kind', 'get', 'clusters']));
  });

  test('no secret was printed', () => {
    for (const secret of Object.values(planted)) expect(printed.join('\n')).not.toContain(secret);
  });
});
