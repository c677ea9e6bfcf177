import { sqlIdentifier } from '../constructs/support/sql-identifier';
import type { Cluster } from '../model/cluster';
import { CREDENTIAL_FILES_DIRECTORY } from '../model/credential-files';
import { plainSecretKeys } from '../model/plain-secret-keys';
import { isStorageSecretSupplied, STORAGE_SECRET, suppliedStorageKeys } from '../model/storage-settings';
import { writtenSecrets } from '../model/written-secrets';
import { clusterConnectors } from '../subjects/document-connectors';
import type { ReferredObject, SecretKeys } from '../outputs/referred-secrets';
import { registrations } from './registration';

/** What has to exist before the manifests are applied. */
export interface Prerequisites {
  /** Secrets in the namespace, with the keys that are read from them. */
  readonly secrets: readonly { readonly name: string; readonly keys: readonly string[] }[];
  /** Other objects in the namespace, such as a service account of the user's or what overrides mount. */
  readonly objects?: readonly ReferredObject[];
  /** Databases on a server of the user's, and the statements that create them. */
  readonly databases?: {
    readonly host: string;
    readonly names: readonly string[];
    readonly statements: readonly string[];
  };
  /** URL or name of the bucket. */
  readonly bucket?: string;
  /** Name in DNS that leads to the cluster. */
  readonly dnsName?: string;
  /** URL that is registered at each of the identity providers. */
  readonly callbackURL?: string;
}

/** Everything that the manifests of a cluster count on and do not contain. */
export function prerequisites(
  cluster: Cluster,
  referred: SecretKeys,
  others: readonly ReferredObject[] = [],
): Prerequisites {
  const { access, database, storage, urls } = cluster;
  const { backend } = storage;
  const objects = [...others, ...storesOf(cluster)];
  const names = [...new Set([database.name, database.identityName, ...dexDatabase(cluster)])];
  const bucket =
    backend.kind === 'local' || cluster.enterpriseServer
      ? undefined
      : (storage.url ?? (backend.kind === 'azure' ? backend.container : backend.bucket));
  return {
    secrets: Object.entries({ ...leftOut(cluster), ...referred }).map(([name, keys]) => ({
      name,
      keys: [
        ...new Set([
          ...(keys.length > 0 ? keys : knownKeys(cluster, name)),
          ...(leftOut(cluster)[name] ?? []),
        ]),
      ],
    })),
    ...(objects.length > 0 ? { objects } : {}),
    ...(database.internal
      ? {}
      : {
          databases: {
            host: database.host,
            names,
            statements: names.map((name) => `CREATE DATABASE ${sqlIdentifier(name)};`),
          },
        }),
    ...(bucket === undefined ? {} : { bucket }),
    ...(access.host !== undefined && /[a-z]/i.test(access.host) && !access.host.includes(':')
      ? { dnsName: access.host }
      : {}),
    ...(isRegisteredByHand(cluster) ? { callbackURL: urls.callback } : {}),
  };
}

/** Secrets that another form would write, with their keys; without those that hold nothing secret, which are written. */
function leftOut(cluster: Cluster): SecretKeys {
  if (cluster.secretForm.kind !== 'none') return {};
  const plain = plainSecretKeys(cluster);
  return Object.fromEntries(
    Object.entries(writtenSecrets(cluster)).filter(([name, keys]) =>
      keys.some((key) => plain[name]?.includes(key) !== true),
    ),
  );
}

/** What ExternalSecrets fetch from. */
function storesOf({ secretForm }: Cluster): readonly ReferredObject[] {
  return secretForm.kind === 'externalSecret'
    ? [{ kind: secretForm.store.kind, name: secretForm.store.name, keys: [] }]
    : [];
}

/** Whether there is an identity provider that someone has to tell the callback URL. */
function isRegisteredByHand(cluster: Cluster): boolean {
  return registrations(cluster).length > 0 || cluster.identity.connectorsFrom !== undefined;
}

/** The database of a standalone Dex on the same server. */
function dexDatabase({ database, dex }: Cluster): string[] {
  return dex?.storage.type === 'postgres' && dex.storage.host === database.host ? [dex.storage.database] : [];
}

/** Keys of Secrets that pods take as a whole. */
function knownKeys(cluster: Cluster, name: string): readonly string[] {
  const { access, database, enterpriseServer, identity, pachd } = cluster;
  if (name === identity.credentialFilesSecretName) return credentialFiles(cluster);
  if (name === STORAGE_SECRET && isStorageSecretSupplied(cluster)) return suppliedStorageKeys(cluster);
  const certificates = [
    access.tls?.secretName,
    (enterpriseServer ?? pachd).tls?.secretName,
    database.sslSecretName,
  ];
  return certificates.includes(name) ? ['tls.crt', 'tls.key'] : [];
}

/** Names of the files that connectors open where the Secret with them is mounted. */
function credentialFiles(cluster: Cluster): readonly string[] {
  const below = `${CREDENTIAL_FILES_DIRECTORY}/`;
  return clusterConnectors(cluster).flatMap((connector) =>
    connector
      .textsWhere((text) => text.startsWith(below) && !text.slice(below.length).includes('/'))
      .map(({ text }) => text.slice(below.length)),
  );
}

/** One line for each, for people. */
export function prerequisiteLines({
  secrets,
  objects = [],
  databases,
  bucket,
  dnsName,
  callbackURL,
}: Prerequisites): string[] {
  return [
    ...[...secrets.map((secret) => ({ kind: 'Secret', ...secret })), ...objects].map(
      ({ kind, name, keys }) =>
        keys.length === 0 ? `${kind} ${name}` : `${kind} ${name} with ${keys.join(', ')}`,
    ),
    ...(databases
      ? [`databases ${databases.names.join(' and ')} on ${databases.host}: ${databases.statements.join(' ')}`]
      : []),
    ...(bucket === undefined ? [] : [`bucket ${bucket}`]),
    ...(dnsName === undefined ? [] : [`name in DNS: ${dnsName} leads to the cluster`]),
    ...(callbackURL === undefined
      ? []
      : [`identity provider: ${callbackURL} is registered as the callback URL`]),
  ];
}
