/**
 * What Pods reach, looked at through a Pod: a real API server, whose kubelets kwok plays. It runs what is executed in a container
 * on this machine, with a name server of its own: the `nc` there knows hosts that this machine does not.
 */
import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import * as path from 'node:path';
import {
  createCertificateAuthority,
  describeWithTools,
  freePort,
  nodeTools,
  run,
  slapdTools,
  startKubernetes,
  startSlapd,
  temporaryDirectory,
  toolPath,
  waitFor,
  type CertificateAuthority,
  type KubernetesServer,
  type SlapdServer,
  type TemporaryDirectory,
} from './harness';
import { restrictedAccount } from './deploy/account';
import { program } from './deploy/program';
import { failingStages, images } from './deploy/stages';
import { DIRECTORY_ENTRIES, SUFFIX } from './login/directory-entries';

/** Hosts that only Pods know. */
const DIRECTORY = 'ldap.corp.internal';
const ISSUER = 'dex.corp.internal';

interface Report {
  readonly clusters: readonly {
    readonly sections: readonly {
      readonly name: string;
      readonly about: string;
      readonly hops: readonly { name: string; status: string; seen: string; code?: string }[];
    }[];
  }[];
  readonly diagnostics: readonly {
    readonly code: string;
    readonly message: string;
    readonly hint?: string;
  }[];
}

const execution = (kind: 'Exec' | 'ClusterExec', metadata: object, binaries: string): string =>
  JSON.stringify({
    ...{ apiVersion: 'kwok.x-k8s.io/v1alpha1', kind, metadata },
    spec: { execs: [{ local: { envs: [{ name: 'PATH', value: binaries }] } }] },
  });

describeWithTools('the network of Pods', [...nodeTools, ...slapdTools, 'busybox', 'openssl'], () => {
  let files: TemporaryDirectory;
  let authority: CertificateAuthority;
  let directory: SlapdServer;
  let kubernetes: KubernetesServer;
  const printed: string[] = [];

  beforeAll(async () => {
    files = temporaryDirectory('pods');
    authority = await createCertificateAuthority(files.path);
    const certificate = await authority.issue('ldap', [DIRECTORY, 'localhost']);
    directory = await startSlapd({ suffix: SUFFIX, ldif: DIRECTORY_ENTRIES, certificate });
    writeFileSync(
      files.join('nc'),
      `#!/bin/sh
for word; do
  shift
  case "$word" in ${DIRECTORY} | ${ISSUER}) word=127.0.0.1 ;; esac
  set -- "$@" "$word"
done
exec ${toolPath('busybox')} nc "$@"
`,
    );
    chmodSync(files.join('nc'), 0o755);
    const stages = [
      failingStages,
      execution('ClusterExec', { name: 'all' }, `${files.path}:/usr/bin:/bin`),
      // A container of whose image nothing but the program is known.
      execution('Exec', { name: 'dex', namespace: 'bare' }, files.join('nothing')),
    ].join('\n---\n');
    kubernetes = await startKubernetes({ controllerManager: true, nodes: { stages } });
    for (const namespace of ['pods', 'bare', 'none']) {
      await kubernetes.kubectl(['create', 'namespace', namespace]);
      await waitFor('the account of Pods is there', async () => {
        const { code } = await kubernetes.kubectl(['-n', namespace, 'get', 'serviceaccount', 'default']);
        return code === 0;
      });
    }
    for (const namespace of ['pods', 'bare']) {
      const pod = {
        ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'dex', namespace, labels: { app: 'dex' } } },
        spec: { containers: [{ name: 'dex', image: 'ghcr.io/dexidp/dex:v2.45.0' }] },
      };
      expect((await kubernetes.kubectl(['create', '-f', '-'], JSON.stringify(pod))).output).toContain(
        'created',
      );
      await kubernetes.kubectl([
        '-n',
        namespace,
        'wait',
        '--for=condition=Ready',
        'pod/dex',
        '--timeout=60s',
      ]);
    }
  });
  afterAll(async () => {
    for (const text of printed) expect(text).not.toContain(directory.bindPW);
    await kubernetes.stop();
    await directory.stop();
    files.remove();
  });

  const document = (namespace: string, host = `${DIRECTORY}:${directory.port}`): object => ({
    apiVersion: 'pachkit/v1',
    name: 'pods',
    namespace,
    release: '2.12.0-rc.3',
    profile: 'dev',
    secrets: { seed: 'pods' },
    access: { via: 'proxy', host: ISSUER, tls: { secretName: 'pachyderm-tls' } },
    console: { enabled: false },
    identity: {
      dex: 'standalone',
      connectors: [
        {
          ...{ type: 'ldap', id: 'corp', name: 'Corporate directory' },
          config: {
            host,
            rootCAData: Buffer.from(authority.certificate).toString('base64'),
            bindDN: directory.bindDN,
            bindPW: { env: 'LDAP_PASSWORD' },
            userSearch: {
              ...{ baseDN: `ou=people,${SUFFIX}`, username: 'uid', idAttr: 'uid' },
              ...{ emailAttr: 'mail', nameAttr: 'cn' },
            },
          },
        },
      ],
    },
    dex: { version: '2.45.1', storage: { postgres: {} } },
  });

  const write = (content: object): string => {
    const folder = temporaryDirectory('doctor-pods');
    writeFileSync(folder.join('pachyderm.json'), JSON.stringify(content));
    return folder.path;
  };

  const environment = (): Record<string, string> => ({
    ...{ KUBECONFIG: kubernetes.kubeconfigFile, LDAP_PASSWORD: directory.bindPW },
    NO_COLOR: '1',
  });

  async function doctor(content: object, args: readonly string[], kubeconfig?: string) {
    const folder = write(content);
    const { code, standardOutput, output } = await run({
      name: 'pachkit',
      program: process.execPath,
      args: [program, 'doctor', 'pachyderm.json', '--format', 'json', ...args],
      environment: { ...environment(), ...(kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }) },
      workingDirectory: folder,
    });
    printed.push(output);
    const { clusters, diagnostics } = JSON.parse(standardOutput) as Report;
    const sections = clusters.flatMap((cluster) => cluster.sections);
    const hopsOf = (name: string): string[] =>
      sections
        .filter((section) => section.name === name)
        .flatMap(({ hops }) => hops)
        .map((hop) => `${hop.name} ${hop.status} ${hop.code ?? ''}`.trim());
    const seen = (name: string, hop: string): string =>
      sections.find((section) => section.name === name)?.hops.find((each) => each.name === hop)?.seen ?? '';
    const about = (name: string): string => sections.find((section) => section.name === name)?.about ?? '';
    return { code, hopsOf, seen, about, diagnostics };
  }

  const ownPods = async (namespace: string): Promise<string> =>
    (
      await kubernetes.kubectl([
        '-n',
        namespace,
        'get',
        'pods',
        '-l',
        'app.kubernetes.io/name=pachkit-doctor',
        '-o',
        'name',
      ])
    ).standardOutput;

  const GOOD = ['DNS ok', 'TCP ok', 'TLS ok', 'bind ok', 'users ok'];

  test('from outside a directory of the cluster is a name that does not exist', async () => {
    for (const args of [[], ['--no-cluster']]) {
      const { hopsOf } = await doctor(document('pods'), args);
      expect(hopsOf('connector corp')[0]).toBe('DNS failed HOP001');
      expect(hopsOf('document')).not.toContain('Pods ok');
    }
  });

  test('through the Pod of Dex it is reached, and asked', async () => {
    const { hopsOf, about, seen } = await doctor(document('pods'), ['--in-cluster']);
    expect(hopsOf('connector corp')).toEqual(expect.arrayContaining(GOOD));
    expect(about('connector corp')).toBe(`ldap, ${DIRECTORY}:${directory.port}, through Pod/dex`);
    expect(seen('document', 'Pods')).toBe('what Dex asks is asked through Pod/dex, that of Dex');
    expect(await ownPods('pods')).toBe('');
  });

  test('what Pods do not reach is told as what it is', async () => {
    const closed = await doctor(document('pods', `${DIRECTORY}:${await freePort()}`), ['--in-cluster']);
    expect(closed.hopsOf('connector corp').slice(0, 3)).toEqual([
      'DNS ok',
      'TCP failed HOP002',
      'TLS skipped',
    ]);
    expect(closed.seen('connector corp', 'TCP')).toContain('refused');
    const unknown = await doctor(document('pods', 'ldap.nowhere.invalid:636'), ['--in-cluster']);
    expect(unknown.hopsOf('connector corp').slice(0, 2)).toEqual(['DNS ok', 'TCP failed HOP001']);
    expect(unknown.code).toBe(3);
  });

  test('the issuer is looked at as pachd and Console reach it', async () => {
    const { hopsOf, about } = await doctor(document('pods'), ['--in-cluster']);
    expect(about('Dex, as Pods see it')).toContain(', through Pod/dex');
    expect(hopsOf('Dex, as Pods see it').slice(0, 2)).toEqual(['DNS ok', 'TCP failed HOP002']);
  });

  test.each(['bare', 'none'])('where no Pod can be used (%s) one is made, and deleted', async (namespace) => {
    const { hopsOf, seen } = await doctor(document(namespace), ['--in-cluster']);
    expect(hopsOf('connector corp')).toEqual(expect.arrayContaining(GOOD));
    expect(seen('document', 'Pods')).toMatch(
      /through Pod\/pachkit-doctor-\w{6}, which is made for this and deleted$/,
    );
    expect(await ownPods(namespace)).toBe('');
  });

  test('an image that cannot be pulled is told, and nothing stays', async () => {
    const { code, hopsOf, seen, diagnostics } = await doctor(document('none'), [
      ...['--in-cluster', '--image', `docker.io/${images.missing}:1`],
    ]);
    expect(code).toBe(3);
    expect(hopsOf('document')).toContain('Pods failed HOP040');
    expect(seen('document', 'Pods')).toContain('the image cannot be pulled');
    expect(diagnostics.map((finding) => finding.code)).toContain('HOP040');
    expect(await ownPods('none')).toBe('');
  });

  test('Ctrl-C deletes the Pod', async () => {
    const deaf = net.createServer(() => undefined);
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    const { port } = deaf.address() as net.AddressInfo;
    const child = spawn(
      process.execPath,
      [program, 'doctor', 'pachyderm.json', '--in-cluster', '--timeout', '60'],
      {
        cwd: write(document('none', `${DIRECTORY}:${port}`)),
        env: { PATH: process.env['PATH'], ...environment() },
      },
    );
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    await new Promise((resolve) => deaf.once('connection', resolve));
    expect(await ownPods('none')).toContain('pod/pachkit-doctor-');
    child.kill('SIGINT');
    expect(await ended).toBe(3);
    expect(said).toBe('pachkit doctor: interrupted\n');
    expect(await ownPods('none')).toBe('');
    deaf.close();
  });

  test('rights that are missing are named before anything is made', async () => {
    const kubeconfigFile = files.join(await restrictedAccount(kubernetes, { folder: files.path }, 'visitor'));
    // Secrets are read where a document refers to some.
    const referring = {
      ...document('none'),
      auth: { rootToken: { existing: { name: 'pachyderm-root', key: 'root-token' } } },
    };
    const { code, diagnostics, hopsOf } = await doctor(referring, ['--in-cluster'], kubeconfigFile);
    expect(code).toBe(3);
    expect(hopsOf('document')).toContain('Pods skipped');
    const missing = diagnostics.filter((each) => each.code === 'CLU005');
    const said = missing.map(({ message }) => /: (.*)\. Nothing/.exec(message)?.[1]);
    expect(said).toEqual(['list on pods; create, get on pods/exec', 'get on secrets']);
    // The commands that it names are those that help.
    for (const { hint = '' } of missing)
      await run({
        name: 'sh',
        program: 'sh',
        args: ['-ec', hint.replace(/^[^:]*: /, '')],
        environment: {
          PATH: `${path.dirname(toolPath('kubectl'))}:${process.env['PATH'] ?? ''}`,
          KUBECONFIG: kubernetes.kubeconfigFile,
        },
      });
    const later = await doctor(referring, ['--in-cluster'], kubeconfigFile);
    expect(later.hopsOf('connector corp')).toEqual(expect.arrayContaining(GOOD));
    expect(await ownPods('none')).toBe('');
  });
});
