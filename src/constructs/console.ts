import { Construct } from 'constructs';
import type { Cluster } from '../model/cluster';
import { CERTIFICATE_KEY, tlsSecrets, trustedByConsole } from '../model/tls-secrets';
import { checksumAnnotation, checksumGuards, type PodConfiguration } from './support/checksum';
import { nodePortOf, serviceMetadata } from './support/component-service';
import { placeOf, plainVariable, secretVariable } from './support/environment';
import { k8s } from './support/kubernetes';
import { scratchFolder, type Mount } from './support/mounts';
import { networkVariables } from './support/network-variables';
import { resourcesOf } from './support/pod';
import { podMetadata } from './support/pod-metadata';
import { podSpec } from './support/pod-spec';
import { PLACES } from '../model/secret-places';

/** What Console is made from. */
export type ConsoleProps = Pick<
  Cluster,
  | 'namespace'
  | 'release'
  | 'access'
  | 'urls'
  | 'auth'
  | 'console'
  | 'database'
  | 'pachd'
  | 'images'
  | 'network'
  | 'securityContexts'
>;

const LABELS = { app: 'console', suite: 'pachyderm' };

const PORT_NAME = 'console-http';

/** User and group that the container runs as. */
const USER_ID = 1000;

/** pachd's client at Dex where authentication is off and no one logs in. */
const DEFAULT_PACHD_CLIENT = 'pachd';

const CA_VOLUME = 'pachd-tls-cert';
const CA_DIRECTORY = '/pach-tls/certs';
const CA_FILE = 'root.crt';

/**
 * Console, Pachyderm's web application: a Deployment, the Service `console`, and the Secret `pachyderm-console-secret`
 * unless its client secret is in another Secret already.
 */
export class Console extends Construct {
  constructor(scope: Construct, id: string, cluster: ConsoleProps) {
    super(scope, id);
    const { namespace } = cluster;
    const { clientSecret, placement, port, service } = cluster.console;

    if (clientSecret.kind === 'literal')
      new k8s.KubeSecret(this, 'secret', {
        metadata: { name: PLACES.consoleClientSecret.name, namespace, labels: LABELS },
        stringData: { [PLACES.consoleClientSecret.key]: clientSecret.value.reveal() },
      });
    new k8s.KubeService(this, 'service', {
      metadata: serviceMetadata('console', namespace, LABELS, service),
      spec: {
        type: service.type,
        ports: [{ name: PORT_NAME, port, ...nodePortOf(service) }],
        selector: LABELS,
      },
    });
    new k8s.KubeDeployment(this, 'deployment', {
      metadata: { name: 'console', namespace, labels: LABELS },
      spec: {
        selector: { matchLabels: LABELS },
        template: {
          metadata: podMetadata(
            LABELS,
            placement,
            checksumAnnotation({
              ...trustedCertificate(cluster),
              secrets: { clientSecret },
              guards: checksumGuards(cluster),
            }),
          ),
          spec: podSpec(cluster, {
            placement,
            user: USER_ID,
            container: container(cluster),
            mounts: mountsFor(cluster),
          }),
        },
      },
    });
  }
}

function container(cluster: ConsoleProps): k8s.Container {
  const { release } = cluster;
  const { image, port, resources } = cluster.console;
  return {
    name: 'console',
    image: image.reference,
    imagePullPolicy: image.pullPolicy,
    ...(release.console.hasProbes ? { livenessProbe: PROBE, readinessProbe: PROBE } : {}),
    ports: [{ name: PORT_NAME, containerPort: port }],
    env: environment(cluster),
    ...resourcesOf(resources),
  };
}

const PROBE: k8s.Probe = {
  httpGet: { path: '/health', port: k8s.IntOrString.fromString(PORT_NAME), scheme: 'HTTP' },
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold: 3,
};

function environment(cluster: ConsoleProps): k8s.EnvVar[] {
  const { namespace, release, access, urls, auth, network } = cluster;
  const { port, refetchInterval } = cluster.console;
  const secret = placeOf(cluster.console.clientSecret, PLACES.consoleClientSecret);
  const isReachedDirectly = access.via !== 'ingress' && !access.proxy.enabled;
  return [
    // Behind an ingress or the proxy, subscriptions take the port that the page came from.
    ...(isReachedDirectly
      ? [plainVariable('REACT_APP_RUNTIME_SUBSCRIPTIONS_PREFIX', `:${port}/graphql`)]
      : []),
    plainVariable('ISSUER_URI', urls.issuer),
    plainVariable('REACT_APP_RUNTIME_ISSUER_URI', urls.consoleIssuer),
    ...(refetchInterval === undefined
      ? []
      : [plainVariable('REACT_APP_RUNTIME_REFETCH_INTERVAL', String(refetchInterval))]),
    plainVariable('REACT_APP_RUNTIME_DISABLE_TELEMETRY', String(!cluster.console.telemetry)),
    plainVariable('OAUTH_REDIRECT_URI', urls.consoleRedirect),
    plainVariable('OAUTH_CLIENT_ID', cluster.console.clientID),
    plainVariable('GRAPHQL_PORT', String(port)),
    plainVariable('OAUTH_PACHD_CLIENT_ID', auth?.clientID ?? DEFAULT_PACHD_CLIENT),
    plainVariable('PACHD_ADDRESS', `pachd-peer.${namespace}.svc.cluster.local:30653`),
    secretVariable('OAUTH_CLIENT_SECRET', secret.name, secret.key),
    ...(trustedByConsole(cluster) === undefined
      ? []
      : [plainVariable('NODE_EXTRA_CA_CERTS', `${CA_DIRECTORY}/${CA_FILE}`)]),
    ...networkVariables(network),
    ...(release.console.hasPublicHost ? publicAddress(cluster) : []),
  ];
}

/** What Console shows as the address for pachctl and S3 clients, and downloads from. */
function publicAddress({ access, urls }: ConsoleProps): k8s.EnvVar[] {
  // With an ingress `false` even if it has TLS, as in the official chart: pachctl does not get through it by default.
  const isTls = access.via === 'proxy' && access.tls !== undefined;
  return [
    {
      name: 'REACT_APP_RUNTIME_PACHYDERM_PUBLIC_HOST',
      ...(urls.publicHost === undefined ? {} : { value: urls.publicHost }),
    },
    plainVariable('REACT_APP_RUNTIME_PACHYDERM_PUBLIC_TLS', String(isTls)),
  ];
}

/** The certificate that Console trusts, where pachkit writes it; anyone who connects sees it, so it is not a secret. */
function trustedCertificate(cluster: ConsoleProps): Pick<PodConfiguration, 'plain'> {
  const secret = tlsSecrets(cluster).find(({ name }) => name === trustedByConsole(cluster));
  if (secret?.certificate.kind !== 'literal') return {};
  return { plain: { [secret.name]: { [CERTIFICATE_KEY]: secret.certificate.value.reveal() } } };
}

function mountsFor(cluster: ConsoleProps): Mount[] {
  const trusted = trustedByConsole(cluster);
  return [
    // The root file system of the container is read-only in releases with container security contexts.
    ...(cluster.release.hasContainerSecurityContexts
      ? [scratchFolder('home', '/home/'), scratchFolder('tmp', '/tmp/')]
      : []),
    ...(trusted === undefined
      ? []
      : [
          {
            volume: {
              name: CA_VOLUME,
              secret: { secretName: trusted, items: [{ key: 'tls.crt', path: CA_FILE }] },
            },
            path: CA_DIRECTORY,
          },
        ]),
  ];
}
