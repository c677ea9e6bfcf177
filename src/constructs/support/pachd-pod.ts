import { oncePer } from '../../forms/once-per';
import type { Cluster } from '../../model/cluster';
import { secretsWithin } from '../../model/connector-config';
import { CREDENTIAL_FILES_DIRECTORY } from '../../model/credential-files';
import type { SecretReference } from '../../model/secret';
import {
  GOOGLE_CREDENTIALS_KEY,
  STORAGE_SECRET,
  STORAGE_SECRET_DIRECTORY,
} from '../../model/storage-settings';
import { bootstrapConfigMaps, pachdBootstrapSecrets } from '../bootstrap-secret';
import { deploymentIdSources } from '../deployment-id';
import { clientsData, connectorsData, identityConfigData } from '../identity';
import { googleCredentialsElsewhere, storageSecretData } from '../storage-secret';
import { CERTIFICATE_DIRECTORY, type PachdEnvironmentProps } from '../pachd-environment';
import { checksumGuards, type PodConfiguration } from './checksum';
import type { k8s } from './kubernetes';
import { localDirectory } from './local-directory';
import { entryOf, type SecretData } from './secret-data';
import { CERTIFICATE_KEY, PRIVATE_KEY } from '../../model/tls-secrets';
import { PLACES } from '../../model/secret-places';
import { securityContexts } from './security-contexts';

/** What the pods of pachd and pachw have in common is made of. */
export type PachdPodProps = PachdEnvironmentProps & Pick<Cluster, 'namespace'>;

/** Variables that are taken over as a whole. */
export function pachdEnvironmentSources(cluster: Pick<Cluster, 'deploymentID'>): k8s.EnvFromSource[] {
  return [
    { secretRef: { name: STORAGE_SECRET } },
    ...deploymentIdSources(cluster),
    // pachd makes it when it is paused.
    { configMapRef: { name: 'pachd-config', optional: true } },
  ];
}

/** The volumes of the pod and where the container mounts them. */
export function pachdVolumes(cluster: PachdPodProps): {
  readonly volumes: k8s.Volume[];
  readonly mounts: k8s.VolumeMount[];
} {
  const { pachd, identity, release } = cluster;
  const directory = localDirectory(cluster);
  const mounted: readonly { readonly mount: k8s.VolumeMount; readonly volume: Omit<k8s.Volume, 'name'> }[] = [
    ...(release.pachd.hasTemporaryVolume
      ? [{ mount: { name: 'tmp', mountPath: '/tmp' }, volume: { emptyDir: {} } }]
      : []),
    {
      mount: { name: 'pach-disk', mountPath: '/pach' },
      volume:
        directory === undefined
          ? { emptyDir: {} }
          : { hostPath: { path: directory, type: 'DirectoryOrCreate' } },
    },
    {
      mount: { name: STORAGE_SECRET, mountPath: STORAGE_SECRET_DIRECTORY },
      volume: storageVolume(cluster),
    },
    ...(pachd.tls
      ? [
          {
            mount: { name: 'pachd-tls-cert', mountPath: CERTIFICATE_DIRECTORY },
            volume: { secret: { secretName: pachd.tls.secretName } },
          },
        ]
      : []),
    ...(identity.credentialFilesSecretName === undefined
      ? []
      : [
          {
            mount: { name: 'dex-creds', mountPath: CREDENTIAL_FILES_DIRECTORY, readOnly: true },
            volume: { secret: { secretName: identity.credentialFilesSecretName, defaultMode: 0o644 } },
          },
        ]),
  ];
  return {
    volumes: mounted.map(({ mount, volume }) => ({ name: mount.name, ...volume })),
    mounts: mounted.map(({ mount }) => mount),
  };
}

/** The storage secret as files; with Google's credentials from another Secret among them. */
function storageVolume(cluster: PachdPodProps): Omit<k8s.Volume, 'name'> {
  const credentials = googleCredentialsElsewhere(cluster);
  if (!credentials) return { secret: { secretName: STORAGE_SECRET } };
  return {
    projected: {
      sources: [
        { secret: { name: STORAGE_SECRET } },
        {
          secret: {
            name: credentials.name,
            items: [{ key: credentials.key, path: GOOGLE_CREDENTIALS_KEY }],
          },
        },
      ],
    },
  };
}

/** As whom pod and container run: as root where they write to a directory of the node, else without any rights. */
export function pachdSecurity(cluster: Pick<Cluster, 'release' | 'securityContexts' | 'storage'>): {
  readonly pod: Pick<k8s.PodSpec, 'securityContext'>;
  readonly container: Pick<k8s.Container, 'securityContext'>;
} {
  const { release, storage } = cluster;
  if (!cluster.securityContexts) return { pod: {}, container: {} };
  if (storage.backend.kind === 'local' && storage.backend.requireRoot)
    return { pod: { securityContext: { runAsUser: 0 } }, container: {} };
  const user = release.pachdUserID;
  if (!release.hasContainerSecurityContexts)
    return { pod: { securityContext: { runAsUser: user, runAsGroup: user } }, container: {} };
  return securityContexts(cluster, user);
}

/** What a pod reads through its variables, of all that pachkit writes. The storage secret it reads as files too. */
export function pachdConfiguration(
  cluster: PachdPodProps,
  variables: readonly k8s.EnvVar[],
): PodConfiguration {
  const tls = (cluster.enterpriseServer ?? cluster.pachd).tls;
  const read = new Set([
    ...(tls ? [tls.secretName] : []),
    ...(cluster.enterpriseServer ? [] : [STORAGE_SECRET]),
    PLACES.deploymentID.name,
    ...variables.flatMap(({ valueFrom }) => [
      ...(valueFrom?.secretKeyRef?.name === undefined ? [] : [valueFrom.secretKeyRef.name]),
      ...(valueFrom?.configMapKeyRef?.name === undefined ? [] : [valueFrom.configMapKeyRef.name]),
    ]),
  ]);
  const plain: Record<string, Record<string, string>> = {};
  const secrets: Record<string, SecretReference> = {};
  for (const [object, data] of Object.entries(dataFor(cluster))) {
    if (!read.has(object)) continue;
    for (const [key, value] of Object.entries(data)) {
      if (typeof value === 'string') (plain[object] ??= {})[key] = value;
      else secrets[`${object}/${key}`] = value;
    }
  }
  const { identity } = cluster;
  const inFiles = [
    ...identity.connectors.flatMap(({ config }) => secretsWithin(config)),
    ...identity.clients,
  ].map((each) => ('reference' in each ? each.reference : each.secret));
  return { plain, secrets, guards: [...checksumGuards(cluster), ...inFiles] };
}

/** Everything that pachkit writes for pachd, by object. Pachw's pod reads the same. */
const dataFor = oncePer((cluster: PachdPodProps): Readonly<Record<string, SecretData>> => {
  const { database, deploymentID, console, release } = cluster;
  return {
    ...tlsData((cluster.enterpriseServer ?? cluster.pachd).tls),
    [STORAGE_SECRET]: storageSecretData(cluster),
    // An id, which `pachctl inspect cluster` shows to everyone, though it is kept in a Secret.
    [PLACES.deploymentID.name]:
      deploymentID.kind === 'literal' ? { [PLACES.deploymentID.key]: deploymentID.value.reveal() } : {},
    [PLACES.databasePassword.name]: entryOf(PLACES.databasePassword.key, database.password),
    [PLACES.consoleClientSecret.name]: entryOf(PLACES.consoleClientSecret.key, console.clientSecret),
    ...(release.bootstrap === 'environment'
      ? {
          ...pachdBootstrapSecrets(cluster),
          ...bootstrapConfigMaps(cluster),
          [PLACES.identityConfig.name]: identityConfigData(cluster),
          [PLACES.connectors.name]: {
            ...connectorsData(cluster),
            // With asterisks for secrets: what is no secret counts even when no secret may.
            connectors: JSON.stringify(
              // What the document calls the provider is not what pachd reads.
              cluster.identity.connectors.map((connector) => ({ ...connector, provider: undefined })),
            ),
          },
          [PLACES.clients.name]: clientsData(cluster),
        }
      : {}),
  };
});

/** The certificate of pachd where pachkit writes it; anyone who connects sees it, so it is not a secret. */
function tlsData(tls: Cluster['pachd']['tls']): Readonly<Record<string, SecretData>> {
  if (!tls?.newSecret) return {};
  const { certificate, key } = tls.newSecret;
  return {
    [tls.secretName]: {
      ...(certificate.kind === 'literal' ? { [CERTIFICATE_KEY]: certificate.value.reveal() } : {}),
      ...entryOf(PRIVATE_KEY, key),
    },
  };
}
