import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import {
  describeWithTools,
  runToSuccess,
  startProcess,
  temporaryDirectory,
  toolPath,
  type KubernetesServer,
  type RunningProcess,
} from '../harness';
import { PAUSE_IMAGE } from './catalogue';
import { writeImage, type ImageContents } from './images';

export const realNodeTools = [
  ...['kubelet', 'kube-proxy', 'coredns', 'containerd', 'containerd-shim-runc-v2', 'ctr', 'runc'],
  ...['bridge', 'iptables', 'ip', 'nsenter', 'unshare', 'busybox'],
] as const;

/** Why this machine lets no one have namespaces and control groups of their own; undefined where it does. */
export function hindrance(): string | undefined {
  if (process.platform !== 'linux') return 'nodes need Linux';
  if (process.getuid?.() !== 0) return 'nodes need root';
  const tried = spawnSync('unshare', [
    '--mount',
    '--pid',
    '--net',
    '--fork',
    'mount',
    '-t',
    'tmpfs',
    'none',
    '/mnt',
  ]);
  if (tried.status !== 0) return `unshare: ${tried.stderr?.toString().trim() ?? 'it could not be started'}`;
  if (!existsSync('/sys/fs/cgroup/cgroup.controllers') && !existsSync('/sys/fs/cgroup/memory/tasks'))
    return 'there are no control groups in /sys/fs/cgroup';
  return undefined;
}

/** A network between this machine and a node: an address for each of the two. */
export interface NodeNetwork {
  /** Of this machine. */
  readonly host: string;
  readonly node: string;
  remove(): void;
}

/** Makes a network namespace with a cable to it. Its name says whose it is. */
export async function makeNetwork(): Promise<NodeNetwork> {
  const number = (process.pid % 250) + 1;
  removeLeftovers();
  const name = namespaceOf();
  const [host, node] = [`10.213.${number}.1`, `10.213.${number}.2`];
  const [here, there] = [`pk${process.pid}h`, `pk${process.pid}n`];
  const ip = (...args: readonly string[]): Promise<string> =>
    runToSuccess({ name: 'ip', program: toolPath('ip'), args });
  await ip('netns', 'add', name);
  await ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name);
  await ip('address', 'add', `${host}/30`, 'dev', here);
  await ip('link', 'set', here, 'up');
  for (const args of [
    ['address', 'add', `${node}/30`, 'dev', there],
    ['link', 'set', there, 'up'],
    ['link', 'set', 'lo', 'up'],
    ['route', 'add', 'default', 'via', host],
  ])
    await ip('-n', name, ...args);
  return {
    host,
    node,
    // The cable goes with the namespace.
    remove: () => void spawnSync(toolPath('ip'), ['netns', 'delete', name]),
  };
}

/** A node that runs containers. */
export interface RealNode {
  readonly address: string;
  /** What `ctr` prints of the node's containerd, in the namespace of the kubelet. */
  ctr(...args: readonly string[]): Promise<string>;
  logs(): string;
  stop(): Promise<void>;
}

const NODE_NAME = 'node';

/** Starts containerd, the kubelet, kube-proxy and CoreDNS in namespaces that end with them, and waits until the node is ready. */
export async function startNode(
  kubernetes: KubernetesServer,
  network: NodeNetwork,
  images: readonly ImageContents[],
): Promise<RealNode> {
  const directory = temporaryDirectory('node');
  const group = namespaceOf();
  const archives: string[] = [];
  for (const [index, image] of images.entries()) {
    const archive = directory.join(`image-${index}.tar`);
    await writeImage(archive, image);
    archives.push(archive);
  }
  makeGroups(group);
  for (const name of ['upper', 'work', 'cni', 'logs']) mkdirSync(directory.join(name));
  const files = configurations(directory.path, kubernetes.kubeconfigFile, network.node, group);
  for (const [name, text] of Object.entries(files))
    writeFileSync(directory.join(name), text, { mode: 0o600 });
  writeFileSync(directory.join('start.sh'), startScript(directory.path, archives));
  const running = startProcess({
    name: 'node',
    program: toolPath('nsenter'),
    args: [
      `--net=/run/netns/${namespaceOf()}`,
      toolPath('unshare'),
      ...['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
      ...['/bin/bash', directory.join('start.sh')],
    ],
    environment: { KUBECONFIG: kubernetes.kubeconfigFile, HOME: directory.path },
    workingDirectory: directory.path,
  });
  const logs = (): string =>
    [
      running.logs(),
      ...readdirSync(directory.join('logs')).map(
        (name) => `== ${name}\n${readFileSync(directory.join('logs', name), 'utf8').slice(-20_000)}`,
      ),
    ].join('\n');
  await ready(running, kubernetes, logs);
  return {
    address: network.node,
    ctr: (...args) =>
      runToSuccess({
        name: 'ctr',
        program: toolPath('ctr'),
        args: ['-a', directory.join('containerd.sock'), '-n', 'k8s.io', ...args],
      }),
    logs,
    async stop() {
      await running.stop();
      removeGroups(group);
      directory.remove();
    },
  };
}

async function ready(
  running: RunningProcess,
  kubernetes: KubernetesServer,
  logs: () => string,
): Promise<void> {
  try {
    await running.ready(
      async () => {
        const { standardOutput } = await kubernetes.kubectl([
          ...['get', 'node', NODE_NAME, '-o'],
          'jsonpath={.status.conditions[?(@.type=="Ready")].status}',
        ]);
        return standardOutput === 'True';
      },
      { deadlineSeconds: 120 },
    );
  } catch (error) {
    throw new Error(`${String(error)}\n${logs()}`, { cause: error });
  }
}

const PREFIX = 'pachkit-node-';

function namespaceOf(): string {
  return `${PREFIX}${process.pid}`;
}

/** Removes what tests that were killed have left: their programs end with them, names of namespaces and groups do not. */
function removeLeftovers(): void {
  const isLeft = (name: string): boolean =>
    name.startsWith(PREFIX) && !existsSync(`/proc/${name.slice(PREFIX.length)}`);
  const namespaces = '/run/netns';
  for (const name of existsSync(namespaces) ? readdirSync(namespaces).filter(isLeft) : [])
    spawnSync(toolPath('ip'), ['netns', 'delete', name]);
  for (const folder of hierarchies())
    for (const name of readdirSync(folder).filter(isLeft)) removeGroup(path.join(folder, name));
}

function configurations(
  directory: string,
  kubeconfig: string,
  address: string,
  group: string,
): Readonly<Record<string, string>> {
  const socket = path.join(directory, 'containerd.sock');
  return {
    'containerd.toml': `version = 2
root = "${directory}/containerd"
state = "${directory}/containerd-state"
[grpc]
  address = "${socket}"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${PAUSE_IMAGE}"
  # Without CAP_SYS_RESOURCE no process may make itself less likely to be killed.
  restrict_oom_score_adj = true
  netns_mounts_under_state_dir = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "${path.dirname(toolPath('bridge'))}"
    conf_dir = "${directory}/cni"
`,
    'cni/10-bridge.conflist': JSON.stringify({
      cniVersion: '0.4.0',
      name: 'node',
      plugins: [
        {
          type: 'bridge',
          bridge: 'cni0',
          isGateway: true,
          ipMasq: true,
          hairpinMode: true,
          ipam: {
            type: 'host-local',
            dataDir: `${directory}/cni-addresses`,
            ranges: [[{ subnet: '10.244.0.0/24' }]],
            routes: [{ dst: '0.0.0.0/0' }],
          },
        },
      ],
    }),
    'kubelet.json': JSON.stringify({
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      failCgroupV1: false,
      failSwapOn: false,
      cgroupDriver: 'cgroupfs',
      cgroupRoot: `/${group}`,
      enforceNodeAllocatable: [],
      oomScoreAdj: 0,
      authentication: { anonymous: { enabled: true }, webhook: { enabled: false } },
      authorization: { mode: 'AlwaysAllow' },
      containerRuntimeEndpoint: `unix://${socket}`,
      clusterDomain: 'cluster.local',
      clusterDNS: [address],
      resolvConf: '',
      podLogsDir: `${directory}/pod-logs`,
      evictionHard: { 'memory.available': '0%', 'nodefs.available': '0%', 'imagefs.available': '0%' },
      imageGCHighThresholdPercent: 100,
      imageGCLowThresholdPercent: 99,
      // What is new or broken is seen soon: the suite waits for it.
      nodeStatusUpdateFrequency: '2s',
    }),
    'kube-proxy.json': JSON.stringify({
      apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
      kind: 'KubeProxyConfiguration',
      mode: 'iptables',
      clientConnection: { kubeconfig },
      clusterCIDR: '10.244.0.0/16',
      hostnameOverride: NODE_NAME,
      // Leaves the machine's limits of connections alone.
      conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    }),
    Corefile: `.:53 {
  errors
  kubernetes cluster.local {
    kubeconfig ${kubeconfig}
  }
}
`,
  };
}

/** What runs as the first process: nothing that it mounts is seen outside, and everything ends with it. */
function startScript(directory: string, archives: readonly string[]): string {
  const ctr = `${toolPath('ctr')} -a ${directory}/containerd.sock -n k8s.io`;
  return `set -eu
mount --make-rprivate /
# The kubelet has a folder in /var/lib that cannot be moved.
mount -t overlay -o lowerdir=/var/lib,upperdir=${directory}/upper,workdir=${directory}/work overlay /var/lib
echo 1 > /proc/sys/net/ipv4/ip_forward
export PATH=${path.dirname(toolPath('runc'))}:${path.dirname(toolPath('containerd'))}:${path.dirname(toolPath('iptables'))}:$PATH
containerd -c ${directory}/containerd.toml > ${directory}/logs/containerd 2>&1 &
for attempt in $(seq 100); do ${ctr} version > /dev/null 2>&1 && break; sleep 0.1; done
${archives.map((archive) => `${ctr} images import ${archive}`).join('\n')}
${toolPath('coredns')} -conf ${directory}/Corefile > ${directory}/logs/coredns 2>&1 &
${toolPath('kube-proxy')} --config=${directory}/kube-proxy.json > ${directory}/logs/kube-proxy 2>&1 &
${toolPath('kubelet')} --config=${directory}/kubelet.json --kubeconfig="$KUBECONFIG" --root-dir=${directory}/kubelet --cert-dir=${directory}/kubelet-certificates --hostname-override=${NODE_NAME} --node-ip=$(ip -4 -o address show scope global | awk '{ sub("/.*", "", $4); print $4; exit }') > ${directory}/logs/kubelet 2>&1 &
wait -n
echo one of the programs has ended
`;
}

const GROUPS = '/sys/fs/cgroup';

/** Folders of controllers, of which version 1 has one each. */
function hierarchies(): readonly string[] {
  if (existsSync(path.join(GROUPS, 'cgroup.controllers'))) return [GROUPS];
  return readdirSync(GROUPS)
    .filter((name) => existsSync(path.join(GROUPS, name, 'cgroup.procs')))
    .map((name) => path.join(GROUPS, name));
}

function makeGroups(group: string): void {
  for (const folder of hierarchies()) {
    const made = path.join(folder, group);
    mkdirSync(made, { recursive: true });
    for (const file of ['cpuset.cpus', 'cpuset.mems'])
      if (existsSync(path.join(folder, file)))
        writeFileSync(path.join(made, file), readFileSync(path.join(folder, file)));
  }
}

function removeGroups(group: string): void {
  for (const folder of hierarchies()) removeGroup(path.join(folder, group));
}

/** From the leaves up: the kernel removes nothing that has groups in it. */
function removeGroup(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroup(path.join(folder, entry.name));
  try {
    rmdirSync(folder);
  } catch {
    // A process is only just gone; the group is empty, and costs nothing.
  }
}

/** A `describe` for tests that need a node: where the machine lets no one have one, they are skipped in sight. */
export function describeOnNodes(title: string, tools: readonly string[], body: () => void): void {
  const reason = hindrance();
  if (reason === undefined) {
    describeWithTools(title, [...tools, ...realNodeTools], body);
    return;
  }
  if (process.env['PACHKIT_E2E_REQUIRE'] === '1') {
    test(`${title} has a node`, () => expect(reason).toBeUndefined());
    return;
  }
  process.stderr.write(`SKIPPED ${title}: ${reason}\n`);
  describe.skip(`${title} (${reason})`, body);
}
