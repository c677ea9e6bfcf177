import { ipVersion } from '../model/ip-address';
import { Construct } from 'constructs';
import type { Cluster, StringMap } from '../model/cluster';
import { CREDENTIAL_FILES_DIRECTORY } from '../model/credential-files';
import type { DexServer } from '../model/dex';
import { splitUrl } from '../model/go-path';
import { KUBERNETES_API_HOST } from '../model/resolve-network';
import { DEX_CONFIGURATION } from '../model/secret-places';
import { DEX_PORT } from '../model/standalone';
import {
  dexConfiguration,
  DEX_CERTIFICATE_AUTHORITY_FILE,
  DEX_CLIENT_CERTIFICATE_DIRECTORY,
  DEX_CONFIGURATION_DIRECTORY,
  DEX_DATA_DIRECTORY,
  DEX_TELEMETRY_PORT,
  type DexConfiguration,
} from './dex-configuration';
import { DexNetworkPolicy } from './dex-network-policy';
import { DexStorageCrds } from './dex-storage-crds';
import { checksumAnnotation } from './support/checksum';
import { toYaml } from './support/yaml';
import {
  expandedVariable,
  fieldVariable,
  placeOf,
  plainVariable,
  secretVariable,
} from './support/environment';
import { k8s } from './support/kubernetes';
import { mountsOf, type Mount } from './support/mounts';
import { networkVariables } from './support/network-variables';
import {
  containerSecurityContext,
  placementOf,
  podSecurityContext,
  pullSecretsOf,
  resourcesOf,
} from './support/pod';
import { podMetadata } from './support/pod-metadata';

/** What a Dex is made from. A whole cluster will do; so will a Dex alone, from `dexServer()`, in a namespace. */
export interface DexProps extends Partial<Pick<Cluster, 'images' | 'network' | 'securityContexts'>> {
  readonly namespace: string;
  /** Missing for none: a cluster whose Dex runs inside pachd has nothing here. */
  readonly dex?: DexServer;
  /**
   * An Ingress for the host and path of the issuer, for a Dex that nothing else leads to. The objects of a cluster have
   * their own way in. Throws where the issuer has an address for a host, which no Ingress takes.
   */
  readonly ingress?: DexIngress;
}

/** How an ingress controller serves Dex. */
export interface DexIngress {
  readonly className?: string;
  /** A TLS Secret in the namespace. */
  readonly tlsSecretName?: string;
  readonly annotations?: StringMap;
}

/** Name of every object, and with it the host that the cluster knows Dex by. */
const NAME = 'dex';
const LABELS = { app: NAME };
const CONFIGURATION_FILE = DEX_CONFIGURATION.key;

/** User and group of the image, by number: from 2.45 on it names them, and a kubelet cannot tell that a name is not root. */
const USER_ID = 1001;

const PORT_NAME = 'http';
const TELEMETRY_PORT_NAME = 'telemetry';

/**
 * A standalone Dex: a Deployment, the Service `dex`, the Secret `dex` with the configuration and the secrets that are not
 * in the cluster already, a service account, and as asked for a network policy, a disruption budget, a volume, the custom
 * resource definitions of its storage and an Ingress.
 *
 * Every object fits Pod Security's level `restricted`. New configuration starts new pods: Dex reads it once.
 *
 * @example
 * new Dex(chart, 'dex', {
 *   namespace: 'auth',
 *   dex: dexServer({ issuer: 'https://dex.example.com', storage: { type: 'kubernetes' }, connectors: [corp] }),
 *   ingress: { className: 'nginx', tlsSecretName: 'dex-tls' },
 * });
 */
export class Dex extends Construct {
  constructor(scope: Construct, id: string, props: DexProps) {
    super(scope, id);
    const { namespace, dex } = props;
    if (!dex) return;
    const configuration = dexConfiguration(dex);
    const metadata = { name: NAME, namespace, labels: LABELS };

    if (dex.storage.type === 'kubernetes')
      new DexStorageCrds(this, 'storage-crds', {
        namespace,
        name: NAME,
        serviceAccountName: dex.serviceAccount.name,
      });
    if (dex.serviceAccount.create)
      new k8s.KubeServiceAccount(this, 'service-account', {
        metadata: {
          ...metadata,
          name: dex.serviceAccount.name,
          ...annotated(dex.serviceAccount.annotations),
        },
        // The pod says itself whether it mounts the token.
        automountServiceAccountToken: false,
      });
    new k8s.KubeSecret(this, 'secret', { metadata, stringData: secretData(dex, configuration) });
    new k8s.KubeService(this, 'service', {
      metadata: {
        ...metadata,
        labels: { ...dex.service.labels, ...LABELS },
        ...annotated(dex.service.annotations),
      },
      spec: {
        type: dex.service.nodePort === undefined ? 'ClusterIP' : 'NodePort',
        ports: [
          {
            name: PORT_NAME,
            port: DEX_PORT,
            targetPort: k8s.IntOrString.fromString(PORT_NAME),
            ...(dex.service.nodePort === undefined ? {} : { nodePort: dex.service.nodePort }),
          },
        ],
        selector: LABELS,
      },
    });
    if (dex.storage.type === 'sqlite3')
      new k8s.KubePersistentVolumeClaim(this, 'volume-claim', {
        metadata,
        spec: {
          accessModes: ['ReadWriteOnce'],
          ...(dex.storage.storageClass === undefined ? {} : { storageClassName: dex.storage.storageClass }),
          resources: { requests: { storage: k8s.Quantity.fromString(dex.storage.size) } },
        },
      });
    new k8s.KubeDeployment(this, 'deployment', deployment(props, dex, configuration));
    if (dex.podDisruptionBudget)
      new k8s.KubePodDisruptionBudget(this, 'pod-disruption-budget', {
        metadata,
        spec: {
          maxUnavailable: k8s.IntOrString.fromNumber(dex.podDisruptionBudget.maxUnavailable),
          selector: { matchLabels: LABELS },
        },
      });
    if (dex.networkPolicy)
      new DexNetworkPolicy(this, 'network-policy', {
        namespace,
        name: NAME,
        selector: LABELS,
        dex,
        ...(props.network ? { network: props.network } : {}),
      });
    if (props.ingress) new k8s.KubeIngress(this, 'ingress', ingress(namespace, dex.issuer, props.ingress));
  }
}

function annotated(annotations: StringMap): Pick<k8s.ObjectMeta, 'annotations'> {
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}

/** The configuration, and by the names of their variables the secrets that are not in the cluster already. */
function secretData(dex: DexServer, { file, variables }: DexConfiguration): Record<string, string> {
  const data: Record<string, string> = { [CONFIGURATION_FILE]: toYaml(file) };
  const certificates = certificateAuthority(dex);
  if (certificates !== undefined) data[DEX_CERTIFICATE_AUTHORITY_FILE] = certificates;
  for (const [name, value] of Object.entries(variables))
    if (typeof value !== 'string' && value.kind === 'literal') data[name] = value.value.reveal();
  return data;
}

function certificateAuthority({ storage }: DexServer): string | undefined {
  return storage.type === 'postgres' && storage.sslMode !== 'disable'
    ? storage.certificateAuthority
    : undefined;
}

function deployment(
  props: DexProps,
  dex: DexServer,
  configuration: DexConfiguration,
): k8s.KubeDeploymentProps {
  const isRestricted = props.securityContexts ?? true;
  const mounts = mountsOf(mountsFor(dex));
  return {
    metadata: { name: NAME, namespace: props.namespace, labels: LABELS },
    spec: {
      replicas: dex.replicas,
      selector: { matchLabels: LABELS },
      // Two pods cannot write to one file.
      ...(dex.storage.type === 'sqlite3' ? { strategy: { type: 'Recreate' } } : {}),
      template: {
        metadata: podMetadata(LABELS, dex.placement, checksum(dex, configuration)),
        spec: {
          serviceAccountName: dex.serviceAccount.name,
          automountServiceAccountToken: dex.storage.type === 'kubernetes',
          // Variables of the Service `dex` would begin like Dex's own.
          enableServiceLinks: false,
          ...(dex.replicas > 1 ? { affinity: SPREAD_OVER_NODES } : {}),
          ...placementOf(dex.placement),
          ...(props.images ? pullSecretsOf({ images: props.images }) : {}),
          ...(isRestricted ? { securityContext: podSecurityContext(USER_ID) } : {}),
          containers: [
            {
              name: NAME,
              image: dex.image.reference,
              imagePullPolicy: dex.image.pullPolicy,
              // Not the image's entrypoint, which takes the file for a template and wants to write to /tmp.
              command: ['/usr/local/bin/dex'],
              args: ['serve', `${DEX_CONFIGURATION_DIRECTORY}/${CONFIGURATION_FILE}`],
              env: environment(props, dex, configuration),
              ports: [
                { name: PORT_NAME, containerPort: DEX_PORT },
                { name: TELEMETRY_PORT_NAME, containerPort: DEX_TELEMETRY_PORT },
              ],
              ...PROBES,
              ...resourcesOf(dex.resources),
              ...mounts.container,
              ...(isRestricted ? { securityContext: containerSecurityContext(USER_ID) } : {}),
            },
          ],
          ...mounts.pod,
        },
      },
    },
  };
}

function checksum(dex: DexServer, { file, variables }: DexConfiguration): StringMap {
  const certificates = certificateAuthority(dex);
  const secrets = Object.entries(variables).flatMap(([name, value]) =>
    typeof value === 'string' ? [] : [[`${NAME}/${name}`, value] as const],
  );
  return checksumAnnotation({
    plain: {
      [NAME]: {
        [CONFIGURATION_FILE]: toYaml(file),
        ...(certificates === undefined ? {} : { [DEX_CERTIFICATE_AUTHORITY_FILE]: certificates }),
      },
    },
    secrets: Object.fromEntries(secrets),
  });
}

function environment(
  { network = {} }: DexProps,
  { storage, environment: own }: DexServer,
  { variables }: DexConfiguration,
): k8s.EnvVar[] {
  const derived: k8s.EnvVar[] = [
    // Tokens of service accounts no longer say the namespace in the way that Dex looks for.
    ...(storage.type === 'kubernetes'
      ? [fieldVariable('KUBERNETES_POD_NAMESPACE', 'metadata.namespace')]
      : []),
    ...Object.entries(variables).map(([name, value]) => {
      if (typeof value === 'string') return plainVariable(name, value);
      const place = placeOf(value, { name: NAME, key: name });
      return secretVariable(name, place.name, place.key);
    }),
    ...networkVariables(storage.type === 'kubernetes' ? withoutProxyToKubernetes(network) : network),
  ];
  return [
    ...derived.filter(({ name }) => !Object.hasOwn(own, name)),
    ...Object.entries(own).map(([name, value]) => expandedVariable(name, value)),
  ];
}

/** Dex asks Kubernetes for its storage through the proxy, if there is one, which knows nothing of an address in the cluster. */
function withoutProxyToKubernetes(network: Cluster['network']): Cluster['network'] {
  if (network.httpProxy === undefined) return network;
  const hosts = network.noProxy?.split(',') ?? [];
  if (hosts.includes(KUBERNETES_API_HOST)) return network;
  return { ...network, noProxy: [...hosts, KUBERNETES_API_HOST].join(',') };
}

/** On the telemetry port, whose paths do not depend on the issuer's. A start takes as long as its identity providers. */
const PROBES: Pick<k8s.Container, 'startupProbe' | 'livenessProbe' | 'readinessProbe'> = {
  startupProbe: { ...probe('/healthz/live'), periodSeconds: 5, failureThreshold: 60 },
  livenessProbe: probe('/healthz/live'),
  readinessProbe: probe('/healthz/ready'),
};

function probe(path: string): k8s.Probe {
  return {
    httpGet: { path, port: k8s.IntOrString.fromString(TELEMETRY_PORT_NAME), scheme: 'HTTP' },
    periodSeconds: 10,
    timeoutSeconds: 5,
    successThreshold: 1,
    failureThreshold: 3,
  };
}

/** Asks for nodes that do not run another pod of Dex. */
const SPREAD_OVER_NODES: k8s.Affinity = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: LABELS } },
      },
    ],
  },
};

function mountsFor(dex: DexServer): Mount[] {
  const { storage, credentialFilesSecretName } = dex;
  const files = [
    CONFIGURATION_FILE,
    ...(certificateAuthority(dex) === undefined ? [] : [DEX_CERTIFICATE_AUTHORITY_FILE]),
  ];
  const clientCertificate =
    storage.type === 'postgres' && storage.sslMode !== 'disable'
      ? storage.clientCertificateSecretName
      : undefined;
  return [
    {
      volume: {
        name: 'configuration',
        secret: { secretName: NAME, items: files.map((file) => ({ key: file, path: file })) },
      },
      path: DEX_CONFIGURATION_DIRECTORY,
    },
    ...(storage.type === 'sqlite3'
      ? [
          {
            volume: { name: 'data', persistentVolumeClaim: { claimName: NAME } },
            path: DEX_DATA_DIRECTORY,
          },
        ]
      : []),
    ...(clientCertificate === undefined
      ? []
      : [
          {
            // Dex's driver refuses a key that others may read.
            volume: {
              name: 'postgres-certificate',
              secret: { secretName: clientCertificate, defaultMode: 0o440 },
            },
            path: DEX_CLIENT_CERTIFICATE_DIRECTORY,
          },
        ]),
    ...(credentialFilesSecretName === undefined
      ? []
      : [
          {
            volume: { name: 'credential-files', secret: { secretName: credentialFilesSecretName } },
            path: `${CREDENTIAL_FILES_DIRECTORY}/`,
          },
        ]),
  ];
}

/** What Kubernetes takes for the host of an Ingress, an address aside. */
const DNS_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

function ingress(namespace: string, issuer: string, options: DexIngress): k8s.KubeIngressProps {
  const { origin, path } = splitUrl(issuer);
  const host = origin
    .replace(/^[^:]*:\/\//, '')
    .replace(/:\d+$/, '')
    .toLowerCase();
  if (!DNS_NAME.test(host) || ipVersion(host) === 4)
    throw new Error(
      `an Ingress takes the name of a host alone, and the issuer "${issuer}" has none; give Dex a name in DNS, or leave ingress out`,
    );
  return {
    metadata: { name: NAME, namespace, labels: LABELS, ...annotated(options.annotations ?? {}) },
    spec: {
      ...(options.className === undefined ? {} : { ingressClassName: options.className }),
      ...(options.tlsSecretName === undefined
        ? {}
        : { tls: [{ secretName: options.tlsSecretName, hosts: [host] }] }),
      rules: [
        {
          host,
          http: {
            paths: [
              {
                // Unstripped: Dex serves everything below the path of its issuer.
                path: path === '' ? '/' : path,
                pathType: 'Prefix',
                backend: { service: { name: NAME, port: { name: PORT_NAME } } },
              },
            ],
          },
        },
      ],
    },
  };
}
