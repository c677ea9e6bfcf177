import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { ETCD_PORT } from '../model/service-ports';
import { nodePortOf, serviceMetadata } from './support/component-service';
import { fieldVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { placementOf, pullSecretsOf, resourcesOf } from './support/pod';
import { podMetadata } from './support/pod-metadata';
import { securityContexts } from './support/security-contexts';

/** What etcd is made from. */
export type EtcdProps = Pick<Cluster, 'namespace' | 'release' | 'etcd' | 'images' | 'securityContexts'>;

const LABELS = { app: 'etcd', suite: 'pachyderm' };
const SELECTOR = { app: 'etcd' };
const PEER_PORT = 2380;
const DATA_DIRECTORY = '/var/data/etcd';
const VOLUME = 'etcd-storage';
const HEADLESS_SERVICE = 'etcd-headless';

/** User and group that the container runs as. */
const USER_ID = 1000;

/**
 * etcd, which pachd keeps transient state in: a StatefulSet and the Services `etcd` and `etcd-headless`. pachd finds it by
 * the variables `ETCD_SERVICE_HOST` and `ETCD_SERVICE_PORT` that Kubernetes derives from the Service, so neither its
 * name nor its being there before pachd's pods are free.
 */
export class Etcd extends Construct {
  constructor(scope: Construct, id: string, cluster: EtcdProps) {
    super(scope, id);
    const { namespace, etcd } = cluster;
    // With probes a member is ready only once it has found the others, so they have to start together and be found unready.
    const startsTogether = etcd.replicas > 1 && cluster.release.etcd.hasProbes;

    new k8s.KubeService(this, 'service', {
      metadata: serviceMetadata('etcd', namespace, LABELS, etcd.service),
      spec: {
        type: etcd.service.type,
        ports: [
          {
            name: 'client-port',
            port: ETCD_PORT,
            targetPort: k8s.IntOrString.fromString('client-port'),
            ...nodePortOf(etcd.service),
          },
        ],
        selector: SELECTOR,
      },
    });
    new k8s.KubeService(this, 'headless-service', {
      metadata: { name: HEADLESS_SERVICE, namespace, labels: LABELS },
      spec: {
        clusterIP: 'None',
        ports: [{ name: 'peer-port', port: PEER_PORT }],
        selector: SELECTOR,
        ...(startsTogether ? { publishNotReadyAddresses: true } : {}),
      },
    });
    new k8s.KubeStatefulSet(this, 'stateful-set', {
      metadata: { name: 'etcd', namespace, labels: LABELS },
      spec: {
        replicas: etcd.replicas,
        ...(startsTogether ? { podManagementPolicy: 'Parallel' } : {}),
        selector: { matchLabels: LABELS },
        serviceName: HEADLESS_SERVICE,
        template: {
          metadata: podMetadata(LABELS, etcd.placement),
          spec: {
            ...placementOf(etcd.placement),
            ...pullSecretsOf(cluster),
            ...podSecurity(cluster),
            containers: [container(cluster)],
            ...(etcd.inMemory ? { volumes: [{ name: VOLUME, emptyDir: { medium: 'Memory' } }] } : {}),
          },
        },
        ...(etcd.inMemory ? {} : { volumeClaimTemplates: [claim(cluster)] }),
      },
    });
  }
}

/** Releases without container security contexts still give etcd's pod its user. */
function podSecurity(cluster: EtcdProps): Pick<k8s.PodSpec, 'securityContext'> {
  if (cluster.release.hasContainerSecurityContexts || !cluster.securityContexts)
    return securityContexts(cluster, USER_ID).pod;
  return { securityContext: { runAsUser: USER_ID, runAsGroup: USER_ID, fsGroup: USER_ID } };
}

function container(cluster: EtcdProps): k8s.Container {
  const { etcd, release } = cluster;
  return {
    name: 'etcd',
    image: etcd.image.reference,
    imagePullPolicy: etcd.image.pullPolicy,
    ...command(cluster),
    ...(release.etcd.hasProbes ? { readinessProbe: PROBE, livenessProbe: PROBE } : {}),
    ports: [
      { name: 'client-port', containerPort: ETCD_PORT },
      { name: 'peer-port', containerPort: PEER_PORT },
    ],
    ...resourcesOf(etcd.resources),
    volumeMounts: [{ name: VOLUME, mountPath: DATA_DIRECTORY }],
    ...securityContexts(cluster, USER_ID).container,
  };
}

function claim({ namespace, etcd }: EtcdProps): k8s.KubePersistentVolumeClaimProps {
  return {
    metadata: { name: VOLUME, namespace, labels: LABELS },
    spec: {
      ...(etcd.storageClass === undefined ? {} : { storageClassName: etcd.storageClass }),
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: k8s.Quantity.fromString(etcd.size) } },
    },
  };
}

const PROBE: k8s.Probe = {
  httpGet: { path: '/health', port: k8s.IntOrString.fromString('client-port'), scheme: 'HTTP' },
  initialDelaySeconds: 10,
  periodSeconds: 5,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

/**
 * How etcd is started: as it is, with Kubernetes filling in variables, or, in early releases, through a shell that does.
 */
function command({ namespace, etcd, release }: EtcdProps): Pick<k8s.Container, 'command' | 'args' | 'env'> {
  const name = fieldVariable('ETCD_NAME', 'metadata.name');
  if (!release.etcd.startsThroughShell) {
    // The dot at the end spares the search domains of the cluster.
    const words = commandLine(etcd, '$(ETCD_NAME)', `${namespace}.svc.cluster.local.`);
    return { command: words, env: [name] };
  }
  const words = commandLine(etcd, '${ETCD_NAME}', '${NAMESPACE}.svc.cluster.local');
  return {
    command: ['/bin/sh', '-c'],
    args: [words.map((word) => `"${word}"`).join(' ')],
    env: [name, fieldVariable('NAMESPACE', 'metadata.namespace')],
  };
}

function commandLine(etcd: EtcdProps['etcd'], ownName: string, domain: string): string[] {
  const address = (member: string): string => `http://${member}.${HEADLESS_SERVICE}.${domain}:${PEER_PORT}`;
  const members = Array.from({ length: etcd.replicas }, (_, index) => `etcd-${index}`);
  return [
    '/usr/local/bin/etcd',
    `--listen-client-urls=http://0.0.0.0:${ETCD_PORT}`,
    `--advertise-client-urls=http://0.0.0.0:${ETCD_PORT}`,
    `--data-dir=${DATA_DIRECTORY}`,
    '--auto-compaction-retention=1',
    `--max-txn-ops=${etcd.maxTxnOps}`,
    // 50 MiB a request, 8 GiB altogether.
    '--max-request-bytes=52428800',
    '--quota-backend-bytes=8589934592',
    `--listen-peer-urls=http://0.0.0.0:${PEER_PORT}`,
    '--initial-cluster-token=pach-cluster',
    `--initial-advertise-peer-urls=${address(ownName)}`,
    `--initial-cluster=${members.map((member) => `${member}=${address(member)},`).join('')}`,
  ];
}
