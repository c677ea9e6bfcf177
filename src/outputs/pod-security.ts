import { isMapping } from '../document/is-mapping';
import type { PodSecurityLevel } from '../model/cluster';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a pod, or a container of it, breaks a check; how the API server calls the check. */
interface Check {
  readonly says: string;
  readonly breaks: (pod: Pod) => boolean;
}

/** A pod's spec as it is written, with what is asked of every container alike. */
class Pod {
  readonly containers: readonly Fields[];
  readonly context: Fields;

  constructor(readonly spec: Fields) {
    this.containers = [...listOf(spec['initContainers']), ...listOf(spec['containers'])];
    this.context = mappingOf(spec['securityContext']);
  }

  contexts(): readonly Fields[] {
    return this.containers.map((container) => mappingOf(container['securityContext']));
  }

  /** The security contexts of pod and containers. */
  all(): readonly Fields[] {
    return [this.context, ...this.contexts()];
  }
}

/** What both levels of the standard refuse: k8s.io/pod-security-admission/policy of Kubernetes 1.34, for pods of Linux. */
const HOST_CHECKS: readonly Check[] = [
  {
    says: 'hostProcess',
    breaks: (pod) =>
      pod.all().some((context) => mappingOf(context['windowsOptions'])['hostProcess'] === true),
  },
  {
    says: 'host namespaces',
    breaks: ({ spec }) => ['hostNetwork', 'hostPID', 'hostIPC'].some((field) => spec[field] === true),
  },
  { says: 'privileged', breaks: (pod) => pod.contexts().some(({ privileged }) => privileged === true) },
  {
    says: 'hostPort',
    breaks: ({ spec, containers }) =>
      containers
        .flatMap((container) => listOf(container['ports']))
        // In the network of the node each port is one of the node.
        .some(({ hostPort }) => Boolean(hostPort) || spec['hostNetwork'] === true),
  },
  { says: 'probe or lifecycle host', breaks: ({ containers }) => containers.some(asksOtherHost) },
  {
    says: 'forbidden AppArmor profile',
    breaks: (pod) => pod.all().some((context) => typeOf(context['appArmorProfile']) === 'Unconfined'),
  },
  { says: 'seLinuxOptions', breaks: (pod) => pod.all().some((context) => hasForeignLabels(context)) },
  {
    says: 'procMount',
    breaks: (pod) => pod.contexts().some(({ procMount = 'Default' }) => procMount !== 'Default'),
  },
  {
    says: 'forbidden sysctls',
    breaks: ({ context }) => listOf(context['sysctls']).some(({ name }) => !SAFE_SYSCTLS.has(String(name))),
  },
];

const BASELINE: readonly Check[] = [
  ...HOST_CHECKS,
  {
    says: 'non-default capabilities',
    breaks: (pod) => pod.contexts().some((context) => adds(context, DEFAULT_CAPABILITIES)),
  },
  {
    says: 'hostPath volumes',
    breaks: ({ spec }) => listOf(spec['volumes']).some(({ hostPath }) => hostPath !== undefined),
  },
  {
    says: 'seccompProfile',
    breaks: (pod) => pod.all().some((context) => typeOf(context['seccompProfile']) === 'Unconfined'),
  },
];

const RESTRICTED: readonly Check[] = [
  ...HOST_CHECKS,
  {
    says: 'restricted volume types',
    breaks: ({ spec }) =>
      listOf(spec['volumes']).some((volume) => Object.keys(volume).some((key) => !VOLUMES.has(key))),
  },
  {
    says: 'allowPrivilegeEscalation != false',
    breaks: (pod) =>
      pod.contexts().some(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation !== false),
  },
  {
    says: 'runAsNonRoot != true',
    breaks: (pod) =>
      pod.context['runAsNonRoot'] === false ||
      pod.contexts().some(({ runAsNonRoot = pod.context['runAsNonRoot'] }) => runAsNonRoot !== true),
  },
  { says: 'runAsUser=0', breaks: (pod) => pod.all().some(({ runAsUser }) => runAsUser === 0) },
  {
    says: 'seccompProfile',
    breaks: (pod) => {
      const own = typeOf(pod.context['seccompProfile']);
      const isAllowed = (type: string | undefined): boolean =>
        type === 'RuntimeDefault' || type === 'Localhost';
      return (
        (own !== undefined && !isAllowed(own)) ||
        pod.contexts().some((context) => !isAllowed(typeOf(context['seccompProfile']) ?? own))
      );
    },
  },
  {
    says: 'unrestricted capabilities',
    breaks: (pod) =>
      pod.contexts().some((context) => {
        const dropped = mappingOf(context['capabilities'])['drop'];
        return adds(context, BINDING) || !Array.isArray(dropped) || !dropped.includes('ALL');
      }),
  },
];

const CHECKS: Readonly<Record<PodSecurityLevel, readonly Check[]>> = {
  baseline: BASELINE,
  restricted: RESTRICTED,
};

/** The checks of a level that a pod breaks, as the API server calls them, sorted; nothing for one that it admits. */
export function podSecurityViolations(spec: object, level: PodSecurityLevel): string[] {
  const pod = new Pod(spec as Fields);
  return CHECKS[level].flatMap(({ says, breaks }) => (breaks(pod) ? [says] : [])).sort();
}

const BINDING: ReadonlySet<string> = new Set(['NET_BIND_SERVICE']);

const DEFAULT_CAPABILITIES: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

const VOLUMES: ReadonlySet<string> = new Set([
  'name',
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const SAFE_SYSCTLS: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

const SELINUX_TYPES: ReadonlySet<unknown> = new Set([
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
]);

function hasForeignLabels(context: Fields): boolean {
  const { type = '', user = '', role = '' } = mappingOf(context['seLinuxOptions']);
  return !SELINUX_TYPES.has(type) || user !== '' || role !== '';
}

function adds(context: Fields, allowed: ReadonlySet<string>): boolean {
  const added = mappingOf(context['capabilities'])['add'];
  return Array.isArray(added) && added.some((name) => !allowed.has(String(name)));
}

/** Whether a probe or a hook of a container has the node ask another host than the pod. */
function asksOtherHost(container: Fields): boolean {
  const { postStart, preStop } = mappingOf(container['lifecycle']);
  const handlers = [
    container['livenessProbe'],
    container['readinessProbe'],
    container['startupProbe'],
    postStart,
    preStop,
  ];
  return handlers.some((handler) =>
    ['httpGet', 'tcpSocket'].some((way) => {
      const { host = '' } = mappingOf(mappingOf(handler)[way]);
      return host !== '';
    }),
  );
}

function typeOf(profile: unknown): string | undefined {
  const { type } = mappingOf(profile);
  return typeof type === 'string' ? type : undefined;
}

function mappingOf(value: unknown): Fields {
  return isMapping(value) ? value : {};
}

function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(mappingOf) : [];
}
