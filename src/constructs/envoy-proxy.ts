import { Construct } from 'constructs';
import type { Cluster, LegacyPorts } from '../model/cluster';
import { backendsOf } from './envoy/backends';
import { envoyConfiguration } from './envoy/envoy-configuration';
import { HTTP_PORT, HTTPS_PORT } from './envoy/listeners';
import { ADMIN_PORT, PROBE_PORT } from './envoy/probes';
import {
  CERTIFICATE_DIRECTORY,
  CERTIFICATE_FILE,
  CERTIFICATE_SOURCE,
  CONFIGURATION_DIRECTORY,
} from './envoy/tls';
import { checksumAnnotation } from './support/checksum';
import { serviceMetadata } from './support/component-service';
import { toYaml } from './support/yaml';
import { k8s } from './support/kubernetes';
import { resourcesOf } from './support/pod';
import { podMetadata } from './support/pod-metadata';
import { podSpec } from './support/pod-spec';
import { ENTERPRISE_SERVER } from '../model/resolve-enterprise-server';
import { proxyTlsSecret } from '../model/proxy-tls-secret';

/** What the proxy is made from. */
export type EnvoyProxyProps = Pick<
  Cluster,
  | 'namespace'
  | 'release'
  | 'access'
  | 'dex'
  | 'enterpriseServer'
  | 'images'
  | 'securityContexts'
  | 'hardening'
>;

const NAME = 'pachyderm-proxy';
const LABELS = { app: NAME, suite: 'pachyderm' };
const CONFIG_MAP = 'pachyderm-proxy-config';
const CONFIGURATION_FILE = 'envoy.json';

/** User and group `envoy` of the image. */
const USER_ID = 101;

/**
 * Pachyderm's Envoy proxy, one port for everything: a Deployment, its configuration in the ConfigMap
 * `pachyderm-proxy-config`, the Service `pachyderm-proxy` in front, and headless Services for the pods behind. TLS ends
 * here when browsers come straight to the proxy and the document names a TLS Secret; behind an ingress it stays plain.
 */
export class EnvoyProxy extends Construct {
  constructor(scope: Construct, id: string, cluster: EnvoyProxyProps) {
    super(scope, id);
    const { namespace, release, access } = cluster;
    const { replicas, placement, service } = access.proxy;
    const tlsSecret = proxyTlsSecret(access);

    const configuration = envoyConfiguration({
      release,
      tls: tlsSecret !== undefined,
      hasStandaloneDex: cluster.dex !== undefined,
      keepsAdminToItself: cluster.hardening === 'strict',
    });
    const files: Record<string, string> = {
      [CONFIGURATION_FILE]: `${JSON.stringify(configuration, null, 2)}\n`,
      ...(tlsSecret === undefined ? {} : { [CERTIFICATE_FILE]: toYaml(CERTIFICATE_SOURCE) }),
    };
    new k8s.KubeConfigMap(this, 'config-map', {
      metadata: { name: CONFIG_MAP, namespace, labels: LABELS },
      data: files,
    });
    new k8s.KubeService(this, 'service', {
      metadata: serviceMetadata(NAME, namespace, LABELS, service),
      spec: {
        type: service.type,
        ports: servicePorts(cluster),
        selector: LABELS,
        ...(service.loadBalancerIP === undefined ? {} : { loadBalancerIP: service.loadBalancerIP }),
        ...(service.externalTrafficPolicy === undefined
          ? {}
          : { externalTrafficPolicy: service.externalTrafficPolicy }),
      },
    });
    for (const backend of BACKEND_SERVICES)
      new k8s.KubeService(this, backend.name, {
        metadata: {
          name: backend.name,
          namespace,
          labels: { app: 'pachyderm-proxy-support', suite: 'pachyderm' },
        },
        spec: {
          type: 'ClusterIP',
          // Envoy checks the health of pods itself; it must see those that Kubernetes counts as not ready, too.
          clusterIP: 'None',
          publishNotReadyAddresses: true,
          ports: backendPorts(cluster, backend.name),
          selector: {
            app: backend.app === 'pachd' && cluster.enterpriseServer ? ENTERPRISE_SERVER : backend.app,
            suite: 'pachyderm',
          },
        },
      });
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: NAME, namespace, labels: LABELS },
      spec: {
        replicas,
        selector: { matchLabels: LABELS },
        template: {
          // Envoy reads its configuration once; a new one needs new pods.
          metadata: podMetadata(LABELS, placement, checksumAnnotation({ plain: { [CONFIG_MAP]: files } })),
          spec: {
            automountServiceAccountToken: false,
            affinity: BESIDE_PACHD,
            ...podSpec(cluster, { placement, user: USER_ID, container: container(cluster) }),
            volumes: [
              { name: 'envoy-config', configMap: { name: CONFIG_MAP } },
              ...(tlsSecret === undefined ? [] : [{ name: 'tls', secret: { secretName: tlsSecret } }]),
            ],
          },
        },
      },
    });
  }
}

/** Services whose names resolve to the pods behind the proxy. */
const BACKEND_SERVICES = [
  { name: 'pachd-proxy-backend', app: 'pachd' },
  { name: 'console-proxy-backend', app: 'console' },
] as const;

function backendPorts({ release, dex }: EnvoyProxyProps, service: string): k8s.ServicePort[] {
  return backendsOf(release, dex !== undefined)
    .filter((backend) => backend.service === service)
    .map(({ portName, port, protocol }) => ({
      name: portName,
      port,
      targetPort: k8s.IntOrString.fromString(portName),
      ...(protocol === undefined ? {} : { protocol }),
    }));
}

function servicePorts({ access, dex }: EnvoyProxyProps): k8s.ServicePort[] {
  const { type, httpPort, httpsPort, httpNodePort, httpsNodePort, legacyPorts } = access.proxy.service;
  const port = (name: string, number: number, nodePort: number, target = name): k8s.ServicePort => ({
    name,
    port: number,
    targetPort: k8s.IntOrString.fromString(target),
    ...(type === 'NodePort' ? { nodePort } : {}),
  });
  return [
    port('http-port', httpPort, httpNodePort),
    ...(proxyTlsSecret(access) === undefined ? [] : [port('https-port', httpsPort, httpsNodePort)]),
    ...LEGACY_PORTS.flatMap(([server, name]) => {
      const number = legacyPorts[server];
      if (number === undefined) return [];
      return [port(name, number, number, server === 'identity' && dex ? 'dex-direct' : name)];
    }),
  ];
}

/** Ports that lead to one server each, with the port of the proxy's container that does. */
const LEGACY_PORTS: readonly (readonly [keyof LegacyPorts, string])[] = [
  ['console', 'console-direct'],
  ['grpc', 'grpc-direct'],
  ['s3', 's3-direct'],
  ['oidc', 'oidc-direct'],
  ['identity', 'identity-direct'],
  ['metrics', 'metrics-direct'],
];

function container(cluster: EnvoyProxyProps): k8s.Container {
  const { release, access, dex, hardening } = cluster;
  const { image, resources } = access.proxy;
  const probed =
    hardening === 'strict'
      ? { name: 'probe-port', containerPort: PROBE_PORT }
      : { name: 'admin-port', containerPort: ADMIN_PORT };
  const probe = (path: string): k8s.Probe => ({
    httpGet: { path, port: k8s.IntOrString.fromNumber(probed.containerPort) },
  });
  return {
    name: 'envoy',
    image: image.reference,
    imagePullPolicy: image.pullPolicy,
    command: ['envoy'],
    args: ['-c', `${CONFIGURATION_DIRECTORY}/${CONFIGURATION_FILE}`, ...NODE_ARGUMENTS],
    env: [
      { name: 'MY_NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      { name: 'MY_POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
    ],
    ports: [
      probed,
      { name: 'http-port', containerPort: HTTP_PORT },
      { name: 'https-port', containerPort: HTTPS_PORT },
      ...backendsOf(release, dex !== undefined).map(({ ownPortName, port }) => ({
        name: ownPortName,
        containerPort: port,
      })),
    ],
    readinessProbe: probe('/ready'),
    livenessProbe: probe('/server_info'),
    ...resourcesOf(resources),
    volumeMounts: [
      { name: 'envoy-config', mountPath: CONFIGURATION_DIRECTORY },
      ...(proxyTlsSecret(access) === undefined ? [] : [{ name: 'tls', mountPath: CERTIFICATE_DIRECTORY }]),
    ],
  };
}

/** How this Envoy is called. Without a node and a cluster Envoy refuses to read its certificate from a file. */
const NODE_ARGUMENTS = [
  '--service-node',
  '$(MY_POD_NAME)',
  '--service-zone',
  '$(MY_NODE_NAME)',
  '--service-cluster',
  'pachyderm-envoy',
];

/** Asks for a node that runs pachd, to save requests a way over the network. */
const BESIDE_PACHD: k8s.Affinity = {
  podAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          topologyKey: 'kubernetes.io/hostname',
          labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['pachd'] }] },
        },
      },
    ],
  },
};
